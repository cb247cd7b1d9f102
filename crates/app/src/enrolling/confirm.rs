//! The second press: what the new authenticator is to sign.

use firstkey_domain::{
    Action, Actor, AttemptId, Digest, EnrollmentId,
    challenge::{Purpose, Statement},
    enrollment::{Attempt, BindRefusal, BindingStatement, Enrollment},
    person::Person,
};
use firstkey_webauthn::authentication::Options;

use super::{
    Ceremony, holder,
    register::proofing_leaves,
    still_belongs,
    unsuitable::{Reconsidered, Unsuitable, reconsider},
};
use crate::{
    Backend, Fault, Loaded, Outcome, ProvenRequest, Unit, UseCase,
    decision::Case,
    ticket::Ticket,
    webauthn::{descriptors, wire_challenge},
};

/// The second press is to be tried, or tried again. No new `create()` is needed for it.
#[derive(Debug)]
pub struct Confirm {
    /// The request, signed by the attempt's key.
    pub request: ProvenRequest,
    /// The enrollment.
    pub enrollment: EnrollmentId,
    /// The attempt.
    pub attempt: AttemptId,
}

/// What there is to confirm.
#[derive(Debug)]
pub enum Confirmed {
    /// The second press.
    Asked(Ceremony),
    /// Policy takes the passkey no longer. It was dropped, and another one can be made.
    Unsuitable(Unsuitable),
    /// Policy asks for more: nothing that could be pressed would count.
    Missing,
}

/// Why there is nothing to confirm.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum ConfirmFault {
    /// There is no such attempt with this key.
    #[error("this page is not active any more; open your invitation again")]
    Unknown,
    /// The enrollment refuses.
    #[error(transparent)]
    Refused(#[from] BindRefusal),
}

impl<S: Backend> UseCase<S> for Confirm {
    type Output = Confirmed;
    type Refusal = ConfirmFault;

    fn actor(&self) -> Actor {
        Actor::Applicant(self.attempt)
    }

    async fn attempt(&self, unit: &mut Unit<'_, S>) -> Outcome<Confirmed, ConfirmFault> {
        let now = unit.now();
        let unknown = || Fault::Refused(ConfirmFault::Unknown);
        let enrollment: Loaded<Enrollment> =
            unit.load(self.enrollment).await?.ok_or_else(unknown)?;
        let person: Loaded<Person> = unit.load(enrollment.person).await?.ok_or_else(unknown)?;
        holder(&enrollment, self.attempt, self.request.key, now).ok_or_else(unknown)?;
        still_belongs(&person).map_err(|left| Fault::refuse(BindRefusal::from(left)))?;
        let attempt = enrollment.binding(self.attempt, now).map_err(Fault::refuse)?;
        unit.spend_proof(&self.request);
        let case = Case::gather(unit, &enrollment, &person, attempt).await?;
        if let Err(decision) = case.ask(Action::Bind, &enrollment) {
            return Ok(match reconsider(unit, enrollment, self.attempt, &case, decision)? {
                Reconsidered::Unsuitable(dropped) => Confirmed::Unsuitable(dropped),
                Reconsidered::Missing(_) => Confirmed::Missing,
            });
        }
        let leaves = proofing_leaves(unit, &enrollment, self.attempt).await?;
        let asked = confirmation(unit, &enrollment, attempt, &case, leaves);
        asked.map(Confirmed::Asked).ok_or_else(unknown)
    }
}

/// The request for the second press, over the binding statement.
pub(super) fn confirmation<S: Backend>(
    unit: &Unit<'_, S>,
    enrollment: &Enrollment,
    attempt: &Attempt,
    case: &Case,
    proofing: Vec<Digest>,
) -> Option<Ceremony> {
    let (app, now) = (unit.app(), unit.now());
    let credential = attempt.verified.as_ref()?;
    let statement = BindingStatement {
        enrollment: enrollment.id,
        attempt_key: attempt.key,
        credential_id: credential.id.clone(),
        public_key: credential.public_key.clone(),
        facts: case.facts(),
        policy: case.policy(),
        proofing,
    };
    let ticket = Ticket::begin(Purpose::Binding, statement.digest(), statement, app.entropy(), now);
    let allowed = descriptors(std::iter::once(credential));
    let options =
        Options::new(&app.site.relying_party, wire_challenge(&ticket.challenge)).allow(&allowed);
    Some(Ceremony {
        options: serde_json::to_value(options).unwrap_or_default(),
        ticket: ticket.seal(&app.keys, app.entropy()),
    })
}
