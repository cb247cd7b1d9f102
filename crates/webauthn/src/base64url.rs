//! Binary fields as WebAuthn's JSON carries them: base64url without padding, of bounded size.

use core::fmt;

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde::de::{self, Deserialize, Deserializer, Visitor};
use serde::ser::{Serialize, Serializer};

use crate::ids::LengthError;

/// At most `MAX` bytes, base64url in JSON.
///
/// The text's length is checked before anything is decoded, so that a sender cannot make us
/// allocate more than `MAX` bytes for the field.
#[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) struct Base64Url<const MAX: usize>(Vec<u8>);

impl<const MAX: usize> Base64Url<MAX> {
    /// `None` when there are more than `MAX` bytes.
    pub(crate) fn new(bytes: Vec<u8>) -> Option<Self> {
        (bytes.len() <= MAX).then_some(Self(bytes))
    }

    /// [`Self::new`] with an error that says `what` was too long.
    pub(crate) fn sized(what: &'static str, bytes: Vec<u8>) -> Result<Self, LengthError> {
        let actual = bytes.len();
        Self::new(bytes).ok_or(LengthError { what, min: 0, max: MAX, actual })
    }

    pub(crate) fn as_slice(&self) -> &[u8] {
        &self.0
    }

    pub(crate) fn into_vec(self) -> Vec<u8> {
        self.0
    }
}

impl<const MAX: usize> fmt::Debug for Base64Url<MAX> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&URL_SAFE_NO_PAD.encode(&self.0))
    }
}

impl<const MAX: usize> Serialize for Base64Url<MAX> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&URL_SAFE_NO_PAD.encode(&self.0))
    }
}

impl<'de, const MAX: usize> Deserialize<'de> for Base64Url<MAX> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Text<const MAX: usize>;

        impl<const MAX: usize> Visitor<'_> for Text<MAX> {
            type Value = Base64Url<MAX>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, "base64url without padding of at most {MAX} bytes")
            }

            fn visit_str<E: de::Error>(self, text: &str) -> Result<Self::Value, E> {
                // Four characters carry three bytes.
                if text.len() > MAX.div_ceil(3) * 4 {
                    return Err(E::invalid_length(text.len(), &self));
                }
                URL_SAFE_NO_PAD
                    .decode(text)
                    .ok()
                    .and_then(Base64Url::new)
                    .ok_or_else(|| E::custom("not base64url without padding, or too long"))
            }
        }

        deserializer.deserialize_str(Text)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    type Four = Base64Url<4>;

    #[test]
    fn only_the_canonical_text_is_read() {
        let read = |text: &str| serde_json::from_str::<Four>(text).map(Base64Url::into_vec);
        assert_eq!(read(r#""_-8""#).unwrap(), [0xff, 0xef]);
        for refused in [
            r#""_-8=""#,
            r#""_-9""#,
            r#""/+8""#,
            r#""_-8 ""#,
            r#""AAAAAAA""#,
            r#""AAAAAAAAAAAAAAAA""#,
            "[255]",
            "null",
        ] {
            assert!(read(refused).is_err(), "{refused}");
        }
    }
}
