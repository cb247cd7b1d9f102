//! Ways to spoil a response: systematically, byte by byte, and by lies that somebody might tell.

use std::cell::RefCell;

use firstkey_testkit::authenticator::Sabotage;
use serde_json::{Value, json};

/// The bytes with one thing done to them, and what that was: each bit flipped, each byte left out,
/// doubled, or made the lowest or highest, the end cut off anywhere, and something after it.
pub(super) fn edited(bytes: &[u8]) -> impl Iterator<Item = (String, Vec<u8>)> + '_ {
    let bits = (0..bytes.len() * 8).map(|bit| {
        let mut edited = bytes.to_vec();
        edited[bit / 8] ^= 1 << (bit % 8);
        (format!("bit {bit} flipped"), edited)
    });
    let places = (0..bytes.len()).flat_map(|at| {
        let (before, from) = bytes.split_at(at);
        let (this, after) = from.split_at(1);
        [
            ("left out", [before, after].concat()),
            ("doubled", [before, this, this, after].concat()),
            ("00", [before, &[0], after].concat()),
            ("ff", [before, &[0xff], after].concat()),
            ("cut off", before.to_vec()),
        ]
        .map(|(what, edited)| (format!("byte {at} {what}"), edited))
    });
    let longer = [0x00, 0x20, 0xa0, 0xff]
        .map(|byte| (format!("{byte:02x} at the end"), [bytes, &[byte]].concat()));
    bits.chain(places).chain(longer)
}

thread_local! {
    static REPLACEMENT: RefCell<Vec<u8>> = const { RefCell::new(Vec::new()) };
}

/// Has the authenticator sign other authenticator data.
pub(super) fn authenticator_data(bytes: Vec<u8>) -> Sabotage {
    REPLACEMENT.set(bytes);
    Sabotage::AuthenticatorData(|data| *data = REPLACEMENT.take())
}

/// Has it sign other client data.
pub(super) fn client_data(bytes: Vec<u8>) -> Sabotage {
    REPLACEMENT.set(bytes);
    Sabotage::ClientData(|data| *data = REPLACEMENT.take())
}

/// Rewrites client data as text.
fn rewritten(from: &'static str, to: &'static str, json: &[u8]) -> Vec<u8> {
    String::from_utf8(json.to_vec()).unwrap().replace(from, to).into_bytes()
}

/// Client data that a client might send, from what an honest one sends.
pub(super) fn client_data_variants(json: &[u8]) -> Vec<(String, Vec<u8>)> {
    let edits = [
        (r#""crossOrigin":false"#, r#""crossOrigin":true"#),
        (r#""crossOrigin":false"#, r#""crossOrigin":null"#),
        (r#""crossOrigin":false"#, r#""crossOrigin":0"#),
        (r#","crossOrigin":false"#, ""),
        ("false", r#"true,"topOrigin":"https://example.org""#),
        ("false", r#"true,"topOrigin":"https://evil.example""#),
        ("false", r#"false,"topOrigin":"https://evil.example""#),
        ("false", r#"false,"topOrigin":null"#),
        ("false", r#"false,"tokenBinding":{"status":"present","id":"AA"}"#),
        ("false", r#"false,"other":[{"deeper":[null]}]"#),
        ("false", r#"false,"type":"webauthn.create""#),
        ("false", r#"false,"origin":"https://example.org""#),
        ("https://example.org", "https://sub.example.org"),
        ("https://example.org", "https://example.org:443"),
        ("https://example.org", "https://example.org:8443"),
        ("https://example.org", "https://example.org/"),
        ("https://example.org", "https://example.org/path"),
        ("https://example.org", "https://EXAMPLE.org"),
        ("https://example.org", "https://user@example.org"),
        ("https://example.org", "https://example.org."),
        ("https://example.org", "http://example.org"),
        ("https://example.org", "https:example.org"),
        ("https://example.org", "https://example%2eorg"),
        ("https://example.org", " https://example.org"),
        ("https://example.org", r"https:\/\/example.org"),
        ("https://example.org", "https://ex\\u0061mple.org"),
        ("https://example.org", "null"),
        ("webauthn.", "webauthn\\u002e"),
        ("webauthn.", "payment."),
        (r#"{"type""#, r#" {"type""#),
        (r#"{"type""#, r#"[{"type""#),
    ];
    let mut variants: Vec<_> = edits
        .into_iter()
        .map(|(from, to)| (format!("{from} now {to}"), rewritten(from, to, json)))
        .collect();
    variants.push(("byte order mark".to_owned(), [b"\xef\xbb\xbf", json].concat()));
    variants.push(("not UTF-8".to_owned(), [json, b"\xff"].concat()));
    variants.push(("padded to 9000".to_owned(), {
        let mut padded = json.to_vec();
        padded.resize(9000, b' ');
        padded
    }));
    variants
}

/// What surrounds the signed parts, changed. Only those that make sense for this response.
pub(super) fn envelopes(response: &Value) -> Vec<(String, Value)> {
    type Edit = fn(&mut Value);
    let edits: [(&str, Edit); 14] = [
        ("another id", |r| r["id"] = json!("AAAAAAAAAAAAAAAAAAAAAA")),
        ("another rawId", |r| r["rawId"] = json!("AAAAAAAAAAAAAAAAAAAAAA")),
        ("another of both", |r| {
            r["id"] = json!("AAAAAAAAAAAAAAAAAAAAAA");
            r["rawId"] = json!("AAAAAAAAAAAAAAAAAAAAAA");
        }),
        ("rawId padded", |r| r["rawId"] = json!(format!("{}=", r["rawId"].as_str().unwrap()))),
        ("type password", |r| r["type"] = json!("password")),
        ("no type", |r| drop(r.as_object_mut().unwrap().remove("type"))),
        ("no response", |r| drop(r.as_object_mut().unwrap().remove("response"))),
        ("no client extension results", |r| {
            r.as_object_mut().unwrap().remove("clientExtensionResults");
        }),
        ("unknown extension result", |r| r["clientExtensionResults"] = json!({ "other": 1 })),
        ("another's user handle", |r| r["response"]["userHandle"] = json!("AAAA")),
        ("empty user handle", |r| r["response"]["userHandle"] = json!("")),
        ("no user handle", |r| r["response"]["userHandle"] = Value::Null),
        ("strange transport", |r| r["response"]["transports"] = json!(["carrier-pigeon"])),
        ("script as a transport", |r| r["response"]["transports"] = json!(["<script>"])),
    ];
    edits
        .into_iter()
        .map(|(name, edit)| {
            let mut response = response.clone();
            edit(&mut response);
            (name.to_owned(), response)
        })
        .collect()
}

/// Lies in a new credential's authenticator data.
pub(super) fn lies_about_data() -> Vec<(&'static str, Sabotage)> {
    vec![
        ("another RP ID", Sabotage::RpId("example.net".into())),
        ("no presence", Sabotage::AuthenticatorData(|data| data[32] &= !0x01)),
        ("no verification", Sabotage::AuthenticatorData(|data| data[32] &= !0x04)),
        ("backed up, not eligible", Sabotage::AuthenticatorData(|data| data[32] |= 0x10)),
        ("eligible, not backed up", Sabotage::AuthenticatorData(|data| data[32] |= 0x08)),
        ("reserved bit 1", Sabotage::AuthenticatorData(|data| data[32] |= 0x02)),
        ("reserved bit 5", Sabotage::AuthenticatorData(|data| data[32] |= 0x20)),
        (
            "no credential",
            Sabotage::AuthenticatorData(|data| {
                data[32] &= !0x40;
                data.truncate(37);
            }),
        ),
        (
            "empty extensions",
            Sabotage::AuthenticatorData(|data| {
                data[32] |= 0x80;
                data.push(0xa0);
            }),
        ),
        (
            "protected",
            Sabotage::AuthenticatorData(|data| {
                data[32] |= 0x80;
                data.extend(b"\xa1\x6bcredProtect\x03");
            }),
        ),
        (
            "protected in no known way",
            Sabotage::AuthenticatorData(|data| {
                data[32] |= 0x80;
                data.extend(b"\xa1\x6bcredProtect\x04");
            }),
        ),
        (
            "an extension by number",
            Sabotage::AuthenticatorData(|data| {
                data[32] |= 0x80;
                data.extend(b"\xa1\x01\x03");
            }),
        ),
        (
            "extensions as an array",
            Sabotage::AuthenticatorData(|data| {
                data[32] |= 0x80;
                data.push(0x80);
            }),
        ),
        (
            "extensions out of order",
            Sabotage::AuthenticatorData(|data| {
                data[32] |= 0x80;
                data.extend(b"\xa2\x62bb\x01\x61a\x01");
            }),
        ),
        ("announced extensions missing", Sabotage::AuthenticatorData(|data| data[32] |= 0x80)),
        (
            "an id of 15 bytes",
            Sabotage::AuthenticatorData(|data| {
                data[54] = 15;
                data.drain(55..72);
            }),
        ),
    ]
}

/// Lies in its public key, and in what is around the authenticator data.
pub(super) fn lies_about_objects() -> Vec<(&'static str, Sabotage)> {
    vec![
        ("key of another kty", Sabotage::AuthenticatorData(|data| data[89] = 1)),
        ("key of another algorithm", Sabotage::AuthenticatorData(|data| data[91] = 0x25)),
        ("key of another curve", Sabotage::AuthenticatorData(|data| data[93] = 2)),
        ("point off the curve", Sabotage::AuthenticatorData(|data| data[100] ^= 1)),
        (
            "zero point",
            Sabotage::AuthenticatorData(|data| {
                data[97..129].fill(0);
                data[132..164].fill(0);
            }),
        ),
        (
            "a key parameter more",
            Sabotage::AuthenticatorData(|data| {
                data[87] = 0xa6;
                data.extend([0x23, 0x00]);
            }),
        ),
        (
            "indefinite object",
            Sabotage::AttestationObject(|object| {
                object[0] = 0xbf;
                object.push(0xff);
            }),
        ),
        ("tagged object", Sabotage::AttestationObject(|object| object.insert(0, 0xc1))),
        (
            "a length in two bytes",
            Sabotage::AttestationObject(|object| {
                object[1] = 0x78;
                object.insert(2, 3);
            }),
        ),
        ("unknown format", Sabotage::AttestationObject(|object| object[6] = b'x')),
        ("a spoilt signature", Sabotage::Signature),
        ("another statement", Sabotage::Statement(|statement| *statement = vec![0xa1, 1, 1])),
        ("an empty statement", Sabotage::Statement(|statement| *statement = vec![0xa0])),
    ]
}

/// Lies in an assertion, signed like the truth.
pub(super) fn lies_at_assertion() -> Vec<(&'static str, Sabotage)> {
    vec![
        ("another RP ID", Sabotage::RpId("example.net".into())),
        ("eligible for backup", Sabotage::AuthenticatorData(|data| data[32] |= 0x08)),
        ("backed up", Sabotage::AuthenticatorData(|data| data[32] |= 0x18)),
        (
            "empty extensions",
            Sabotage::AuthenticatorData(|data| {
                data[32] |= 0x80;
                data.push(0xa0);
            }),
        ),
        (
            "unknown extension",
            Sabotage::AuthenticatorData(|data| {
                data[32] |= 0x80;
                data.extend(b"\xa1\x61a\x01");
            }),
        ),
        (
            "a new credential",
            Sabotage::AuthenticatorData(|data| {
                data[32] |= 0x40;
                data.extend([0; 17]);
                data.extend([16; 17]);
                data.push(0xa0);
            }),
        ),
        (
            "extensions of 1100 bytes",
            Sabotage::AuthenticatorData(|data| {
                data[32] |= 0x80;
                data.extend(b"\xa1\x61a\x59\x04\x4c");
                data.extend([0; 1100]);
            }),
        ),
    ]
}
