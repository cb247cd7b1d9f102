//! Files against their promises, and against the program whose format it is.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

mod broken;
mod theirs;
mod whole;

use std::io::{Read, Write};

use firstkey_age::{Identity, Recipient, open, seal};

/// Random enough to test with, and the same each time.
fn random(seed: u8) -> impl FnMut(&mut [u8]) {
    let mut next = u64::from(seed) + 1;
    move |buffer| {
        for byte in buffer {
            next = next
                .wrapping_mul(6_364_136_223_846_793_005)
                .wrapping_add(1_442_695_040_888_963_407);
            *byte = next.to_be_bytes()[0];
        }
    }
}

fn identity(seed: u8) -> Identity {
    let mut bytes = [0; 32];
    random(seed)(&mut bytes);
    Identity::new(bytes)
}

fn plain(length: usize) -> Vec<u8> {
    (0..length).map(|at| (at % 251).to_le_bytes()[0]).collect()
}

fn sealed(to: &[Recipient], plain: &[u8]) -> Vec<u8> {
    let mut sealing = seal(Vec::new(), to, random(9)).unwrap();
    sealing.write_all(plain).unwrap();
    sealing.finish().unwrap()
}

fn opened(file: &[u8], identity: &Identity) -> Result<Vec<u8>, String> {
    let mut plain = Vec::new();
    let mut opened = open(file, identity).map_err(|error| error.to_string())?;
    opened.read_to_end(&mut plain).map_err(|error| error.to_string())?;
    Ok(plain)
}
