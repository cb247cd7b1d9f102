//! That a leaf is in a tree.

use super::error::{ProveError, VerifyProofError};
use crate::{
    hash::{Hash, node_hash},
    tile::TileReader,
    tree::{Subtrees, split},
};

/// Proves that the tree of `size` leaves has its `index`-th leaf (RFC 6962 §2.1.1). The hashes run from the leaf's
/// sibling up to the child of the root.
pub fn prove_inclusion<R: TileReader + ?Sized>(
    reader: &R,
    index: u64,
    size: u64,
) -> Result<Vec<Hash>, ProveError<R::Error>> {
    if index >= size {
        return Err(ProveError::NoSuchLeaf { index, size });
    }
    let mut subtrees = Subtrees::new(reader, size);
    let mut proof = Vec::new();
    let (mut start, mut end) = (0, size);
    while end - start > 1 {
        let middle = start + split(end - start);
        if index < middle {
            proof.push(subtrees.root(middle, end)?);
            end = middle;
        } else {
            proof.push(subtrees.root(start, middle)?);
            start = middle;
        }
    }
    proof.reverse();
    Ok(proof)
}

/// Checks that the tree of `size` leaves under `root` has `leaf` at `index` (RFC 9162 §2.1.3.2).
///
/// `size` and `root` must come from one checkpoint: a root alone does not tell the size.
pub fn verify_inclusion(
    leaf: Hash,
    index: u64,
    size: u64,
    proof: &[Hash],
    root: Hash,
) -> Result<(), VerifyProofError> {
    if index >= size {
        return Err(VerifyProofError::NoSuchLeaf);
    }
    // The path upward: the place of the node among those of its height, and the place of the last one.
    let (mut place, mut last) = (index, size - 1);
    let mut node = leaf;
    for &sibling in proof {
        if last == 0 {
            return Err(VerifyProofError::Length);
        }
        if place % 2 == 1 || place == last {
            node = node_hash(sibling, node);
            // The last node of a row may have no sibling there; it stands unchanged in the rows above until it has.
            while place % 2 == 0 && place != 0 {
                (place, last) = (place >> 1, last >> 1);
            }
        } else {
            node = node_hash(node, sibling);
        }
        (place, last) = (place >> 1, last >> 1);
    }
    if last != 0 {
        return Err(VerifyProofError::Length);
    }
    if node == root { Ok(()) } else { Err(VerifyProofError::Root) }
}
