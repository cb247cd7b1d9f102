//! Minting the pass.

use jiff::{SignedDuration, Timestamp};

use super::{
    Ended, Enrollment, EnrollmentEvent, MAX_PASS_LIFETIME, Pass, PassEnd, deadline::after,
};
use crate::{Action, AttemptId, PassId, Permit};

/// Mints the pass of an attempt.
#[derive(Debug, Clone)]
pub struct Mint {
    /// For which attempt.
    pub attempt: AttemptId,
    /// The new pass's id.
    pub pass: PassId,
    /// How long it lives; never more than [`MAX_PASS_LIFETIME`].
    pub lifetime: SignedDuration,
    /// The decision that allows it.
    pub permit: Permit,
    /// The version of the enrollment that is being decided on.
    pub version: u64,
}

/// Why no pass was minted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum MintRefusal {
    /// The enrollment is over.
    #[error(transparent)]
    Ended(#[from] Ended),
    /// The attempt is over.
    #[error("this attempt has ended; open the invitation again")]
    NoAttempt,
    /// It holds an open one.
    #[error("this attempt already holds a pass")]
    AlreadyOpen,
    /// The decision was about another version.
    #[error("the enrollment changed while policy was being asked")]
    NotPermitted,
}

impl Enrollment {
    /// Mints a pass, good for one binding by this attempt's key within minutes. An open one that was
    /// minted under another policy gives way to it (rule 17).
    pub fn mint(&self, command: Mint, now: Timestamp) -> Result<Vec<EnrollmentEvent>, MintRefusal> {
        let running = self.running(now)?;
        let attempt = running.attempt(command.attempt, now).ok_or(MintRefusal::NoAttempt)?;
        if !command.permit.covers(Action::Mint, self.id, command.version) {
            return Err(MintRefusal::NotPermitted);
        }
        let is_outdated = |pass: &Pass| pass.policy_revision != command.permit.policy_revision;
        if attempt.open_pass(now).is_some_and(|open| !is_outdated(&open)) {
            return Err(MintRefusal::AlreadyOpen);
        }
        let ended = attempt.pass.map(|pass| EnrollmentEvent::PassEnded {
            attempt: attempt.id,
            pass: pass.id,
            reason: if pass.is_open(now) { PassEnd::Outdated } else { PassEnd::Expired },
        });
        let minted = EnrollmentEvent::PassMinted {
            attempt: attempt.id,
            pass: command.pass,
            expires: after(now, command.lifetime.min(MAX_PASS_LIFETIME)),
            permit: command.permit,
        };
        Ok(ended.into_iter().chain([minted]).collect())
    }

    /// Ends an open pass because policy or a fact it rested on moved (rule 17).
    pub fn end_outdated_pass(&self, attempt: AttemptId, now: Timestamp) -> Vec<EnrollmentEvent> {
        let pass = self
            .running(now)
            .ok()
            .and_then(|running| running.attempt(attempt, now))
            .and_then(|attempt| attempt.open_pass(now));
        pass.map(|pass| EnrollmentEvent::PassEnded {
            attempt,
            pass: pass.id,
            reason: PassEnd::Outdated,
        })
        .into_iter()
        .collect()
    }
}
