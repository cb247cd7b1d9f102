//! What the log commits to: an event's open bytes, and its confidential bytes behind a salt.

use firstkey_domain::Digest;

/// The confidential part of an entry: personal data, and the salt that keeps its digest from being
/// guessed.
#[derive(Clone, PartialEq, Eq)]
pub struct Sealed {
    /// 32 random bytes.
    pub salt: [u8; 32],
    /// The confidential bytes as stored, never re-serialised.
    pub bytes: Vec<u8>,
}

impl std::fmt::Debug for Sealed {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Sealed(…)")
    }
}

impl Sealed {
    /// The inner digest, which is stored and survives erasure.
    pub fn digest(&self) -> Digest {
        Digest::of_parts("firstkey confidential", &[&self.salt, &self.bytes])
    }
}

/// An event or note as it is written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// The open bytes as stored, never re-serialised.
    pub open: Vec<u8>,
    /// The confidential part, when the kind has one.
    pub sealed: Option<Sealed>,
}

impl Entry {
    /// The 32 bytes that the log holds as this entry.
    pub fn digest(&self) -> Digest {
        Self::digest_of(&self.open, self.sealed.as_ref().map(Sealed::digest))
    }

    /// The same, from the inner digest alone: what is left after erasure.
    ///
    /// An absent part is encoded by its own tag, so that it cannot be mistaken for an empty one.
    pub fn digest_of(open: &[u8], inner: Option<Digest>) -> Digest {
        match inner {
            Some(inner) => Digest::of_parts("firstkey entry", &[open, b"sealed", inner.as_bytes()]),
            None => Digest::of_parts("firstkey entry", &[open, b"open"]),
        }
    }
}
