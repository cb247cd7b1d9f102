//! The little of X.509 that attestation needs: reading a certificate, checking a signature with
//! its key, and following a short chain to an explicit anchor (`RFC 5280`).

mod certificate;
mod chain;
mod key;
mod signature;

pub(crate) use certificate::Certificate;
pub use certificate::CertificateError;
pub(crate) use chain::trace;
pub use chain::{ChainError, TrustAnchor};
pub(crate) use signature::{Hash, Scheme};
