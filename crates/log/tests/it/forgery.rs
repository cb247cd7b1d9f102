//! A forger who changes any one bit, drops a hash or adds one gets nowhere.

use firstkey_log::{
    checkpoint::{Checkpoint, open_checkpoint, sign_checkpoint},
    hash::Hash,
    note::{NoteSigner, SignedNote},
    proof::{
        VerifyProofError, prove_consistency, prove_inclusion, verify_consistency, verify_inclusion,
    },
    tlog_proof::TlogProof,
};

use crate::reference::{Reference, leaf, leaves, stored};

const ORIGIN: &str = "log.example/forged";

/// Every value one bit away.
fn one_bit_off(bytes: Vec<u8>) -> impl Iterator<Item = Vec<u8>> {
    (0..bytes.len() * 8).map(move |bit| {
        let mut changed = bytes.clone();
        changed[bit / 8] ^= 1 << (bit % 8);
        changed
    })
}

fn hashes_one_bit_off(hash: Hash) -> impl Iterator<Item = Hash> {
    one_bit_off(hash.0.to_vec()).map(|bytes| Hash(bytes.try_into().unwrap()))
}

/// Every proof with one bit of one hash changed, or one hash dropped, doubled or swapped with the next.
fn altered(proof: &[Hash]) -> Vec<Vec<Hash>> {
    let mut all = Vec::new();
    for position in 0..proof.len() {
        for changed in hashes_one_bit_off(proof[position]) {
            let mut other = proof.to_vec();
            other[position] = changed;
            all.push(other);
        }
        let (mut dropped, mut doubled, mut swapped) =
            (proof.to_vec(), proof.to_vec(), proof.to_vec());
        dropped.remove(position);
        doubled.insert(position, proof[position]);
        swapped.swap(position, (position + 1) % proof.len());
        all.extend([dropped, doubled]);
        all.extend((swapped != proof).then_some(swapped));
    }
    all
}

#[test]
fn inclusion() {
    let (tiles, size) = (stored(300), 300);
    let root = Reference::new(leaves(300)).root(300);
    for index in [0, 1, 255, 256, 298, 299] {
        let leaf = leaf(usize::try_from(index).unwrap());
        let proof = prove_inclusion(&tiles, index, size).unwrap();
        assert_eq!(verify_inclusion(leaf, index, size, &proof, root), Ok(()));
        for other in altered(&proof) {
            assert!(verify_inclusion(leaf, index, size, &other, root).is_err());
        }
        for other in hashes_one_bit_off(root) {
            assert_eq!(
                verify_inclusion(leaf, index, size, &proof, other),
                Err(VerifyProofError::Root)
            );
        }
        for other in hashes_one_bit_off(leaf) {
            assert_eq!(
                verify_inclusion(other, index, size, &proof, root),
                Err(VerifyProofError::Root)
            );
        }
        for other in (0..=301).filter(|&other| other != index) {
            assert!(
                verify_inclusion(leaf, other, size, &proof, root).is_err(),
                "{index} as {other}"
            );
        }
    }
}

#[test]
fn consistency() {
    let tiles = stored(300);
    let reference = Reference::new(leaves(300));
    let new_root = reference.root(300);
    for old in [1, 2, 255, 256, 257, 299] {
        let old_root = reference.root(old);
        let verify = |old_root, new_root, proof: &[Hash]| {
            verify_consistency(old as u64, old_root, 300, new_root, proof)
        };
        let proof = prove_consistency(&tiles, old as u64, 300).unwrap();
        assert_eq!(verify(old_root, new_root, &proof), Ok(()));
        for other in altered(&proof) {
            assert!(verify(old_root, new_root, &other).is_err());
        }
        for other in hashes_one_bit_off(old_root) {
            assert_eq!(verify(other, new_root, &proof), Err(VerifyProofError::Root));
        }
        for other in hashes_one_bit_off(new_root) {
            assert_eq!(verify(old_root, other, &proof), Err(VerifyProofError::Root));
        }
    }
}

/// The log rewrites an entry both trees have: no proof can hide it, for the prover's own proof fails.
#[test]
fn a_rewritten_past() {
    let mut rewritten = leaves(300);
    rewritten[7] = leaf(1000);
    let (honest, forged) = (Reference::new(leaves(300)), Reference::new(rewritten));
    let proof = forged.consistency(200, 300);
    assert_eq!(
        verify_consistency(200, honest.root(200), 300, forged.root(300), &proof),
        Err(VerifyProofError::Root)
    );
}

fn signed_log(size: usize) -> (NoteSigner, SignedNote) {
    let signer = NoteSigner::from_seed(ORIGIN.parse().unwrap(), &[3; 32]).unwrap();
    let root = Reference::new(leaves(size)).root(size);
    let checkpoint = Checkpoint::new(ORIGIN, size as u64, root).unwrap();
    let note = sign_checkpoint(&checkpoint, &signer);
    (signer, note)
}

#[test]
fn a_checkpoint() {
    let (signer, note) = signed_log(20);
    let (verifier, bytes) = (signer.verifier(), note.encode().into_bytes());
    assert!(open_checkpoint(&bytes, &verifier, ORIGIN).is_ok());
    for other in one_bit_off(bytes.clone()) {
        assert!(
            open_checkpoint(&other, &verifier, ORIGIN).is_err(),
            "{}",
            String::from_utf8_lossy(&other)
        );
    }
    for end in 0..bytes.len() {
        assert!(open_checkpoint(&bytes[..end], &verifier, ORIGIN).is_err());
    }
}

#[test]
fn an_offline_proof() {
    let (signer, checkpoint) = signed_log(20);
    let hashes = prove_inclusion(&stored(20), 5, 20).unwrap();
    let proof = TlogProof { extra: Vec::new(), index: 5, hashes, checkpoint };
    let (verifier, bytes) = (signer.verifier(), proof.encode().into_bytes());
    let holds = |bytes: &[u8]| {
        TlogProof::parse(bytes).is_ok_and(|proof| proof.verify(leaf(5), &verifier, ORIGIN).is_ok())
    };
    assert!(holds(&bytes));
    for other in one_bit_off(bytes.clone()) {
        assert!(!holds(&other), "{}", String::from_utf8_lossy(&other));
    }
    for end in 0..bytes.len() {
        assert!(!holds(&bytes[..end]));
    }
}
