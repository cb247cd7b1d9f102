//! Folding a stream again.

use firstkey_domain::{Aggregate, Event, Recorded};
use firstkey_ports::{RowKey, Stored, StoredEntry, unsealed_json};

use super::Tampering;

/// Folds a stream's entries and compares the state that they lead to with the one that is stored, and
/// its seal with the key when there is one.
pub(super) fn fold<A: Aggregate + PartialEq>(
    stored: &Stored,
    entries: &[StoredEntry],
    key: Option<&RowKey>,
) -> Result<A, Tampering> {
    let stream = stored.stream;
    let mut state = None;
    for (version, entry) in (1..).zip(entries) {
        let unfit = || Tampering::EventUnfit { stream, version };
        let mut recorded: Recorded<A::Event> =
            serde_json::from_slice(&entry.open).map_err(|_| unfit())?;
        if let Some(sealed) = &entry.sealed {
            recorded.event.attach(&sealed.bytes).map_err(|_| unfit())?;
        }
        state = Some(A::evolve(state, &recorded).map_err(|_| unfit())?);
    }
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
    let state = state.ok_or(Tampering::StateInserted(stream))?;
    let json = match key {
        Some(key) => key.open_state(stream, version, &stored.state),
        None => unsealed_json(&stored.state),
    };
    let json = json.ok_or_else(|| altered.clone())?;
    let says: A = serde_json::from_slice(json).map_err(|_| altered.clone())?;
    // The same meaning in other bytes was not written by us either.
    let is_exact = serde_json::to_vec(&state).is_ok_and(|bytes| bytes == json);
    if says == state && is_exact { Ok(state) } else { Err(altered) }
}
