//! Bytes that look random and follow from a seed.

use aws_lc_rs::digest::{SHA256, digest};

/// A stream of SHA-256 blocks over a seed and a counter. For tests only.
#[derive(Debug, Clone)]
pub(super) struct Entropy {
    seed: u64,
    counter: u64,
}

impl Entropy {
    pub(super) fn new(seed: u64) -> Self {
        Self { seed, counter: 0 }
    }

    pub(super) fn block(&mut self) -> [u8; 32] {
        let mut input = [0; 16];
        input[..8].copy_from_slice(&self.seed.to_be_bytes());
        input[8..].copy_from_slice(&self.counter.to_be_bytes());
        self.counter += 1;
        let mut block = [0; 32];
        block.copy_from_slice(digest(&SHA256, &input).as_ref());
        block
    }
}
