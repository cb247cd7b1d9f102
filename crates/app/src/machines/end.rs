//! Ending a machine key, signed with a fresh press (rule 1). What it signs from then on is refused.

use firstkey_domain::{
    Actor, KeyThumbprint, PersonId,
    challenge::{Purpose, Statement},
    machine_key::{EndRefusal, EndStatement, MachineKey},
    person::Person,
};
use firstkey_policy::Operation;
use firstkey_ports::ReservationKind;
use firstkey_webauthn::authentication::UnverifiedAssertion;

use crate::{
    App, Backend, Fault, Loaded, Outcome, TicketError, Unit, UseCase,
    decision::{NotAllowed, allow},
    enrolling::Ceremony,
    signer::Signer,
    ticket::{self, Ticket},
    webauthn::SignatureRefusal,
};

/// An operator is about to end a machine key.
#[derive(Debug, Clone, Copy)]
pub struct AskEndMachineKey {
    /// Who.
    pub operator: PersonId,
    /// Which.
    pub key: KeyThumbprint,
}

/// They signed for it.
#[derive(Debug)]
pub struct EndMachineKey {
    /// Who.
    pub operator: PersonId,
    /// The ticket that came with the options.
    pub ticket: String,
    /// The browser's answer.
    pub assertion: UnverifiedAssertion,
}

/// Why it was not ended.
#[derive(Debug, thiserror::Error)]
pub enum EndMachineKeyFault {
    /// There is nothing here for them.
    #[error(transparent)]
    NotAllowed(#[from] NotAllowed),
    /// The ticket is not for this.
    #[error(transparent)]
    Ticket(#[from] TicketError),
    /// The signature does not count.
    #[error(transparent)]
    Signature(#[from] SignatureRefusal),
    /// It cannot be ended like this.
    #[error(transparent)]
    Refused(#[from] EndRefusal),
}

/// The key and the operator, who may end it.
async fn concerned<S: Backend>(
    unit: &mut Unit<'_, S>,
    operator: PersonId,
    key: KeyThumbprint,
) -> Outcome<(Loaded<MachineKey>, Loaded<Person>), EndMachineKeyFault> {
    let operator =
        allow::<S, EndMachineKeyFault>(unit, operator, None, Operation::EndMachineKey).await?;
    let found: Option<Loaded<MachineKey>> = unit.load(MachineKey::stream(key)).await?;
    let found = found.filter(|found| found.grant.key == key);
    Ok((found.ok_or_else(|| Fault::refuse(NotAllowed))?, operator))
}

impl<S: Backend> App<S> {
    /// The options with which an operator signs that a machine key is to end.
    pub async fn ask_end_machine_key(
        &self,
        ask: AskEndMachineKey,
    ) -> Outcome<Ceremony, EndMachineKeyFault> {
        let mut unit = Unit::viewing(self);
        let (_, operator) = concerned(&mut unit, ask.operator, ask.key).await?;
        let statement = EndStatement { key: ask.key };
        let signer = Signer::with_best(&mut unit, &operator).await?;
        signer.ask(&unit, statement.digest(), statement).map_err(Fault::refuse)
    }
}

impl<S: Backend> UseCase<S> for EndMachineKey {
    type Output = ();
    type Refusal = EndMachineKeyFault;

    fn actor(&self) -> Actor {
        Actor::Person(self.operator)
    }

    async fn attempt(&self, unit: &mut Unit<'_, S>) -> Outcome<(), EndMachineKeyFault> {
        let (app, now) = (unit.app(), unit.now());
        let ticket: Ticket<EndStatement> =
            Ticket::open(&self.ticket, Purpose::Act, &app.keys, now).map_err(Fault::refuse)?;
        let (key, operator) = concerned(unit, self.operator, ticket.body.key).await?;
        let signed = Signer::with_best(unit, &operator)
            .await?
            .signed(unit, &ticket, self.assertion.clone())
            .map_err(Fault::refuse)?;
        let events = key.end(unit.by(), signed).map_err(Fault::refuse)?;
        unit.append(key, events)?;
        Ok(())
    }

    fn taken(&self, kind: ReservationKind) -> Fault<EndMachineKeyFault> {
        ticket::taken(kind)
    }
}
