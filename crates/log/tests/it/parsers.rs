//! Whatever is sent, a parser answers, and what it accepts has no second spelling.

use firstkey_log::{
    checkpoint::{Checkpoint, sign_checkpoint},
    hash::{Hash, leaf_hash},
    note::{NoteSigner, NoteVerifier, SignedNote},
    tile::{BundleId, EntryBundle, Tile, TileId},
    tlog_proof::TlogProof,
};
use proptest::{collection::vec, prelude::*, sample::Index};

/// Offers bytes to every parser; whatever one accepts must be written back just as it was.
fn offer(bytes: &[u8]) -> Result<(), TestCaseError> {
    if let Ok(note) = SignedNote::parse(bytes) {
        prop_assert_eq!(note.encode().into_bytes(), bytes);
    }
    if let Ok(proof) = TlogProof::parse(bytes) {
        prop_assert_eq!(proof.encode().into_bytes(), bytes);
    }
    for width in [0, 1, 2, 256, u16::MAX] {
        if let Ok(bundle) = EntryBundle::decode(bytes, width) {
            prop_assert_eq!(bundle.as_bytes(), bytes);
            prop_assert_eq!(bundle.entries().count(), usize::from(width));
        }
    }
    let tile = TileId::new(0, 0, 2).unwrap();
    if let Some(tile) = Tile::from_bytes(tile, bytes) {
        prop_assert_eq!(tile.to_bytes(), bytes);
    }
    let Ok(text) = str::from_utf8(bytes) else { return Ok(()) };
    if let Ok(checkpoint) = Checkpoint::parse(text) {
        prop_assert_eq!(checkpoint.encode(), text);
    }
    if let Ok(verifier) = text.parse::<NoteVerifier>() {
        prop_assert_eq!(verifier.to_string(), text);
    }
    if let Ok(tile) = text.parse::<TileId>() {
        prop_assert_eq!(tile.path(), text);
    }
    if let Ok(bundle) = text.parse::<BundleId>() {
        prop_assert_eq!(bundle.path(), text);
    }
    if let Ok(hash) = Hash::from_hex(text) {
        prop_assert_eq!(hash.to_hex(), text);
    }
    if let Ok(hash) = Hash::from_base64(text) {
        prop_assert_eq!(hash.to_base64(), text);
    }
    Ok(())
}

/// One well-formed text for each parser.
fn well_formed() -> Vec<Vec<u8>> {
    let signer = NoteSigner::from_seed("log.example".parse().unwrap(), &[1; 32]).unwrap();
    let hash = leaf_hash(b"entry");
    let checkpoint =
        Checkpoint::new("log.example", 2, hash).unwrap().with_extension("extension").unwrap();
    let note = sign_checkpoint(&checkpoint, &signer);
    let text = [
        checkpoint.encode(),
        note.encode(),
        signer.verifier().to_string(),
        hash.to_hex(),
        hash.to_base64(),
        TileId::new(1, 1_234_567, 17).unwrap().path(),
        BundleId::new(1_234_567, 17).unwrap().path(),
        TlogProof { extra: b"extra".to_vec(), index: 1, hashes: vec![hash], checkpoint: note }
            .encode(),
    ];
    let bundle = EntryBundle::from_entries([b"one".as_slice(), b""]).unwrap();
    text.into_iter().map(String::into_bytes).chain([bundle.as_bytes().to_vec()]).collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2000))]

    #[test]
    fn any_bytes(bytes in vec(any::<u8>(), 0..200)) {
        offer(&bytes)?;
    }

    #[test]
    fn any_text_of_the_formats_letters(text in "(tile/|entries/|x|[0-9]{3}/|\\.p/|\u{2014} |\n|\n\n|\\+|[0-9]{1,3}|AAAA|=|index |extra |a){0,12}") {
        offer(text.as_bytes())?;
    }

    /// Close to what is right: a few bytes replaced, cut out or doubled.
    #[test]
    fn almost_right(
        which in any::<Index>(),
        edits in vec((any::<Index>(), 0..3, prop_oneof![any::<u8>(), Just(b'\n'), Just(b' '), Just(b'='), Just(b'0')]), 0..4),
    ) {
        let mut bytes = which.get(&well_formed()).clone();
        for (place, kind, byte) in edits {
            let at = place.index(bytes.len().max(1));
            match kind {
                _ if bytes.is_empty() => bytes.push(byte),
                0 => bytes[at] = byte,
                1 => drop(bytes.remove(at)),
                _ => bytes.insert(at, byte),
            }
        }
        offer(&bytes)?;
    }
}
