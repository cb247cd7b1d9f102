//! The transparency log itself, as a stream: the epochs that restores began, and the keys that followed
//! each other. There is none before the first restore or rotation: then the log is in its first epoch,
//! and its key is the one that it was set up with.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::{Aggregate, Digest, Event, Recorded, StreamId, StreamKind, Unfoldable};

/// The log as it stands.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Log {
    /// When its epoch began, in whole seconds, which is the epoch's name: a number would be given
    /// twice when two backups are restored after each other. `None` in the first epoch.
    pub epoch: Option<Timestamp>,
    /// The verifier key of its signatures, as readers pin it; `None` while it is the one that the log
    /// was set up with.
    pub key: Option<String>,
}

/// What can happen to the log.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(tag = "kind", content = "data", deny_unknown_fields)]
pub enum LogEvent {
    /// The database was restored from a backup, and another epoch begins at the time of this event.
    #[serde(rename = "log.epoch_began/1")]
    EpochBegan(Restored),
    /// Another key signs from here on.
    #[serde(rename = "log.key_rotated/1")]
    KeyRotated(KeyRotation),
}

/// How an epoch follows the one before it.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Restored {
    /// When the backup was made.
    pub backup: Timestamp,
    /// How many entries of the lifecycle log it held.
    pub kept: u64,
    /// The root of the tree of these entries.
    pub root: Digest,
    /// The newest checkpoint of the lifecycle log that anybody kept outside; `None` when somebody
    /// acknowledged that there is none.
    pub outside: Option<OutsideCheckpoint>,
}

/// A checkpoint that was kept outside.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct OutsideCheckpoint {
    /// How many entries the log had.
    pub size: u64,
    /// Their root.
    pub root: Digest,
    /// The signed note.
    pub note: String,
}

impl Restored {
    /// How many entries are known to be lost; `None` when nobody could say.
    pub fn lost(&self) -> Option<u64> {
        self.outside.as_ref().map(|outside| outside.size.saturating_sub(self.kept))
    }
}

/// One key follows another.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct KeyRotation {
    /// The verifier key until then.
    pub old: String,
    /// The verifier key from then on.
    pub new: String,
    /// A note that says so, signed by both.
    pub note: String,
}

/// The key that is to be followed is not the one that signs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("another key signs the log by now; look at `firstkey keys list`")]
pub struct NotTheKey;

impl Log {
    /// Begins the epoch after a restore.
    pub fn begin_epoch(restored: Restored) -> Vec<LogEvent> {
        vec![LogEvent::EpochBegan(restored)]
    }

    /// Lets another key follow.
    pub fn rotate_key(
        current: Option<&Self>,
        rotation: KeyRotation,
    ) -> Result<Vec<LogEvent>, NotTheKey> {
        if !follows(current, &rotation) {
            return Err(NotTheKey);
        }
        Ok(vec![LogEvent::KeyRotated(rotation)])
    }
}

/// Before the first rotation, only the signatures say which key it was.
fn follows(current: Option<&Log>, rotation: &KeyRotation) -> bool {
    let key = current.and_then(|log| log.key.as_ref());
    key.is_none_or(|key| *key == rotation.old) && rotation.old != rotation.new
}

/// The epoch that begins at this time.
fn epoch_at(at: Timestamp) -> Option<Timestamp> {
    Timestamp::from_second(at.as_second()).ok()
}

impl Event for LogEvent {}

impl Aggregate for Log {
    type Event = LogEvent;

    const KIND: StreamKind = StreamKind::Log;

    fn evolve(current: Option<Self>, recorded: &Recorded<LogEvent>) -> Result<Self, Unfoldable> {
        let epoch = current.as_ref().and_then(|log| log.epoch);
        let fits = match &recorded.event {
            LogEvent::EpochBegan(_) => epoch_at(recorded.at) > epoch,
            LogEvent::KeyRotated(rotation) => follows(current.as_ref(), rotation),
        };
        if recorded.stream != StreamId::LOG || !fits {
            return Err(recorded.unfoldable());
        }
        let key = current.and_then(|log| log.key);
        Ok(match &recorded.event {
            LogEvent::EpochBegan(_) => Self { epoch: epoch_at(recorded.at), key },
            LogEvent::KeyRotated(rotation) => Self { epoch, key: Some(rotation.new.clone()) },
        })
    }
}
