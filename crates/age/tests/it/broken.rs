//! What was altered, cut off or never sealed does not open.

use std::io::{self, BufRead, ErrorKind, Read};

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

/// A file on a disk that is interrupted before every piece, and fails for good after so many bytes.
struct Disk<'a> {
    left: &'a [u8],
    fails_after: usize,
    is_interrupted: bool,
}

impl BufRead for Disk<'_> {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        self.is_interrupted = !self.is_interrupted;
        if self.is_interrupted {
            return Err(ErrorKind::Interrupted.into());
        }
        if self.fails_after == 0 {
            return Err(io::Error::new(ErrorKind::TimedOut, "the disk is away"));
        }
        Ok(&self.left[..self.left.len().min(self.fails_after).min(1000)])
    }

    fn consume(&mut self, bytes: usize) {
        self.left = &self.left[bytes..];
        self.fails_after -= bytes;
    }
}

impl Read for Disk<'_> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let piece = self.fill_buf()?;
        let taken = piece.len().min(into.len());
        into[..taken].copy_from_slice(&piece[..taken]);
        self.consume(taken);
        Ok(taken)
    }
}

#[test]
fn interruptions_lose_nothing_and_a_failure_stays_what_it_was() {
    let identity = identity(1);
    let plain = plain(3 * 64 * 1024 + 7);
    let file = sealed(&[identity.recipient().unwrap()], &plain);
    let disk = |fails_after| Disk { left: &file, fails_after, is_interrupted: false };
    let mut read = Vec::new();
    open(disk(usize::MAX), &identity).unwrap().read_to_end(&mut read).unwrap();
    assert!(read == plain);

    let mut opened = open(disk(100_000), &identity).unwrap();
    let mut read = Vec::new();
    for _ in 0..2 {
        let failed = opened.read_to_end(&mut read).unwrap_err();
        assert_eq!(
            (failed.kind(), failed.to_string().as_str()),
            (ErrorKind::TimedOut, "the disk is away")
        );
    }
    assert!(read == plain[..64 * 1024], "what came whole before");
}
