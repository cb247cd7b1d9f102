//! Strict decoding: one text for one value, so that nothing means the same thing spelt twice.

use std::fmt;
use std::marker::PhantomData;

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde::de::value::MapAccessDeserializer;
use serde::de::{Deserialize, Deserializer, IgnoredAny, MapAccess, Visitor};

/// Base64url without padding (RFC 7515 §2).
pub(crate) fn to_base64url(bytes: &[u8]) -> String {
    URL_SAFE_NO_PAD.encode(bytes)
}

/// The bytes of canonical, unpadded base64url; `None` for any other text.
pub(crate) fn from_base64url(text: &str) -> Option<Vec<u8>> {
    URL_SAFE_NO_PAD.decode(text).ok()
}

/// Exactly `N` bytes of canonical, unpadded base64url.
pub(crate) fn array_from_base64url<const N: usize>(text: &str) -> Option<[u8; N]> {
    from_base64url(text)?.try_into().ok()
}

/// Deserializes `T` from an object only. Derived structs also accept an array of their fields, which
/// no JOSE text may be.
pub(crate) fn object<'de, D, T>(deserializer: D) -> Result<T, D::Error>
where
    D: Deserializer<'de>,
    T: Deserialize<'de>,
{
    struct ObjectOf<T>(PhantomData<T>);

    impl<'de, T: Deserialize<'de>> Visitor<'de> for ObjectOf<T> {
        type Value = T;

        fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
            formatter.write_str("a JSON object")
        }

        fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<T, A::Error> {
            T::deserialize(MapAccessDeserializer::new(map))
        }
    }

    deserializer.deserialize_map(ObjectOf(PhantomData))
}

/// Parses a whole JSON text that must be one object.
pub(crate) fn object_from_json<'de, T: Deserialize<'de>>(json: &'de [u8]) -> Option<T> {
    let mut deserializer = serde_json::Deserializer::from_slice(json);
    let value = object(&mut deserializer).ok()?;
    deserializer.end().ok()?;
    Some(value)
}

/// Deserializes a member that must not be there into `true`, whatever its value is (`null` too).
pub(crate) fn present<'de, D: Deserializer<'de>>(deserializer: D) -> Result<bool, D::Error> {
    IgnoredAny::deserialize(deserializer).map(|_| true)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(serde::Deserialize)]
    struct One {
        a: u8,
    }

    #[test]
    fn base64url_is_read_in_its_canonical_form_only() {
        assert_eq!(from_base64url("_-8"), Some(vec![0xff, 0xef]));
        for other in ["_-8=", "/+8", "_-9", "_-8\n", " _-8"] {
            assert_eq!(from_base64url(other), None, "{other:?}");
        }
        assert_eq!(array_from_base64url::<3>("_-8"), None);
    }

    #[test]
    fn an_object_is_neither_an_array_nor_two_texts_nor_said_twice() {
        assert_eq!(object_from_json::<One>(br#" {"a":1} "#).map(|one| one.a), Some(1));
        for other in [&b"[1]"[..], br#"{"a":1}{"a":1}"#, br#"{"a":1,"a":1}"#, b"1", b""] {
            assert!(object_from_json::<One>(other).is_none(), "{other:?}");
        }
    }
}
