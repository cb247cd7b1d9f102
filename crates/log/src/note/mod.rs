//! Texts signed by one or more keys: [signed-note](https://c2sp.org/signed-note), with Ed25519.
//!
//! A note is text, an empty line, and signature lines that each name their key. Readers configure the keys they trust
//! and ignore the signatures of others, which is what lets a log change its key and witnesses add theirs.
//!
//! ```
//! use firstkey_log::note::{NoteVerifier, SignedNote};
//!
//! let key: NoteVerifier = "example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k".parse()?;
//! let note = SignedNote::parse(
//!     "This is an example message.\n\n\
//!      — example.com/foo Uw2QOkn8srV1yJGh2VYRlL1Tnagv1YEq6TfXppzi2ONncAlTgK7Ztg1ERYNZXsYjOBH3mFXmRKuwHjG1Yu72IneyaQM=\n"
//!         .as_bytes(),
//! )?;
//! assert_eq!(note.verify(&[key])?, "This is an example message.\n");
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

mod key;
mod signature;
mod signed;
mod signer;
mod text;
mod verifier;

pub use key::{InvalidKeyName, KeyId, KeyName};
pub use signature::NoteSignature;
pub use signed::{
    MAX_NOTE_BYTES, MAX_SIGNATURES, ParseNoteError, SignNoteError, SignedNote, VerifyNoteError,
};
pub use signer::{InvalidSigningKey, NoteSigner};
pub use text::{InvalidNoteText, MAX_TEXT_BYTES};
pub use verifier::{NoteVerifier, ParseVerifierError};

pub(crate) use text::check_text;
