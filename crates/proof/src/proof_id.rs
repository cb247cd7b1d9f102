//! Identifiers of proofs.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

/// What makes one proof different from every other of its key (`jti`, RFC 9449 §4.2): 16 to 64
/// characters of the base64url alphabet, chosen by the client.
///
/// It is unique per key at best, so remember it together with the thumbprint.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct ProofId(String);

impl ProofId {
    /// The identifier as it stands in the proof.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl TryFrom<String> for ProofId {
    type Error = ProofIdError;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        let url_safe = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_');
        if (16..=64).contains(&text.len()) && text.bytes().all(url_safe) {
            Ok(Self(text))
        } else {
            Err(ProofIdError)
        }
    }
}

impl From<ProofId> for String {
    fn from(id: ProofId) -> Self {
        id.0
    }
}

impl FromStr for ProofId {
    type Err = ProofIdError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        text.to_owned().try_into()
    }
}

impl fmt::Display for ProofId {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}

/// The text is too short, too long or not url-safe.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("a proof identifier is 16 to 64 url-safe characters")]
pub struct ProofIdError;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_16_to_64_url_safe_characters_identify_a_proof() {
        for good in ["0123456789abcdef", "-_-_-_-_-_-_-_-_", &"Z".repeat(64)] {
            assert_eq!(good.parse::<ProofId>().unwrap().as_str(), good);
        }
        for bad in ["", "0123456789abcde", "0123456789abcde=", "0123456789abcdé", &"Z".repeat(65)]
        {
            assert_eq!(bad.parse::<ProofId>(), Err(ProofIdError), "{bad}");
        }
    }
}
