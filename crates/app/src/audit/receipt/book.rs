//! The entries of a receipt, each shown to be in the signed tree.

use std::{cell::RefCell, collections::BTreeSet};

use firstkey_domain::Digest;
use firstkey_log::{
    checkpoint::Checkpoint,
    hash::{Hash, leaf_hash},
    proof::{MAX_PROOF_HASHES, verify_inclusion},
};
use firstkey_ports::Entry;

use super::{Logged, ProvenEntry, ReceiptError};

/// Entries that are in the log, and which of them were needed.
pub(super) struct Book {
    entries: Vec<Proven>,
    needed: RefCell<BTreeSet<u64>>,
}

/// An entry that is in the log.
pub(super) struct Proven {
    pub index: u64,
    /// Its leaf hash, by which binding statements name proofing.
    pub leaf: Digest,
    pub logged: Logged,
}

impl Book {
    /// Checks every inclusion proof, and decodes every event.
    pub fn open(entries: &[ProvenEntry], tree: &Checkpoint) -> Result<Self, ReceiptError> {
        let mut last = None;
        let mut proven = Vec::with_capacity(entries.len());
        for entry in entries {
            if last.replace(entry.index).is_some_and(|last| last >= entry.index) {
                return Err(ReceiptError::Order(entry.index));
            }
            proven.push(prove(entry, tree)?);
        }
        Ok(Self { entries: proven, needed: RefCell::default() })
    }

    /// The newest entry before an index of which `pick` makes something.
    pub fn find<'a, T>(
        &'a self,
        before: u64,
        pick: impl Fn(&'a Logged) -> Option<T>,
    ) -> Option<(u64, T)> {
        let earlier = self.entries.iter().rev().filter(|entry| entry.index < before);
        let (index, found) =
            earlier.into_iter().find_map(|entry| Some((entry.index, pick(&entry.logged)?)))?;
        self.needed.borrow_mut().insert(index);
        Some((index, found))
    }

    /// The newest entry of which `pick` makes something, when it is told the index as well.
    pub fn find_at<'a, T>(&'a self, pick: impl Fn(u64, &'a Logged) -> Option<T>) -> Option<T> {
        let entries = self.entries.iter().rev();
        let (index, found) = entries
            .into_iter()
            .find_map(|entry| Some((entry.index, pick(entry.index, &entry.logged)?)))?;
        self.needed.borrow_mut().insert(index);
        Some(found)
    }

    /// The entry with this leaf hash.
    pub fn by_leaf(&self, leaf: Digest) -> Option<&Proven> {
        let entry = self.entries.iter().find(|entry| entry.leaf == leaf)?;
        self.needed.borrow_mut().insert(entry.index);
        Some(entry)
    }

    /// The first entry that nothing rested on.
    pub fn unneeded(&self) -> Option<u64> {
        let needed = self.needed.borrow();
        self.entries.iter().map(|entry| entry.index).find(|index| !needed.contains(index))
    }
}

fn prove(entry: &ProvenEntry, tree: &Checkpoint) -> Result<Proven, ReceiptError> {
    let index = entry.index;
    if entry.proof.len() > MAX_PROOF_HASHES {
        return Err(ReceiptError::Proof(index));
    }
    let proof = entry.proof.iter().map(|hash| Hash::from_base64(hash));
    let proof: Vec<_> = proof.collect::<Result<_, _>>().map_err(|_| ReceiptError::Proof(index))?;
    let digest = Entry::digest_of(entry.open.as_bytes(), entry.inner);
    let leaf = leaf_hash(digest.as_bytes());
    verify_inclusion(leaf, index, tree.size(), &proof, tree.root())
        .map_err(|error| ReceiptError::Inclusion { index, error })?;
    let logged = Logged::decode(entry.open.as_bytes()).ok_or(ReceiptError::Unknown(index))?;
    Ok(Proven { index, leaf: Digest::from_bytes(leaf.0), logged })
}
