//! Private keys. They sign, and cannot be shown.

use std::fmt;

use aws_lc_rs::signature::{Ed25519KeyPair, KeyPair as _};

use super::{
    key::{KeyName, PUBLIC_KEY_BYTES},
    signature::NoteSignature,
    verifier::NoteVerifier,
};

/// An Ed25519 private key and the name it signs under.
pub struct NoteSigner {
    key: Ed25519KeyPair,
    verifier: NoteVerifier,
}

/// The bytes are not an Ed25519 private key.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not an Ed25519 private key")]
pub struct InvalidSigningKey;

impl NoteSigner {
    /// The signer with the private key of RFC 8032 §5.1.5: 32 secret random bytes.
    pub fn from_seed(name: KeyName, seed: &[u8; 32]) -> Result<Self, InvalidSigningKey> {
        Self::new(name, Ed25519KeyPair::from_seed_unchecked(seed).map_err(|_| InvalidSigningKey)?)
    }

    /// The signer with a private key in PKCS#8 DER, with or without the public key beside it (RFC 8410 §7, RFC 5958).
    pub fn from_pkcs8(name: KeyName, der: &[u8]) -> Result<Self, InvalidSigningKey> {
        Self::new(
            name,
            Ed25519KeyPair::from_pkcs8_maybe_unchecked(der).map_err(|_| InvalidSigningKey)?,
        )
    }

    /// The public half, for readers to pin.
    pub fn verifier(&self) -> NoteVerifier {
        self.verifier.clone()
    }

    /// The signature over a text. Signing the same text again gives the same signature.
    pub(super) fn sign(&self, text: &str) -> NoteSignature {
        let signature = self.key.sign(text.as_bytes());
        NoteSignature::new(
            self.verifier.name().clone(),
            self.verifier.key_id(),
            signature.as_ref().to_vec(),
        )
    }

    fn new(name: KeyName, key: Ed25519KeyPair) -> Result<Self, InvalidSigningKey> {
        let public_key: [u8; PUBLIC_KEY_BYTES] =
            key.public_key().as_ref().try_into().map_err(|_| InvalidSigningKey)?;
        Ok(Self { key, verifier: NoteVerifier::new(name, public_key) })
    }
}

impl fmt::Debug for NoteSigner {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "NoteSigner({}, private key redacted)", self.verifier)
    }
}
