//! A way in for the fuzz target, built by cargo-fuzz and for the test below.

#![expect(clippy::missing_panics_doc, reason = "a panic is what fuzzing looks for")]

use std::io::Read as _;

use crate::{Identity, open};

/// The secret key that the seeds are for.
const IDENTITY: &str = "AGE-SECRET-KEY-1GFPYYSJZGFPYYSJZGFPYYSJZGFPYYSJZGFPYYSJZGFPYYSJZGFPQ4EGAEX";

/// [`open`], and what is in the file: never more than the file itself, and never anything after an
/// error.
pub fn file(input: &[u8]) {
    let identity = Identity::from_file(IDENTITY).expect("it is one");
    let Ok(mut opened) = open(input, &identity) else { return };
    let mut contents = Vec::new();
    let read = opened.read_to_end(&mut contents);
    assert!(contents.len() < input.len());
    if read.is_err() {
        assert!(!opened.read(&mut [0]).is_ok_and(|more| more > 0));
    }
}

#[cfg(test)]
mod tests {
    use std::{fs, path::Path};

    #[test]
    fn every_seed_goes_through() {
        let seeds = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../fuzz/seeds/age_file");
        for seed in fs::read_dir(seeds).unwrap() {
            super::file(&fs::read(seed.unwrap().path()).unwrap());
        }
    }
}
