//! Keys that are derived for one file.

use aws_lc_rs::{
    aead::{Aad, CHACHA20_POLY1305, LessSafeKey, Nonce, UnboundKey},
    hkdf::{HKDF_SHA256, KeyType, Salt},
    hmac,
};
use zeroize::Zeroizing;

/// Bytes of a file key.
pub(crate) const FILE_KEY_BYTES: usize = 16;

struct ThirtyTwo;

impl KeyType for ThirtyTwo {
    fn len(&self) -> usize {
        32
    }
}

fn derive(secret: &[u8], salt: &[u8], info: &str) -> Option<Zeroizing<[u8; 32]>> {
    let mut key = Zeroizing::new([0; 32]);
    let prk = Salt::new(HKDF_SHA256, salt).extract(secret);
    prk.expand(&[info.as_bytes()], ThirtyTwo).ok()?.fill(&mut *key).ok()?;
    Some(key)
}

fn cipher(key: &[u8; 32]) -> Option<LessSafeKey> {
    UnboundKey::new(&CHACHA20_POLY1305, key).ok().map(LessSafeKey::new)
}

/// The cipher that wraps the file key for one recipient.
pub(crate) fn wrapping(secret: &[u8; 32], share: &[u8; 32], to: &[u8; 32]) -> Option<LessSafeKey> {
    let salt = [&share[..], to].concat();
    cipher(&*derive(secret, &salt, "age-encryption.org/v1/X25519")?)
}

/// The key of the header's MAC.
pub(crate) fn of_header(file_key: &[u8; FILE_KEY_BYTES]) -> Option<hmac::Key> {
    Some(hmac::Key::new(hmac::HMAC_SHA256, &*derive(file_key, b"", "header")?))
}

/// The cipher of the payload.
pub(crate) fn of_payload(file_key: &[u8; FILE_KEY_BYTES], nonce: &[u8; 16]) -> Option<LessSafeKey> {
    cipher(&*derive(file_key, nonce, "payload")?)
}

/// Wraps the file key. Each wrapping key is used once, so its nonce is zero.
pub(crate) fn wrap(key: &LessSafeKey, file_key: &[u8; FILE_KEY_BYTES]) -> Option<Vec<u8>> {
    let mut wrapped = file_key.to_vec();
    let nonce = Nonce::assume_unique_for_key([0; 12]);
    key.seal_in_place_append_tag(nonce, Aad::empty(), &mut wrapped).ok()?;
    Some(wrapped)
}

/// Unwraps the file key.
pub(crate) fn unwrap(key: &LessSafeKey, wrapped: &[u8]) -> Option<Zeroizing<[u8; FILE_KEY_BYTES]>> {
    let mut bytes = Zeroizing::new(wrapped.to_vec());
    let nonce = Nonce::assume_unique_for_key([0; 12]);
    let opened = key.open_in_place(nonce, Aad::empty(), &mut bytes).ok()?;
    (&*opened).try_into().ok().map(Zeroizing::new)
}
