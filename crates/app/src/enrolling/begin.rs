//! Begin: a browser key starts an attempt.

use firstkey_domain::{
    Actor, AttemptId, Clearance, Digest, EnrollmentId, Private,
    enrollment::{self, BeginRefusal, Device, Enrollment},
    person::Person,
};
use firstkey_ports::{NoticeKind, ReservationKind};
use firstkey_proof::{Statement, StatementError, Thumbprint};

use super::MoveToken;
use crate::{
    Backend, Fault, Loaded, Locator, LocatorError, Outcome, ProvenRequest, TicketError, Unit,
    UseCase, ticket,
};

/// What the console says when nobody is signed in who could vouch in this enrollment.
pub(crate) fn cleared_for(enrollment: EnrollmentId) -> String {
    format!("no operator is signed in here, for enrollment {enrollment}")
}

/// The secret in the fragment of a setup link. Cannot be printed.
#[derive(Clone)]
pub struct SetupLinkSecret(pub String);

impl SetupLinkSecret {
    /// What is kept of it.
    pub fn digest(&self) -> Digest {
        Digest::of_parts("firstkey setup secret", &[self.0.as_bytes()])
    }
}

impl std::fmt::Debug for SetupLinkSecret {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("SetupLinkSecret(…)")
    }
}

/// Somebody pressed Begin.
#[derive(Debug)]
pub struct Begin {
    /// The request, signed by the new browser key.
    pub request: ProvenRequest,
    /// The locator from the address.
    pub locator: String,
    /// The setup link's secret, when the address had one.
    pub secret: Option<SetupLinkSecret>,
    /// The console's statement that no operator is signed in in this browser.
    pub clearance: String,
    /// The token of a move from another device.
    pub moved: Option<String>,
    /// What the voucher is to be shown.
    pub device: Private<Device>,
}

/// Why Begin did not happen.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum BeginFault {
    /// The address is not active.
    #[error(transparent)]
    Locator(#[from] LocatorError),
    /// Rule 3: the console's statement is missing or not about this browser key.
    #[error("this page could not check whether somebody is signed in; reload it and try again")]
    Clearance(#[from] StatementError),
    /// The move's token is used, too old or not ours.
    #[error(transparent)]
    Move(#[from] TicketError),
    /// The enrollment refuses.
    #[error(transparent)]
    Refused(#[from] BeginRefusal),
}

impl<S: Backend> UseCase<S> for Begin {
    type Output = AttemptId;
    type Refusal = BeginFault;

    fn actor(&self) -> Actor {
        // The attempt that this makes; its id follows from the proof, so that a decision made
        // again makes the same one.
        Actor::Applicant(self.attempt_id())
    }

    async fn attempt(&self, unit: &mut Unit<'_, S>) -> Outcome<AttemptId, BeginFault> {
        let (app, now) = (unit.app(), unit.now());
        let locator = Locator::from_text(&self.locator, &app.keys).map_err(Fault::refuse)?;
        let clearance = Clearance {
            enrollment: locator.enrollment,
            key: self.request.key,
            ends: self.request.ends,
        };
        let statement = Statement {
            purpose: &cleared_for(locator.enrollment),
            thumbprint: Thumbprint::from_bytes(*self.request.key.as_bytes()),
        };
        app.keys
            .statements
            .verify(&self.clearance, &statement, now.as_second())
            .map_err(Fault::refuse)?;
        let moved = self.moved.as_deref().map(|token| MoveToken::open(token, app, now));
        let moved = moved.transpose().map_err(Fault::refuse)?;

        let not_active = || Fault::Refused(BeginFault::Locator(LocatorError));
        let enrollment: Loaded<Enrollment> =
            unit.load(locator.enrollment).await?.ok_or_else(not_active)?;
        let person: Loaded<Person> = unit.load(enrollment.person).await?.ok_or_else(not_active)?;
        let id = self.attempt_id();
        let command = enrollment::Begin {
            attempt: id,
            key: self.request.key,
            generation: locator.generation,
            secret: self.secret.as_ref().map(SetupLinkSecret::digest),
            clearance,
            device: self.device.clone(),
            replaces: moved.as_ref().map(|moved| moved.attempt),
        };
        let events = enrollment.begin(&person, command, now).map_err(Fault::refuse)?;
        unit.spend_proof(&self.request);
        let enrollment = unit.append(enrollment, events)?;
        match moved {
            // One browser takes another's place: that somebody waits was told already, and moving to
            // and fro must not fill the sponsor's mailbox.
            Some(moved) => moved.spend(unit),
            None => tell(unit, &enrollment, &person),
        }
        Ok(id)
    }

    fn taken(&self, kind: ReservationKind) -> Fault<BeginFault> {
        ticket::taken(kind)
    }
}

impl Begin {
    fn attempt_id(&self) -> AttemptId {
        let digest = Digest::of_parts(
            "firstkey attempt id",
            &[self.request.key.as_bytes(), self.request.proof.as_bytes()],
        );
        let mut bytes = [0; 16];
        bytes.copy_from_slice(&digest.as_bytes()[..16]);
        AttemptId::from_uuid(uuid::Builder::from_custom_bytes(bytes).into_uuid())
    }
}

/// Tells the sponsor that somebody waits, and both when a second browser has begun (rule 8).
fn tell<S: Backend>(unit: &mut Unit<'_, S>, enrollment: &Enrollment, person: &Person) {
    if enrollment.kind.is_own_act() {
        return;
    }
    let now = unit.now();
    let is_contested = enrollment.running(now).is_ok_and(|running| running.is_contested(now));
    let notice = if is_contested { NoticeKind::Contested } else { NoticeKind::Waiting };
    let applicant = is_contested.then_some(person.id);
    for to in person.profile.sponsor.into_iter().chain(applicant) {
        unit.notify(notice, to, person.id, None);
    }
}
