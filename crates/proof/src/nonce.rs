//! Freshness that needs neither memory here nor a clock there.

use std::fmt;

use crate::encoding::{array_from_base64url, to_base64url};
use crate::mac::{MacKey, TAG};

/// How long a nonce is good for.
pub const NONCE_LIFETIME_SECONDS: i64 = 300;

const EXPIRY: usize = 8;
const RANDOM: usize = 8;

/// The secret under which nonces are issued and recognised (RFC 9449 §8).
///
/// A nonce is its expiry, eight random bytes and a tag over both: 64 characters of base64url. The
/// server that issues is the server that checks, so there is no tolerance for clocks that differ.
pub struct NonceKey(MacKey);

impl NonceKey {
    /// A key from 32 secret random bytes.
    pub fn new(secret: [u8; 32]) -> Self {
        Self(MacKey::new(secret, "firstkey nonce/1"))
    }

    /// A nonce good for [`NONCE_LIFETIME_SECONDS`] from `now` (Unix seconds).
    pub fn issue(&self, now: i64, random: [u8; RANDOM]) -> String {
        let expires = now.saturating_add(NONCE_LIFETIME_SECONDS).to_be_bytes();
        let mut nonce = [0; EXPIRY + RANDOM + TAG];
        nonce[..EXPIRY].copy_from_slice(&expires);
        nonce[EXPIRY..EXPIRY + RANDOM].copy_from_slice(&random);
        nonce[EXPIRY + RANDOM..].copy_from_slice(&self.0.tag(&[&expires, &random]));
        to_base64url(&nonce)
    }

    /// When `nonce` expires (Unix seconds), if this key issued it and it has not expired.
    pub fn check(&self, nonce: &str, now: i64) -> Result<i64, NonceError> {
        let nonce: [u8; EXPIRY + RANDOM + TAG] =
            array_from_base64url(nonce).ok_or(NonceError::NotOurs)?;
        let (stated, tag) = nonce.split_at(EXPIRY + RANDOM);
        let (expires, random) = stated.split_at(EXPIRY);
        if !self.0.recognises(&[expires, random], tag) {
            return Err(NonceError::NotOurs);
        }
        let mut bytes = [0; EXPIRY];
        bytes.copy_from_slice(expires);
        let expires = i64::from_be_bytes(bytes);
        // Ours, but from later than now: the clock went back. It counts as expired, lest setting the
        // clock back revive old nonces for longer than their lifetime.
        let latest = now.saturating_add(NONCE_LIFETIME_SECONDS);
        if expires <= now || expires > latest {
            return Err(NonceError::Expired);
        }
        Ok(expires)
    }
}

impl fmt::Debug for NonceKey {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("NonceKey(redacted)")
    }
}

/// Why a nonce does not count.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum NonceError {
    /// It was not issued under this key.
    #[error("the nonce was not issued by this server")]
    NotOurs,
    /// It was, but it is not good at this time.
    #[error("the nonce has expired")]
    Expired,
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOW: i64 = 1_800_000_000;

    #[test]
    fn a_nonce_is_good_for_five_minutes_and_not_a_second_longer() {
        let key = NonceKey::new([3; 32]);
        let nonce = key.issue(NOW, [1; 8]);
        assert_eq!(nonce.len(), 64);
        assert_eq!(key.check(&nonce, NOW), Ok(NOW + 300));
        assert_eq!(key.check(&nonce, NOW + 299), Ok(NOW + 300));
        assert_eq!(key.check(&nonce, NOW + 300), Err(NonceError::Expired));
        assert_eq!(key.check(&nonce, NOW - 1), Err(NonceError::Expired));
        assert_eq!(key.check(&nonce, i64::MAX), Err(NonceError::Expired));
    }

    #[test]
    fn only_the_issuing_key_recognises_a_nonce_and_every_character_counts() {
        let key = NonceKey::new([3; 32]);
        let nonce = key.issue(NOW, [1; 8]);
        assert_eq!(NonceKey::new([4; 32]).check(&nonce, NOW), Err(NonceError::NotOurs));
        for position in 0..nonce.len() {
            let mut altered = nonce.clone().into_bytes();
            altered[position] = if altered[position] == b'A' { b'B' } else { b'A' };
            let altered = String::from_utf8(altered).unwrap();
            assert_eq!(key.check(&altered, NOW), Err(NonceError::NotOurs), "position {position}");
        }
        assert_ne!(nonce, key.issue(NOW, [2; 8]));
    }

    #[test]
    fn the_key_does_not_print() {
        assert_eq!(format!("{:?}", NonceKey::new([0x41; 32])), "NonceKey(redacted)");
    }
}
