//! A way in for the fuzz target, built by cargo-fuzz and for the test below.

#![expect(clippy::missing_panics_doc, reason = "a panic is what fuzzing looks for")]

use crate::{
    Expected, NonceKey, PublicJwk, Statement, StatementKey, UnverifiedProof, claims::Claims,
    encoding::object_from_json,
};

/// The request that the seeds are for.
const METHOD: &str = "POST";
const URL: &str = "https://join.example.org/api/join/begin";
const BODY: &[u8] = b"{}";
/// When, in Unix seconds.
const NOW: i64 = 1_900_000_000;

/// A proof as it comes: its reader, and what only a signature lets anybody reach.
///
/// Mutation makes no signature, so the claims and the nonce are read from the bare input as well.
pub fn proof(input: &[u8]) {
    let Ok(text) = std::str::from_utf8(input) else { return };
    let nonces = NonceKey::new([7; 32]);
    let expected = Expected { method: METHOD, url: URL, body: BODY, nonces: &nonces, now: NOW };
    if let Ok(proof) = UnverifiedProof::parse(text)
        && let Ok(verified) = proof.verify(&expected)
    {
        assert_eq!(verified.thumbprint(), verified.key().thumbprint());
        assert!(verified.nonce_expires() > NOW);
    }
    if let Ok(key) = PublicJwk::from_json(text) {
        assert_eq!(PublicJwk::from_json(&key.to_json()).as_ref(), Ok(&key));
        let statement = Statement { purpose: "fuzz", thumbprint: key.thumbprint() };
        assert!(StatementKey::new([9; 32]).verify(text, &statement, NOW).is_err());
    }
    // Behind the signature.
    let _ = object_from_json::<Claims>(input);
    let _ = nonces.check(text, NOW);
}

#[cfg(test)]
mod tests {
    use std::{fs, path::Path};

    #[test]
    fn every_seed_goes_through() {
        let seeds = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../fuzz/seeds/proof");
        for seed in fs::read_dir(seeds).unwrap() {
            super::proof(&fs::read(seed.unwrap().path()).unwrap());
        }
    }
}
