//! A signature line: `— <key name> base64(key id || signature)`.

use super::key::{KeyId, KeyName};
use crate::canonical;

/// The em dash and the space every signature line begins with.
const LINE_START: &str = "\u{2014} ";

/// One signature of a note, of whatever type, not yet verified.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NoteSignature {
    name: KeyName,
    key_id: KeyId,
    bytes: Vec<u8>,
}

impl NoteSignature {
    pub(super) fn new(name: KeyName, key_id: KeyId, bytes: Vec<u8>) -> Self {
        Self { name, key_id, bytes }
    }

    /// The name of the key that is said to have signed.
    pub fn name(&self) -> &KeyName {
        &self.name
    }

    /// The id of the key that is said to have signed.
    pub fn key_id(&self) -> KeyId {
        self.key_id
    }

    /// The signature itself, as its algorithm made it; never empty.
    pub fn bytes(&self) -> &[u8] {
        &self.bytes
    }

    /// Reads a line without its newline.
    pub(super) fn parse_line(line: &str) -> Option<Self> {
        let (name, encoded) = line.strip_prefix(LINE_START)?.split_once(' ')?;
        let decoded = canonical::from_base64(encoded)?;
        let (key_id, bytes) = decoded.split_first_chunk::<4>()?;
        if bytes.is_empty() {
            return None;
        }
        Some(Self::new(name.parse().ok()?, KeyId(u32::from_be_bytes(*key_id)), bytes.to_vec()))
    }

    /// The line without its newline.
    pub(super) fn to_line(&self) -> String {
        let payload = [self.key_id.0.to_be_bytes().as_slice(), &self.bytes].concat();
        format!("{LINE_START}{} {}", self.name, canonical::to_base64(&payload))
    }
}
