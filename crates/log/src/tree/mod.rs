//! The Merkle tree as it grows. Its root, and the tiles an append changes, follow from its right edge alone, so the
//! cost of an append depends on the batch and not on the log.

mod append;
mod frontier;
mod subtree;

pub use append::{Appended, TreeWriter};
pub use frontier::{Frontier, MAX_TREE_SIZE, OpenTreeError};

pub(crate) use subtree::{Subtrees, split};
