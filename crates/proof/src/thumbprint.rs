//! Names of keys.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::encoding::{array_from_base64url, to_base64url};

/// The SHA-256 thumbprint of a public key (RFC 7638); written as 43 characters of base64url.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Thumbprint([u8; 32]);

impl Thumbprint {
    /// A thumbprint that was computed or stored before.
    pub const fn from_bytes(bytes: [u8; 32]) -> Self {
        Self(bytes)
    }

    /// The digest itself.
    pub const fn as_bytes(&self) -> &[u8; 32] {
        &self.0
    }
}

impl fmt::Display for Thumbprint {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&to_base64url(&self.0))
    }
}

impl fmt::Debug for Thumbprint {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "Thumbprint({self})")
    }
}

impl FromStr for Thumbprint {
    type Err = ThumbprintError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        array_from_base64url(text).map(Self).ok_or(ThumbprintError)
    }
}

impl Serialize for Thumbprint {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Thumbprint {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?.parse().map_err(serde::de::Error::custom)
    }
}

/// The text is not 32 bytes of base64url.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not a key thumbprint")]
pub struct ThumbprintError;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_thumbprint_has_one_spelling() {
        let thumbprint = Thumbprint::from_bytes([0xfb; 32]);
        let text = thumbprint.to_string();
        assert_eq!(text.len(), 43);
        assert_eq!(text.parse(), Ok(thumbprint));
        assert_eq!(serde_json::from_str::<Thumbprint>(&format!("{text:?}")).unwrap(), thumbprint);
        assert_eq!(format!("{text}=").parse::<Thumbprint>(), Err(ThumbprintError));
        assert_eq!(text[1..].parse::<Thumbprint>(), Err(ThumbprintError));
    }
}
