//! What was altered, cut off or never sealed does not open.

use std::io::Read as _;

use firstkey_age::{SealError, open, seal};

use crate::{identity, opened, plain, random, sealed};

#[test]
fn no_bit_can_be_changed() {
    let identity = identity(1);
    let file = sealed(&[identity.recipient().unwrap()], &plain(300));
    for at in 0..file.len() {
        for bit in [1, 0x80] {
            let mut altered = file.clone();
            altered[at] ^= bit;
            assert!(opened(&altered, &identity).is_err(), "byte {at}");
        }
    }
}

#[test]
fn a_file_that_is_cut_off_anywhere_is_not_whole() {
    let identity = identity(1);
    let file = sealed(&[identity.recipient().unwrap()], &plain(64 * 1024 + 40));
    let cuts = (0..260).chain([file.len() - 57, file.len() - 56, file.len() - 1]);
    for length in cuts {
        assert!(opened(&file[..length], &identity).is_err(), "{length}");
    }
    let mut longer = file;
    longer.push(0);
    assert!(opened(&longer, &identity).is_err());
}

#[test]
fn chunks_cannot_change_places() {
    let identity = identity(1);
    let chunk = 64 * 1024 + 16;
    let file = sealed(&[identity.recipient().unwrap()], &plain(3 * 64 * 1024));
    let payload = file.len() - 3 * chunk;
    let mut swapped = file[..payload].to_vec();
    swapped.extend_from_slice(&file[payload + chunk..payload + 2 * chunk]);
    swapped.extend_from_slice(&file[payload..payload + chunk]);
    swapped.extend_from_slice(&file[payload + 2 * chunk..]);
    assert!(opened(&swapped, &identity).is_err());
    let mut short = file[..payload + chunk].to_vec();
    short.extend_from_slice(&file[payload + 2 * chunk..]);
    assert!(opened(&short, &identity).is_err());
}

#[test]
fn after_a_chunk_that_was_altered_none_is_given_out() {
    let identity = identity(1);
    let mut file = sealed(&[identity.recipient().unwrap()], &plain(3 * 64 * 1024));
    let first = file.len() - 3 * (64 * 1024 + 16);
    file[first] ^= 1;
    let mut opened = open(file.as_slice(), &identity).unwrap();
    let mut into = [0; 16];
    for _ in 0..3 {
        assert!(opened.read(&mut into).is_err());
    }
}

#[test]
fn what_is_something_else_is_said() {
    let said = |file: &[u8]| opened(file, &identity(1)).unwrap_err();
    assert_eq!(said(b"SQLite format 3\0"), "it is not a file of the age format");
    assert_eq!(said(b""), "it is not a file of the age format");
    let newer = said(b"age-encryption.org/v2\n-> X25519 a\n");
    assert!(newer.contains("another version"), "{newer}");
    assert_eq!(
        said(b"age-encryption.org/v1\n-> X25519 a b c\n\n"),
        "its header is cut off or damaged"
    );
}

#[test]
fn nothing_is_encrypted_to_nobody_or_to_a_key_of_low_order() {
    assert!(matches!(seal(Vec::new(), &[], random(1)), Err(SealError::NoRecipient)));
    // The point of order one, whose shared secret everybody knows.
    let zero = "age1qqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqq5cu47z";
    let zero = zero.parse().expect("its checksum is right");
    assert!(matches!(seal(Vec::new(), &[zero], random(1)), Err(SealError::Recipient)));
}
