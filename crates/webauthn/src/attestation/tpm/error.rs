//! What can be wrong with a `tpm` statement alone.

use thiserror::Error;

/// Why a `tpm` statement is wrong
/// (<https://www.w3.org/TR/webauthn-3/#sctn-tpm-attestation>).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum TpmError {
    /// `ver` is not `2.0`.
    #[error("the statement is not of TPM 2.0")]
    Version,
    /// The AIK signed with SHA-1, and the policy does not accept that.
    #[error("the attestation uses SHA-1, which the policy does not accept")]
    Rs1,
    /// `pubArea` is not a `TPMT_PUBLIC` of a signing key, whole and with nothing behind it.
    #[error("pubArea is not the public area of a signing key")]
    PubArea,
    /// The public area's kind of key is not the credential's.
    #[error("pubArea has another kind of key than the credential")]
    KeyType,
    /// The public area's curve is not the credential's.
    #[error("pubArea has another curve than the credential")]
    Curve,
    /// The TPM's key is bound to another signature scheme than the credential's algorithm.
    #[error("pubArea's key is for another signature scheme than the credential")]
    Scheme,
    /// The public area's RSA exponent is not the credential's, or its size is not its modulus's.
    #[error("pubArea has other RSA parameters than the credential")]
    RsaParameters,
    /// The public area's modulus or point is not the credential's.
    #[error("pubArea has another public key than the credential")]
    PublicKey,
    /// Names of public areas are made with this hash algorithm (`TPM_ALG_ID`), which is not one
    /// of SHA-256, SHA-384 and SHA-512.
    #[error("names made with TPM hash algorithm {0:#06x} are not accepted")]
    NameAlgorithm(u16),
    /// `certInfo` does not begin with `TPM_GENERATED_VALUE`: it was not made by a TPM.
    #[error("certInfo was not made by a TPM")]
    Magic,
    /// `certInfo` is not of type `TPM_ST_ATTEST_CERTIFY`.
    #[error("certInfo does not certify a key")]
    Type,
    /// `certInfo` is not a `TPMS_ATTEST`, whole and with nothing behind it.
    #[error("certInfo is not an attestation structure")]
    CertInfo,
    /// `extraData` is not the hash of this ceremony's data.
    #[error("certInfo was made for other data")]
    ExtraData,
    /// The certified name is not `pubArea`'s.
    #[error("certInfo certifies another key")]
    Name,
    /// The certificate names this manufacturer, which neither the TCG's registry nor the policy
    /// knows.
    #[error("the TPM's manufacturer is not known")]
    Manufacturer,
}
