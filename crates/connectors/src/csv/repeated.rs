//! Which identifiers a file names more than once.
//!
//! Found in two readings, because files have a million rows and whole identifiers take memory: the first
//! notes eight bytes for each, the second looks closely at those that share them.

use std::collections::{HashMap, HashSet};

use firstkey_domain::Digest;

/// What the first reading of a file found: what must be looked at closely in the next ones. Nearly
/// always nothing.
#[derive(Debug, Clone, Default)]
pub struct Repeated(HashSet<u64>);

impl Repeated {
    /// Whether no identifier is there twice.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

/// The identifiers of a file while it is read.
pub(super) enum Names {
    /// For the first time: a piece of each one's digest.
    First(Vec<u64>),
    /// Again: the suspects, and on which line each was seen first.
    Again(Repeated, HashMap<String, u64>),
}

impl Names {
    /// Notes an identifier. Returns the line on which it was before, as far as this reading can tell.
    pub(super) fn note(&mut self, external_id: &str, line: u64) -> Option<u64> {
        let piece = Digest::of(external_id.as_bytes()).piece();
        match self {
            Self::First(pieces) => {
                pieces.push(piece);
                None
            }
            Self::Again(suspects, _) if !suspects.0.contains(&piece) => None,
            Self::Again(_, first) => {
                let before = first.get(external_id).copied();
                first.entry(external_id.to_owned()).or_insert(line);
                before
            }
        }
    }

    /// What must be looked at closely.
    pub(super) fn repeated(self) -> Repeated {
        match self {
            Self::First(mut pieces) => {
                pieces.sort_unstable();
                let twice = pieces.chunk_by(|one, next| one == next).filter(|same| same.len() > 1);
                Repeated(twice.flatten().copied().collect())
            }
            Self::Again(suspects, _) => suspects,
        }
    }
}
