//! Checkpoints: a log's signed statement of its size and root, [tlog-checkpoint](https://c2sp.org/tlog-checkpoint).
//!
//! Whoever signs must never sign two trees of which neither begins with the other; this crate gives the proofs that
//! show it, and the caller keeps the promise.

use crate::{
    canonical,
    hash::Hash,
    note::{
        InvalidNoteText, NoteSigner, NoteVerifier, ParseNoteError, SignedNote, VerifyNoteError,
        check_text,
    },
};

/// The state of a log: how many leaves, and the root above them. Its fields are such that it can be signed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Checkpoint {
    origin: String,
    size: u64,
    root: Hash,
    extensions: Vec<String>,
}

/// The fields do not make a checkpoint.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum InvalidCheckpoint {
    /// The origin, or an extension, is empty or has a newline.
    #[error("the origin and each extension of a checkpoint are one non-empty line")]
    Line,
    /// A line has a control character, or the whole is too long.
    #[error(transparent)]
    Text(#[from] InvalidNoteText),
}

/// The text is not a checkpoint.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum ParseCheckpointError {
    /// The text is not at least three lines, none of them empty.
    #[error("a checkpoint is at least three lines, none of them empty")]
    Lines,
    /// The second line is not a number in canonical form.
    #[error("the size in the checkpoint is not a number")]
    Size,
    /// The third line is not a hash in canonical base64.
    #[error("the root in the checkpoint is not a hash")]
    Root,
    /// The text cannot be that of a note.
    #[error(transparent)]
    Text(#[from] InvalidNoteText),
}

/// The checkpoint is not to be believed.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum OpenCheckpointError {
    /// The bytes are not a signed note.
    #[error(transparent)]
    Note(#[from] ParseNoteError),
    /// The log's key did not sign it.
    #[error(transparent)]
    Signature(#[from] VerifyNoteError),
    /// The key signed something else than a checkpoint.
    #[error(transparent)]
    Checkpoint(#[from] ParseCheckpointError),
    /// The checkpoint is of another log.
    #[error("the checkpoint is of another log")]
    Origin,
}

impl Checkpoint {
    /// The checkpoint of a log: `origin` names the log for ever, preferably like a URL without its scheme.
    pub fn new(origin: &str, size: u64, root: Hash) -> Result<Self, InvalidCheckpoint> {
        Self { origin: origin.to_owned(), size, root, extensions: Vec::new() }.checked()
    }

    /// Adds a line whose meaning is the caller's. The specification advises against it, since monitors cannot check
    /// such lines.
    pub fn with_extension(mut self, line: &str) -> Result<Self, InvalidCheckpoint> {
        self.extensions.push(line.to_owned());
        self.checked()
    }

    /// Which log this is.
    pub fn origin(&self) -> &str {
        &self.origin
    }

    /// How many leaves the log has.
    pub fn size(&self) -> u64 {
        self.size
    }

    /// The root of the tree of [`size`](Self::size) leaves.
    pub fn root(&self) -> Hash {
        self.root
    }

    /// The lines after the root.
    pub fn extensions(&self) -> &[String] {
        &self.extensions
    }

    /// The text to sign.
    pub fn encode(&self) -> String {
        let mut text = format!("{}\n{}\n{}\n", self.origin, self.size, self.root.to_base64());
        for line in &self.extensions {
            text.push_str(line);
            text.push('\n');
        }
        text
    }

    /// Reads the text of a note. [`encode`](Self::encode) gives back the very same text.
    pub fn parse(text: &str) -> Result<Self, ParseCheckpointError> {
        check_text(text)?;
        let mut lines = text.split_terminator('\n');
        let mut next = || lines.next().ok_or(ParseCheckpointError::Lines);
        let (origin, size, root) = (next()?, next()?, next()?);
        let extensions: Vec<String> = lines.map(str::to_owned).collect();
        if origin.is_empty() || extensions.iter().any(String::is_empty) {
            return Err(ParseCheckpointError::Lines);
        }
        let size = canonical::from_decimal(size).ok_or(ParseCheckpointError::Size)?;
        let root = Hash::from_base64(root).map_err(|_| ParseCheckpointError::Root)?;
        Ok(Self { origin: origin.to_owned(), size, root, extensions })
    }

    fn checked(self) -> Result<Self, InvalidCheckpoint> {
        let mut lines = std::iter::once(&self.origin).chain(&self.extensions);
        if lines.any(|line| line.is_empty() || line.contains('\n')) {
            return Err(InvalidCheckpoint::Line);
        }
        check_text(&self.encode())?;
        Ok(self)
    }
}

/// Signs a checkpoint. The key's name should be the origin; to sign with two keys, use [`SignedNote::sign`].
pub fn sign_checkpoint(checkpoint: &Checkpoint, signer: &NoteSigner) -> SignedNote {
    SignedNote::sign_checked(checkpoint.encode(), signer)
}

/// Reads a signed checkpoint and verifies that it is of the log `expected_origin` and signed by the log's key.
pub fn open_checkpoint(
    note: &[u8],
    log: &NoteVerifier,
    expected_origin: &str,
) -> Result<Checkpoint, OpenCheckpointError> {
    verify_checkpoint(&SignedNote::parse(note)?, log, expected_origin)
}

/// As [`open_checkpoint`], of a note already parsed.
pub fn verify_checkpoint(
    note: &SignedNote,
    log: &NoteVerifier,
    expected_origin: &str,
) -> Result<Checkpoint, OpenCheckpointError> {
    let text = note.verify(std::slice::from_ref(log))?;
    let checkpoint = Checkpoint::parse(text)?;
    if checkpoint.origin == expected_origin {
        Ok(checkpoint)
    } else {
        Err(OpenCheckpointError::Origin)
    }
}
