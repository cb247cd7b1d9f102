//! Why the sequencer does not go on.

use firstkey_log::{
    checkpoint::{InvalidCheckpoint, OpenCheckpointError},
    proof::ProveError,
    tile::{MissingTile, ReadTileError},
    tree::OpenTreeError,
};
use firstkey_ports::{CommitError, LogName, StoreError};

use super::LineageError;

/// Why nothing was sequenced or signed.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum SequenceError {
    /// The store cannot be read.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The store did not take it.
    #[error(transparent)]
    Commit(#[from] CommitError),
    /// Entries that were signed are gone: the database is older than its newest checkpoint.
    #[error(
        "log {log} holds {stored} entries, but {signed} were signed: the database was rolled back \
         or truncated; run `firstkey log check`, and restore the newest backup"
    )]
    RolledBack {
        /// Which log.
        log: LogName,
        /// The size that was signed last.
        signed: u64,
        /// The size that is stored.
        stored: u64,
    },
    /// The tiles lead to another root than the one that was signed.
    #[error(
        "the tree of log {0} is not the one that was signed: its tiles were altered; run \
         `firstkey log check`"
    )]
    Forked(LogName),
    /// The stored checkpoint is not ours.
    #[error(
        "the stored checkpoint of log {log} is not to be believed ({error}): it was altered, or the \
         signing key or the console's address was changed; run `firstkey log check`"
    )]
    Checkpoint {
        /// Which log.
        log: LogName,
        /// What is wrong with it.
        error: OpenCheckpointError,
    },
    /// A tile that the tree needs is missing or has the wrong length.
    #[error("a tile of log {log} is missing or too short ({tile}); run `firstkey log check`")]
    Tile {
        /// Which log.
        log: LogName,
        /// Its path.
        tile: String,
    },
    /// The keys and epochs of the log cannot be told.
    #[error(transparent)]
    Lineage(LineageError),
    /// The console's address cannot be the name of a log.
    #[error("the console's address cannot name a log: {0}")]
    Origin(#[from] InvalidCheckpoint),
}

impl SequenceError {
    /// Whether the store failed and may do better later. Everything else is for an operator: the log
    /// is not what was signed, and signing on would hide it.
    pub const fn is_passing(&self) -> bool {
        matches!(
            self,
            Self::Store(_) | Self::Commit(CommitError::Unavailable(_) | CommitError::Unknown(_))
        )
    }
}

impl From<LineageError> for SequenceError {
    fn from(error: LineageError) -> Self {
        match error {
            LineageError::Store(error) => Self::Store(error),
            error => Self::Lineage(error),
        }
    }
}

/// A question about a tree that fails for want of a tile.
pub(super) trait Missing {
    /// The tile.
    fn missing(&self) -> Option<MissingTile>;
}

impl Missing for ReadTileError<MissingTile> {
    fn missing(&self) -> Option<MissingTile> {
        match self {
            Self::Reader(missing) => Some(*missing),
            Self::Width { .. } => None,
        }
    }
}

impl Missing for OpenTreeError<MissingTile> {
    fn missing(&self) -> Option<MissingTile> {
        match self {
            Self::Tile(error) => error.missing(),
            Self::TooLarge(_) => None,
        }
    }
}

impl Missing for ProveError<MissingTile> {
    fn missing(&self) -> Option<MissingTile> {
        match self {
            Self::Tile(error) => error.missing(),
            Self::NoSuchLeaf { .. } | Self::Shrunk { .. } => None,
        }
    }
}
