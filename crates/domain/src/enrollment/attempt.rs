//! One browser key working on an enrollment.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::Proofing;
use crate::{AttemptId, Credential, KeyThumbprint, PassId, PersonId, Private};

/// What the applicant's browser and network look like, shown to the voucher. It decides nothing.
#[derive(Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Device {
    /// Browser and system in a few words.
    pub browser: String,
    /// The network address from which it began.
    pub network: String,
}

/// An ephemeral, key-bound, never shown enrollment credential: a record, not a secret.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Pass {
    /// Its id, which is worth nothing without the attempt's key.
    pub id: PassId,
    /// When it was minted.
    pub minted: Timestamp,
    /// When it ends by itself.
    pub expires: Timestamp,
    /// The version of the policy stream under which it was minted. It is good under no other.
    pub policy_revision: u64,
}

impl Pass {
    /// Whether it can still be used.
    pub fn is_open(&self, now: Timestamp) -> bool {
        now < self.expires
    }
}

/// One browser (or device) key working on an enrollment.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Attempt {
    /// Its id.
    pub id: AttemptId,
    /// The browser key, by thumbprint. Every call of the attempt proves it.
    pub key: KeyThumbprint,
    /// When Begin was pressed.
    pub began: Timestamp,
    /// When it ends by itself.
    pub expires: Timestamp,
    /// What the voucher is shown.
    pub device: Private<Device>,
    /// From whose screens the applicant took the address into this browser. It counts for nothing by
    /// itself: only a match by the same voucher makes a handover of it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub handed_over: Vec<PersonId>,
    /// Who met the applicant holding this key. Proofing never moves to another key.
    pub proofings: Vec<Proofing>,
    /// The pass, from minting until it ends.
    pub pass: Option<Pass>,
    /// What the browser registered: verified and not yet bound.
    pub verified: Option<Credential>,
    /// Responses that the server rejected.
    pub failed_ceremonies: u8,
}

impl Attempt {
    /// Whether it can still go on.
    pub fn is_open(&self, now: Timestamp) -> bool {
        now < self.expires
    }

    /// Whether the applicant took the address from this person's screen.
    pub fn was_handed_over_by(&self, voucher: PersonId) -> bool {
        self.handed_over.contains(&voucher)
    }

    /// The pass, if it can still be used.
    pub fn open_pass(&self, now: Timestamp) -> Option<Pass> {
        self.pass.filter(|pass| pass.is_open(now))
    }
}
