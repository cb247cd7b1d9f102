//! Why a public key is refused.

use thiserror::Error;

use crate::cbor::CborError;

/// Why bytes are not a public key that we accept.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum CoseError {
    /// Not canonical CBOR.
    #[error("public key: {0}")]
    Cbor(#[from] CborError),
    /// Parameters are missing, superfluous or of the wrong kind for the algorithm.
    #[error("the public key does not have the parameters its algorithm needs, and only those")]
    Shape,
    /// An algorithm with this number is not supported.
    #[error("public key algorithm {0} is not supported")]
    UnsupportedAlgorithm(i64),
    /// The curve is not the algorithm's, or the point is not on it.
    #[error("the public key is not a point on its algorithm's curve")]
    NotOnCurve,
    /// An Ed25519 point under which one signature fits any message.
    #[error("the Ed25519 public key has small order")]
    SmallOrder,
    /// The RSA modulus has fewer than 2048 or more than 4096 bits.
    #[error("the RSA modulus must have 2048 to 4096 bits")]
    ModulusSize,
    /// The RSA modulus is even, so it is no product of two large primes.
    #[error("the RSA modulus must be odd")]
    EvenModulus,
    /// The RSA exponent is even, smaller than 65537 or larger than 32 bits.
    #[error("the RSA exponent must be odd, at least 65537 and at most 32 bits")]
    Exponent,
}
