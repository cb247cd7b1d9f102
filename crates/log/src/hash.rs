//! The hashes of the Merkle tree, RFC 6962 §2.1. Leaves and inner nodes are hashed under different prefixes, so that
//! no inner node can be passed off as an entry.

use aws_lc_rs::digest;

use crate::canonical;

/// Bytes in a [`Hash`](struct@Hash).
pub const HASH_BYTES: usize = 32;

const LEAF_PREFIX: u8 = 0x00;
const NODE_PREFIX: u8 = 0x01;

/// A SHA-256 hash: of a leaf, of an inner node, or of a whole tree, its root.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Hash(pub [u8; HASH_BYTES]);

/// The leaf hash of a log entry: `SHA-256(0x00 || entry)`.
pub fn leaf_hash(entry: &[u8]) -> Hash {
    let mut context = digest::Context::new(&digest::SHA256);
    context.update(&[LEAF_PREFIX]);
    context.update(entry);
    Hash::from_digest(&context.finish())
}

/// The hash of the node above two subtrees: `SHA-256(0x01 || left || right)`.
pub fn node_hash(left: Hash, right: Hash) -> Hash {
    let mut input = [NODE_PREFIX; 1 + 2 * HASH_BYTES];
    input[1..=HASH_BYTES].copy_from_slice(&left.0);
    input[1 + HASH_BYTES..].copy_from_slice(&right.0);
    Hash::from_digest(&digest::digest(&digest::SHA256, &input))
}

/// The root of the tree without leaves: the hash of nothing at all.
pub fn empty_root() -> Hash {
    Hash::from_digest(&digest::digest(&digest::SHA256, &[]))
}

/// The text is not the one canonical spelling of 32 bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not a hash: expected exactly 32 bytes in canonical form")]
pub struct ParseHashError;

impl Hash {
    /// 64 lowercase hexadecimal digits.
    pub fn to_hex(self) -> String {
        canonical::to_hex(&self.0)
    }

    /// Reads what [`to_hex`](Self::to_hex) writes, and nothing else.
    pub fn from_hex(text: &str) -> Result<Self, ParseHashError> {
        canonical::from_hex(text).map(Self).ok_or(ParseHashError)
    }

    /// 44 characters of standard base64, the spelling of checkpoints and proofs.
    pub fn to_base64(self) -> String {
        canonical::to_base64(&self.0)
    }

    /// Reads what [`to_base64`](Self::to_base64) writes, and nothing else.
    pub fn from_base64(text: &str) -> Result<Self, ParseHashError> {
        let bytes = canonical::from_base64(text).ok_or(ParseHashError)?;
        bytes.try_into().map(Self).map_err(|_| ParseHashError)
    }

    fn from_digest(digest: &digest::Digest) -> Self {
        let mut bytes = [0; HASH_BYTES];
        bytes.copy_from_slice(digest.as_ref());
        Self(bytes)
    }
}

impl From<[u8; HASH_BYTES]> for Hash {
    fn from(bytes: [u8; HASH_BYTES]) -> Self {
        Self(bytes)
    }
}

impl AsRef<[u8]> for Hash {
    fn as_ref(&self) -> &[u8] {
        &self.0
    }
}

impl std::fmt::Debug for Hash {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(formatter, "Hash({})", self.to_hex())
    }
}
