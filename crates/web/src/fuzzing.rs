//! A way in for the fuzz target, built by cargo-fuzz and for the test below.

/// A body as programs or joiners' pages send it, read as each of those that there are and checked as
/// far as that needs nobody to be there.
pub fn body(input: &[u8]) {
    crate::api::fuzzing::body(input);
    crate::join::fuzzing::body(input);
}

#[cfg(test)]
mod tests {
    use std::{fs, path::Path};

    #[test]
    fn every_seed_goes_through() {
        let seeds = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../fuzz/seeds/api_body");
        for seed in fs::read_dir(seeds).unwrap() {
            super::body(&fs::read(seed.unwrap().path()).unwrap());
        }
    }
}
