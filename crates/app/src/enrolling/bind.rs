//! The one function that binds an authenticator.

use firstkey_domain::{
    Action, Actor, AttemptId, AuthenticatorId, EnrollmentId, KeyThumbprint,
    challenge::{Purpose, Signed},
    enrollment::{self, BindRefusal, BindingStatement, Enrollment, Phase},
    person::{AuthenticatorRefusal, Person},
};
use firstkey_ports::{NoticeKind, ReservationKind};
use firstkey_webauthn::authentication::UnverifiedAssertion;

use super::{
    holder,
    unsuitable::{Reconsidered, Unsuitable, reconsider},
};
use crate::{
    Backend, Fault, Loaded, Outcome, ProvenRequest, TicketError, Unit, UseCase,
    decision::Case,
    ticket::{self, Ticket},
    webauthn::{SignatureRefusal, raw, verify_with},
};

/// The second press was answered.
#[derive(Debug)]
pub struct Bind {
    /// The request, signed by the attempt's key.
    pub request: ProvenRequest,
    /// The enrollment.
    pub enrollment: EnrollmentId,
    /// The attempt.
    pub attempt: AttemptId,
    /// The ticket that came with the options.
    pub ticket: String,
    /// The browser's answer.
    pub assertion: UnverifiedAssertion,
}

/// What became of the second press.
#[derive(Debug)]
pub enum Bound {
    /// The authenticator is bound. The same answer to a repeated request (rule 24).
    Bound(AuthenticatorId),
    /// The server rejected the answer, which was counted; another try may follow.
    Rejected(SignatureRefusal),
    /// Policy or a fact moved: the pass is void and a new one must be asked for (rule 17).
    Outdated,
    /// Policy takes the passkey no longer. It was dropped, and another one can be made.
    Unsuitable(Unsuitable),
}

/// Why nothing was looked at.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum BindFault {
    /// There is no such attempt with this key.
    #[error("this page is not active any more; open your invitation again")]
    Unknown,
    /// The ticket is not for this.
    #[error(transparent)]
    Ticket(#[from] TicketError),
    /// The enrollment refuses.
    #[error(transparent)]
    Refused(#[from] BindRefusal),
    /// The person's record refuses.
    #[error(transparent)]
    Person(#[from] AuthenticatorRefusal),
}

impl<S: Backend> UseCase<S> for Bind {
    type Output = Bound;
    type Refusal = BindFault;

    fn actor(&self) -> Actor {
        Actor::Applicant(self.attempt)
    }

    async fn attempt(&self, unit: &mut Unit<'_, S>) -> Outcome<Bound, BindFault> {
        let (app, now) = (unit.app(), unit.now());
        let unknown = || Fault::Refused(BindFault::Unknown);
        let enrollment: Loaded<Enrollment> =
            unit.load(self.enrollment).await?.ok_or_else(unknown)?;
        if let Some(authenticator) = self.repeated(&enrollment, self.request.key) {
            return Ok(Bound::Bound(authenticator));
        }
        let person: Loaded<Person> = unit.load(enrollment.person).await?.ok_or_else(unknown)?;
        holder(&enrollment, self.attempt, self.request.key, now).ok_or_else(unknown)?;
        let ticket: Ticket<BindingStatement> =
            Ticket::open(&self.ticket, Purpose::Binding, &app.keys, now).map_err(Fault::refuse)?;
        let attempt = enrollment.binding(self.attempt, now).map_err(Fault::refuse)?;
        let credential =
            attempt.verified.clone().ok_or(Fault::Refused(BindRefusal::NothingVerified.into()))?;
        unit.spend_proof(&self.request);
        unit.spend_challenge(ticket.challenge.digest(), ticket.expires);

        let verified = verify_with(
            &app.site,
            person.id,
            &credential,
            &ticket.challenge,
            self.assertion.clone(),
        );
        let verified = match verified {
            Ok(verified) => verified,
            Err(error) => {
                let events = enrollment
                    .fail_ceremony(self.attempt, &error.to_string(), now)
                    .map_err(|_| unknown())?;
                unit.append(enrollment, events)?;
                return Ok(Bound::Rejected(error));
            }
        };
        let case = Case::gather(unit, &enrollment, &person, attempt).await?;
        let permit = match case.ask(Action::Bind, &enrollment) {
            Ok(permit) => permit,
            Err(decision) => {
                return match reconsider(unit, enrollment, self.attempt, &case, decision)? {
                    Reconsidered::Unsuitable(dropped) => Ok(Bound::Unsuitable(dropped)),
                    Reconsidered::Missing(enrollment) => self.outdated(unit, enrollment),
                };
            }
        };
        let authenticator = AuthenticatorId::from_uuid(unit.new_uuid());
        let command = enrollment::Bind {
            attempt: self.attempt,
            authenticator,
            statement: ticket.body,
            signed: Signed {
                challenge: ticket.challenge,
                authenticator,
                assertion: raw(&verified),
            },
            permit,
            version: enrollment.version(),
        };
        let id = enrollment.id;
        let events = match enrollment.bind(command, now) {
            Err(BindRefusal::NotPermitted) => return self.outdated(unit, enrollment),
            decided => decided.map_err(Fault::refuse)?,
        };
        unit.append(enrollment, events)?;
        let bound = person.bind(authenticator, credential, id).map_err(Fault::refuse)?;
        let person = unit.append(person, bound)?;
        unit.notify(NoticeKind::Bound, person.id, person.id, Some(authenticator));
        Ok(Bound::Bound(authenticator))
    }

    fn taken(&self, kind: ReservationKind) -> Fault<BindFault> {
        ticket::taken(kind)
    }
}

impl Bind {
    /// Ends the pass, because policy or a fact moved.
    fn outdated<S: Backend>(
        &self,
        unit: &mut Unit<'_, S>,
        enrollment: Loaded<Enrollment>,
    ) -> Outcome<Bound, BindFault> {
        let events = enrollment.end_outdated_pass(self.attempt, unit.now());
        unit.append(enrollment, events)?;
        Ok(Bound::Outdated)
    }

    /// The answer that this very request had before: same key, same credential (rule 24).
    fn repeated(&self, enrollment: &Enrollment, key: KeyThumbprint) -> Option<AuthenticatorId> {
        let Phase::Closed { winner: Some(winner), .. } = &enrollment.phase else { return None };
        let is_same = winner.attempt == self.attempt
            && winner.key == key
            && winner.credential.as_bytes() == self.assertion.credential_id().as_bytes();
        is_same.then_some(winner.authenticator)
    }
}
