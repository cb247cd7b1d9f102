//! The log's side of the store: entries that wait for their index, tiles, checkpoints.

use std::{fmt, future::Future, str::FromStr};

use firstkey_domain::Digest;
use jiff::civil::Date;

use crate::{CommitError, StoreError};

/// A log. `lifecycle` is kept for ever; `access/YYYY-MM` may be dropped once its last checkpoint is
/// a lifecycle leaf.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum LogName {
    /// Enrollments, people, policy: every event of a stream.
    Lifecycle,
    /// Sessions of one month.
    Access {
        /// The year.
        year: i16,
        /// The month, 1 to 12.
        month: i8,
    },
}

impl LogName {
    /// The access log of a day's month (UTC).
    pub fn access(day: Date) -> Self {
        Self::Access { year: day.year(), month: day.month() }
    }

    /// The first day (UTC) on which nothing is added any more; `None` for a log without an end.
    pub fn ended(self) -> Option<Date> {
        let Self::Access { year, month } = self else { return None };
        Date::new(year, month, 1).ok()?.last_of_month().tomorrow().ok()
    }
}

impl fmt::Display for LogName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Lifecycle => f.write_str("lifecycle"),
            Self::Access { year, month } => write!(f, "access/{year:04}-{month:02}"),
        }
    }
}

/// The text names no log.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("a log is named lifecycle or access/YYYY-MM")]
pub struct NotALogName;

impl FromStr for LogName {
    type Err = NotALogName;

    fn from_str(text: &str) -> Result<Self, NotALogName> {
        if text == "lifecycle" {
            return Ok(Self::Lifecycle);
        }
        let (year, month) =
            text.strip_prefix("access/").and_then(|ym| ym.split_once('-')).ok_or(NotALogName)?;
        let name = Self::Access {
            year: year.parse().map_err(|_| NotALogName)?,
            month: month.parse().map_err(|_| NotALogName)?,
        };
        // One spelling only: `access/2026-1` and `access/+026-11` name nothing.
        let is_month = matches!(name, Self::Access { month: 1..=12, year: 0..=9999 });
        if is_month && name.to_string() == text { Ok(name) } else { Err(NotALogName) }
    }
}

/// A committed entry that has no leaf index yet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PendingEntry {
    /// Its place in commit order.
    pub sequence: u64,
    /// What the log holds of it.
    pub digest: Digest,
}

/// A tile's hashes so far.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TileRow {
    /// Level, 0 for leaves.
    pub level: u8,
    /// Index within the level.
    pub index: u64,
    /// Up to 256 hashes, 32 bytes each.
    pub hashes: Vec<u8>,
}

/// A batch that got its indices.
#[derive(Debug, Clone)]
pub struct Sequenced {
    /// Which log.
    pub log: LogName,
    /// The index of the first.
    pub first: u64,
    /// Commit-order places of the entries, in the order of their indices.
    pub entries: Vec<u64>,
    /// Tiles that changed, whole.
    pub tiles: Vec<TileRow>,
}

/// The log's side of the store.
pub trait Ledger: Send + Sync + 'static {
    /// Logs that hold entries, with their sizes (sequenced entries).
    fn logs(&self) -> impl Future<Output = Result<Vec<(LogName, u64)>, StoreError>> + Send;

    /// Entries without an index, in commit order.
    fn pending(
        &self,
        log: LogName,
        limit: u32,
    ) -> impl Future<Output = Result<Vec<PendingEntry>, StoreError>> + Send;

    /// Logs that have entries without an index.
    fn logs_pending(&self) -> impl Future<Output = Result<Vec<LogName>, StoreError>> + Send;

    /// Makes indices and tiles durable. Refused unless `first` is the log's size and the entries are
    /// the ones that waited longest, in commit order.
    fn sequence(&self, batch: Sequenced) -> impl Future<Output = Result<(), CommitError>> + Send;

    /// Keeps a signed checkpoint; a note of the same size and root is replaced, as when it gained a
    /// cosignature. Refused when one of this size is there with another root, or when the log has not
    /// grown to this size.
    fn keep_checkpoint(
        &self,
        log: LogName,
        size: u64,
        root: Digest,
        note: String,
    ) -> impl Future<Output = Result<(), CommitError>> + Send;

    /// The newest signed checkpoint.
    fn checkpoint(
        &self,
        log: LogName,
    ) -> impl Future<Output = Result<Option<String>, StoreError>> + Send;

    /// A tile, whole as far as it has grown.
    fn tile(
        &self,
        log: LogName,
        level: u8,
        index: u64,
    ) -> impl Future<Output = Result<Option<TileRow>, StoreError>> + Send;

    /// The digests of up to `limit` entries from a leaf index on.
    fn entry_digests(
        &self,
        log: LogName,
        first: u64,
        limit: u32,
    ) -> impl Future<Output = Result<Vec<Digest>, StoreError>> + Send;
}
