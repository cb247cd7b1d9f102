//! The store: one snapshot read, one atomic commit.

use std::future::Future;

use firstkey_domain::StreamId;
use jiff::Timestamp;

use crate::{Commit, Reservation};

/// A stream's current state.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stored {
    /// The stream.
    pub stream: StreamId,
    /// Its version; zero when it does not exist.
    pub version: u64,
    /// The time of the commit that moved it last; 1970 when that is not known, or it does not exist.
    pub at: Timestamp,
    /// Its state, sealed; empty when it does not exist.
    pub state: Vec<u8>,
}

/// Why nothing was committed, or why that is not known.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum CommitError {
    /// A stream that the decision read has moved. Decide again.
    #[error("{0} has moved")]
    Stale(StreamId),
    /// Somebody holds it.
    #[error("{} is taken", .0.kind.name())]
    Taken(Reservation),
    /// The log would have a gap, change its order, or be forked; or there is nothing to erase.
    #[error("the log refuses it: {0}")]
    Refused(&'static str),
    /// The store cannot write; nothing was changed.
    #[error("the store cannot write now: {0}")]
    Unavailable(String),
    /// The store died while writing; it may or may not have happened.
    #[error("it is not known whether the change was written: {0}")]
    Unknown(String),
}

/// Why an erasure that names no event is refused, by every store alike.
pub const NOTHING_TO_ERASE: &str = "there is no such event to erase";

/// The store could not be read.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("the store cannot be read: {0}")]
pub struct StoreError(pub String);

/// Event streams with their states. Callers are generic over it.
pub trait Store: Send + Sync + 'static {
    /// The states of these streams, in this order, from one snapshot.
    fn load(
        &self,
        streams: &[StreamId],
    ) -> impl Future<Output = Result<Vec<Stored>, StoreError>> + Send;

    /// Writes everything or nothing. All guards, expected versions and reservations are checked in
    /// the same transaction as the writes.
    fn commit(&self, commit: Commit) -> impl Future<Output = Result<(), CommitError>> + Send;
}
