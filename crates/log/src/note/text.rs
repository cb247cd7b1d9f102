//! What may be signed.

/// The longest text accepted, in bytes.
pub const MAX_TEXT_BYTES: usize = 64 * 1024;

/// The text cannot be that of a note.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum InvalidNoteText {
    /// The text is longer than [`MAX_TEXT_BYTES`].
    #[error("the text is too long")]
    TooLong,
    /// The text does not end with a newline.
    #[error("the text does not end with a newline")]
    NoFinalNewline,
    /// The text has an ASCII control character other than newline.
    #[error("the text has a control character")]
    ControlCharacter,
}

pub(crate) fn check_text(text: &str) -> Result<(), InvalidNoteText> {
    if text.len() > MAX_TEXT_BYTES {
        return Err(InvalidNoteText::TooLong);
    }
    if !text.ends_with('\n') {
        return Err(InvalidNoteText::NoFinalNewline);
    }
    if text.bytes().any(|byte| byte < b' ' && byte != b'\n') {
        return Err(InvalidNoteText::ControlCharacter);
    }
    Ok(())
}
