//! The tree as RFC 6962 §2.1 defines it, recursively and without tiles, to compare with. Subtrees are remembered so
//! that trees of 65,537 leaves stay within reach.

use std::{cell::RefCell, collections::HashMap};

use firstkey_log::{
    hash::{Hash, empty_root, leaf_hash, node_hash},
    tile::MemoryTiles,
    tree::TreeWriter,
};

pub(crate) struct Reference {
    leaves: Vec<Hash>,
    roots: RefCell<HashMap<(usize, usize), Hash>>,
}

/// The leaf at an index, different for each.
pub(crate) fn leaf(index: usize) -> Hash {
    leaf_hash(format!("entry {index}").as_bytes())
}

pub(crate) fn leaves(size: usize) -> Vec<Hash> {
    (0..size).map(leaf).collect()
}

/// The tree under test, stored in one go.
pub(crate) fn stored(size: usize) -> MemoryTiles {
    let mut tiles = MemoryTiles::default();
    TreeWriter::new().append(&leaves(size)).tiles.into_iter().for_each(|tile| tiles.insert(tile));
    tiles
}

impl Reference {
    pub(crate) fn new(leaves: Vec<Hash>) -> Self {
        Self { leaves, roots: RefCell::default() }
    }

    /// `MTH(D[0:size])`
    pub(crate) fn root(&self, size: usize) -> Hash {
        self.subtree(0, size)
    }

    /// `MTH(D[start:end])`
    fn subtree(&self, start: usize, end: usize) -> Hash {
        match end - start {
            0 => empty_root(),
            1 => self.leaves[start],
            size => {
                if let Some(&known) = self.roots.borrow().get(&(start, end)) {
                    return known;
                }
                let middle = start + split(size);
                let root = node_hash(self.subtree(start, middle), self.subtree(middle, end));
                self.roots.borrow_mut().insert((start, end), root);
                root
            }
        }
    }

    /// `PATH(index, D[0:size])`
    pub(crate) fn inclusion(&self, index: usize, size: usize) -> Vec<Hash> {
        self.path(index, 0, size)
    }

    fn path(&self, index: usize, start: usize, end: usize) -> Vec<Hash> {
        if end - start == 1 {
            return Vec::new();
        }
        let middle = start + split(end - start);
        let (mut path, sibling) = if index < middle {
            (self.path(index, start, middle), self.subtree(middle, end))
        } else {
            (self.path(index, middle, end), self.subtree(start, middle))
        };
        path.push(sibling);
        path
    }

    /// `PROOF(old, D[0:new])`, for `0 < old <= new`
    pub(crate) fn consistency(&self, old: usize, new: usize) -> Vec<Hash> {
        self.subproof(old, 0, new, true)
    }

    fn subproof(&self, old: usize, start: usize, end: usize, whole: bool) -> Vec<Hash> {
        if old == end {
            return if whole { Vec::new() } else { vec![self.subtree(start, end)] };
        }
        let middle = start + split(end - start);
        let (mut proof, sibling) = if old <= middle {
            (self.subproof(old, start, middle, whole), self.subtree(middle, end))
        } else {
            (self.subproof(old, middle, end, false), self.subtree(start, middle))
        };
        proof.push(sibling);
        proof
    }
}

/// The largest power of two below a size of at least 2.
fn split(size: usize) -> usize {
    let mut split = 1;
    while split * 2 < size {
        split *= 2;
    }
    split
}
