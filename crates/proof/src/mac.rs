//! Values that this server made and will recognise: HMAC-SHA256 over parts that cannot run together.

use aws_lc_rs::hmac;

/// Length of a tag in bytes.
pub(crate) const TAG: usize = 32;

/// A secret that authenticates values of one kind.
pub(crate) struct MacKey {
    key: hmac::Key,
    kind: &'static [u8],
}

impl MacKey {
    /// `kind` keeps two users of one secret from accepting each other's values.
    pub(crate) fn new(secret: [u8; 32], kind: &'static str) -> Self {
        Self { key: hmac::Key::new(hmac::HMAC_SHA256, &secret), kind: kind.as_bytes() }
    }

    pub(crate) fn tag(&self, parts: &[&[u8]]) -> [u8; TAG] {
        let mut bytes = [0; TAG];
        bytes.copy_from_slice(hmac::sign(&self.key, &self.message(parts)).as_ref());
        bytes
    }

    /// Compares in constant time.
    pub(crate) fn recognises(&self, parts: &[&[u8]], tag: &[u8]) -> bool {
        hmac::verify(&self.key, &self.message(parts), tag).is_ok()
    }

    /// Each part behind its length, so that no two lists of parts have one message.
    fn message(&self, parts: &[&[u8]]) -> Vec<u8> {
        let mut message = Vec::with_capacity(128);
        for part in std::iter::once(&self.kind).chain(parts) {
            message.extend_from_slice(&(part.len() as u64).to_be_bytes());
            message.extend_from_slice(part);
        }
        message
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn neither_another_kind_nor_another_split_of_the_parts_is_recognised() {
        let key = MacKey::new([1; 32], "one");
        let tag = key.tag(&[b"ab", b"c"]);
        assert!(key.recognises(&[b"ab", b"c"], &tag));
        assert!(!key.recognises(&[b"a", b"bc"], &tag));
        assert!(!key.recognises(&[b"abc"], &tag));
        assert!(!key.recognises(&[b"ab", b"c"], &tag[..31]));
        assert!(!MacKey::new([1; 32], "two").recognises(&[b"ab", b"c"], &tag));
        assert!(!MacKey::new([2; 32], "one").recognises(&[b"ab", b"c"], &tag));
    }
}
