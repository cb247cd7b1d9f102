//! The identifiers that a ceremony exchanges: challenges, credential ids, user handles, AAGUIDs.

use core::fmt;

use aws_lc_rs::constant_time::verify_slices_are_equal;
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde::{Deserialize, Serialize};
use thiserror::Error;

use crate::base64url::Base64Url;

/// A value has a length that the specification does not allow.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
#[error("{what} must have {min} to {max} bytes, not {actual}")]
pub struct LengthError {
    pub(crate) what: &'static str,
    pub(crate) min: usize,
    pub(crate) max: usize,
    pub(crate) actual: usize,
}

/// The 256 bits that tie a response to one ceremony.
///
/// The caller supplies them and sees to it that each is used once
/// (<https://www.w3.org/TR/webauthn-3/#sctn-cryptographic-challenges>).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Challenge([u8; 32]);

impl Challenge {
    /// Wraps 32 unpredictable bytes.
    pub const fn new(bytes: [u8; 32]) -> Self {
        Self(bytes)
    }

    /// The 32 bytes.
    pub const fn as_bytes(&self) -> &[u8; 32] {
        &self.0
    }

    /// Compares with the text in client data, in time that does not depend on where they differ.
    pub(crate) fn matches(&self, text: &str) -> bool {
        let mut expected = [0; 43];
        // 32 bytes are 43 characters, so the buffer always fits; an error would be a mismatch.
        let written = URL_SAFE_NO_PAD.encode_slice(self.0, &mut expected);
        written.is_ok() && verify_slices_are_equal(&expected, text.as_bytes()).is_ok()
    }
}

impl Serialize for Challenge {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&URL_SAFE_NO_PAD.encode(self.0))
    }
}

/// A credential id: 16 to 1023 bytes
/// (<https://www.w3.org/TR/webauthn-3/#credential-id>). Base64url in JSON.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "Base64Url<1023>")]
pub struct CredentialId(Base64Url<1023>);

impl CredentialId {
    /// The fewest bytes a credential id can have and still hold its 100 bits of entropy.
    pub const MIN_LEN: usize = 16;
    /// The most bytes a relying party accepts.
    pub const MAX_LEN: usize = 1023;

    /// Checks the length.
    pub fn new(bytes: &[u8]) -> Result<Self, LengthError> {
        // Refused before it is copied.
        check("a credential id", bytes.len(), Self::MIN_LEN, Self::MAX_LEN)?;
        Base64Url::sized("a credential id", bytes.to_vec()).map(Self)
    }

    /// The raw bytes.
    pub fn as_bytes(&self) -> &[u8] {
        self.0.as_slice()
    }
}

impl TryFrom<Base64Url<1023>> for CredentialId {
    type Error = LengthError;

    fn try_from(bytes: Base64Url<1023>) -> Result<Self, LengthError> {
        check("a credential id", bytes.as_slice().len(), Self::MIN_LEN, Self::MAX_LEN)?;
        Ok(Self(bytes))
    }
}

/// A user handle: 1 to 64 bytes that name the account and say nothing about the person
/// (<https://www.w3.org/TR/webauthn-3/#user-handle>). Base64url in JSON.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "Base64Url<64>")]
pub struct UserHandle(Base64Url<64>);

impl UserHandle {
    /// The most bytes a user handle can have.
    pub const MAX_LEN: usize = 64;

    /// Checks the length.
    pub fn new(bytes: &[u8]) -> Result<Self, LengthError> {
        check("a user handle", bytes.len(), 1, Self::MAX_LEN)?;
        Base64Url::sized("a user handle", bytes.to_vec()).map(Self)
    }

    /// The raw bytes.
    pub fn as_bytes(&self) -> &[u8] {
        self.0.as_slice()
    }
}

impl TryFrom<Base64Url<64>> for UserHandle {
    type Error = LengthError;

    fn try_from(bytes: Base64Url<64>) -> Result<Self, LengthError> {
        check("a user handle", bytes.as_slice().len(), 1, Self::MAX_LEN)?;
        Ok(Self(bytes))
    }
}

fn check(what: &'static str, actual: usize, min: usize, max: usize) -> Result<(), LengthError> {
    if (min..=max).contains(&actual) { Ok(()) } else { Err(LengthError { what, min, max, actual }) }
}

/// Bytes from twice as many hexadecimal digits.
pub(crate) fn from_hex<const N: usize>(digits: &[u8]) -> Option<[u8; N]> {
    let (pairs, rest) = digits.as_chunks::<2>();
    if pairs.len() != N || !rest.is_empty() {
        return None;
    }
    let mut bytes = [0; N];
    for (byte, [high, low]) in bytes.iter_mut().zip(pairs) {
        let digit = |digit: u8| u8::try_from(char::from(digit).to_digit(16)?).ok();
        *byte = digit(*high)? << 4 | digit(*low)?;
    }
    Some(bytes)
}

/// The model of an authenticator, as it names itself (<https://www.w3.org/TR/webauthn-3/#aaguid>).
///
/// All zero when the model is not told. It is a claim unless attestation proves it.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Aaguid([u8; 16]);

impl Aaguid {
    /// Wraps the 16 bytes from authenticator data.
    pub const fn new(bytes: [u8; 16]) -> Self {
        Self(bytes)
    }

    /// Reads the usual 8-4-4-4-12 form.
    pub fn from_text(text: &str) -> Option<Self> {
        let parts: Vec<&str> = text.split('-').collect();
        let lengths = parts.iter().map(|part| part.len());
        if !lengths.eq([8, 4, 4, 4, 12]) {
            return None;
        }
        from_hex(parts.concat().as_bytes()).map(Self)
    }

    /// The 16 bytes.
    pub const fn as_bytes(&self) -> &[u8; 16] {
        &self.0
    }

    /// Whether the authenticator does not tell its model.
    pub fn is_zero(&self) -> bool {
        self.0 == [0; 16]
    }
}

/// In the usual 8-4-4-4-12 form.
impl fmt::Display for Aaguid {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, byte) in self.0.iter().enumerate() {
            if matches!(index, 4 | 6 | 8 | 10) {
                f.write_str("-")?;
            }
            write!(f, "{byte:02x}")?;
        }
        Ok(())
    }
}

impl fmt::Debug for Aaguid {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_challenge_matches_its_own_text_only() {
        let challenge = Challenge::new([7; 32]);
        let text = URL_SAFE_NO_PAD.encode([7; 32]);
        assert!(challenge.matches(&text));
        assert!(!challenge.matches(&format!("{text}=")));
        assert!(!challenge.matches(&text[..42]));
        assert!(!challenge.matches(""));
        assert!(!challenge.matches(&URL_SAFE_NO_PAD.encode([8; 32])));
    }

    #[test]
    fn lengths_are_bounded() {
        assert!(CredentialId::new(&[0; 15]).is_err());
        assert!(CredentialId::new(&[0; 16]).is_ok());
        assert!(CredentialId::new(&[0; 1023]).is_ok());
        assert!(CredentialId::new(&[0; 1024]).is_err());
        assert!(UserHandle::new(&[]).is_err());
        assert!(UserHandle::new(&[0; 64]).is_ok());
        assert!(UserHandle::new(&[0; 65]).is_err());
        assert!(serde_json::from_str::<UserHandle>(r#""""#).is_err());
        assert!(serde_json::from_str::<CredentialId>(r#""AAAA""#).is_err());
    }

    #[test]
    fn an_aaguid_reads_as_a_uuid() {
        let aaguid =
            Aaguid::new(*b"\x08\x98\x70\x58\xca\xdc\x4b\x81\xb6\xe1\x30\xde\x50\xdc\xbe\x96");
        assert_eq!(aaguid.to_string(), "08987058-cadc-4b81-b6e1-30de50dcbe96");
        assert_eq!(Aaguid::from_text("08987058-cadc-4B81-b6e1-30de50dcbe96"), Some(aaguid));
        for other in [
            "08987058cadc4b81b6e130de50dcbe96",
            "08987058-cadc-4b81-b6e1-30de50dcbe9",
            "08987058-cadc-4b81-b6e1-30de50dcbe9g",
            "08987058-cadc-4b81-b6e130-de50dcbe96",
            "+8987058-cadc-4b81-b6e1-30de50dcbe96",
            "",
        ] {
            assert_eq!(Aaguid::from_text(other), None, "{other}");
        }
        assert!(!aaguid.is_zero());
    }
}
