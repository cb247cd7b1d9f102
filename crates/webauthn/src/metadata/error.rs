//! Why a BLOB is refused, and why an entry in it is set aside.

use thiserror::Error;

use crate::x509::{CertificateError, ChainError};

/// Why a BLOB is not accepted. Steps are those of the specification's "Metadata BLOB object
/// processing rules".
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum MetadataError {
    /// More than 64 MiB.
    #[error("the BLOB is larger than 64 MiB")]
    TooLarge,
    /// Not a JWS of three parts with a JSON header, or a header that demands extensions.
    #[error("the BLOB is not a signed token")]
    Token,
    /// Signed in a way that is not accepted, or not at all.
    #[error("the BLOB's algorithm {0:?} is neither RS256 nor ES256")]
    Algorithm(String),
    /// Steps 3 and 4: the certificates are to be fetched, and nothing is fetched here.
    #[error("steps 3 and 4: the BLOB's certificates are to be fetched from elsewhere")]
    Remote,
    /// Step 5: there is no certificate, or there are more than eight.
    #[error("step 5: the BLOB has no chain of certificates")]
    NoChain,
    /// Step 5: a certificate cannot be read.
    #[error("step 5: {0}")]
    Certificate(#[from] CertificateError),
    /// Step 5: the certificates lead to none of the accepted roots.
    #[error("step 5: {0}")]
    Chain(#[from] ChainError),
    /// Step 5: the certificate is somebody else's, or not for signing.
    #[error("step 5: the signer's certificate {0}")]
    Signer(&'static str),
    /// Step 6: the signature does not verify.
    #[error("step 6: the BLOB's signature does not verify")]
    Signature,
    /// The payload is not JSON of the expected shape.
    #[error("the BLOB's payload is malformed")]
    Payload,
    /// Step 6: the BLOB is not newer than the one before.
    #[error("step 6: the BLOB has number {found}, and number {previous} is known")]
    NotNewer {
        /// The number of the BLOB before.
        previous: u64,
        /// This one's.
        found: u64,
    },
}

/// Why an entry is set aside.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum EntryError {
    /// More than 1 MiB.
    #[error("the entry is larger than 1 MiB")]
    TooLarge,
    /// A member that trust depends on is missing or of the wrong type.
    #[error("the entry lacks a member, or has one of the wrong type")]
    Shape,
    /// It names no model, or names one in an unreadable way.
    #[error("the entry does not name its model")]
    Model,
    /// A status report has an unreadable date.
    #[error("the entry has a date that is none")]
    Date,
    /// Several entries are about the same model.
    #[error("another entry is about the same model")]
    Duplicate,
}
