//! Randomness as a parameter.

/// A source of cryptographically secure random bytes.
pub trait Entropy: Send + Sync {
    /// Fills the buffer. A source that cannot do so aborts rather than hand out weak bytes.
    fn fill(&self, buffer: &mut [u8]);
}

impl dyn Entropy + '_ {
    /// Random bytes.
    pub fn bytes<const N: usize>(&self) -> [u8; N] {
        let mut bytes = [0; N];
        self.fill(&mut bytes);
        bytes
    }
}
