//! Ways to lie, for tests of whoever must notice.

/// One lie, told in the next ceremony. Everything after it is done honestly: what is signed is
/// signed over the lie.
#[derive(Debug, Clone)]
pub enum Sabotage {
    /// The client data names this origin.
    Origin(String),
    /// The authenticator is told this RP ID.
    RpId(String),
    /// The client data is of this type.
    Type(&'static str),
    /// The client data has this challenge.
    Challenge(String),
    /// Edits the client data before it is hashed.
    ClientData(fn(&mut Vec<u8>)),
    /// Edits the authenticator data before it is signed.
    AuthenticatorData(fn(&mut Vec<u8>)),
    /// Edits the COSE public key in it before it is signed.
    PublicKey(fn(&mut Vec<u8>)),
    /// Flips the lowest bit of the signature's last byte.
    Signature,
    /// Edits a TPM's public area of the credential's key before it is certified.
    PubArea(fn(&mut Vec<u8>)),
    /// Edits what a TPM certifies before it is signed.
    CertInfo(fn(&mut Vec<u8>)),
    /// Edits the attestation statement after signing.
    Statement(fn(&mut Vec<u8>)),
    /// Edits the attestation object.
    AttestationObject(fn(&mut Vec<u8>)),
    /// Leaves off the last byte of the attestation object or the authenticator data.
    Truncated,
}
