//! Dropping what was registered: policy does not take it any more.

use jiff::Timestamp;

use super::{BindRefusal, Enrollment, EnrollmentEvent, Pass, PassEnd};
use crate::{AttemptId, Digest};

/// Drops the credential of an attempt, which waits for its second press.
#[derive(Debug, Clone)]
pub struct DropCredential {
    /// The attempt.
    pub attempt: AttemptId,
    /// The version of the policy stream that the decision read.
    pub policy_revision: u64,
    /// The digest of the policy's text.
    pub policy: Digest,
    /// The rules that refuse the authenticator, by name.
    pub rules: Vec<String>,
}

impl Enrollment {
    /// Drops what an attempt registered. Another authenticator may follow with the pass that is there,
    /// unless that was minted under another policy: then it ends as well (rule 17).
    pub fn drop_credential(
        &self,
        command: DropCredential,
        now: Timestamp,
    ) -> Result<Vec<EnrollmentEvent>, BindRefusal> {
        let DropCredential { attempt, policy_revision, policy, rules } = command;
        let running = self.running(now)?;
        let attempt = running.attempt(attempt, now).ok_or(BindRefusal::NoAttempt)?;
        let credential = attempt.verified.as_ref().ok_or(BindRefusal::NothingVerified)?;
        let dropped = EnrollmentEvent::CredentialDropped {
            attempt: attempt.id,
            credential: credential.id.clone(),
            policy,
            rules,
        };
        let is_outdated = |pass: &Pass| pass.policy_revision != policy_revision;
        let ended =
            attempt.open_pass(now).filter(is_outdated).map(|pass| EnrollmentEvent::PassEnded {
                attempt: attempt.id,
                pass: pass.id,
                reason: PassEnd::Outdated,
            });
        Ok([dropped].into_iter().chain(ended).collect())
    }
}
