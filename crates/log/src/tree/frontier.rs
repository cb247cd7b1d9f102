//! The right edge of a tree, enough to grow it and to know its root.

use super::subtree::Subtrees;
use crate::{
    hash::{Hash, empty_root, node_hash},
    tile::{ReadTileError, TileReader},
};

/// The largest tree that can be opened, in leaves: 2^63 - 1, which a signed 64-bit column holds.
///
/// A tree that starts no larger cannot be pushed past 2^64 leaves in any lifetime, so growing it cannot fail.
pub const MAX_TREE_SIZE: u64 = (1 << 63) - 1;

/// The roots of the perfect subtrees a tree is made of, largest first: at most one hash for each bit of its size.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Frontier {
    size: u64,
    peaks: Vec<Hash>,
}

/// A stored tree could not be opened.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum OpenTreeError<E> {
    /// The size is above [`MAX_TREE_SIZE`].
    #[error("a tree of {0} leaves is too large")]
    TooLarge(u64),
    /// A tile at the right edge could not be read.
    #[error(transparent)]
    Tile(#[from] ReadTileError<E>),
}

impl Frontier {
    /// The frontier of the tree without leaves.
    pub fn new() -> Self {
        Self::default()
    }

    /// The frontier of a stored tree, from the partial tile of each level. The tiles are taken at their word: compare
    /// [`root`](Self::root) with a signed checkpoint of that size.
    pub fn from_tiles<R: TileReader + ?Sized>(
        size: u64,
        reader: &R,
    ) -> Result<Self, OpenTreeError<R::Error>> {
        if size > MAX_TREE_SIZE {
            return Err(OpenTreeError::TooLarge(size));
        }
        let peaks = Subtrees::new(reader, size).peaks(0, size)?;
        Ok(Self { size, peaks })
    }

    /// Adds a leaf at the end.
    pub fn push(&mut self, leaf: Hash) {
        self.push_reporting(leaf, |_, _| ());
    }

    /// Adds a leaf at the end, and reports every perfect subtree this completes with its height, the leaf first.
    pub(crate) fn push_reporting(&mut self, leaf: Hash, mut completed: impl FnMut(u8, Hash)) {
        let (mut node, mut height) = (leaf, 0);
        completed(height, node);
        // Each trailing one bit of the size is a left sibling that waited for a right one of its height.
        let mut waiting = self.size;
        while waiting & 1 == 1
            && let Some(left) = self.peaks.pop()
        {
            (node, height, waiting) = (node_hash(left, node), height + 1, waiting >> 1);
            completed(height, node);
        }
        self.peaks.push(node);
        self.size += 1;
    }

    /// How many leaves the tree has.
    pub fn size(&self) -> u64 {
        self.size
    }

    /// The root of the tree.
    pub fn root(&self) -> Hash {
        root_of_peaks(&self.peaks)
    }
}

impl Extend<Hash> for Frontier {
    fn extend<I: IntoIterator<Item = Hash>>(&mut self, leaves: I) {
        leaves.into_iter().for_each(|leaf| self.push(leaf));
    }
}

impl FromIterator<Hash> for Frontier {
    fn from_iter<I: IntoIterator<Item = Hash>>(leaves: I) -> Self {
        let mut frontier = Self::new();
        frontier.extend(leaves);
        frontier
    }
}

/// The root above neighbouring perfect subtrees, largest first: the smallest two are joined until one is left.
pub(crate) fn root_of_peaks(peaks: &[Hash]) -> Hash {
    peaks
        .iter()
        .copied()
        .rev()
        .reduce(|right, left| node_hash(left, right))
        .unwrap_or_else(empty_root)
}
