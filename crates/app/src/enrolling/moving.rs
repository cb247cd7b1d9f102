//! Going on with another device before anybody was met (rule 10).

use firstkey_domain::{
    Actor, AttemptId, Digest,
    challenge::Purpose,
    enrollment::{Ended, Enrollment},
};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::holder;
use crate::{
    App, Backend, Fault, Locator, Outcome, ProvenRequest, TicketError, Unit, UseCase,
    ticket::Ticket,
};

/// A one-use token with which another device takes over. The first key signed for it by asking.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct MoveToken {
    /// The attempt that is to be replaced.
    pub(super) attempt: AttemptId,
    #[serde(skip)]
    spends: Option<(Digest, Timestamp)>,
}

impl MoveToken {
    pub(super) fn open<S: Backend>(
        text: &str,
        app: &App<S>,
        now: Timestamp,
    ) -> Result<Self, TicketError> {
        let ticket: Ticket<Self> = Ticket::open(text, Purpose::Act, &app.keys, now)?;
        let spends = Some((ticket.challenge.digest(), ticket.expires));
        Ok(Self { spends, ..ticket.body })
    }

    pub(super) fn spend<S: Backend>(&self, unit: &mut Unit<'_, S>) {
        if let Some((challenge, ends)) = self.spends {
            unit.spend_challenge(challenge, ends);
        }
    }
}

/// Asks for the address with which another device takes over.
#[derive(Debug)]
pub struct OpenMove {
    /// The request, signed by the attempt's key.
    pub request: ProvenRequest,
    /// The attempt.
    pub attempt: AttemptId,
    /// Its enrollment.
    pub enrollment: firstkey_domain::EnrollmentId,
}

/// Why there is no such address.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum OpenMoveFault {
    /// There is no such attempt with this key.
    #[error("this page is not active any more; open your invitation again")]
    Unknown,
    /// The enrollment is over.
    #[error(transparent)]
    Ended(#[from] Ended),
    /// Proofing never moves to a new key.
    #[error("somebody has confirmed you on this device already; go on here")]
    Proofed,
}

impl<S: Backend> UseCase<S> for OpenMove {
    type Output = String;
    type Refusal = OpenMoveFault;

    fn actor(&self) -> Actor {
        Actor::Applicant(self.attempt)
    }

    async fn attempt(&self, unit: &mut Unit<'_, S>) -> Outcome<String, OpenMoveFault> {
        let (app, now) = (unit.app(), unit.now());
        let enrollment = unit.load::<Enrollment, _>(self.enrollment).await?;
        let enrollment = enrollment.ok_or(Fault::Refused(OpenMoveFault::Unknown))?;
        let attempt = holder(&enrollment, self.attempt, self.request.key, now)
            .ok_or(Fault::Refused(OpenMoveFault::Unknown))?;
        let running = enrollment.running(now).map_err(Fault::refuse)?;
        if !attempt.proofings.is_empty() {
            return Err(Fault::Refused(OpenMoveFault::Proofed));
        }
        unit.spend_proof(&self.request);
        let body = MoveToken { attempt: attempt.id, spends: None };
        let context = Digest::of_parts("firstkey move", &[attempt.key.as_bytes()]);
        let token = Ticket::begin(Purpose::Act, context, body, app.entropy(), now)
            .seal(&app.keys, app.entropy());
        let generation = running.invitation.generation;
        let locator = Locator { enrollment: enrollment.id, generation }.to_text(&app.keys);
        Ok(format!("{}/i/{locator}#move={token}", app.site.join_origin))
    }
}
