//! What the browser registered: verified, kept, and bound to nobody yet.

use std::collections::BTreeSet;

use firstkey_domain::{
    Action, Actor, AttemptId, Digest, EnrollmentId, StreamId,
    challenge::Purpose,
    enrollment::{Enrollment, RegisterRefusal},
    person::Person,
};
use firstkey_policy::{Decision, Shortcoming};
use firstkey_ports::ReservationKind;
use firstkey_webauthn::{
    Algorithm, NoAnchors, Requirement, TpmPolicy, TrustAnchors, TrustPolicy, UserVerification,
    registration::{Expected, Mediation, RegistrationError, UnverifiedRegistration},
};

use super::{Ceremony, confirm::confirmation, holder, still_belongs};
use crate::{
    Backend, Fault, Loaded, Outcome, ProvenRequest, TicketError, Unit, UseCase,
    decision::Case,
    metadata,
    ticket::Ticket,
    webauthn::{credential, wire_challenge},
};

/// Nobody is kept out here for want of somebody who vouches: what is made of that is policy's. Nor is
/// Windows Hello, which answers with TPMs of which many sign with SHA-1.
const fn trusting(anchors: &dyn TrustAnchors) -> TrustPolicy<'_> {
    TrustPolicy { anchors, requirement: Requirement::Any, tpm: TpmPolicy::WINDOWS_HELLO }
}

/// The browser answered the registration.
#[derive(Debug)]
pub struct Register {
    /// The request, signed by the attempt's key.
    pub request: ProvenRequest,
    /// The enrollment.
    pub enrollment: EnrollmentId,
    /// The attempt.
    pub attempt: AttemptId,
    /// The ticket that came with the options.
    pub ticket: String,
    /// The browser's answer.
    pub registration: UnverifiedRegistration,
}

/// What became of a registration.
#[derive(Debug)]
pub enum Registered {
    /// It was kept; this is the second press.
    Kept(Ceremony),
    /// The server rejected it, which was counted; another try may follow.
    Rejected(RegistrationError),
    /// It was sound, but policy does not take this kind of authenticator. The pass stays.
    Unsuitable {
        /// The rules that refuse.
        decision: Decision,
        /// What would have to be otherwise; empty when it takes another model altogether.
        shortcomings: BTreeSet<Shortcoming>,
    },
}

/// Why a registration was not looked at.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum RegisterFault {
    /// There is no such attempt with this key.
    #[error("this page is not active any more; open your invitation again")]
    Unknown,
    /// The ticket is not for this.
    #[error(transparent)]
    Ticket(#[from] TicketError),
    /// Another account has this credential.
    #[error("this passkey belongs to somebody else")]
    CredentialTaken,
    /// The enrollment refuses.
    #[error(transparent)]
    Refused(#[from] RegisterRefusal),
}

impl<S: Backend> UseCase<S> for Register {
    type Output = Registered;
    type Refusal = RegisterFault;

    fn actor(&self) -> Actor {
        Actor::Applicant(self.attempt)
    }

    async fn attempt(&self, unit: &mut Unit<'_, S>) -> Outcome<Registered, RegisterFault> {
        let (app, now) = (unit.app(), unit.now());
        let unknown = || Fault::Refused(RegisterFault::Unknown);
        let enrollment: Loaded<Enrollment> =
            unit.load(self.enrollment).await?.ok_or_else(unknown)?;
        let person: Loaded<Person> = unit.load(enrollment.person).await?.ok_or_else(unknown)?;
        holder(&enrollment, self.attempt, self.request.key, now).ok_or_else(unknown)?;
        still_belongs(&person).map_err(|left| Fault::refuse(RegisterRefusal::from(left)))?;
        let ticket: Ticket<()> = Ticket::open(&self.ticket, Purpose::Registration, &app.keys, now)
            .map_err(Fault::refuse)?;
        enrollment.registering(self.attempt, now).map_err(Fault::refuse)?;
        unit.spend_proof(&self.request);
        unit.spend_challenge(ticket.challenge.digest(), ticket.expires);

        let metadata = metadata::in_force(unit).await?;
        let anchors: &dyn TrustAnchors = match &metadata {
            Some(metadata) => metadata.as_ref(),
            None => &NoAnchors,
        };
        let verified = self.registration.clone().verify(
            app.site.relying_party_for(Purpose::Registration),
            &Expected {
                challenge: &wire_challenge(&ticket.challenge),
                user_verification: UserVerification::Required,
                algorithms: Algorithm::OFFERED,
                mediation: Mediation::Modal,
                trust: trusting(anchors),
                now: now.into(),
            },
        );
        let verified = match verified {
            Ok(verified) => verified,
            Err(error) => {
                let events = enrollment
                    .fail_ceremony(self.attempt, &error.to_string(), now)
                    .map_err(Fault::refuse)?;
                unit.append(enrollment, events)?;
                return Ok(Registered::Rejected(error));
            }
        };
        let credential = credential(&verified);
        let key = credential.id.digest();
        let register = firstkey_domain::enrollment::Register {
            attempt: self.attempt,
            credential,
            challenge: ticket.challenge,
        };
        let events = enrollment.verify_credential(register, now).map_err(Fault::refuse)?;

        // Would policy bind it? Asked now, so that an unsuitable model is refused before it is kept
        // and the pass stays for another try (rule 17).
        let kept = unit.preview(&enrollment, events.clone())?;
        let attempt = holder(&kept, self.attempt, self.request.key, now).ok_or_else(unknown)?;
        let case = Case::gather(unit, &kept, &person, attempt).await?;
        if let Err(decision) = case.ask(Action::Bind, &kept) {
            let step = "policy does not take this kind of authenticator";
            let events =
                enrollment.fail_ceremony(self.attempt, step, now).map_err(Fault::refuse)?;
            unit.append(enrollment, events)?;
            return Ok(Registered::Unsuitable { decision, shortcomings: case.shortcomings() });
        }
        unit.reserve(ReservationKind::Credential, key, person.id.uuid(), None);
        let enrollment = unit.append(enrollment, events)?;
        let leaves = proofing_leaves(unit, &enrollment, self.attempt).await?;
        let attempt =
            holder(&enrollment, self.attempt, self.request.key, now).ok_or_else(unknown)?;
        confirmation(unit, &enrollment, attempt, &case, leaves)
            .map(Registered::Kept)
            .ok_or_else(unknown)
    }

    fn taken(&self, kind: ReservationKind) -> Fault<RegisterFault> {
        match kind {
            ReservationKind::Credential => Fault::refuse(RegisterFault::CredentialTaken),
            ReservationKind::Challenge => Fault::refuse(TicketError::NotOurs),
            kind => Fault::Spent(kind),
        }
    }
}

/// The log leaves of an attempt's proofing, in order: what ties the binding to who met whom.
pub(super) async fn proofing_leaves<S: Backend, R>(
    unit: &Unit<'_, S>,
    enrollment: &Enrollment,
    attempt: AttemptId,
) -> Outcome<Vec<Digest>, R> {
    use firstkey_domain::{Recorded, enrollment::EnrollmentEvent};
    let entries = unit.app().store.entries(StreamId::from(enrollment.id)).await?;
    let mut leaves = Vec::new();
    for entry in entries {
        let recorded: Recorded<EnrollmentEvent> = serde_json::from_slice(&entry.open)
            .map_err(|_| Fault::Corrupt(StreamId::from(enrollment.id).to_string()))?;
        if recorded.event.proofing().is_some_and(|(of, _)| of == attempt) {
            let leaf = firstkey_log::hash::leaf_hash(entry.digest.as_bytes());
            leaves.push(Digest::from_bytes(leaf.0));
        }
    }
    Ok(leaves)
}
