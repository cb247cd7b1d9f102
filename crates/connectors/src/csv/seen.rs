//! Which identifiers a file has named already.

use std::collections::{HashMap, hash_map::Entry};

use firstkey_domain::Digest;

/// Half a digest of each identifier, and the line it was on. Whole identifiers would take several
/// times the memory; two that share half a digest are not found by trying.
#[derive(Default)]
pub(super) struct Seen(HashMap<[u8; 16], u32>);

impl Seen {
    /// Notes an identifier. Returns the line on which it was seen before.
    pub(super) fn note(&mut self, external_id: &str, line: u64) -> Option<u64> {
        let [half, _] = halves(Digest::of(external_id.as_bytes()));
        match self.0.entry(half) {
            Entry::Occupied(first) => Some(u64::from(*first.get())),
            Entry::Vacant(place) => {
                // A file of four billion lines does not fit into the memory of this map anyway.
                place.insert(u32::try_from(line).unwrap_or(u32::MAX));
                None
            }
        }
    }
}

fn halves(digest: Digest) -> [[u8; 16]; 2] {
    let mut halves = [[0; 16]; 2];
    halves.as_flattened_mut().copy_from_slice(digest.as_bytes());
    halves
}
