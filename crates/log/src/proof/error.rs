//! Why a proof could not be made, or does not hold.

use crate::tile::ReadTileError;

/// No proof could be made.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ProveError<E> {
    /// The tree has no leaf at that index.
    #[error("a tree of {size} leaves has none at index {index}")]
    NoSuchLeaf {
        /// The index asked for.
        index: u64,
        /// The size of the tree.
        size: u64,
    },
    /// The older tree is larger than the newer one.
    #[error("a tree of {new} leaves cannot begin with one of {old}")]
    Shrunk {
        /// The size of the older tree.
        old: u64,
        /// The size of the newer tree.
        new: u64,
    },
    /// A tile could not be read.
    #[error(transparent)]
    Tile(#[from] ReadTileError<E>),
}

/// The proof does not show what it should.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum VerifyProofError {
    /// The index is not below the size of the tree.
    #[error("the tree has no leaf at that index")]
    NoSuchLeaf,
    /// The older tree is larger than the newer one.
    #[error("the older tree is larger than the newer one")]
    Shrunk,
    /// A proof of this statement has another number of hashes.
    #[error("the proof has the wrong number of hashes")]
    Length,
    /// The proof leads to another root of the tree, or of the older tree.
    #[error("the proof leads to another root")]
    Root,
}
