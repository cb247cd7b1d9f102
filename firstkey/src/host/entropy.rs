//! The host's randomness. The one place that draws it.

use aws_lc_rs::rand::{SecureRandom, SystemRandom};
use firstkey_ports::Entropy;

/// The host's randomness.
#[derive(Debug)]
pub struct HostEntropy(SystemRandom);

impl HostEntropy {
    /// The operating system's generator, through the cryptographic library.
    #[expect(clippy::disallowed_methods, reason = "this is what the Entropy port is made of")]
    pub fn new() -> Self {
        Self(SystemRandom::new())
    }
}

impl Entropy for HostEntropy {
    fn fill(&self, buffer: &mut [u8]) {
        if self.0.fill(buffer).is_err() {
            // Going on with predictable secrets would be worse than stopping.
            eprintln!("firstkey: the operating system gives no randomness; stopping");
            std::process::abort();
        }
    }
}
