//! The outcome of a policy decision, as deciders ask for it.

use serde::{Deserialize, Serialize};

use crate::{Digest, EnrollmentId};

/// What a policy decision allowed in an enrollment. They are two, because the authenticator's model
/// is known only after registration.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Action {
    /// Minting a pass.
    Mint,
    /// Binding the registered authenticator.
    Bind,
}

/// A policy decision that permits one action on one version of one enrollment.
///
/// Only the application layer makes one, from a decision of the policy engine; a test refuses any
/// other caller. It is recorded in the event that it allowed, so that the decision can be repeated.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Permit {
    /// What is permitted.
    pub action: Action,
    /// In which enrollment.
    pub enrollment: EnrollmentId,
    /// The version of the enrollment that the decision read.
    pub version: u64,
    /// The version of the policy stream that the decision read.
    pub policy_revision: u64,
    /// The digest of the policy's text.
    pub policy: Digest,
    /// The digest of the facts.
    pub facts: Digest,
}

impl Permit {
    /// Whether the permit is for this action on this version of this enrollment.
    pub fn covers(&self, action: Action, enrollment: EnrollmentId, version: u64) -> bool {
        self.action == action && self.enrollment == enrollment && self.version == version
    }
}
