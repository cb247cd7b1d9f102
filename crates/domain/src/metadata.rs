//! The FIDO metadata in force, as a stream: importing a BLOB is an event with its number and digest.
//! The file itself is a row, which counts for nothing unless its digest is the state's.

use jiff::{Timestamp, ToSpan, civil::Date, tz::TimeZone};
use serde::{Deserialize, Serialize};

use crate::{Actor, Aggregate, Digest, Event, Recorded, StreamId, StreamKind, Unfoldable};

/// A BLOB whose signer was verified.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Blob {
    /// Its number, which grows.
    pub number: u64,
    /// SHA-256 of the file.
    pub digest: Digest,
    /// The day by which the next one is to be published.
    pub next_update: Date,
}

/// The metadata in force.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct MetadataInForce {
    /// Which BLOB it is.
    pub blob: Blob,
    /// When it was imported. Its signer's certificate was valid then, and may have ended since.
    pub imported: Timestamp,
    /// Who imported it.
    pub by: Actor,
}

/// What can happen to the metadata.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(tag = "kind", content = "data", deny_unknown_fields)]
pub enum MetadataEvent {
    /// A BLOB came into force. Its signature was verified.
    #[serde(rename = "metadata.imported/1")]
    Imported(Blob),
}

/// An older BLOB would bring back models that were revoked since.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error(
    "the file has number {found}, and number {in_force} is in force: only a newer one can replace \
     it, because an older one would bring back models that were revoked since"
)]
pub struct NotNewer {
    /// The number in force.
    pub in_force: u64,
    /// The file's.
    pub found: u64,
}

impl MetadataInForce {
    /// Puts a verified BLOB into force, unless it is the one in force.
    pub fn import(current: Option<&Self>, blob: Blob) -> Result<Vec<MetadataEvent>, NotNewer> {
        match current.map(|current| current.blob) {
            Some(in_force) if in_force.digest == blob.digest => Ok(Vec::new()),
            Some(in_force) if in_force.number >= blob.number => {
                Err(NotNewer { in_force: in_force.number, found: blob.number })
            }
            _ => Ok(vec![MetadataEvent::Imported(blob)]),
        }
    }

    /// Whether the day of the next update is over (UTC): there should be a newer BLOB by now.
    pub fn is_stale_at(&self, now: Timestamp) -> bool {
        self.stale_from().is_some_and(|from| now >= from)
    }

    /// The first moment at which it is stale; `None` beyond the end of the calendar.
    pub fn stale_from(&self) -> Option<Timestamp> {
        let day_after = self.blob.next_update.checked_add(1.day()).ok()?;
        Some(day_after.to_zoned(TimeZone::UTC).ok()?.timestamp())
    }
}

impl Event for MetadataEvent {}

impl Aggregate for MetadataInForce {
    type Event = MetadataEvent;

    const KIND: StreamKind = StreamKind::Metadata;

    fn evolve(
        current: Option<Self>,
        recorded: &Recorded<MetadataEvent>,
    ) -> Result<Self, Unfoldable> {
        let MetadataEvent::Imported(blob) = &recorded.event;
        let is_older = current.is_some_and(|current| current.blob.number >= blob.number);
        if recorded.stream != StreamId::METADATA || is_older {
            return Err(recorded.unfoldable());
        }
        Ok(Self { blob: *blob, imported: recorded.at, by: recorded.by.clone() })
    }
}
