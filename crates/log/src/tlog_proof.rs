//! Offline proofs that an entry was logged: [tlog-proof](https://c2sp.org/tlog-proof), usually in files named
//! `*.tlog-proof`.

use crate::{
    canonical,
    checkpoint::{Checkpoint, OpenCheckpointError, verify_checkpoint},
    hash::Hash,
    note::{NoteVerifier, ParseNoteError, SignedNote},
    proof::{MAX_PROOF_HASHES, VerifyProofError, verify_inclusion},
};

/// The longest proof read, in bytes.
pub const MAX_TLOG_PROOF_BYTES: usize = 1024 * 1024;

const FIRST_LINE: &str = "c2sp.org/tlog-proof@v1\n";

/// A checkpoint with an inclusion proof into it. Nothing in it has been checked until [`verify`](Self::verify).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TlogProof {
    /// Whatever the application wants carried along; empty for nothing. Never authenticated by the proof.
    pub extra: Vec<u8>,
    /// The index of the entry in the log, from 0.
    pub index: u64,
    /// The inclusion proof, from the leaf's sibling up.
    pub hashes: Vec<Hash>,
    /// The signed checkpoint, with all its signatures.
    pub checkpoint: SignedNote,
}

/// The bytes are not a proof.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum ParseTlogProofError {
    /// The proof is longer than [`MAX_TLOG_PROOF_BYTES`].
    #[error("the proof is too long")]
    TooLong,
    /// The first line is not `c2sp.org/tlog-proof@v1`, or the proof is not UTF-8.
    #[error("not a proof in the format c2sp.org/tlog-proof@v1")]
    Format,
    /// The `extra` line is not canonical base64 of at least one byte.
    #[error("the extra data of the proof is malformed")]
    Extra,
    /// There is no `index` line with a number in canonical form.
    #[error("the proof has no index")]
    Index,
    /// A line after the index is not a hash in canonical base64, or there are more than a tree has levels.
    #[error("the hashes of the proof are malformed")]
    Hashes,
    /// What follows the empty line is not a signed note.
    #[error("the checkpoint of the proof is malformed")]
    Checkpoint(#[source] ParseNoteError),
}

/// The proof does not show that the leaf was logged.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum VerifyTlogProofError {
    /// The checkpoint is not to be believed.
    #[error(transparent)]
    Checkpoint(#[from] OpenCheckpointError),
    /// The leaf is not at the index in the checkpoint's tree.
    #[error(transparent)]
    Inclusion(#[from] VerifyProofError),
}

impl TlogProof {
    /// The proof as text, to be written to a file as it is.
    pub fn encode(&self) -> String {
        let extra = match self.extra.as_slice() {
            [] => String::new(),
            extra => format!("extra {}\n", canonical::to_base64(extra)),
        };
        let hashes: String = self.hashes.iter().map(|hash| hash.to_base64() + "\n").collect();
        format!("{FIRST_LINE}{extra}index {}\n{hashes}\n{}", self.index, self.checkpoint.encode())
    }

    /// Reads a proof. [`encode`](Self::encode) gives back the very same bytes.
    pub fn parse(bytes: &[u8]) -> Result<Self, ParseTlogProofError> {
        if bytes.len() > MAX_TLOG_PROOF_BYTES {
            return Err(ParseTlogProofError::TooLong);
        }
        let text = str::from_utf8(bytes).map_err(|_| ParseTlogProofError::Format)?;
        let text = text.strip_prefix(FIRST_LINE).ok_or(ParseTlogProofError::Format)?;
        let (extra, text) = match text.strip_prefix("extra ").map(|rest| rest.split_once('\n')) {
            None => (Vec::new(), text),
            Some(line) => {
                let (encoded, rest) = line.ok_or(ParseTlogProofError::Extra)?;
                let extra = canonical::from_base64(encoded).filter(|extra| !extra.is_empty());
                (extra.ok_or(ParseTlogProofError::Extra)?, rest)
            }
        };
        let (index, mut text) = text
            .strip_prefix("index ")
            .and_then(|rest| rest.split_once('\n'))
            .ok_or(ParseTlogProofError::Index)?;
        let index = canonical::from_decimal(index).ok_or(ParseTlogProofError::Index)?;
        let mut hashes = Vec::new();
        loop {
            let (line, rest) = text.split_once('\n').ok_or(ParseTlogProofError::Hashes)?;
            text = rest;
            if line.is_empty() {
                break;
            }
            if hashes.len() == MAX_PROOF_HASHES {
                return Err(ParseTlogProofError::Hashes);
            }
            hashes.push(Hash::from_base64(line).map_err(|_| ParseTlogProofError::Hashes)?);
        }
        let checkpoint =
            SignedNote::parse(text.as_bytes()).map_err(ParseTlogProofError::Checkpoint)?;
        Ok(Self { extra, index, hashes, checkpoint })
    }

    /// Verifies that the log `expected_origin`, under the key `log`, has `leaf` at [`index`](Self::index), and
    /// returns the checkpoint that says so. The leaf is the hash of the entry itself, never taken from the proof.
    pub fn verify(
        &self,
        leaf: Hash,
        log: &NoteVerifier,
        expected_origin: &str,
    ) -> Result<Checkpoint, VerifyTlogProofError> {
        let checkpoint = verify_checkpoint(&self.checkpoint, log, expected_origin)?;
        verify_inclusion(leaf, self.index, checkpoint.size(), &self.hashes, checkpoint.root())?;
        Ok(checkpoint)
    }
}
