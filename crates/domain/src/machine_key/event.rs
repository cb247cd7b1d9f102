//! What can happen to a machine key.

use serde::{Deserialize, Serialize};

use super::Grant;
use crate::{Event, challenge::Signed};

/// What can happen to a machine key. Kinds are versioned and never edited.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(tag = "kind", content = "data", deny_unknown_fields)]
pub enum MachineKeyEvent {
    /// Its owner registered it.
    #[serde(rename = "machine_key.registered/1")]
    Registered {
        /// What was signed for.
        grant: Grant,
        /// The owner's signature over it.
        signed: Signed,
    },
    /// Somebody ended it before its time.
    #[serde(rename = "machine_key.ended/1")]
    Ended {
        /// Their signature.
        signed: Signed,
    },
    /// An older state was restored: whether somebody had ended it since is not known (rule 21).
    #[serde(rename = "machine_key.ended_by_restore/1")]
    EndedByRestore {},
}

impl Event for MachineKeyEvent {}
