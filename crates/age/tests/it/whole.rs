//! What is sealed opens as it was.

use crate::{identity, opened, plain, sealed};

const CHUNK: usize = 64 * 1024;

#[test]
fn every_length_around_a_chunk_comes_back() {
    let identity = identity(1);
    let to = [identity.recipient().unwrap()];
    for length in [0, 1, CHUNK - 1, CHUNK, CHUNK + 1, 2 * CHUNK, 3 * CHUNK + 5] {
        let plain = plain(length);
        let file = sealed(&to, &plain);
        assert_eq!(opened(&file, &identity).as_deref(), Ok(&plain[..]), "{length}");
    }
}

#[test]
fn each_recipient_opens_it_and_nobody_else() {
    let keys = [identity(1), identity(2), identity(3)];
    let to: Vec<_> = keys[..2].iter().map(|key| key.recipient().unwrap()).collect();
    let file = sealed(&to, b"secret");
    for key in &keys[..2] {
        assert_eq!(opened(&file, key).as_deref(), Ok(&b"secret"[..]));
    }
    assert_eq!(opened(&file, &keys[2]), Err("it was not encrypted to this key".to_owned()));
}
