//! Setting a letter as text and as HTML.

use askama::Template;
use firstkey_ports::Written;
use firstkey_texts::{Direction, Texts};

use super::content::{Content, Part};

#[derive(Template)]
#[template(path = "letters/letter.txt")]
struct TextLetter<'a> {
    letter: &'a Content,
    automatic: &'a str,
    texts: &'a Texts,
    /// Begins each line of words: plain text has nothing else that says which way it runs.
    mark: &'static str,
}

impl TextLetter<'_> {
    /// What stands before an address: there are no buttons.
    fn before_address(&self, words: &str) -> String {
        self.texts.with("letter-link", [("words", words)])
    }
}

#[derive(Template)]
#[template(path = "letters/letter.html")]
struct HtmlLetter<'a> {
    letter: &'a Content,
    automatic: &'a str,
    language: &'a str,
    direction: &'a str,
}

/// RIGHT-TO-LEFT MARK. Most programs take the direction of a line from its first letter, which may be
/// one of a Latin name.
const RIGHT_TO_LEFT: &str = "\u{200F}";

pub(super) fn written(texts: &Texts, letter: Content) -> Written {
    let automatic = texts.get("letter-automatic");
    let mark = match texts.direction() {
        Direction::LeftToRight => "",
        Direction::RightToLeft => RIGHT_TO_LEFT,
    };
    let text = TextLetter { letter: &letter, automatic: &automatic, texts, mark };
    let (language, direction) = (texts.tag(), texts.direction().as_str());
    let html = HtmlLetter { letter: &letter, automatic: &automatic, language, direction };
    // Both templates only write strings into a string, which has no way to fail.
    let text = text.render().unwrap_or_default();
    let html = html.render().unwrap_or_default();
    Written { subject: format!("{mark}{}", letter.subject), text, html }
}
