//! Proofs about trees: made from tiles by whoever has them, checked by anyone with a root.
//!
//! An inclusion proof shows that a leaf is at an index of a tree, RFC 6962 §2.1.1. A consistency proof shows that a
//! tree begins with all of an older one, RFC 6962 §2.1.2. A proof is a list of hashes, from the leaves upward; there
//! is exactly one for every question, and nothing else is accepted.
//!
//! ```
//! use firstkey_log::{
//!     hash::leaf_hash,
//!     proof::{prove_consistency, verify_consistency},
//!     tile::MemoryTiles,
//!     tree::TreeWriter,
//! };
//!
//! # fn main() -> Result<(), Box<dyn std::error::Error>> {
//! let old = TreeWriter::new().append(&[leaf_hash(b"a"), leaf_hash(b"b")]);
//! let new = old.writer.append(&[leaf_hash(b"c")]);
//! let mut tiles = MemoryTiles::default();
//! old.tiles.into_iter().chain(new.tiles).for_each(|tile| tiles.insert(tile));
//!
//! let proof = prove_consistency(&tiles, 2, 3)?;
//! verify_consistency(2, old.writer.root(), 3, new.writer.root(), &proof)?;
//! # Ok(())
//! # }
//! ```

mod consistency;
mod error;
mod inclusion;

pub use consistency::{prove_consistency, verify_consistency};
pub use error::{ProveError, VerifyProofError};
pub use inclusion::{prove_inclusion, verify_inclusion};

/// The longest proof there is, in hashes: an inclusion proof in a tree of more than 2^63 leaves.
pub const MAX_PROOF_HASHES: usize = 64;
