//! The payload: chunks of 64 KiB, each sealed under its number and whether it is the last.

use aws_lc_rs::aead::{Aad, LessSafeKey, Nonce};

/// Bytes of a full chunk.
pub(crate) const CHUNK: usize = 64 * 1024;
/// Bytes by which sealing lengthens a chunk.
pub(crate) const TAG: usize = 16;

/// A payload's cipher, and how many chunks it has sealed or opened.
pub(crate) struct Stream {
    key: LessSafeKey,
    chunks: u64,
}

impl Stream {
    pub(crate) const fn new(key: LessSafeKey) -> Self {
        Self { key, chunks: 0 }
    }

    /// Whether no chunk has passed.
    pub(crate) const fn is_new(&self) -> bool {
        self.chunks == 0
    }

    fn nonce(&mut self, is_last: bool) -> Nonce {
        let mut nonce = [0; 12];
        // Eleven bytes of number; 64 bits of it count more chunks than there can be.
        nonce[3..11].copy_from_slice(&self.chunks.to_be_bytes());
        nonce[11] = u8::from(is_last);
        self.chunks += 1;
        Nonce::assume_unique_for_key(nonce)
    }

    /// Seals a chunk in place.
    pub(crate) fn seal(&mut self, chunk: &mut Vec<u8>, is_last: bool) -> Option<()> {
        let nonce = self.nonce(is_last);
        self.key.seal_in_place_append_tag(nonce, Aad::empty(), chunk).ok()
    }

    /// Opens a chunk in place; `None` when it is not this file's chunk of this number.
    pub(crate) fn open(&mut self, chunk: &mut Vec<u8>, is_last: bool) -> Option<()> {
        let nonce = self.nonce(is_last);
        let length = self.key.open_in_place(nonce, Aad::empty(), chunk).ok()?.len();
        chunk.truncate(length);
        Some(())
    }
}
