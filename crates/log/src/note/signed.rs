//! The note itself: text and signatures.

use super::{
    key::KeyName,
    signature::NoteSignature,
    signer::NoteSigner,
    text::{InvalidNoteText, check_text},
    verifier::NoteVerifier,
};

/// The longest note read, in bytes.
pub const MAX_NOTE_BYTES: usize = 512 * 1024;

/// The most signatures read on one note; readers must take at least 16.
pub const MAX_SIGNATURES: usize = 64;

/// A text with its signatures. Nobody has checked them: only what [`verify`](Self::verify) returns may be believed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SignedNote {
    text: String,
    signatures: Vec<NoteSignature>,
}

/// The bytes are not a signed note.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum ParseNoteError {
    /// The note is longer than [`MAX_NOTE_BYTES`].
    #[error("the note is too long")]
    TooLong,
    /// The note is not UTF-8.
    #[error("the note is not UTF-8")]
    NotUtf8,
    /// The text cannot be that of a note.
    #[error(transparent)]
    Text(#[from] InvalidNoteText),
    /// No empty line with a signature line after it.
    #[error("the note has no signatures")]
    NoSignatures,
    /// There are more signatures than [`MAX_SIGNATURES`].
    #[error("the note has too many signatures")]
    TooManySignatures,
    /// A line after the last empty line is not a signature line.
    #[error("a signature line of the note is malformed")]
    MalformedSignature,
}

/// The text could not be signed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum SignNoteError {
    /// The text cannot be that of a note.
    #[error(transparent)]
    Text(#[from] InvalidNoteText),
    /// A note has 1 to [`MAX_SIGNATURES`] signatures.
    #[error("a note needs a signer and takes at most {MAX_SIGNATURES}")]
    Signers,
}

/// The note is not to be believed.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum VerifyNoteError {
    /// No signature is by a known key.
    #[error("the note is not signed by a known key")]
    UnknownKeys,
    /// A signature that names a known key is not that key's signature of the text.
    #[error("the signature of {0} does not match the note")]
    BadSignature(KeyName),
}

impl SignedNote {
    /// Signs a text with each of the keys.
    pub fn sign(text: &str, signers: &[&NoteSigner]) -> Result<Self, SignNoteError> {
        check_text(text)?;
        if signers.is_empty() || signers.len() > MAX_SIGNATURES {
            return Err(SignNoteError::Signers);
        }
        let signatures = signers.iter().map(|signer| signer.sign(text)).collect();
        Ok(Self { text: text.to_owned(), signatures })
    }

    /// Signs a text that is known to be one a note may have.
    pub(crate) fn sign_checked(text: String, signer: &NoteSigner) -> Self {
        let signatures = vec![signer.sign(&text)];
        Self { text, signatures }
    }

    /// Reads a note. [`encode`](Self::encode) gives back the very same bytes.
    pub fn parse(bytes: &[u8]) -> Result<Self, ParseNoteError> {
        if bytes.len() > MAX_NOTE_BYTES {
            return Err(ParseNoteError::TooLong);
        }
        let note = str::from_utf8(bytes).map_err(|_| ParseNoteError::NotUtf8)?;
        // The text may have empty lines of its own; the last one separates.
        let separator = note.rfind("\n\n").ok_or(ParseNoteError::NoSignatures)?;
        let (text, rest) = note.split_at(separator + 1);
        check_text(text)?;
        let lines = rest[1..].split_inclusive('\n');
        let signatures = lines
            .take(MAX_SIGNATURES + 1)
            .map(|line| line.strip_suffix('\n').and_then(NoteSignature::parse_line))
            .collect::<Option<Vec<_>>>()
            .ok_or(ParseNoteError::MalformedSignature)?;
        match signatures.len() {
            0 => Err(ParseNoteError::NoSignatures),
            1..=MAX_SIGNATURES => Ok(Self { text: text.to_owned(), signatures }),
            _ => Err(ParseNoteError::TooManySignatures),
        }
    }

    /// The note as it is stored and served.
    pub fn encode(&self) -> String {
        let mut note = format!("{}\n", self.text);
        for signature in &self.signatures {
            note.push_str(&signature.to_line());
            note.push('\n');
        }
        note
    }

    /// The text, if at least one known key signed it. Signatures of other keys are ignored; one that names a known
    /// key and is not that key's spoils the whole note.
    pub fn verify(&self, known: &[NoteVerifier]) -> Result<&str, VerifyNoteError> {
        let mut verified = false;
        for signature in &self.signatures {
            for verifier in known.iter().filter(|verifier| verifier.claims(signature)) {
                if !verifier.accepts(&self.text, signature) {
                    return Err(VerifyNoteError::BadSignature(verifier.name().clone()));
                }
                verified = true;
            }
        }
        if verified { Ok(&self.text) } else { Err(VerifyNoteError::UnknownKeys) }
    }

    /// The signatures, in order, not verified: to tell an operator who is said to have signed.
    pub fn signatures(&self) -> &[NoteSignature] {
        &self.signatures
    }
}
