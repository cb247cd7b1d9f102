//! What letters say, in the reader's language.
//!
//! The words are messages of `letters.ftl`; `content` chooses them, and two templates set them as
//! text and as HTML. The HTML has no picture, script or style from elsewhere: opening a letter tells
//! nobody.

mod content;
mod invitation;
mod moment;
mod notice;
mod template;

use firstkey_ports::{LetterContent, LetterWriter, Written};
use firstkey_texts::Texts;

/// Writes letters from the message files.
#[derive(Debug, Clone, Copy, Default)]
pub struct FluentLetters;

impl LetterWriter for FluentLetters {
    fn write(&self, language: Option<&str>, content: &LetterContent) -> Written {
        let texts = Texts::for_language(language.unwrap_or_default());
        let letter = match content {
            LetterContent::Invitation(invitation) => invitation::letter(texts, invitation),
            LetterContent::Notice(notice) => notice::letter(texts, notice),
        };
        template::written(texts, letter)
    }
}
