//! The registration ceremony: keeping what was verified, counting what was rejected.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::{AttemptEnd, Ended, Enrollment, EnrollmentEvent, MAX_FAILED_CEREMONIES, Pass};
use crate::{
    AttemptId, Credential, EnrollmentId, PassId,
    challenge::{Challenge, Purpose, Statement},
};

/// A registration that the relying party verified.
#[derive(Debug, Clone)]
pub struct Register {
    /// The attempt whose key sent it.
    pub attempt: AttemptId,
    /// What was registered.
    pub credential: Credential,
    /// The preimage of the challenge that it answered.
    pub challenge: Challenge,
}

/// What a registration's challenge is bound to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RegistrationStatement {
    /// The enrollment.
    pub enrollment: EnrollmentId,
    /// The attempt that holds the pass.
    pub attempt: AttemptId,
    /// The pass.
    pub pass: PassId,
}

impl Statement for RegistrationStatement {
    const TAG: &'static str = "firstkey registration/1";
}

/// Why a registration was refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum RegisterRefusal {
    /// The enrollment is over.
    #[error(transparent)]
    Ended(#[from] Ended),
    /// The attempt is over.
    #[error("this attempt has ended; open the invitation again")]
    NoAttempt,
    /// There is no pass, or its minutes are over.
    #[error("the time for this step is over; start the step again")]
    NoPass,
    /// The challenge was made for another pass or another purpose.
    #[error("this answer belongs to another step; start the step again")]
    WrongChallenge,
    /// A credential waits for its second press.
    #[error("a passkey was already made; confirm it instead of making another")]
    AlreadyVerified,
}

impl Enrollment {
    /// The pass with which this attempt may register now.
    pub fn registering(&self, attempt: AttemptId, now: Timestamp) -> Result<Pass, RegisterRefusal> {
        let running = self.running(now)?;
        let attempt = running.attempt(attempt, now).ok_or(RegisterRefusal::NoAttempt)?;
        if attempt.verified.is_some() {
            return Err(RegisterRefusal::AlreadyVerified);
        }
        attempt.open_pass(now).ok_or(RegisterRefusal::NoPass)
    }

    /// Keeps a verified credential, bound to nobody yet.
    pub fn verify_credential(
        &self,
        command: Register,
        now: Timestamp,
    ) -> Result<Vec<EnrollmentEvent>, RegisterRefusal> {
        let pass = self.registering(command.attempt, now)?;
        let statement =
            RegistrationStatement { enrollment: self.id, attempt: command.attempt, pass: pass.id };
        let challenge = command.challenge;
        if challenge.purpose != Purpose::Registration || challenge.context != statement.digest() {
            return Err(RegisterRefusal::WrongChallenge);
        }
        Ok(vec![EnrollmentEvent::CredentialVerified {
            attempt: command.attempt,
            pass: pass.id,
            credential: command.credential,
            challenge,
        }])
    }

    /// Counts a response that the server rejected; the fifth closes the attempt. The pass stays for
    /// another try until then. A cancellation never gets here.
    pub fn fail_ceremony(
        &self,
        attempt: AttemptId,
        step: &str,
        now: Timestamp,
    ) -> Result<Vec<EnrollmentEvent>, RegisterRefusal> {
        let running = self.running(now)?;
        let attempt = running.attempt(attempt, now).ok_or(RegisterRefusal::NoAttempt)?;
        let mut events =
            vec![EnrollmentEvent::CeremonyFailed { attempt: attempt.id, step: step.to_owned() }];
        if attempt.failed_ceremonies.saturating_add(1) >= MAX_FAILED_CEREMONIES {
            events.push(EnrollmentEvent::AttemptClosed {
                attempt: attempt.id,
                reason: AttemptEnd::FailedCeremonies,
            });
        }
        Ok(events)
    }
}
