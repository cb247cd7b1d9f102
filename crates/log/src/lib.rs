//! A Merkle transparency log in the C2SP formats: an append-only list whose every state is one signed hash, so that
//! nobody, the log's own operator included, can change or drop an entry unseen.
//!
//! The crate is pure: it hashes, proves, signs and parses, and leaves storage, transport and time to its caller.
//! Hashing is RFC 6962 §2.1 with SHA-256. The formats are [tlog-tiles], [tlog-checkpoint], [signed-note] and
//! [tlog-proof].
//!
//! - [`tree`]: growing a log. [`TreeWriter`](tree::TreeWriter) turns a batch of leaves into the tiles to store.
//! - [`tile`]: how the tree and its entries are stored and named.
//! - [`proof`]: inclusion and consistency, made from tiles and checked without them.
//! - [`note`]: texts signed with Ed25519, and their keys.
//! - [`checkpoint`]: the signed statement of a tree's size and root.
//! - [`tlog_proof`]: one file that proves offline that an entry was logged.
//!
//! ```
//! use firstkey_log::{
//!     checkpoint::{Checkpoint, open_checkpoint, sign_checkpoint},
//!     hash::leaf_hash,
//!     note::NoteSigner,
//!     proof::prove_inclusion,
//!     tile::MemoryTiles,
//!     tlog_proof::TlogProof,
//!     tree::TreeWriter,
//! };
//!
//! # fn main() -> Result<(), Box<dyn std::error::Error>> {
//! // The log: append a batch, store its tiles, then sign.
//! let signer = NoteSigner::from_seed("log.example/demo".parse()?, &[7; 32])?;
//! let mut tiles = MemoryTiles::default();
//! let appended = TreeWriter::new().append(&[leaf_hash(b"first"), leaf_hash(b"second")]);
//! for tile in appended.tiles {
//!     tiles.insert(tile);
//! }
//! let tree = appended.writer;
//! let checkpoint = Checkpoint::new("log.example/demo", tree.size(), tree.root())?;
//! let signed = sign_checkpoint(&checkpoint, &signer);
//!
//! // A reader who pinned the log's key opens the checkpoint.
//! let verifier = signer.verifier();
//! let opened = open_checkpoint(signed.encode().as_bytes(), &verifier, "log.example/demo")?;
//! assert_eq!(opened.size(), 2);
//!
//! // A receipt that stands alone: anyone with the key can check it offline.
//! let hashes = prove_inclusion(&tiles, 1, tree.size())?;
//! let receipt = TlogProof { extra: Vec::new(), index: 1, hashes, checkpoint: signed }.encode();
//! let parsed = TlogProof::parse(receipt.as_bytes())?;
//! parsed.verify(leaf_hash(b"second"), &verifier, "log.example/demo")?;
//! assert!(parsed.verify(leaf_hash(b"forged"), &verifier, "log.example/demo").is_err());
//! # Ok(())
//! # }
//! ```
//!
//! [tlog-tiles]: https://c2sp.org/tlog-tiles
//! [tlog-checkpoint]: https://c2sp.org/tlog-checkpoint
//! [signed-note]: https://c2sp.org/signed-note
//! [tlog-proof]: https://c2sp.org/tlog-proof

pub mod checkpoint;
pub mod hash;
pub mod note;
pub mod proof;
pub mod tile;
pub mod tlog_proof;
pub mod tree;

mod canonical;
