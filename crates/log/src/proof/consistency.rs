//! That a tree begins with all of an older one.

use super::error::{ProveError, VerifyProofError};
use crate::{
    hash::{Hash, empty_root, node_hash},
    tile::TileReader,
    tree::{Subtrees, split},
};

/// Proves that the tree of `new` leaves begins with the tree of `old` leaves (RFC 6962 §2.1.2). The proof is empty
/// when the sizes are equal, and when the older tree is.
pub fn prove_consistency<R: TileReader + ?Sized>(
    reader: &R,
    old: u64,
    new: u64,
) -> Result<Vec<Hash>, ProveError<R::Error>> {
    if old > new {
        return Err(ProveError::Shrunk { old, new });
    }
    if old == 0 {
        return Ok(Vec::new());
    }
    let mut subtrees = Subtrees::new(reader, new);
    let mut proof = Vec::new();
    let (mut start, mut end) = (0, new);
    while old < end {
        let middle = start + split(end - start);
        if old <= middle {
            proof.push(subtrees.root(middle, end)?);
            end = middle;
        } else {
            proof.push(subtrees.root(start, middle)?);
            start = middle;
        }
    }
    // The last subtree of the old tree; if it is the whole old tree, the verifier has its root already.
    if start > 0 {
        proof.push(subtrees.root(start, end)?);
    }
    proof.reverse();
    Ok(proof)
}

/// Checks that the tree of `new_size` leaves under `new_root` begins with the tree of `old_size` leaves under
/// `old_root` (RFC 9162 §2.1.4.2).
///
/// Every tree begins with the empty one, and only with the true empty root; a tree of the same size must have the
/// same root.
pub fn verify_consistency(
    old_size: u64,
    old_root: Hash,
    new_size: u64,
    new_root: Hash,
    proof: &[Hash],
) -> Result<(), VerifyProofError> {
    if old_size > new_size {
        return Err(VerifyProofError::Shrunk);
    }
    if old_size == 0 || old_size == new_size {
        let expected = if old_size == 0 { empty_root() } else { new_root };
        return match proof {
            [] if old_root == expected && (new_size > 0 || new_root == expected) => Ok(()),
            [] => Err(VerifyProofError::Root),
            _ => Err(VerifyProofError::Length),
        };
    }
    // The proof starts at the last perfect subtree of the old tree. If that is all of it, its root is known.
    let (first, rest) = if old_size.is_power_of_two() {
        (old_root, proof)
    } else {
        let (&first, rest) = proof.split_first().ok_or(VerifyProofError::Length)?;
        (first, rest)
    };
    let height = old_size.trailing_zeros();
    let (mut place, mut last) = ((old_size - 1) >> height, (new_size - 1) >> height);
    let (mut old, mut new) = (first, first);
    for &sibling in rest {
        if last == 0 {
            return Err(VerifyProofError::Length);
        }
        if place % 2 == 1 || place == last {
            (old, new) = (node_hash(sibling, old), node_hash(sibling, new));
            while place % 2 == 0 && place != 0 {
                (place, last) = (place >> 1, last >> 1);
            }
        } else {
            new = node_hash(new, sibling);
        }
        (place, last) = (place >> 1, last >> 1);
    }
    if last != 0 {
        return Err(VerifyProofError::Length);
    }
    if old == old_root && new == new_root { Ok(()) } else { Err(VerifyProofError::Root) }
}
