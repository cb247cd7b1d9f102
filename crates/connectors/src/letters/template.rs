//! Setting a letter as text and as HTML.

use askama::Template;
use firstkey_ports::Written;
use firstkey_texts::Texts;

use super::content::{Content, Part};

#[derive(Template)]
#[template(path = "letters/letter.txt")]
struct TextLetter<'a> {
    letter: &'a Content,
    automatic: &'a str,
}

#[derive(Template)]
#[template(path = "letters/letter.html")]
struct HtmlLetter<'a> {
    letter: &'a Content,
    automatic: &'a str,
    language: &'a str,
}

pub(super) fn written(texts: &Texts, letter: Content) -> Written {
    let automatic = texts.get("letter-automatic");
    let text = TextLetter { letter: &letter, automatic: &automatic };
    let html = HtmlLetter { letter: &letter, automatic: &automatic, language: texts.tag() };
    // Both templates only write strings into a string, which has no way to fail.
    let text = text.render().unwrap_or_default();
    let html = html.render().unwrap_or_default();
    Written { subject: letter.subject, text, html }
}
