//! The keys and epochs of a log, one after the other, as its own events tell: which signatures are to
//! be believed by somebody who pinned one of the keys.

use firstkey_domain::{
    Aggregate, Recorded, StreamId,
    log::{Log, LogEvent, Restored},
};
use firstkey_log::{
    checkpoint::{Checkpoint, OpenCheckpointError, verify_checkpoint},
    note::{NoteVerifier, SignedNote, VerifyNoteError},
};
use firstkey_ports::{Queries, StoreError};
use jiff::Timestamp;

use super::{
    LogRef,
    rotation::{NotSignedByBoth, VerifiedRotation},
};

/// Why the lineage cannot be told.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum LineageError {
    /// The store cannot be read.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// An event of the log's own stream is none.
    #[error("event {0} of the log's own stream cannot be read; run `firstkey log check`")]
    Unreadable(u64),
    /// A rotation is not signed.
    #[error(transparent)]
    NotSigned(#[from] NotSignedByBoth),
}

/// Keys and epochs in order.
#[derive(Debug, Clone)]
pub struct Lineage {
    first: Reign,
    steps: Vec<Step>,
    /// Each rotation's note, and what it says.
    rotated: Vec<(String, VerifiedRotation)>,
    /// What whoever pinned a key may believe, the oldest first.
    trusted: Vec<NoteVerifier>,
}

/// What signs, and under which name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Reign {
    pub epoch: Option<Timestamp>,
    pub key: NoteVerifier,
}

#[derive(Debug, Clone)]
struct Step {
    /// Its leaf index in the lifecycle log, once it has one.
    leaf: Option<u64>,
    after: Reign,
    restored: Option<Restored>,
}

/// A checkpoint that a trusted key signed.
#[derive(Debug, Clone)]
pub(super) struct SignedTree {
    pub checkpoint: Checkpoint,
    pub log: LogRef,
    pub by: Reign,
}

impl Lineage {
    /// Reads it. `pinned` is the key that is believed already; those that it names as successors, and
    /// those that name it, are believed as well.
    pub async fn read<S: Queries>(store: &S, pinned: &NoteVerifier) -> Result<Self, LineageError> {
        let mut told = Vec::new();
        let mut rotated = Vec::new();
        let mut log: Option<Log> = None;
        for entry in store.entries(StreamId::LOG).await? {
            let version = entry.stream.map_or(0, |(_, version)| version);
            let unreadable = || LineageError::Unreadable(version);
            let recorded: Recorded<LogEvent> =
                serde_json::from_slice(&entry.open).map_err(|_| unreadable())?;
            log = Some(Log::evolve(log, &recorded).map_err(|_| unreadable())?);
            if let LogEvent::KeyRotated(rotation) = &recorded.event {
                rotated.push((rotation.note.clone(), VerifiedRotation::verify(rotation)?));
            }
            told.push((entry.leaf, recorded));
        }
        // Who signed before the first rotation, the rotation says.
        let first = rotated.first().map_or(pinned, |(_, rotation)| &rotation.old);
        let first = Reign { epoch: None, key: first.clone() };
        let mut next = rotated.iter();
        let mut reign = first.clone();
        let mut steps = Vec::with_capacity(told.len());
        for (leaf, recorded) in told {
            let restored = match recorded.event {
                LogEvent::EpochBegan(restored) => {
                    reign.epoch = Timestamp::from_second(recorded.at.as_second()).ok();
                    Some(restored)
                }
                LogEvent::KeyRotated(_) => {
                    if let Some((_, rotation)) = next.next() {
                        reign.key = rotation.new.clone();
                    }
                    None
                }
            };
            steps.push(Step { leaf, after: reign.clone(), restored });
        }
        let trusted = trusted(pinned, &rotated);
        Ok(Self { first, steps, rotated, trusted })
    }

    /// The keys that are believed, the oldest first.
    pub fn keys(&self) -> &[NoteVerifier] {
        &self.trusted
    }

    /// Every restore, with the time at which its epoch began.
    pub fn restores(&self) -> impl Iterator<Item = (Timestamp, &Restored)> {
        self.steps.iter().filter_map(|step| Some((step.after.epoch?, step.restored.as_ref()?)))
    }

    /// A note for each rotation of the key, the oldest first.
    pub fn notes(&self) -> Vec<String> {
        self.rotated.iter().map(|(note, _)| note.clone()).collect()
    }

    /// Whether this log was ever in this epoch.
    pub(super) fn has_epoch(&self, epoch: Option<Timestamp>) -> bool {
        epoch.is_none() || self.restores().any(|(began, _)| Some(began) == epoch)
    }

    /// The restore that ended an epoch, with the time at which the next began.
    pub(super) fn end_of(&self, epoch: Option<Timestamp>) -> Option<(Timestamp, &Restored)> {
        self.restores().find(|(began, _)| Some(*began) > epoch)
    }

    /// How many steps the lifecycle log of this size has taken: the number of the reign that signs it.
    pub(super) fn steps_at(&self, size: u64) -> usize {
        self.steps.iter().filter(|step| step.leaf.is_some_and(|leaf| leaf < size)).count()
    }

    /// The number of this reign; `None` when there was none like it.
    pub(super) fn number_of(&self, reign: &Reign) -> Option<usize> {
        let reigns = std::iter::once(&self.first).chain(self.steps.iter().map(|step| &step.after));
        reigns.enumerate().find(|(_, each)| *each == reign).map(|(number, _)| number)
    }

    /// Opens a stored or outside checkpoint.
    pub(super) fn open(&self, note: &str) -> Result<SignedTree, OpenCheckpointError> {
        open_signed(note, &self.trusted)
    }
}

/// The keys that can be believed by whoever believes one and has the whole log: its successors, and
/// earlier ones that named it, which it confirmed by signing too.
fn trusted(pinned: &NoteVerifier, rotated: &[(String, VerifiedRotation)]) -> Vec<NoteVerifier> {
    let mut trusted = successors(pinned, rotated.iter().map(|(_, rotation)| rotation));
    for (_, VerifiedRotation { old, new }) in rotated.iter().rev() {
        if trusted.first() == Some(new) {
            trusted.insert(0, old.clone());
        }
    }
    trusted
}

/// A key, and those that it and its successors named, the oldest first.
pub(super) fn successors<'a>(
    pinned: &NoteVerifier,
    rotations: impl IntoIterator<Item = &'a VerifiedRotation>,
) -> Vec<NoteVerifier> {
    let mut keys = vec![pinned.clone()];
    for VerifiedRotation { old, new } in rotations {
        if keys.last() == Some(old) {
            keys.push(new.clone());
        }
    }
    keys
}

/// Opens a checkpoint that one of the keys signed.
pub(super) fn open_signed(
    note: &str,
    keys: &[NoteVerifier],
) -> Result<SignedTree, OpenCheckpointError> {
    let note = SignedNote::parse(note.as_bytes())?;
    for key in keys.iter().rev() {
        let text = match note.verify(std::slice::from_ref(key)) {
            Ok(text) => text,
            Err(VerifyNoteError::UnknownKeys) => continue,
            Err(error) => return Err(error.into()),
        };
        let origin = text.lines().next().unwrap_or_default();
        let log: LogRef = origin.parse().map_err(|_| OpenCheckpointError::Origin)?;
        let checkpoint = verify_checkpoint(&note, key, origin)?;
        let by = Reign { epoch: log.epoch(), key: key.clone() };
        return Ok(SignedTree { checkpoint, log, by });
    }
    Err(VerifyNoteError::UnknownKeys.into())
}
