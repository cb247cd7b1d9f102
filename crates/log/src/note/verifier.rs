//! Public keys, written as `<name>+<key id>+<base64 of type and key>`.

use std::{fmt, str::FromStr};

use aws_lc_rs::signature::{ED25519 as ED25519_VERIFICATION, UnparsedPublicKey};

use super::{
    key::{ED25519, KeyId, KeyName, PUBLIC_KEY_BYTES},
    signature::NoteSignature,
};
use crate::canonical;

/// An Ed25519 key that may be trusted to sign notes. Its text form is the *vkey* that readers pin.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NoteVerifier {
    name: KeyName,
    key_id: KeyId,
    public_key: [u8; PUBLIC_KEY_BYTES],
}

/// The text is not a vkey that this crate can use.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum ParseVerifierError {
    /// The text is not `<name>+<8 hex digits>+<base64>`.
    #[error("not a verifier key: expected name+id+key")]
    Malformed,
    /// The key is of another type than Ed25519.
    #[error("keys of type {0:#04x} are not supported, only Ed25519 (0x01)")]
    UnsupportedType(u8),
    /// The id is not that of the name and key: one of the three was altered.
    #[error("the key id does not belong to the name and key")]
    KeyId,
}

impl NoteVerifier {
    /// The verifier of the signatures made under this name with the private half of `public_key` (RFC 8032 §5.1.5).
    pub fn new(name: KeyName, public_key: [u8; PUBLIC_KEY_BYTES]) -> Self {
        let key_id = KeyId::of_ed25519(&name, &public_key);
        Self { name, key_id, public_key }
    }

    /// The name of the key.
    pub fn name(&self) -> &KeyName {
        &self.name
    }

    /// The id of the key.
    pub fn key_id(&self) -> KeyId {
        self.key_id
    }

    /// The public key, as RFC 8032 encodes it.
    pub fn public_key(&self) -> &[u8; PUBLIC_KEY_BYTES] {
        &self.public_key
    }

    /// Whether a signature says it is by this key.
    pub(super) fn claims(&self, signature: &NoteSignature) -> bool {
        &self.name == signature.name() && self.key_id == signature.key_id()
    }

    pub(super) fn accepts(&self, text: &str, signature: &NoteSignature) -> bool {
        UnparsedPublicKey::new(&ED25519_VERIFICATION, &self.public_key)
            .verify(text.as_bytes(), signature.bytes())
            .is_ok()
    }
}

impl fmt::Display for NoteVerifier {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let key = [[ED25519].as_slice(), &self.public_key].concat();
        write!(formatter, "{}+{}+{}", self.name, self.key_id, canonical::to_base64(&key))
    }
}

impl FromStr for NoteVerifier {
    type Err = ParseVerifierError;

    fn from_str(text: &str) -> Result<Self, ParseVerifierError> {
        // Only the first two plus signs separate: base64 has a plus of its own.
        let mut parts = text.splitn(3, '+');
        let mut next = || parts.next().ok_or(ParseVerifierError::Malformed);
        let (name, key_id, key) = (next()?, next()?, next()?);
        let name = name.parse().map_err(|_| ParseVerifierError::Malformed)?;
        let key_id = canonical::from_hex(key_id)
            .map(u32::from_be_bytes)
            .ok_or(ParseVerifierError::Malformed)?;
        let key = canonical::from_base64(key).ok_or(ParseVerifierError::Malformed)?;
        let public_key = match key.split_first() {
            None => return Err(ParseVerifierError::Malformed),
            Some((&ED25519, public_key)) => {
                public_key.try_into().map_err(|_| ParseVerifierError::Malformed)?
            }
            Some((&other, _)) => return Err(ParseVerifierError::UnsupportedType(other)),
        };
        let verifier = Self::new(name, public_key);
        if verifier.key_id == KeyId(key_id) { Ok(verifier) } else { Err(ParseVerifierError::KeyId) }
    }
}
