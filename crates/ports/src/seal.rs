//! Rule 20: rows that let somebody in, and every state, carry a seal under a key that is not in the
//! database.

use aws_lc_rs::hmac;
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use firstkey_domain::StreamId;

/// The key of row seals. Kept outside the database; cannot be printed.
pub struct RowKey(hmac::Key);

impl RowKey {
    /// Wraps 32 secret bytes.
    pub fn new(bytes: &[u8; 32]) -> Self {
        Self(hmac::Key::new(hmac::HMAC_SHA256, bytes))
    }

    /// Seals the parts of a row. Lengths are part of the input, so parts cannot run together.
    pub fn seal(&self, purpose: &str, parts: &[&[u8]]) -> RowSeal {
        let tag = self.tag(purpose, parts);
        let mut seal = [0; 32];
        seal.copy_from_slice(tag.as_ref());
        RowSeal(seal)
    }

    /// Whether the seal is this row's, compared in constant time.
    pub fn holds(&self, purpose: &str, parts: &[&[u8]], seal: &RowSeal) -> bool {
        aws_lc_rs::constant_time::verify_slices_are_equal(
            self.tag(purpose, parts).as_ref(),
            &seal.0,
        )
        .is_ok()
    }

    /// A state as it is stored: its JSON, a line feed, and the seal over stream, version and JSON.
    ///
    /// Decisions read states, so an edited one must give nobody a way in either. The JSON stays
    /// readable, and whoever has no key can still compare it with the events.
    pub fn seal_state(&self, stream: StreamId, version: u64, mut json: Vec<u8>) -> Vec<u8> {
        let seal = self.state_seal(stream, version, &json);
        json.push(b'\n');
        json.extend_from_slice(URL_SAFE_NO_PAD.encode(seal.0).as_bytes());
        json
    }

    /// The JSON of a stored state, if it is as it was sealed.
    pub fn open_state<'a>(
        &self,
        stream: StreamId,
        version: u64,
        stored: &'a [u8],
    ) -> Option<&'a [u8]> {
        let (json, seal) = split(stored)?;
        let expected = self.state_seal(stream, version, json);
        aws_lc_rs::constant_time::verify_slices_are_equal(&expected.0, &seal).ok()?;
        Some(json)
    }

    fn state_seal(&self, stream: StreamId, version: u64, json: &[u8]) -> RowSeal {
        let id = stream.uuid();
        let kind = stream.kind().name().as_bytes();
        self.seal("state", &[kind, id.as_bytes(), &version.to_be_bytes(), json])
    }

    fn tag(&self, purpose: &str, parts: &[&[u8]]) -> hmac::Tag {
        let mut context = hmac::Context::with_key(&self.0);
        for part in std::iter::once(&purpose.as_bytes()).chain(parts) {
            context.update(&(part.len() as u64).to_be_bytes());
            context.update(part);
        }
        context.sign()
    }
}

impl std::fmt::Debug for RowKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("RowKey(…)")
    }
}

/// The JSON of a stored state, whether its seal holds or not: for those who have no key.
pub fn unsealed_json(stored: &[u8]) -> Option<&[u8]> {
    split(stored).map(|(json, _)| json)
}

fn split(stored: &[u8]) -> Option<(&[u8], [u8; 32])> {
    let end = stored.iter().rposition(|byte| *byte == b'\n')?;
    let mut seal = [0; 32];
    let length = URL_SAFE_NO_PAD.decode_slice(&stored[end + 1..], &mut seal).ok()?;
    (length == 32).then_some((&stored[..end], seal))
}

/// The seal of a row.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RowSeal(pub [u8; 32]);

#[cfg(test)]
mod tests {
    use firstkey_domain::PersonId;
    use uuid::Uuid;

    use super::*;

    #[test]
    fn rule_20_an_edited_state_does_not_open() {
        let key = RowKey::new(&[1; 32]);
        let stream = StreamId::from(PersonId::from_uuid(Uuid::from_u128(1)));
        let other = StreamId::from(PersonId::from_uuid(Uuid::from_u128(2)));
        let json = br#"{"roles":[]}"#;
        let stored = key.seal_state(stream, 3, json.to_vec());
        assert_eq!(key.open_state(stream, 3, &stored), Some(&json[..]));
        assert_eq!(key.open_state(stream, 4, &stored), None);
        assert_eq!(key.open_state(other, 3, &stored), None);
        assert_eq!(RowKey::new(&[2; 32]).open_state(stream, 3, &stored), None);
        for index in 0..stored.len() {
            let mut edited = stored.clone();
            edited[index] ^= 1;
            assert_eq!(key.open_state(stream, 3, &edited), None, "byte {index}");
        }
        for short in [&b""[..], b"\n", json, b"{}\nAAAA"] {
            assert_eq!(key.open_state(stream, 3, short), None);
        }
    }
}
