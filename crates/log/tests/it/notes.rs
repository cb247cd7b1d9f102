//! Who signed what, and what a reader may believe of it.

use firstkey_log::{
    checkpoint::{
        Checkpoint, InvalidCheckpoint, OpenCheckpointError, ParseCheckpointError, open_checkpoint,
        sign_checkpoint,
    },
    hash::{empty_root, leaf_hash},
    note::{
        InvalidNoteText, InvalidSigningKey, MAX_SIGNATURES, MAX_TEXT_BYTES, NoteSigner,
        NoteVerifier, ParseNoteError, ParseVerifierError, SignNoteError, SignedNote,
        VerifyNoteError,
    },
    tlog_proof::{ParseTlogProofError, TlogProof, VerifyTlogProofError},
};

/// The example of the signed-note specification.
const VKEY: &str = "example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k";
const NOTE: &str = "This is an example message.\n\n\u{2014} example.com/foo \
    Uw2QOkn8srV1yJGh2VYRlL1Tnagv1YEq6TfXppzi2ONncAlTgK7Ztg1ERYNZXsYjOBH3mFXmRKuwHjG1Yu72IneyaQM=\n";

fn signer(name: &str, seed: u8) -> NoteSigner {
    NoteSigner::from_seed(name.parse().unwrap(), &[seed; 32]).unwrap()
}

#[test]
fn the_example_of_the_specification_verifies() {
    let verifier: NoteVerifier = VKEY.parse().unwrap();
    assert_eq!(verifier.to_string(), VKEY);
    assert_eq!(verifier.name().as_str(), "example.com/foo");
    assert_eq!(verifier.key_id().to_string(), "530d903a");
    let note = SignedNote::parse(NOTE.as_bytes()).unwrap();
    assert_eq!(note.verify(&[verifier]), Ok("This is an example message.\n"));
    assert_eq!(note.encode(), NOTE);
}

#[test]
fn a_verifier_key_with_a_part_altered_is_refused() {
    for text in [
        "",
        "example.com/foo",
        "example.com/foo+530d903a",
        "+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k",
        "example.com/foo+530D903A+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k",
        "example.com/foo+530d903+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k",
        "example.com/foo+530d903a+",
        "example.com/foo+530d903a+Aeky",
        "example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2kAAAA",
    ] {
        assert_eq!(text.parse::<NoteVerifier>(), Err(ParseVerifierError::Malformed), "{text:?}");
    }
    for text in [
        "example.com/bar+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k",
        "example.com/foo+530d903b+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k",
        "example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2l",
    ] {
        assert_eq!(text.parse::<NoteVerifier>(), Err(ParseVerifierError::KeyId), "{text:?}");
    }
    // The same key marked as one for timestamped cosignatures.
    let cosigner = "example.com/foo+530d903a+BOkyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k";
    assert_eq!(cosigner.parse::<NoteVerifier>(), Err(ParseVerifierError::UnsupportedType(4)));
}

#[test]
fn a_private_key_is_not_shown() {
    let shown = format!("{:?}", signer("log.example", 0xab));
    assert!(shown.contains("redacted") && shown.contains("log.example"));
    assert!(!shown.contains("abab") && !shown.contains("171, 171"));
}

#[test]
fn a_key_from_pkcs8_is_the_key_of_its_seed() {
    // RFC 8410 §7: the seed inside two octet strings, behind the algorithm's identifier.
    let der =
        [b"\x30\x2e\x02\x01\x00\x30\x05\x06\x03\x2b\x65\x70\x04\x22\x04\x20".as_slice(), &[9; 32]]
            .concat();
    let from_pkcs8 = NoteSigner::from_pkcs8("log.example".parse().unwrap(), &der).unwrap();
    assert_eq!(from_pkcs8.verifier(), signer("log.example", 9).verifier());
    let cut = NoteSigner::from_pkcs8("log.example".parse().unwrap(), &der[..40]);
    assert_eq!(cut.unwrap_err(), InvalidSigningKey);
}

#[test]
fn a_rotation_is_signed_by_the_old_key_and_the_new() {
    let (old, new) = (signer("log.example", 1), signer("log.example", 2));
    let note = SignedNote::sign("the key changes\n", &[&old, &new]).unwrap();
    let note = SignedNote::parse(note.encode().as_bytes()).unwrap();
    for known in [vec![old.verifier()], vec![new.verifier()], vec![old.verifier(), new.verifier()]]
    {
        assert_eq!(note.verify(&known), Ok("the key changes\n"));
    }
    let names: Vec<_> = note
        .signatures()
        .iter()
        .map(|signature| (signature.name().as_str(), signature.key_id()))
        .collect();
    assert_eq!(
        names,
        [("log.example", old.verifier().key_id()), ("log.example", new.verifier().key_id())]
    );
}

#[test]
fn signatures_of_strangers_are_ignored_but_do_not_count() {
    let (log, stranger) = (signer("log.example", 1), signer("stranger.example", 2));
    let note = SignedNote::sign("text\n", &[&stranger]).unwrap();
    assert_eq!(note.verify(&[log.verifier()]), Err(VerifyNoteError::UnknownKeys));
    assert_eq!(note.verify(&[]), Err(VerifyNoteError::UnknownKeys));
    // Of a type nobody here knows: four bytes of id and one of signature.
    let unknown =
        note.encode() + "\u{2014} witness.example AAAAAAE=\n" + &signature_line(&log, "text\n");
    let note = SignedNote::parse(unknown.as_bytes()).unwrap();
    assert_eq!(note.verify(&[log.verifier()]), Ok("text\n"));
    // A stranger may share the name or the id of a known key, not both.
    let namesake = SignedNote::sign("text\n", &[&signer("log.example", 3)]).unwrap();
    assert_eq!(namesake.verify(&[log.verifier()]), Err(VerifyNoteError::UnknownKeys));
}

#[test]
fn a_false_signature_of_a_known_key_spoils_the_note() {
    let (log, other) = (signer("log.example", 1), signer("other.example", 2));
    let known = [log.verifier(), other.verifier()];
    let spoiled = format!(
        "text\n\n{}{}",
        signature_line(&log, "text\n"),
        signature_line(&other, "something else\n")
    );
    let note = SignedNote::parse(spoiled.as_bytes()).unwrap();
    assert_eq!(
        note.verify(&known),
        Err(VerifyNoteError::BadSignature(other.verifier().name().clone()))
    );
    let repeated = format!(
        "text\n\n{}{}",
        signature_line(&log, "text\n"),
        signature_line(&log, "something else\n")
    );
    let note = SignedNote::parse(repeated.as_bytes()).unwrap();
    assert_eq!(
        note.verify(&known[..1]),
        Err(VerifyNoteError::BadSignature(log.verifier().name().clone()))
    );
}

/// The signature line of a key under a text, newline included.
fn signature_line(signer: &NoteSigner, text: &str) -> String {
    let note = SignedNote::sign(text, &[signer]).unwrap().encode();
    note.rsplit_once("\n\n").unwrap().1.to_owned()
}

#[test]
fn the_last_empty_line_ends_the_text() {
    let log = signer("log.example", 1);
    for text in ["\n", "a\n\n", "a\n\nb\n", "a\n\n\u{2014} log.example AAAAAAE=\n"] {
        let note = SignedNote::parse(SignedNote::sign(text, &[&log]).unwrap().encode().as_bytes())
            .unwrap();
        assert_eq!(note.verify(&[log.verifier()]), Ok(text));
    }
}

#[test]
fn what_is_not_a_note_is_refused() {
    let line = signature_line(&signer("log.example", 1), "text\n");
    for (note, error) in [
        (String::new(), ParseNoteError::NoSignatures),
        ("text\n".to_owned(), ParseNoteError::NoSignatures),
        ("text\n\n".to_owned(), ParseNoteError::NoSignatures),
        (format!("text\n{line}"), ParseNoteError::NoSignatures),
        (format!("\n{line}"), ParseNoteError::NoSignatures),
        (format!("text\n\n{line}\n"), ParseNoteError::NoSignatures),
        (format!("text\n\n{}", line.trim_end()), ParseNoteError::MalformedSignature),
        (format!("text\n\n{line}text\n"), ParseNoteError::MalformedSignature),
        (format!("text\n\n{}", line.replace('\u{2014}', "-")), ParseNoteError::MalformedSignature),
        (
            format!("text\n\n{}", line.replace("log.example", "log example")),
            ParseNoteError::MalformedSignature,
        ),
        (
            format!("text\n\n{}", line.replace("log.example", "log+example")),
            ParseNoteError::MalformedSignature,
        ),
        (format!("text\n\n{}", line.replace('\n', "\r\n")), ParseNoteError::MalformedSignature),
        ("text\n\n\u{2014} log.example AAAAAA==\n".to_owned(), ParseNoteError::MalformedSignature),
        (format!("te\txt\n\n{line}"), ParseNoteError::Text(InvalidNoteText::ControlCharacter)),
        (format!("text\r\n\n{line}"), ParseNoteError::Text(InvalidNoteText::ControlCharacter)),
        (
            format!("{}\n\n{line}", "x".repeat(MAX_TEXT_BYTES)),
            ParseNoteError::Text(InvalidNoteText::TooLong),
        ),
        (format!("text\n\n{}", line.repeat(MAX_SIGNATURES + 1)), ParseNoteError::TooManySignatures),
        ("x".repeat(600_000), ParseNoteError::TooLong),
    ] {
        assert_eq!(SignedNote::parse(note.as_bytes()), Err(error), "{note:?}");
    }
    assert_eq!(SignedNote::parse(b"te\xffxt\n\n"), Err(ParseNoteError::NotUtf8));
    assert!(
        SignedNote::parse(format!("text\n\n{}", line.repeat(MAX_SIGNATURES)).as_bytes()).is_ok()
    );
}

#[test]
fn what_cannot_be_read_is_not_signed() {
    let log = signer("log.example", 1);
    for (text, error) in [
        ("", InvalidNoteText::NoFinalNewline),
        ("text", InvalidNoteText::NoFinalNewline),
        ("te\0xt\n", InvalidNoteText::ControlCharacter),
    ] {
        assert_eq!(SignedNote::sign(text, &[&log]), Err(SignNoteError::Text(error)));
    }
    assert_eq!(SignedNote::sign("text\n", &[]), Err(SignNoteError::Signers));
    assert_eq!(
        SignedNote::sign("text\n", &[&log; MAX_SIGNATURES + 1]),
        Err(SignNoteError::Signers)
    );
}

#[test]
fn a_checkpoint_is_three_lines_and_its_extensions() {
    let checkpoint = Checkpoint::new("log.example/a b", 20_852_163, empty_root()).unwrap();
    let text = "log.example/a b\n20852163\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\n";
    assert_eq!(checkpoint.encode(), text);
    assert_eq!(Checkpoint::parse(text), Ok(checkpoint.clone()));
    let extended = checkpoint.with_extension("first").unwrap().with_extension("second").unwrap();
    assert_eq!(extended.encode(), format!("{text}first\nsecond\n"));
    let parsed = Checkpoint::parse(&extended.encode()).unwrap();
    assert_eq!(parsed.extensions(), ["first", "second"]);
}

#[test]
fn what_is_not_a_checkpoint_is_refused() {
    let root = empty_root().to_base64();
    for (text, error) in [
        (String::from("\n"), ParseCheckpointError::Lines),
        (String::from("log\n1\n"), ParseCheckpointError::Lines),
        (format!("\n1\n{root}\n"), ParseCheckpointError::Lines),
        (format!("log\n1\n{root}\n\n"), ParseCheckpointError::Lines),
        (format!("log\n1\n{root}\n\nmore\n"), ParseCheckpointError::Lines),
        (format!("log\n01\n{root}\n"), ParseCheckpointError::Size),
        (format!("log\n-1\n{root}\n"), ParseCheckpointError::Size),
        (format!("log\n18446744073709551616\n{root}\n"), ParseCheckpointError::Size),
        (format!("log\n1\n{}\n", &root[..40]), ParseCheckpointError::Root),
        (format!("log\n1\n{}\n", empty_root().to_hex()), ParseCheckpointError::Root),
        (format!("log\n1\n{root}"), ParseCheckpointError::Text(InvalidNoteText::NoFinalNewline)),
    ] {
        assert_eq!(Checkpoint::parse(&text), Err(error), "{text:?}");
    }
    for origin in ["", "a\nb"] {
        assert_eq!(Checkpoint::new(origin, 1, empty_root()), Err(InvalidCheckpoint::Line));
    }
    let control = InvalidCheckpoint::Text(InvalidNoteText::ControlCharacter);
    assert_eq!(Checkpoint::new("a\tb", 1, empty_root()), Err(control));
    let checkpoint = Checkpoint::new("log", 1, empty_root()).unwrap();
    assert_eq!(checkpoint.with_extension(""), Err(InvalidCheckpoint::Line));
}

#[test]
fn a_checkpoint_counts_for_its_own_log_and_key_only() {
    let log = signer("log.example", 1);
    let checkpoint = Checkpoint::new("log.example", 1, leaf_hash(b"entry")).unwrap();
    let note = sign_checkpoint(&checkpoint, &log).encode();
    assert_eq!(open_checkpoint(note.as_bytes(), &log.verifier(), "log.example"), Ok(checkpoint));
    let open = |note: &str, key: &NoteSigner, origin| {
        open_checkpoint(note.as_bytes(), &key.verifier(), origin)
    };
    assert_eq!(open(&note, &log, "other.example"), Err(OpenCheckpointError::Origin));
    let unknown = OpenCheckpointError::Signature(VerifyNoteError::UnknownKeys);
    assert_eq!(open(&note, &signer("log.example", 2), "log.example"), Err(unknown));
    let letter = SignedNote::sign("Dear auditor\n", &[&log]).unwrap().encode();
    let no_checkpoint = OpenCheckpointError::Checkpoint(ParseCheckpointError::Lines);
    assert_eq!(open(&letter, &log, "log.example"), Err(no_checkpoint));
}

/// A log of one entry, and the proof of that entry.
fn single_entry_proof(extra: &[u8]) -> (NoteSigner, TlogProof) {
    let log = signer("log.example", 1);
    let checkpoint = Checkpoint::new("log.example", 1, leaf_hash(b"entry")).unwrap();
    let checkpoint = sign_checkpoint(&checkpoint, &log);
    (log, TlogProof { extra: extra.to_vec(), index: 0, hashes: Vec::new(), checkpoint })
}

#[test]
fn an_offline_proof_has_the_lines_of_the_specification() {
    let (log, mut proof) = single_entry_proof(b"context");
    let note = proof.checkpoint.encode();
    assert_eq!(
        proof.encode(),
        format!("c2sp.org/tlog-proof@v1\nextra Y29udGV4dA==\nindex 0\n\n{note}")
    );
    assert_eq!(TlogProof::parse(proof.encode().as_bytes()), Ok(proof.clone()));
    proof.extra.clear();
    assert_eq!(proof.encode(), format!("c2sp.org/tlog-proof@v1\nindex 0\n\n{note}"));
    assert_eq!(TlogProof::parse(proof.encode().as_bytes()), Ok(proof.clone()));
    assert_eq!(
        proof.verify(leaf_hash(b"entry"), &log.verifier(), "log.example").unwrap().size(),
        1
    );
}

#[test]
fn an_offline_proof_needs_its_leaf_its_log_and_its_key() {
    let (log, proof) = single_entry_proof(b"");
    let entry = leaf_hash(b"entry");
    let inclusion = proof.verify(leaf_hash(b"other"), &log.verifier(), "log.example");
    assert!(matches!(inclusion, Err(VerifyTlogProofError::Inclusion(_))));
    let origin = proof.verify(entry, &log.verifier(), "other.example");
    assert!(matches!(origin, Err(VerifyTlogProofError::Checkpoint(OpenCheckpointError::Origin))));
    let key = proof.verify(entry, &signer("log.example", 2).verifier(), "log.example");
    assert!(matches!(
        key,
        Err(VerifyTlogProofError::Checkpoint(OpenCheckpointError::Signature(_)))
    ));
}

#[test]
fn what_is_not_an_offline_proof_is_refused() {
    let note = single_entry_proof(b"").1.checkpoint.encode();
    let hash = empty_root().to_base64();
    for (text, error) in [
        (String::new(), ParseTlogProofError::Format),
        (format!("c2sp.org/tlog-proof@v2\nindex 0\n\n{note}"), ParseTlogProofError::Format),
        (format!("c2sp.org/tlog-proof@v1\nextra \nindex 0\n\n{note}"), ParseTlogProofError::Extra),
        (format!("c2sp.org/tlog-proof@v1\nextra ?\nindex 0\n\n{note}"), ParseTlogProofError::Extra),
        (String::from("c2sp.org/tlog-proof@v1\nextra AAAA"), ParseTlogProofError::Extra),
        (format!("c2sp.org/tlog-proof@v1\n\n{note}"), ParseTlogProofError::Index),
        (format!("c2sp.org/tlog-proof@v1\nindex 00\n\n{note}"), ParseTlogProofError::Index),
        (
            format!("c2sp.org/tlog-proof@v1\nindex 0\nextra AAAA\n\n{note}"),
            ParseTlogProofError::Hashes,
        ),
        (format!("c2sp.org/tlog-proof@v1\nindex 0\n{hash}"), ParseTlogProofError::Hashes),
        (
            format!("c2sp.org/tlog-proof@v1\nindex 0\n{}\n{note}", format!("{hash}\n").repeat(65)),
            ParseTlogProofError::Hashes,
        ),
        (
            format!("c2sp.org/tlog-proof@v1\nindex 0\n{hash}\n\nlog.example\n"),
            ParseTlogProofError::Checkpoint(ParseNoteError::NoSignatures),
        ),
        ("x".repeat(2_000_000), ParseTlogProofError::TooLong),
    ] {
        assert_eq!(TlogProof::parse(text.as_bytes()), Err(error), "{text:?}");
    }
}
