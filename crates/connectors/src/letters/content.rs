//! A letter before it is set as text and HTML.

use firstkey_texts::Texts;

/// A letter: a greeting, and what follows it.
pub(super) struct Content {
    pub(super) subject: String,
    pub(super) greeting: String,
    pub(super) parts: Vec<Part>,
}

/// A part of a letter.
pub(super) enum Part {
    /// A paragraph.
    Paragraph(String),
    /// An address to open, and the words on it.
    Link { words: String, address: String },
}

impl Content {
    /// A letter that so far says hello. Names lose their line ends, should any have come this far:
    /// a subject is one line.
    pub(super) fn new(texts: &Texts, given_name: &str, subject: &str) -> Self {
        Self {
            subject: subject.split(char::is_control).collect::<Vec<_>>().join(" "),
            greeting: texts.with("letter-greeting", [("name", given_name)]),
            parts: Vec::new(),
        }
    }

    pub(super) fn say(mut self, paragraph: String) -> Self {
        self.parts.push(Part::Paragraph(paragraph));
        self
    }

    pub(super) fn link(mut self, words: String, address: &str) -> Self {
        self.parts.push(Part::Link { words, address: address.to_owned() });
        self
    }
}
