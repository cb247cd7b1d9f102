//! Adding one joiner in the console, signed with a fresh press (rule 1): whoever adds somebody says who
//! may vouch for them and where their invitation goes. They cannot vouch themselves (rule 2).

use firstkey_domain::{
    Actor, Digest, PersonId, Private,
    challenge::{Purpose, Statement},
    person::{JoinStatement, Person, Profile, Record, RecordSignature, SignedRecord},
};
use firstkey_policy::Operation;
use firstkey_ports::{Joiner, ReservationKind};
use firstkey_webauthn::authentication::UnverifiedAssertion;
use serde::{Deserialize, Serialize};

use super::{
    ImportJoinerFault,
    joining::{self, Joining, invite, planned, profile},
    user_name,
};
use crate::{
    App, Backend, Fault, Outcome, TicketError, Unit, UseCase,
    decision::{NotAllowed, allow},
    enrolling::Ceremony,
    signer::Signer,
    ticket::Ticket,
    webauthn::SignatureRefusal,
};

/// An operator is about to add a joiner.
#[derive(Debug)]
pub struct AskAdd {
    /// Who.
    pub operator: PersonId,
    /// The joiner.
    pub joiner: Joiner,
    /// Their sponsor.
    pub sponsor: Option<PersonId>,
    /// Why: a reason or a ticket.
    pub reason: String,
}

/// An operator signed for a joiner.
#[derive(Debug, Clone)]
pub struct AddJoiner {
    /// Who.
    pub operator: PersonId,
    /// The ticket that came with the options.
    pub ticket: String,
    /// The browser's answer.
    pub assertion: UnverifiedAssertion,
}

/// Why a joiner was not added.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
pub enum AddJoinerFault {
    /// There is nothing here for them.
    #[error(transparent)]
    NotAllowed(#[from] NotAllowed),
    /// The console demands a reason.
    #[error("say why: a reason or a ticket number")]
    NoReason,
    /// The ticket is not for this.
    #[error(transparent)]
    Ticket(#[from] TicketError),
    /// The signature does not count.
    #[error(transparent)]
    Signature(#[from] SignatureRefusal),
    /// The joiner was not recorded.
    #[error(transparent)]
    Refused(#[from] ImportJoinerFault),
}

/// What travels with the ticket, encrypted: everything that is signed, and the blind without which
/// its digest says nothing.
#[derive(Clone, Serialize, Deserialize)]
struct Adding {
    person: PersonId,
    profile: Profile,
    record: Record,
    reason: String,
    blind: Digest,
}

impl Adding {
    fn digest(&self) -> Digest {
        let (person, profile, record) = (self.person, &self.profile, self.described());
        JoinStatement { person, profile, record }.digest()
    }

    fn described(&self) -> Digest {
        self.record.described(&self.blind)
    }
}

impl<S: Backend> App<S> {
    /// The options with which an operator signs for a joiner.
    pub async fn ask_add(&self, ask: AskAdd) -> Outcome<Ceremony, AddJoinerFault> {
        let mut unit = Unit::viewing(self);
        let operator =
            allow::<S, AddJoinerFault>(&mut unit, ask.operator, None, Operation::AddJoiner).await?;
        if ask.reason.trim().is_empty() {
            return Err(Fault::Refused(AddJoinerFault::NoReason));
        }
        let signer = Signer::with_suitable(&mut unit, &operator).await?;
        let adding = Adding {
            person: PersonId::from_uuid(unit.new_uuid()),
            profile: profile(&ask.joiner, ask.sponsor),
            record: user_name::record(&ask.joiner, String::new()),
            reason: ask.reason.trim().to_owned(),
            blind: Digest::from_bytes(self.entropy().bytes()),
        };
        signer.ask(&unit, adding.digest(), adding).map_err(Fault::refuse)
    }

    /// Adds a joiner for whom an operator signed, trying planned user names in turn.
    pub async fn add_joiner(&self, command: AddJoiner) -> Outcome<PersonId, AddJoinerFault> {
        let mut add = AddNamed { command, name_try: 0 };
        loop {
            match self.run(&add).await {
                Err(Fault::Refused(AddJoinerFault::Refused(ImportJoinerFault::NameTaken))) => {
                    add.name_try += 1;
                }
                outcome => return outcome,
            }
        }
    }
}

/// Adds them under one of the planned user names.
struct AddNamed {
    command: AddJoiner,
    name_try: usize,
}

impl<S: Backend> UseCase<S> for AddNamed {
    type Output = PersonId;
    type Refusal = AddJoinerFault;

    fn actor(&self) -> Actor {
        Actor::Person(self.command.operator)
    }

    async fn attempt(&self, unit: &mut Unit<'_, S>) -> Outcome<PersonId, AddJoinerFault> {
        let (app, now) = (unit.app(), unit.now());
        let AddJoiner { operator, ticket, assertion } = &self.command;
        let ticket: Ticket<Adding> =
            Ticket::open(ticket, Purpose::Act, &app.keys, now).map_err(Fault::refuse)?;
        let operator =
            allow::<S, AddJoinerFault>(unit, *operator, None, Operation::AddJoiner).await?;
        if unit.load::<Person, AddJoinerFault>(ticket.body.person).await?.is_some() {
            // This very press has counted.
            return Err(Fault::refuse(TicketError::NotOurs));
        }
        let signed = Signer::with_suitable(unit, &operator)
            .await?
            .signed(unit, &ticket, assertion.clone())
            .map_err(Fault::refuse)?;
        let signature = RecordSignature { signed, described: ticket.body.described() };
        let Adding { person, profile, record, reason, blind } = ticket.body;
        let user_name = planned(unit, &record, self.name_try)
            .map_err(|fault| fault.map(AddJoinerFault::Refused))?;
        let joined = Joining { person, record, profile, user_name }
            .record_joined(unit, Some(SignedRecord { signature, blind }))
            .map_err(|fault| fault.map(AddJoinerFault::Refused))?;
        invite(unit, joined, Private::held(reason))
            .await
            .map_err(|fault| fault.map(AddJoinerFault::Refused))?;
        Ok(person)
    }

    fn taken(&self, kind: ReservationKind) -> Fault<AddJoinerFault> {
        match kind {
            ReservationKind::Challenge => Fault::refuse(TicketError::NotOurs),
            kind => joining::taken(kind).map(AddJoinerFault::Refused),
        }
    }
}
