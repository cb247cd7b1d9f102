//! Registering a machine key, signed with a fresh press (rule 1): it lets a program do what its owner may.

use std::collections::BTreeSet;

use firstkey_domain::{
    Actor, KeyThumbprint, PersonId,
    challenge::{Purpose, Statement},
    machine_key::{Grant, MachineKey, RegisterRefusal, Scope},
};
use firstkey_policy::Operation;
use firstkey_ports::{NoticeKind, ReservationKind};
use firstkey_webauthn::authentication::UnverifiedAssertion;
use jiff::SignedDuration;

use crate::{
    App, Backend, Fault, Loaded, Outcome, TicketError, Unit, UseCase,
    decision::{NotAllowed, allow},
    enrolling::Ceremony,
    signer::Signer,
    ticket::{self, Ticket},
    webauthn::SignatureRefusal,
};

/// An operator is about to register a machine key of theirs.
#[derive(Debug, Clone)]
pub struct AskMachineKey {
    /// Who.
    pub operator: PersonId,
    /// The key.
    pub key: KeyThumbprint,
    /// The program that holds it.
    pub name: String,
    /// What it is for.
    pub scopes: BTreeSet<Scope>,
    /// After how long it ends.
    pub lifetime: SignedDuration,
}

/// They signed for it.
#[derive(Debug)]
pub struct RegisterMachineKey {
    /// Who.
    pub operator: PersonId,
    /// The ticket that came with the options.
    pub ticket: String,
    /// The browser's answer.
    pub assertion: UnverifiedAssertion,
}

/// Why it was not registered.
#[derive(Debug, thiserror::Error)]
pub enum RegisterMachineKeyFault {
    /// There is nothing here for them.
    #[error(transparent)]
    NotAllowed(#[from] NotAllowed),
    /// The ticket is not for this.
    #[error(transparent)]
    Ticket(#[from] TicketError),
    /// The signature does not count.
    #[error(transparent)]
    Signature(#[from] SignatureRefusal),
    /// The key cannot be registered like this.
    #[error(transparent)]
    Refused(#[from] RegisterRefusal),
}

impl<S: Backend> App<S> {
    /// The options with which an operator signs for a machine key.
    pub async fn ask_machine_key(
        &self,
        ask: AskMachineKey,
    ) -> Outcome<Ceremony, RegisterMachineKeyFault> {
        let mut unit = Unit::viewing(self);
        let operation = Operation::RegisterMachineKey;
        let operator =
            allow::<S, RegisterMachineKeyFault>(&mut unit, ask.operator, None, operation).await?;
        let now = unit.now();
        let AskMachineKey { key, name, scopes, lifetime, .. } = ask;
        let ends = now.saturating_add(lifetime).unwrap_or(jiff::Timestamp::MAX);
        let grant = Grant { key, owner: operator.id, name, scopes, ends };
        grant.check(now).map_err(Fault::refuse)?;
        let known: Option<Loaded<MachineKey>> = unit.load(MachineKey::stream(key)).await?;
        if known.is_some() {
            return Err(Fault::refuse(RegisterRefusal::Known));
        }
        let signer = Signer::with_suitable(&mut unit, &operator).await?;
        signer.ask(&unit, grant.digest(), grant).map_err(Fault::refuse)
    }
}

impl<S: Backend> UseCase<S> for RegisterMachineKey {
    type Output = ();
    type Refusal = RegisterMachineKeyFault;

    fn actor(&self) -> Actor {
        Actor::Person(self.operator)
    }

    async fn attempt(&self, unit: &mut Unit<'_, S>) -> Outcome<(), RegisterMachineKeyFault> {
        let (app, now) = (unit.app(), unit.now());
        let ticket: Ticket<Grant> =
            Ticket::open(&self.ticket, Purpose::Act, &app.keys, now).map_err(Fault::refuse)?;
        let operation = Operation::RegisterMachineKey;
        let operator =
            allow::<S, RegisterMachineKeyFault>(unit, self.operator, None, operation).await?;
        let signed = Signer::with_suitable(unit, &operator)
            .await?
            .signed(unit, &ticket, self.assertion.clone())
            .map_err(Fault::refuse)?;
        // Whoever signed is told, and can say that it was not them: that stops the key as well.
        let (owner, signed_with) = (operator.id, signed.authenticator);
        unit.notify(NoticeKind::MachineKey, owner, owner, Some(signed_with));
        let stream = MachineKey::stream(ticket.body.key);
        let known: Option<Loaded<MachineKey>> = unit.load(stream).await?;
        let events = MachineKey::register(known.as_deref(), ticket.body, unit.by(), signed, now)
            .map_err(Fault::refuse)?;
        unit.create::<MachineKey, _>(stream, events)?;
        Ok(())
    }

    fn taken(&self, kind: ReservationKind) -> Fault<RegisterMachineKeyFault> {
        ticket::taken(kind)
    }
}
