//! Entries as events.

use firstkey_domain::{Event, Recorded};
use firstkey_ports::StoredEntry;

/// Reads an entry with its confidential part, unless that was erased.
pub(super) fn decode<E: Event>(entry: &StoredEntry) -> Option<Recorded<E>> {
    let mut recorded: Recorded<E> = serde_json::from_slice(&entry.open).ok()?;
    if let Some(sealed) = &entry.sealed {
        recorded.event.attach(&sealed.bytes).ok()?;
    }
    Some(recorded)
}
