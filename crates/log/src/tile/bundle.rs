//! Bundles of log entries: each entry behind its length as a big-endian 16-bit number.

use super::id::TILE_WIDTH;
use crate::hash::{Hash, leaf_hash};

/// The longest entry a bundle can carry, in bytes.
pub const MAX_ENTRY_BYTES: usize = u16::MAX as usize;

/// Up to 256 neighbouring log entries, the preimages of one level-0 tile.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct EntryBundle {
    // The encoded form is the only one kept: every prefix in it is known to be right, so reading needs no copies.
    bytes: Vec<u8>,
    width: u16,
}

/// The entries or bytes are no bundle.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum EntryBundleError {
    /// The entry is longer than [`MAX_ENTRY_BYTES`].
    #[error("an entry of {0} bytes is too long for a bundle")]
    EntryTooLong(usize),
    /// The bundle already holds 256 entries.
    #[error("the bundle is full")]
    Full,
    /// The bytes end inside an entry or its length.
    #[error("the bundle ends inside an entry")]
    Truncated,
    /// The bytes hold another number of entries than expected.
    #[error("the bundle holds {found} entries instead of {expected}")]
    Width {
        /// The entries asked for.
        expected: u16,
        /// The entries found; one more than expected stands for any number above.
        found: u16,
    },
}

impl EntryBundle {
    /// A bundle of these entries, in order.
    pub fn from_entries<I>(entries: I) -> Result<Self, EntryBundleError>
    where
        I: IntoIterator,
        I::Item: AsRef<[u8]>,
    {
        let mut bundle = Self::default();
        for entry in entries {
            bundle.push(entry.as_ref())?;
        }
        Ok(bundle)
    }

    /// Adds an entry at the end; on an error the bundle is as before.
    pub fn push(&mut self, entry: &[u8]) -> Result<(), EntryBundleError> {
        let length =
            u16::try_from(entry.len()).map_err(|_| EntryBundleError::EntryTooLong(entry.len()))?;
        if self.width == TILE_WIDTH {
            return Err(EntryBundleError::Full);
        }
        self.bytes.extend_from_slice(&length.to_be_bytes());
        self.bytes.extend_from_slice(entry);
        self.width += 1;
        Ok(())
    }

    /// Reads a served bundle, which must hold exactly `width` entries and nothing after them.
    pub fn decode(bytes: &[u8], width: u16) -> Result<Self, EntryBundleError> {
        let (mut rest, mut found) = (bytes, 0);
        while !rest.is_empty() {
            // Checked inside the loop, so that work is bounded by the width and not by what was sent.
            if found == width.min(TILE_WIDTH) {
                return Err(EntryBundleError::Width { expected: width, found: found + 1 });
            }
            let (_, after) = split_entry(rest).ok_or(EntryBundleError::Truncated)?;
            (rest, found) = (after, found + 1);
        }
        if found == width {
            Ok(Self { bytes: bytes.to_vec(), width })
        } else {
            Err(EntryBundleError::Width { expected: width, found })
        }
    }

    /// The body to serve.
    pub fn as_bytes(&self) -> &[u8] {
        &self.bytes
    }

    /// How many entries the bundle holds.
    pub fn width(&self) -> u16 {
        self.width
    }

    /// The entries, in order.
    pub fn entries(&self) -> impl Iterator<Item = &[u8]> {
        let mut rest = self.bytes.as_slice();
        std::iter::from_fn(move || {
            let (entry, after) = split_entry(rest)?;
            rest = after;
            Some(entry)
        })
    }

    /// The leaf hash of each entry: what the level-0 tile of the same index must hold.
    pub fn leaf_hashes(&self) -> impl Iterator<Item = Hash> {
        self.entries().map(leaf_hash)
    }
}

/// The first entry and what follows it, or `None` if the bytes end before the entry does.
fn split_entry(bytes: &[u8]) -> Option<(&[u8], &[u8])> {
    let (length, rest) = bytes.split_first_chunk::<2>()?;
    rest.split_at_checked(usize::from(u16::from_be_bytes(*length)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn entries_come_back_as_they_went_in() {
        let longest = vec![7; MAX_ENTRY_BYTES];
        let bundle = EntryBundle::from_entries([b"".as_slice(), b"ab", &longest]).unwrap();
        assert_eq!(&bundle.as_bytes()[..8], b"\x00\x00\x00\x02ab\xff\xff");
        let decoded = EntryBundle::decode(bundle.as_bytes(), 3).unwrap();
        assert_eq!(decoded, bundle);
        assert!(decoded.entries().eq([b"".as_slice(), b"ab", &longest]));
        assert!(decoded.leaf_hashes().eq([leaf_hash(b""), leaf_hash(b"ab"), leaf_hash(&longest)]));
    }

    #[test]
    fn a_bundle_takes_256_entries_of_64_kib_and_no_more() {
        let mut bundle = EntryBundle::from_entries([b"x"; 256]).unwrap();
        assert_eq!(bundle.push(b"x"), Err(EntryBundleError::Full));
        assert_eq!(bundle.width(), 256);
        let too_long = vec![0; MAX_ENTRY_BYTES + 1];
        assert_eq!(
            EntryBundle::default().push(&too_long),
            Err(EntryBundleError::EntryTooLong(too_long.len()))
        );
    }

    #[test]
    fn a_served_bundle_must_have_the_width_asked_for() {
        let bytes = b"\x00\x01a\x00\x01b";
        assert_eq!(
            EntryBundle::decode(bytes, 1),
            Err(EntryBundleError::Width { expected: 1, found: 2 })
        );
        assert_eq!(
            EntryBundle::decode(bytes, 3),
            Err(EntryBundleError::Width { expected: 3, found: 2 })
        );
        assert_eq!(EntryBundle::decode(&bytes[..5], 2), Err(EntryBundleError::Truncated));
        assert_eq!(EntryBundle::decode(&bytes[..4], 2), Err(EntryBundleError::Truncated));
        let endless = [0; 2 * 1000];
        assert_eq!(
            EntryBundle::decode(&endless, 1000),
            Err(EntryBundleError::Width { expected: 1000, found: 257 })
        );
    }
}
