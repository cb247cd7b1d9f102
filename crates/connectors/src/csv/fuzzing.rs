//! A way in for the fuzz target, built by cargo-fuzz and for the test below.

#![expect(clippy::missing_panics_doc, reason = "a panic is what fuzzing looks for")]

use std::collections::BTreeSet;

use super::{read, read_again};

/// A file that claims to say who joins. Every row is where the first reading said it is, and of rows for
/// the same person the second reading takes one at most.
pub fn file(input: &[u8]) {
    let Ok(mut rows) = read(input) else { return };
    let first: BTreeSet<_> = rows.by_ref().flatten().map(|row| row.line).collect();
    let again = read_again(input, rows.repeated()).expect("it was read before");
    let mut taken = BTreeSet::new();
    for row in again.flatten() {
        assert!(first.contains(&row.line), "a row from nowhere, on line {}", row.line);
        assert!(taken.insert(row.joiner.external_id), "one person twice");
    }
}

#[cfg(test)]
mod tests {
    use std::{fs, path::Path};

    #[test]
    fn every_seed_goes_through() {
        let seeds = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../fuzz/seeds/csv");
        for seed in fs::read_dir(seeds).unwrap() {
            super::file(&fs::read(seed.unwrap().path()).unwrap());
        }
    }
}
