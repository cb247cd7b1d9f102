//! The pseudo-random function of a credential (<https://www.w3.org/TR/webauthn-3/#prf-extension>).
//!
//! Its outputs serve as keys. The specification advises pages that use them only in the browser
//! to leave them out of what they post; where they are posted, they stay here in a type that
//! cannot be printed, and are overwritten when it is dropped. The text that carried them is the
//! caller's to forget.

use core::fmt;

use aws_lc_rs::constant_time::verify_slices_are_equal;
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde::de::{self, Deserializer, Visitor};
use serde::ser::Serializer;
use serde::{Deserialize, Serialize};
use zeroize::Zeroizing;

use crate::vocabulary::Descriptor;

/// One or two inputs, of any length. They are hashed with a context by the client, and no secrets.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PrfInput<'a> {
    /// The input for the first output.
    pub first: &'a [u8],
    /// The input for the second output, for instance while a key is replaced.
    pub second: Option<&'a [u8]>,
}

/// Both in base64url, the second only where it is.
impl Serialize for PrfInput<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let members = [("first", Some(self.first)), ("second", self.second)];
        let there = members.into_iter().filter_map(|(name, input)| Some((name, input?)));
        serializer.collect_map(there.map(|(name, input)| (name, URL_SAFE_NO_PAD.encode(input))))
    }
}

/// What is asked of a new credential: whether it has the function, and perhaps a first output.
#[derive(Debug, Clone, Copy, Serialize)]
pub(crate) struct CreationPrf<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) eval: Option<PrfInput<'a>>,
}

/// What is asked of an assertion.
#[derive(Debug, Clone, Copy, Default, Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct RequestPrf<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) eval: Option<PrfInput<'a>>,
    #[serde(serialize_with = "by_id", skip_serializing_if = "<[_]>::is_empty")]
    pub(crate) eval_by_credential: &'a [(Descriptor, PrfInput<'a>)],
}

impl RequestPrf<'_> {
    pub(crate) fn asks_nothing(&self) -> bool {
        self.eval.is_none() && self.eval_by_credential.is_empty()
    }
}

/// As a map from credential ids.
fn by_id<S: Serializer>(
    inputs: &[(Descriptor, PrfInput<'_>)],
    serializer: S,
) -> Result<S::Ok, S::Error> {
    serializer.collect_map(inputs.iter().map(|(credential, input)| (credential.id(), input)))
}

/// What a registration says about the function. The client says it; nobody signed it.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[non_exhaustive]
pub struct PrfAtRegistration {
    /// Whether the credential has the function.
    #[serde(default)]
    pub enabled: bool,
    /// First outputs, from authenticators that give them this early.
    pub results: Option<PrfOutputs>,
}

/// One or two outputs of 32 bytes each: secrets, without `Display` or `Serialize`, and with a
/// `Debug` that shows nothing.
#[derive(Clone, Deserialize)]
pub struct PrfOutputs {
    first: Secret,
    second: Option<Secret>,
}

#[derive(Clone)]
struct Secret(Zeroizing<[u8; 32]>);

impl PrfOutputs {
    /// The output for the first input.
    pub fn expose_first(&self) -> &[u8; 32] {
        &self.first.0
    }

    /// The output for the second input, where there was one.
    pub fn expose_second(&self) -> Option<&[u8; 32]> {
        self.second.as_ref().map(|second| &*second.0)
    }
}

impl fmt::Debug for PrfOutputs {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("PrfOutputs(secret)")
    }
}

/// In time that does not depend on where they differ.
impl PartialEq for Secret {
    fn eq(&self, other: &Self) -> bool {
        verify_slices_are_equal(&*self.0, &*other.0).is_ok()
    }
}

impl PartialEq for PrfOutputs {
    fn eq(&self, other: &Self) -> bool {
        self.first == other.first && self.second == other.second
    }
}

impl Eq for PrfOutputs {}

/// Decoded in place, so that no copy stays behind on the heap. An error does not repeat the text.
impl<'de> Deserialize<'de> for Secret {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Text;

        impl Visitor<'_> for Text {
            type Value = Secret;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("32 bytes in base64url without padding")
            }

            fn visit_str<E: de::Error>(self, text: &str) -> Result<Secret, E> {
                // One byte more than fits, so that a longer text is told from a whole one.
                let mut buffer = Zeroizing::new([0; 33]);
                let mut secret = Secret(Zeroizing::new([0; 32]));
                match URL_SAFE_NO_PAD.decode_slice(text, &mut *buffer) {
                    Ok(32) => {
                        secret.0.copy_from_slice(&buffer[..32]);
                        Ok(secret)
                    }
                    _ => Err(E::custom("not 32 bytes in base64url without padding")),
                }
            }
        }

        deserializer.deserialize_str(Text)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn outputs_are_32_bytes_each_and_show_nothing() {
        let one = URL_SAFE_NO_PAD.encode([1; 32]);
        let two = URL_SAFE_NO_PAD.encode([2; 32]);
        let read = |json: String| serde_json::from_str::<PrfOutputs>(&json);
        let outputs = read(format!(r#"{{"first":"{one}","second":"{two}"}}"#)).unwrap();
        assert_eq!(outputs.expose_first(), &[1; 32]);
        assert_eq!(outputs.expose_second(), Some(&[2; 32]));
        assert_eq!(format!("{outputs:?} {outputs:#?}"), "PrfOutputs(secret) PrfOutputs(secret)");

        let alone = read(format!(r#"{{"first":"{one}"}}"#)).unwrap();
        assert_eq!(alone.expose_second(), None);
        assert!(alone == alone.clone() && alone != outputs);
        for refused in [
            r#"{"first":""}"#.to_owned(),
            r#"{"second":"AAAA"}"#.to_owned(),
            format!(r#"{{"first":"{}"}}"#, URL_SAFE_NO_PAD.encode([1; 31])),
            format!(r#"{{"first":"{}"}}"#, URL_SAFE_NO_PAD.encode([1; 33])),
            format!(r#"{{"first":"{}"}}"#, URL_SAFE_NO_PAD.encode([1; 64])),
            format!(r#"{{"first":"{one}="}}"#),
            format!(r#"{{"first":"{one}","second":"{}"}}"#, &two[1..]),
        ] {
            let error = read(refused.clone()).unwrap_err().to_string();
            assert!(!error.contains(&one[..8]) && !error.contains(&two[..8]), "{error}");
        }
    }
}
