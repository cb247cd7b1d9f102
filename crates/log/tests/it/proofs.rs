//! Proofs made from tiles are those of the definition, and verify.

use std::{cell::RefCell, collections::HashMap};

use firstkey_log::{
    hash::{Hash, empty_root},
    proof::{
        MAX_PROOF_HASHES, ProveError, VerifyProofError, prove_consistency, prove_inclusion,
        verify_consistency, verify_inclusion,
    },
    tile::{MemoryTiles, ReadTileError, TileId, TileReader},
};
use proptest::prelude::*;

use crate::reference::{Reference, leaf, leaves, stored};

/// A log under test and the definition of the same log.
struct Both {
    tiles: MemoryTiles,
    reference: Reference,
}

impl Both {
    fn new(size: usize) -> Self {
        Self { tiles: stored(size), reference: Reference::new(leaves(size)) }
    }

    fn check_inclusion(&self, index: usize, size: usize) {
        let proof = prove_inclusion(&self.tiles, index as u64, size as u64).unwrap();
        assert_eq!(proof, self.reference.inclusion(index, size), "{index} of {size}");
        let root = self.reference.root(size);
        assert_eq!(
            verify_inclusion(leaf(index), index as u64, size as u64, &proof, root),
            Ok(()),
            "{index} of {size}"
        );
    }

    fn check_consistency(&self, old: usize, new: usize) {
        let proof = prove_consistency(&self.tiles, old as u64, new as u64).unwrap();
        assert_eq!(proof, self.reference.consistency(old, new), "{old} to {new}");
        let (old_root, new_root) = (self.reference.root(old), self.reference.root(new));
        let verdict = verify_consistency(old as u64, old_root, new as u64, new_root, &proof);
        assert_eq!(verdict, Ok(()), "{old} to {new}");
    }
}

#[test]
fn all_proofs_in_small_trees() {
    let both = Both::new(130);
    for size in 1..=130 {
        (0..size).for_each(|index| both.check_inclusion(index, size));
        (1..=size).for_each(|old| both.check_consistency(old, size));
    }
}

#[test]
fn proofs_across_the_borders_of_tiles() {
    let sizes =
        [1, 2, 255, 256, 257, 511, 512, 513, 65_279, 65_280, 65_281, 65_535, 65_536, 65_537];
    let both = Both::new(65_537);
    for size in sizes {
        for old in sizes.into_iter().filter(|&old| old <= size) {
            both.check_inclusion(old - 1, size);
            both.check_consistency(old, size);
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn proofs_anywhere(size in 1_usize..3000, picks in proptest::collection::vec(any::<proptest::sample::Index>(), 20)) {
        let both = Both::new(size);
        for pick in picks {
            both.check_inclusion(pick.index(size), size);
            both.check_consistency(pick.index(size) + 1, size);
        }
    }
}

#[test]
fn a_proof_reads_each_tile_once() {
    struct Counting(MemoryTiles, RefCell<HashMap<TileId, u32>>);
    impl TileReader for Counting {
        type Error = <MemoryTiles as TileReader>::Error;
        fn hashes(&self, tile: TileId) -> Result<Vec<Hash>, Self::Error> {
            *self.1.borrow_mut().entry(tile).or_default() += 1;
            self.0.hashes(tile)
        }
    }
    let reader = Counting(stored(70_000), RefCell::default());
    prove_inclusion(&reader, 12_345, 70_000).unwrap();
    let reads = reader.1.into_inner();
    assert!(reads.values().all(|&times| times == 1), "{reads:?}");
    // The leaf's own tiles of levels 0 and 1, and the partial ones that close the tree on its right.
    assert_eq!(reads.len(), 4, "{reads:?}");
}

#[test]
fn what_is_not_in_the_tree_has_no_proof() {
    let tiles = stored(3);
    assert_eq!(prove_inclusion(&tiles, 3, 3), Err(ProveError::NoSuchLeaf { index: 3, size: 3 }));
    assert_eq!(prove_inclusion(&tiles, 0, 0), Err(ProveError::NoSuchLeaf { index: 0, size: 0 }));
    assert_eq!(prove_consistency(&tiles, 4, 3), Err(ProveError::Shrunk { old: 4, new: 3 }));
    assert!(matches!(
        prove_inclusion(&tiles, 0, 4),
        Err(ProveError::Tile(ReadTileError::Reader(_)))
    ));
}

#[test]
fn a_proof_has_an_exact_length() {
    let both = Both::new(300);
    let root = both.reference.root(300);
    for old in [1, 2, 7, 256, 257, 299] {
        let (index, old_root) = (old - 1, both.reference.root(old));
        let inclusion = both.reference.inclusion(index, 300);
        for proof in one_hash_off(&inclusion) {
            let verdict = verify_inclusion(leaf(index), index as u64, 300, &proof, root);
            assert_eq!(verdict, Err(VerifyProofError::Length), "{index}");
        }
        let consistency = both.reference.consistency(old, 300);
        for proof in one_hash_off(&consistency) {
            let verdict = verify_consistency(old as u64, old_root, 300, root, &proof);
            assert_eq!(verdict, Err(VerifyProofError::Length), "{old}");
        }
    }
}

/// The proof without its last hash, and with one more.
fn one_hash_off(proof: &[Hash]) -> [Vec<Hash>; 2] {
    [proof[..proof.len() - 1].to_vec(), [proof, &[leaf(0)]].concat()]
}

#[test]
fn a_leaf_beyond_the_tree_is_never_in_it() {
    for (index, size) in [(0, 0), (1, 1), (2, 1), (300, 300), (u64::MAX, u64::MAX)] {
        let verdict = verify_inclusion(leaf(0), index, size, &[], leaf(0));
        assert_eq!(verdict, Err(VerifyProofError::NoSuchLeaf), "{index} of {size}");
    }
}

#[test]
fn every_tree_begins_with_the_empty_one_and_only_with_that() {
    let reference = Reference::new(leaves(3));
    let (root, empty) = (reference.root(3), empty_root());
    assert_eq!(prove_consistency(&stored(3), 0, 3), Ok(vec![]));
    assert_eq!(verify_consistency(0, empty, 3, root, &[]), Ok(()));
    assert_eq!(verify_consistency(0, empty, 0, empty, &[]), Ok(()));
    assert_eq!(verify_consistency(0, leaf(0), 3, root, &[]), Err(VerifyProofError::Root));
    assert_eq!(verify_consistency(0, empty, 0, root, &[]), Err(VerifyProofError::Root));
    assert_eq!(verify_consistency(0, empty, 3, root, &[root]), Err(VerifyProofError::Length));
}

#[test]
fn a_tree_has_one_root_at_a_size() {
    let root = Reference::new(leaves(3)).root(3);
    assert_eq!(verify_consistency(3, root, 3, root, &[]), Ok(()));
    assert_eq!(verify_consistency(3, leaf(0), 3, root, &[]), Err(VerifyProofError::Root));
    assert_eq!(verify_consistency(3, root, 3, root, &[root]), Err(VerifyProofError::Length));
    assert_eq!(verify_consistency(4, root, 3, root, &[]), Err(VerifyProofError::Shrunk));
}

#[test]
fn the_largest_trees_there_can_be_do_not_overflow() {
    let (hash, size) = (leaf(0), u64::MAX);
    for length in 0..=MAX_PROOF_HASHES + 1 {
        let proof = vec![hash; length];
        for index in [0, 1, size / 2, size - 2, size - 1, size] {
            assert!(verify_inclusion(hash, index, size, &proof, hash).is_err());
            assert!(index == size || verify_consistency(index, hash, size, hash, &proof).is_err());
        }
        let exact = verify_inclusion(hash, 0, size, &proof, hash) == Err(VerifyProofError::Root);
        assert_eq!(exact, length == MAX_PROOF_HASHES);
    }
}
