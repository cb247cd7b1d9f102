//! What the browser says it did, `CollectedClientData`
//! (<https://www.w3.org/TR/webauthn-3/#dictionary-client-data>).

use std::borrow::Cow;

use aws_lc_rs::digest::{Digest, SHA256, digest};
use serde::Deserialize;

/// Client data larger than this is not read. Browsers send a few hundred bytes.
pub(crate) const MAX_LEN: usize = 8192;

/// The members that the verification steps look at; others are ignored, as the specification
/// requires, and a repeated member is refused.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct ClientData<'a> {
    #[serde(rename = "type", borrow)]
    pub(crate) kind: Cow<'a, str>,
    #[serde(borrow)]
    pub(crate) challenge: Cow<'a, str>,
    #[serde(borrow)]
    pub(crate) origin: Cow<'a, str>,
    pub(crate) cross_origin: Option<bool>,
    #[serde(borrow)]
    pub(crate) top_origin: Option<Text<'a>>,
}

/// A string that is borrowed unless it has escapes.
#[derive(Debug, Deserialize)]
pub(crate) struct Text<'a>(#[serde(borrow)] pub(crate) Cow<'a, str>);

impl<'a> ClientData<'a> {
    /// UTF-8 decode (a leading byte order mark is dropped) and parse.
    ///
    /// Bytes that are not UTF-8 are refused rather than replaced: serialised client data is
    /// UTF-8 by definition.
    pub(crate) fn parse(json: &'a [u8]) -> Option<Self> {
        if json.len() > MAX_LEN {
            return None;
        }
        let json = json.strip_prefix(b"\xef\xbb\xbf").unwrap_or(json);
        serde_json::from_slice(json).ok()
    }
}

/// The SHA-256 of the client data exactly as received.
pub(crate) fn hash(json: &[u8]) -> Digest {
    digest(&SHA256, json)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn plain_strings_are_borrowed() {
        let data = ClientData::parse(
            br#"{"type":"webauthn.get","challenge":"AA","origin":"https://a.example","topOrigin":"https://b.example","other":{"x":[1]}}"#,
        )
        .unwrap();
        assert!(matches!(data.kind, Cow::Borrowed("webauthn.get")));
        assert!(matches!(data.challenge, Cow::Borrowed("AA")));
        assert!(matches!(data.origin, Cow::Borrowed("https://a.example")));
        assert!(matches!(data.top_origin, Some(Text(Cow::Borrowed("https://b.example")))));
        assert_eq!(data.cross_origin, None);
    }

    #[test]
    fn a_byte_order_mark_is_dropped_and_escapes_are_read() {
        let data = ClientData::parse(
            b"\xef\xbb\xbf{\"type\":\"webauthn\\u002eget\",\"challenge\":\"\",\"origin\":\"\"}",
        )
        .unwrap();
        assert_eq!(data.kind, "webauthn.get");
    }

    #[test]
    fn malformed_or_repeated_members_are_refused() {
        for json in [
            &b""[..],
            b"{}",
            b"[]",
            br#"{"type":"a","challenge":"b"}"#,
            br#"{"type":"a","type":"a","challenge":"b","origin":"c"}"#,
            br#"{"type":"a","challenge":"b","origin":"c"} x"#,
            br#"{"type":"a","challenge":"b","origin":"c","crossOrigin":"true"}"#,
            b"{\"type\":\"\xff\",\"challenge\":\"b\",\"origin\":\"c\"}",
        ] {
            assert!(ClientData::parse(json).is_none(), "{}", String::from_utf8_lossy(json));
        }
        let mut long = br#"{"type":"a","challenge":"b","origin":"c"}"#.to_vec();
        long.resize(MAX_LEN + 1, b' ');
        assert!(ClientData::parse(&long).is_none());
        assert!(ClientData::parse(&long[..MAX_LEN]).is_some());
    }
}
