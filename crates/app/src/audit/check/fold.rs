//! Folding a stream again.

use firstkey_domain::{Event, Recorded};
use firstkey_ports::{
    Figure, RowKey, Stored, StoredEntry, Tally, project::Projected, unsealed_json,
};
use jiff::Timestamp;

use super::Tampering;

/// A stream's events, and what they lead to.
pub(super) struct Folded<A: Projected> {
    /// The state.
    pub state: A,
    /// The events in order, with their confidential parts unless erased.
    pub events: Vec<Recorded<A::Event>>,
    /// How the counters moved with each of them.
    pub tallies: Vec<(Tally, i64)>,
    /// How the figures moved with each of them.
    pub figures: Vec<(Figure, i64)>,
}

/// Folds a stream's entries. `None` when there are none.
pub(super) fn refold<A: Projected + Clone>(
    entries: &[StoredEntry],
) -> Result<Option<Folded<A>>, Tampering> {
    let mut folded: Option<A> = None;
    let mut events = Vec::with_capacity(entries.len());
    let (mut tallies, mut figures) = (Vec::new(), Vec::new());
    for entry in entries {
        let Some((stream, version)) = entry.stream else { continue };
        let unfit = || Tampering::EventUnfit { stream, version };
        let mut recorded: Recorded<A::Event> =
            serde_json::from_slice(&entry.open).map_err(|_| unfit())?;
        if let Some(sealed) = &entry.sealed {
            recorded.event.attach(&sealed.bytes).map_err(|_| unfit())?;
        }
        let next = A::evolve(folded.clone(), &recorded).map_err(|_| unfit())?;
        tallies.extend(A::tallies(folded.as_ref(), &next, recorded.at));
        figures.extend(A::figures(folded.as_ref(), &next, recorded.at));
        folded = Some(next);
        events.push(recorded);
    }
    Ok(folded.map(|state| Folded { state, events, tallies, figures }))
}

/// Folds a stream's entries and compares the state that they lead to with the one that is stored, and
/// its seal with the key when there is one.
pub(super) fn fold<A: Projected + PartialEq + Clone>(
    stored: &Stored,
    entries: &[StoredEntry],
    key: Option<&RowKey>,
) -> Result<Folded<A>, Tampering> {
    let stream = stored.stream;
    let folded = refold::<A>(entries)?;
    let version = entries.len() as u64;
    let last = entries.last();
    if stored.version > version {
        return Err(match last {
            Some(_) => Tampering::EventRemoved { stream, version: version + 1 },
            None => Tampering::StateInserted(stream),
        });
    }
    if stored.version < version {
        // What is logged was decided: then the state was put back. What is not was never decided.
        return Err(match last.and_then(|last| last.leaf) {
            Some(_) => Tampering::StateAltered { stream, version },
            None => Tampering::EventInserted { stream, version: stored.version + 1 },
        });
    }
    let altered = Tampering::StateAltered { stream, version };
    let folded = folded.ok_or(Tampering::StateInserted(stream))?;
    let json = match key {
        Some(key) => key.open_state(stream, version, &stored.state),
        None => unsealed_json(&stored.state),
    };
    let json = json.ok_or_else(|| altered.clone())?;
    let says: A = serde_json::from_slice(json).map_err(|_| altered.clone())?;
    // The same meaning in other bytes was not written by us either.
    let is_exact = serde_json::to_vec(&folded.state).is_ok_and(|bytes| bytes == json);
    // Not kept of what moved before it was kept of anything.
    let is_timed = stored.at == Timestamp::UNIX_EPOCH
        || folded.events.last().is_some_and(|event| event.at == stored.at);
    if says == folded.state && is_exact && is_timed { Ok(folded) } else { Err(altered) }
}
