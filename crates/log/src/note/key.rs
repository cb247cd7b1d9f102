//! What identifies a key: its name and its id.

use std::{fmt, str::FromStr};

use aws_lc_rs::digest;

/// The longest key name accepted, in bytes. The format sets no limit; names are host names with a path.
const MAX_NAME_BYTES: usize = 512;

/// The signature type of Ed25519 signatures.
pub(super) const ED25519: u8 = 0x01;

/// Bytes in an Ed25519 public key.
pub(super) const PUBLIC_KEY_BYTES: usize = 32;

/// The name of a key, preferably a host name with a path but no scheme, such as `example.com/log`.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct KeyName(String);

/// The name is empty, too long, or has a space, a plus or a control character.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error(
    "a key name must not be empty, have more than {MAX_NAME_BYTES} bytes, or have spaces, plus or control characters"
)]
pub struct InvalidKeyName;

impl KeyName {
    /// The name as written.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl FromStr for KeyName {
    type Err = InvalidKeyName;

    fn from_str(name: &str) -> Result<Self, InvalidKeyName> {
        let forbidden =
            |character: char| character.is_whitespace() || character == '+' || character < ' ';
        if name.is_empty() || name.len() > MAX_NAME_BYTES || name.contains(forbidden) {
            return Err(InvalidKeyName);
        }
        Ok(Self(name.to_owned()))
    }
}

impl fmt::Display for KeyName {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}

/// A short digest of a key, which with the name says whose signature one is. It finds a key; it proves nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct KeyId(pub u32);

impl KeyId {
    /// The id of an Ed25519 key: `SHA-256(name || 0x0A || 0x01 || public key)`, its first four bytes.
    pub(super) fn of_ed25519(name: &KeyName, public_key: &[u8; PUBLIC_KEY_BYTES]) -> Self {
        let mut context = digest::Context::new(&digest::SHA256);
        context.update(name.0.as_bytes());
        context.update(&[b'\n', ED25519]);
        context.update(public_key);
        let digest = context.finish();
        let mut id = [0; 4];
        id.copy_from_slice(&digest.as_ref()[..4]);
        Self(u32::from_be_bytes(id))
    }
}

impl fmt::Display for KeyId {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{:08x}", self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_cannot_break_out_of_its_line() {
        for name in ["example.com/log", "éric", "a"] {
            assert_eq!(name.parse::<KeyName>().unwrap().as_str(), name);
        }
        for name in
            ["", "a b", "a+b", "a\nb", "a\u{a0}b", "a\u{2003}b", "a\u{1}b", &"a".repeat(513)]
        {
            assert_eq!(name.parse::<KeyName>(), Err(InvalidKeyName), "{name:?}");
        }
    }
}
