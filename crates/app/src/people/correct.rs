//! Correcting somebody's record in the console, signed with a fresh press (rule 1). What was begun is
//! void, the old address and the old sponsor are told, and whoever did it cannot vouch (rule 2).

use firstkey_domain::{
    Actor, Digest, PersonId, Private,
    challenge::{Purpose, Statement},
    person::{
        Correction, CorrectionStatement, Person, Profile, Record, RecordSignature, SignedRecord,
    },
};
use firstkey_policy::Operation;
use firstkey_ports::{Joiner, ReservationKind};
use firstkey_webauthn::authentication::UnverifiedAssertion;
use serde::{Deserialize, Serialize};

use super::{
    ImportJoinerFault,
    changed::{Changed, personal},
    user_name,
};
use crate::{
    App, Backend, Fault, Loaded, Outcome, TicketError, Unit, UseCase,
    decision::{NotAllowed, allow},
    enrolling::Ceremony,
    signer::Signer,
    ticket::{self, Ticket},
    webauthn::SignatureRefusal,
};

/// An operator is about to correct somebody's record.
#[derive(Debug)]
pub struct AskCorrection {
    /// Who.
    pub operator: PersonId,
    /// Whose record.
    pub person: PersonId,
    /// The version of that person which the operator was shown.
    pub version: u64,
    /// The record as it is to be. What policies read of groups and kind of worker stays as it is, and so
    /// does HR's identifier.
    pub joiner: Joiner,
    /// Their sponsor, as it is to be.
    pub sponsor: Option<PersonId>,
    /// Why: a reason or a ticket.
    pub reason: String,
}

/// An operator signed for a correction.
#[derive(Debug, Clone)]
pub struct CorrectRecord {
    /// Who.
    pub operator: PersonId,
    /// The ticket that came with the options.
    pub ticket: String,
    /// The browser's answer.
    pub assertion: UnverifiedAssertion,
}

/// Why a record was not corrected.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
pub enum CorrectRecordFault {
    /// There is nothing here for them.
    #[error(transparent)]
    NotAllowed(#[from] NotAllowed),
    /// The console demands a reason.
    #[error("say why: a reason or a ticket number")]
    NoReason,
    /// The record is another one than the operator was shown.
    #[error("the record changed meanwhile; look at it again")]
    Moved,
    /// The ticket is not for this.
    #[error(transparent)]
    Ticket(#[from] TicketError),
    /// The signature does not count.
    #[error(transparent)]
    Signature(#[from] SignatureRefusal),
    /// The record was not changed.
    #[error(transparent)]
    Refused(#[from] ImportJoinerFault),
}

/// What travels with the ticket, encrypted: everything that is signed, and the blind without which its
/// digest says nothing.
#[derive(Clone, Serialize, Deserialize)]
struct Correcting {
    person: PersonId,
    version: u64,
    profile: Profile,
    record: Record,
    reason: String,
    blind: Digest,
}

impl Correcting {
    fn described(&self) -> Digest {
        self.record.corrected(&self.reason, &self.blind)
    }

    fn digest(&self) -> Digest {
        let (person, profile, record) = (self.person, &self.profile, self.described());
        CorrectionStatement { person, profile, record }.digest()
    }
}

/// The operator, and the person as they were shown.
async fn concerned<S: Backend>(
    unit: &mut Unit<'_, S>,
    operator: PersonId,
    person: PersonId,
    version: u64,
) -> Outcome<(Loaded<Person>, Loaded<Person>), CorrectRecordFault> {
    let person: Option<Loaded<Person>> = unit.load(person).await?;
    let person = person.ok_or_else(|| Fault::refuse(NotAllowed))?;
    let operation = Operation::ChangePerson;
    let operator = allow::<S, CorrectRecordFault>(unit, operator, Some(&person), operation).await?;
    if person.version() != version {
        return Err(Fault::Refused(CorrectRecordFault::Moved));
    }
    Ok((operator, person))
}

impl<S: Backend> App<S> {
    /// The options with which an operator signs for a correction.
    pub async fn ask_correction(
        &self,
        ask: AskCorrection,
    ) -> Outcome<Ceremony, CorrectRecordFault> {
        let mut unit = Unit::viewing(self);
        let AskCorrection { operator, person, version, joiner, sponsor, reason } = ask;
        let (operator, person) = concerned(&mut unit, operator, person, version).await?;
        if reason.trim().is_empty() {
            return Err(Fault::Refused(CorrectRecordFault::NoReason));
        }
        let known = person.record.expose().ok_or_else(|| Fault::refuse(NotAllowed))?;
        let external_id = known.external_id.clone();
        let record = Record { external_id, ..user_name::record(&joiner, known.user_name.clone()) };
        let signer = Signer::with_suitable(&mut unit, &operator).await?;
        let correcting = Correcting {
            person: person.id,
            version,
            profile: Profile {
                sponsor,
                start_date: joiner.start_date,
                time_zone: joiner.time_zone,
                department: joiner.department,
                ..person.profile.clone()
            },
            record,
            reason: reason.trim().to_owned(),
            blind: Digest::from_bytes(self.entropy().bytes()),
        };
        signer.ask(&unit, correcting.digest(), correcting).map_err(Fault::refuse)
    }
}

impl<S: Backend> UseCase<S> for CorrectRecord {
    /// Whose record it is.
    type Output = PersonId;
    type Refusal = CorrectRecordFault;

    fn actor(&self) -> Actor {
        Actor::Person(self.operator)
    }

    async fn attempt(&self, unit: &mut Unit<'_, S>) -> Outcome<PersonId, CorrectRecordFault> {
        let (app, now) = (unit.app(), unit.now());
        let ticket: Ticket<Correcting> =
            Ticket::open(&self.ticket, Purpose::Act, &app.keys, now).map_err(Fault::refuse)?;
        let Correcting { person, version, .. } = ticket.body;
        let (operator, person) = concerned(unit, self.operator, person, version).await?;
        let signed = Signer::with_suitable(unit, &operator)
            .await?
            .signed(unit, &ticket, self.assertion.clone())
            .map_err(Fault::refuse)?;
        let signature = RecordSignature { signed, described: ticket.body.described() };
        let Correcting { profile, record, reason, blind, .. } = ticket.body;
        let before = person.state.clone();
        let old = before.record.expose().ok_or_else(|| Fault::refuse(NotAllowed))?;
        let personal = personal(old, &record);
        let correction = Correction {
            profile,
            record: Private::held(record),
            personal: personal.clone(),
            reason: Private::held(reason),
            signed: SignedRecord { signature, blind },
        };
        let refused = |refusal| Fault::Refused(ImportJoinerFault::from(refusal).into());
        let events = person.correct(correction, unit.by()).map_err(refused)?;
        let person = unit.append(person, events)?;
        let changed = Changed::of(&before, &person, old, &personal);
        let reached = changed.reach_enrollment(unit).await;
        reached.map_err(|fault| fault.map(CorrectRecordFault::Refused))?;
        Ok(person.id)
    }

    fn taken(&self, kind: ReservationKind) -> Fault<CorrectRecordFault> {
        ticket::taken(kind)
    }
}
