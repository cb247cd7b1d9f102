//! The receipt as it is kept: JSON, in which nothing is confidential.

use firstkey_domain::Digest;
use serde::{Deserialize, Serialize};

/// The version of the form.
pub const VERSION: u32 = 1;

/// How an authenticator came to belong to a person, with proofs. Nothing in it is to be believed until
/// [`verify`](super::verify) has checked it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Receipt {
    /// The version of this form.
    pub version: u32,
    /// The log, as its checkpoints name it.
    pub origin: String,
    /// Where the passkeys were used.
    pub relying_party: RelyingPartyClaim,
    /// The signed checkpoint into which the proofs lead.
    pub checkpoint: String,
    /// The index of the event that bound the authenticator.
    pub bound: u64,
    /// That event and all that it rests on, in the order of the log, each once.
    pub entries: Vec<ProvenEntry>,
    /// How the log's keys followed each other, when they did: a note for each rotation, signed by both
    /// keys, the oldest first. With them, whoever pinned an earlier key can believe the checkpoint.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub rotations: Vec<String>,
}

/// Where the passkeys were used: what the authenticators and browsers signed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RelyingPartyClaim {
    /// The RP ID.
    pub id: String,
    /// The origins on which somebody pressed, each of them.
    pub origins: Vec<String>,
}

/// An entry of the log with its inclusion proof.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ProvenEntry {
    /// Its index in the log.
    pub index: u64,
    /// The event's open bytes, exactly as stored.
    pub open: String,
    /// The digest of the confidential part, when there is one. The part itself stays where it is.
    pub inner: Option<Digest>,
    /// The proof that it is in the tree of the checkpoint: hashes in base64.
    pub proof: Vec<String>,
}
