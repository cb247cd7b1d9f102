//! Why a key description does not fit.

use thiserror::Error;

/// Why Android's description of a key refuses it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum AndroidKeyError {
    /// The certificate has no key description.
    #[error("the certificate has no key description")]
    Missing,
    /// The key description is not the DER that its schema prescribes.
    #[error("the key description is malformed")]
    Malformed,
    /// The key was made for another ceremony.
    #[error("the key description's challenge is not the hash of the client data")]
    Challenge,
    /// Every app on the device may use the key, so it is not this relying party's alone.
    #[error("the key may be used by all applications")]
    AllApplications,
    /// The key was not generated in the key store, or that is not said.
    #[error("the key's origin is not the key store")]
    Origin,
    /// The key may be used for something else than signing, or that is not said.
    #[error("the key's purpose is not signing alone")]
    Purpose,
    /// A certificate above the credential's has a key description too.
    #[error("a certificate above the credential's has a key description")]
    Repeated,
}
