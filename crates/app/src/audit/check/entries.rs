//! All entries in commit order: each is what was logged, and stands where it belongs.

use std::collections::{
    BTreeMap,
    btree_map::Entry::{Occupied as Known, Vacant as Unknown},
};

use firstkey_domain::{Digest, StreamId};
use firstkey_ports::{Entry, LogName, Sealed, StoredEntry};
use serde::Deserialize;

use super::{CHUNK, CheckError, Checked, Tampering, logs::LogWalk, sessions::SessionWalk};
use crate::audit::{
    lineage::Lineage,
    month::{CLOSED, ClosedNote},
};

/// What a walk over all entries leaves to be judged.
pub(super) struct Walked {
    /// Each log's tree, computed again.
    pub logs: BTreeMap<LogName, LogWalk>,
    /// Each stream's last version.
    pub versions: BTreeMap<StreamId, u64>,
    /// Months that the lifecycle log says are closed: how many entries they have, and the root.
    pub closed: BTreeMap<LogName, (u64, Digest)>,
    /// The first leaf that no entry has.
    pub gap: Option<(LogName, u64)>,
    /// Sessions beside their notes.
    pub sessions: SessionWalk,
}

/// Where an event says that it belongs.
#[derive(Deserialize)]
struct Place {
    stream: StreamId,
    version: u64,
}

/// Walks over all entries.
pub(super) async fn walk<S: Checked>(store: &S, lineage: &Lineage) -> Result<Walked, CheckError> {
    let mut walked = Walked {
        logs: BTreeMap::new(),
        versions: BTreeMap::new(),
        closed: BTreeMap::new(),
        gap: None,
        sessions: SessionWalk::start(store).await?,
    };
    for (log, said) in store.logs().await? {
        walked.logs.insert(log, LogWalk::start(store, log, said, lineage).await?);
    }
    let mut sequence = 0;
    loop {
        let chunk = store.entries_after(sequence, CHUNK).await?;
        let Some((_, last)) = chunk.last() else { break };
        sequence = last.sequence;
        for (log, entry) in chunk {
            intact(log, &entry)?;
            if let Some((stream, version)) = entry.stream {
                in_stream(store, &mut walked.versions, stream, version).await?;
            } else if let Some((closed, last)) = closing(log, &entry) {
                // The first is what it was closed with, whatever is said later.
                walked.closed.entry(closed).or_insert(last);
            } else {
                walked.sessions.see(store, &entry).await?;
            }
            in_log(store, &mut walked, log, &entry, lineage).await?;
        }
    }
    Ok(walked)
}

/// The bytes are those that the entry's digest was made of.
fn intact(log: LogName, entry: &StoredEntry) -> Result<(), Tampering> {
    if let Some((stream, version)) = entry.stream
        && let Ok(place) = serde_json::from_slice::<Place>(&entry.open)
        && (place.stream, place.version) != (stream, version)
    {
        return Err(Tampering::EventReordered { stream, version });
    }
    let sealed = entry.sealed.as_ref().map(Sealed::digest);
    if let Some((stream, version)) = entry.stream {
        match (sealed, entry.inner) {
            (Some(sealed), inner) if Some(sealed) != inner => {
                return Err(Tampering::ConfidentialAltered { stream, version });
            }
            // What is gone is judged with its stream: an erasure may name it.
            _ => {}
        }
    }
    if Entry::digest_of(&entry.open, entry.inner) == entry.digest {
        Ok(())
    } else {
        Err(altered(log, entry))
    }
}

/// That this entry is not what was logged.
pub(super) const fn altered(log: LogName, entry: &StoredEntry) -> Tampering {
    match entry.stream {
        Some((stream, version)) => Tampering::EventAltered { stream, version },
        None => Tampering::NoteAltered { log, sequence: entry.sequence },
    }
}

/// The month that this entry closes, with its size and root.
fn closing(log: LogName, entry: &StoredEntry) -> Option<(LogName, (u64, Digest))> {
    let note: ClosedNote = serde_json::from_slice(&entry.open).ok()?;
    let closed = note.log.parse().ok()?;
    (log == LogName::Lifecycle && note.kind == CLOSED).then_some((closed, (note.size, note.root)))
}

/// Versions follow each other in commit order, without a gap.
async fn in_stream<S: Checked>(
    store: &S,
    versions: &mut BTreeMap<StreamId, u64>,
    stream: StreamId,
    version: u64,
) -> Result<(), CheckError> {
    let last = versions.entry(stream).or_default();
    let expected = *last + 1;
    if version == expected {
        *last = version;
        return Ok(());
    }
    let is_elsewhere = |entry: &StoredEntry| entry.stream == Some((stream, expected));
    let tampering = if version < expected || store.entries(stream).await?.iter().any(is_elsewhere) {
        Tampering::EventReordered { stream, version }
    } else {
        Tampering::EventRemoved { stream, version: expected }
    };
    Err(tampering.into())
}

/// Leaf indices follow each other in commit order; entries without one come last.
async fn in_log<S: Checked>(
    store: &S,
    walked: &mut Walked,
    log: LogName,
    entry: &StoredEntry,
    lineage: &Lineage,
) -> Result<(), CheckError> {
    let walk = match walked.logs.entry(log) {
        Known(walk) => walk.into_mut(),
        Unknown(new) => new.insert(LogWalk::start(store, log, 0, lineage).await?),
    };
    let Some(leaf) = entry.leaf else {
        walk.waiting += 1;
        return Ok(());
    };
    if walk.waiting > 0 || leaf < walk.next {
        return Err(out_of_order(log, leaf, entry).into());
    }
    if leaf > walk.next {
        walked.gap.get_or_insert((log, walk.next));
    }
    walk.next = leaf + 1;
    if walked.gap.is_none() {
        walk.push(store, entry.digest).await?;
    }
    Ok(())
}

const fn out_of_order(log: LogName, index: u64, entry: &StoredEntry) -> Tampering {
    match entry.stream {
        Some((stream, version)) => Tampering::EventReordered { stream, version },
        None => Tampering::LeafReordered { log, index },
    }
}
