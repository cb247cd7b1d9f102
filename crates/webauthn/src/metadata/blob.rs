//! From bytes to metadata.

use std::time::SystemTime;

use super::jws::Jws;
use super::{FIDO_SIGNER, Metadata, MetadataError, payload, signer};
use crate::ensure;
use crate::x509::TrustAnchor;

/// A BLOB as it was published, or as somebody says that it was.
#[derive(Debug, Clone, Copy)]
pub struct UnverifiedBlob<'a>(&'a [u8]);

/// What a BLOB must be.
#[derive(Debug, Clone, Copy)]
pub struct Expected<'a> {
    /// The roots that may stand above the signer's certificate.
    pub roots: &'a [TrustAnchor],
    /// The host name in the signer's certificate.
    pub signer: &'a str,
    /// The number of the last BLOB that was accepted.
    pub previous: Option<u64>,
    /// The time at which certificates must be valid. To read a kept BLOB again, say when it came.
    pub now: SystemTime,
}

impl<'a> Expected<'a> {
    /// A first BLOB of the FIDO Alliance.
    pub const fn from_fido(roots: &'a [TrustAnchor], now: SystemTime) -> Self {
        Self { roots, signer: FIDO_SIGNER, previous: None, now }
    }
}

impl<'a> UnverifiedBlob<'a> {
    /// Larger files are not read; the published one has some ten million bytes.
    pub const MAX_LEN: usize = 64 << 20;

    /// Wraps the file's content. White space around it does not matter.
    pub fn new(bytes: &'a [u8]) -> Self {
        Self(bytes.trim_ascii())
    }

    /// Checks who signed the BLOB, and reads it.
    ///
    /// A BLOB whose number is not greater than the previous one's is refused, as step 6 of the
    /// rules advises: an older one would bring back models that were revoked since. Its signature
    /// is checked before that, so that the error's number can be believed.
    pub fn verify(self, expected: &Expected<'_>) -> Result<Metadata, MetadataError> {
        ensure(self.0.len() <= Self::MAX_LEN, MetadataError::TooLarge)?;
        let jws = Jws::parse(self.0)?;
        let scheme = jws.header.scheme()?;
        // Steps 3 to 5: the chain.
        let chain = jws.header.chain()?;
        signer::check(&chain, expected.roots, expected.signer, expected.now)?;
        // Step 6: the signature, then the number.
        let leaf = chain.first().ok_or(MetadataError::NoChain)?;
        let made = leaf.verifies(scheme, jws.signed, &jws.signature);
        ensure(made, MetadataError::Signature)?;
        let found = payload::read(&jws.payload)?;
        match expected.previous {
            Some(previous) if found.number() <= previous => {
                Err(MetadataError::NotNewer { previous, found: found.number() })
            }
            _ => Ok(found),
        }
    }
}
