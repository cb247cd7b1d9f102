//! Binding: the second press, and the one way an authenticator comes to belong to a person.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::{Attempt, Ended, Enrollment, EnrollmentEvent};
use crate::{
    Action, AttemptId, AuthenticatorId, Bytes, CredentialId, Digest, EnrollmentId, KeyThumbprint,
    Permit,
    challenge::{Purpose, Signed, Statement},
};

/// What the new authenticator signs at the second press.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct BindingStatement {
    /// The enrollment.
    pub enrollment: EnrollmentId,
    /// The applicant's browser key.
    pub attempt_key: KeyThumbprint,
    /// The credential.
    pub credential_id: CredentialId,
    /// Its public key.
    pub public_key: Bytes,
    /// The digest of the facts on which policy decided.
    pub facts: Digest,
    /// The digest of the policy's text.
    pub policy: Digest,
    /// The log leaves of the proofing.
    pub proofing: Vec<Digest>,
}

impl Statement for BindingStatement {
    const TAG: &'static str = "firstkey binding/1";
}

/// Binds what an attempt registered.
#[derive(Debug, Clone)]
pub struct Bind {
    /// The attempt.
    pub attempt: AttemptId,
    /// The id that the authenticator is to have.
    pub authenticator: AuthenticatorId,
    /// What the new authenticator signed.
    pub statement: BindingStatement,
    /// Its signature, verified against the credential that waits.
    pub signed: Signed,
    /// The decision, made again just now.
    pub permit: Permit,
    /// The version of the enrollment that is being decided on.
    pub version: u64,
}

/// Why nothing was bound.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum BindRefusal {
    /// The enrollment is over.
    #[error(transparent)]
    Ended(#[from] Ended),
    /// The attempt is over.
    #[error("this attempt has ended; open the invitation again")]
    NoAttempt,
    /// There is no pass, or its minutes are over.
    #[error("the time for this step is over; start the step again")]
    NoPass,
    /// Nothing was registered.
    #[error("no passkey was made yet")]
    NothingVerified,
    /// Policy was asked about other facts than those that were signed, or moved since the pass was
    /// minted.
    #[error("what policy asks has changed; start the step again")]
    NotPermitted,
    /// The signature is over something else.
    #[error("the new passkey did not sign this enrollment; try again")]
    NotSigned,
}

impl Enrollment {
    /// The attempt and pass that may bind now.
    pub fn binding(&self, attempt: AttemptId, now: Timestamp) -> Result<&Attempt, BindRefusal> {
        let running = self.running(now)?;
        let attempt = running.attempt(attempt, now).ok_or(BindRefusal::NoAttempt)?;
        attempt.open_pass(now).ok_or(BindRefusal::NoPass)?;
        if attempt.verified.is_none() {
            return Err(BindRefusal::NothingVerified);
        }
        Ok(attempt)
    }

    /// Binds: the pass is consumed and everything else in this enrollment closes.
    ///
    /// The commit that records it also records the person's own event.
    pub fn bind(&self, command: Bind, now: Timestamp) -> Result<Vec<EnrollmentEvent>, BindRefusal> {
        let attempt = self.binding(command.attempt, now)?;
        let pass = attempt.open_pass(now).ok_or(BindRefusal::NoPass)?;
        let credential = attempt.verified.as_ref().ok_or(BindRefusal::NothingVerified)?;
        let statement = &command.statement;
        let is_permitted = command.permit.covers(Action::Bind, self.id, command.version)
            && command.permit.policy_revision == pass.policy_revision
            && command.permit.facts == statement.facts
            && command.permit.policy == statement.policy;
        if !is_permitted {
            return Err(BindRefusal::NotPermitted);
        }
        let is_this = statement.enrollment == self.id
            && statement.attempt_key == attempt.key
            && statement.credential_id == credential.id
            && statement.public_key == credential.public_key
            && statement.proofing.len() == attempt.proofings.len();
        let is_signed = command.signed.is_over(Purpose::Binding, statement.digest())
            && command.signed.authenticator == command.authenticator
            && command.signed.assertion.credential_id == credential.id;
        if !is_this || !is_signed {
            return Err(BindRefusal::NotSigned);
        }
        Ok(vec![EnrollmentEvent::Bound {
            attempt: attempt.id,
            pass: pass.id,
            authenticator: command.authenticator,
            statement: command.statement,
            signed: command.signed,
            permit: command.permit,
        }])
    }
}
