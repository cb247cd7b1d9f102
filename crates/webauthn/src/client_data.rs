//! What the browser says it did, `CollectedClientData`
//! (<https://www.w3.org/TR/webauthn-3/#dictionary-client-data>).

use std::borrow::Cow;

use aws_lc_rs::digest::{Digest, SHA256, digest};
use serde::{Deserialize, Deserializer};

use crate::ensure;
use crate::relying_party::RelyingParty;

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
    #[serde(default, deserialize_with = "present")]
    pub(crate) cross_origin: Option<bool>,
    #[serde(borrow, default, deserialize_with = "present")]
    pub(crate) top_origin: Option<Text<'a>>,
}

/// Reads a member that may be left out but, being there, is no `null`: clients write none.
fn present<'de, T: Deserialize<'de>, D: Deserializer<'de>>(
    value: D,
) -> Result<Option<T>, D::Error> {
    T::deserialize(value).map(Some)
}

/// Why a frame is refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum FrameFlaw {
    /// It is in a page of another origin, which is not expected.
    CrossOrigin,
    /// The client does not say in whose.
    Unnamed,
    /// It names a page around the frame and denies that there is another origin.
    StrayTopOrigin,
    /// The page around it is not expected.
    TopOrigin,
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
        // The parser alone would pass over what is wrong in members that are ignored.
        let text = core::str::from_utf8(json).ok()?;
        // It would also take an array for the members in order.
        if !text.trim_start().starts_with('{') {
            return None;
        }
        serde_json::from_str(text).ok()
    }

    /// Steps 10 and 11 of registration, 13 and 14 of authentication: whether the ceremony may run
    /// inside a frame, and whose page may be around it
    /// (<https://www.w3.org/TR/webauthn-3/#dom-collectedclientdata-toporigin>: a client sets
    /// `topOrigin` only where `crossOrigin` is true).
    pub(crate) fn check_frame(&self, relying_party: &RelyingParty) -> Result<(), FrameFlaw> {
        let framed = self.cross_origin == Some(true);
        ensure(!framed || relying_party.accepts_frames(), FrameFlaw::CrossOrigin)?;
        match &self.top_origin {
            None => ensure(!framed || relying_party.accepts_unnamed_frames(), FrameFlaw::Unnamed),
            Some(_) if !framed => Err(FrameFlaw::StrayTopOrigin),
            Some(top) => ensure(relying_party.accepts_top_origin(&top.0), FrameFlaw::TopOrigin),
        }
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
            // What serde would take for an object, by position.
            br#"["a","b","c",false,"d"]"#,
            br#" ["a","b","c"]"#,
            br#"{"type":"a","type":"a","challenge":"b","origin":"c"}"#,
            br#"{"type":"a","challenge":"b","origin":"c"} x"#,
            br#"{"type":"a","challenge":"b","origin":"c","crossOrigin":"true"}"#,
            br#"{"type":"a","challenge":"b","origin":"c","crossOrigin":null}"#,
            br#"{"type":"a","challenge":"b","origin":"c","topOrigin":null}"#,
            br#"{"type":"a","challenge":"b","origin":"c","topOrigin":["d"]}"#,
            br#"{"type":"a","challenge":"b","origin":null}"#,
            b"{\"type\":\"\xff\",\"challenge\":\"b\",\"origin\":\"c\"}",
            // Where nobody looks as well.
            b"{\"type\":\"a\",\"challenge\":\"b\",\"origin\":\"c\",\"other\":\"\xff\"}",
        ] {
            assert!(ClientData::parse(json).is_none(), "{}", String::from_utf8_lossy(json));
        }
        let mut long = br#"{"type":"a","challenge":"b","origin":"c"}"#.to_vec();
        long.resize(MAX_LEN + 1, b' ');
        assert!(ClientData::parse(&long).is_none());
        assert!(ClientData::parse(&long[..MAX_LEN]).is_some());
    }

    #[test]
    fn a_frame_is_judged_by_both_members_together() {
        use FrameFlaw::{CrossOrigin, StrayTopOrigin, TopOrigin, Unnamed};

        let alone = RelyingParty::new("a.example", "A", ["https://a.example"]).unwrap();
        let named = alone.clone().with_top_origin("https://page.example").unwrap();
        let unnamed = alone.clone().with_unnamed_frames();
        let both = named.clone().with_unnamed_frames();
        let page = r#","crossOrigin":true,"topOrigin":"https://page.example""#;
        let other = r#","crossOrigin":true,"topOrigin":"https://other.example""#;
        let stray = r#","crossOrigin":false,"topOrigin":"https://page.example""#;
        let silent = r#","topOrigin":"https://page.example""#;
        let framed = r#","crossOrigin":true"#;
        let judged = [
            ("", [Ok(()), Ok(()), Ok(()), Ok(())]),
            (r#","crossOrigin":false"#, [Ok(()), Ok(()), Ok(()), Ok(())]),
            (framed, [Err(CrossOrigin), Err(Unnamed), Ok(()), Ok(())]),
            (page, [Err(CrossOrigin), Ok(()), Err(TopOrigin), Ok(())]),
            (other, [Err(CrossOrigin), Err(TopOrigin), Err(TopOrigin), Err(TopOrigin)]),
            (stray, [Err(StrayTopOrigin); 4]),
            (silent, [Err(StrayTopOrigin); 4]),
        ];
        for (members, verdicts) in judged {
            let json = format!(r#"{{"type":"t","challenge":"c","origin":"o"{members}}}"#);
            let data = ClientData::parse(json.as_bytes()).unwrap();
            let found = [&alone, &named, &unnamed, &both].map(|party| data.check_frame(party));
            assert_eq!(found, verdicts, "{members}");
        }
    }
}
