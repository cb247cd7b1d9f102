//! Erasing what is known of somebody who left (rule 18).

use serde::{Deserialize, Serialize};

use super::{Person, PersonEvent, Standing};
use crate::{Actor, Digest, StreamId};

/// Events of one stream whose confidential parts are erased.
///
/// They are named by stream and version, which they have from the start; their leaf indices come
/// later and follow from these.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ErasedPart {
    /// The stream: the person's own, or that of one of their enrollments.
    pub stream: StreamId,
    /// The versions, rising.
    pub versions: Vec<u64>,
}

/// What stays taken for ever. The digests are made with a key, so that they tell nobody who lacks it
/// whose names they were.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Tombstones {
    /// The user name: nobody else is given it.
    pub user_name: Digest,
    /// HR's identifier: a file that still lists the person does not bring them back.
    pub external_id: Digest,
}

/// Erases a person.
#[derive(Debug, Clone)]
pub struct Erase {
    /// Why: a ticket number, or words that name nobody. It stays in the log.
    pub reason: String,
    /// Every event about them that has a confidential part.
    pub parts: Vec<ErasedPart>,
    /// What stays taken.
    pub tombstones: Tombstones,
}

/// Why a person was not erased.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum EraseRefusal {
    /// Whoever belongs is known.
    #[error("the person still belongs here; record that they left first")]
    NotLeft,
    /// It was done before.
    #[error("this person was erased before")]
    AlreadyErased,
    /// An erasure says why.
    #[error("say why: a reason or a ticket number that names nobody")]
    NoReason,
    /// Only the host erases in this version.
    #[error("people are erased from the command line of the host only")]
    NotTheHost,
}

impl Person {
    /// Whether their data was erased.
    pub const fn is_erased(&self) -> bool {
        matches!(self.standing, Standing::Erased { .. })
    }

    /// Erases all personal data of somebody who left. What is deleted beside the state is deleted by
    /// the commit that this event is part of.
    pub fn erase(&self, command: Erase, by: &Actor) -> Result<Vec<PersonEvent>, EraseRefusal> {
        if !matches!(by, Actor::Host(_)) {
            return Err(EraseRefusal::NotTheHost);
        }
        match self.standing {
            Standing::Active => return Err(EraseRefusal::NotLeft),
            Standing::Erased { .. } => return Err(EraseRefusal::AlreadyErased),
            Standing::Left(_) => {}
        }
        if command.reason.trim().is_empty() {
            return Err(EraseRefusal::NoReason);
        }
        let Erase { reason, parts, tombstones } = command;
        Ok(vec![PersonEvent::Erased { reason, parts, tombstones }])
    }
}
