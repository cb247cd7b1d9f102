//! A letter as it arrived.

use jiff::Timestamp;
use mail_parser::MessageParser;

/// A letter as it arrived, decoded.
#[derive(Clone, PartialEq, Eq)]
pub struct ReceivedLetter {
    /// Its number in this mailbox, from 1.
    pub number: u64,
    /// The envelope's sender.
    pub from: String,
    /// The envelope's recipients.
    pub to: Vec<String>,
    /// Its Message-ID without brackets; empty when it has none.
    pub message_id: String,
    /// When it was written, by its own account.
    pub date: Option<Timestamp>,
    /// Its subject.
    pub subject: String,
    /// Its text.
    pub text: String,
    /// The same in HTML, when it has that.
    pub html: Option<String>,
    /// The letter's bytes as they came, dots unstuffed.
    pub raw: Vec<u8>,
}

impl ReceivedLetter {
    /// Decodes a letter. `None` when it is not a message of RFC 5322.
    pub(super) fn parse(from: String, to: Vec<String>, raw: Vec<u8>) -> Option<Self> {
        let message = MessageParser::default().parse(&raw)?;
        let letter = Self {
            number: 0,
            from,
            to,
            message_id: message.message_id().unwrap_or_default().to_owned(),
            date: message.date().and_then(|date| Timestamp::from_second(date.to_timestamp()).ok()),
            subject: message.subject().unwrap_or_default().to_owned(),
            text: message.body_text(0).unwrap_or_default().into_owned(),
            html: (message.html_body_count() > 0)
                .then(|| message.body_html(0).map(std::borrow::Cow::into_owned))
                .flatten(),
            raw: Vec::new(),
        };
        drop(message);
        Some(Self { raw, ..letter })
    }
}

impl std::fmt::Debug for ReceivedLetter {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("ReceivedLetter").field("number", &self.number).finish_non_exhaustive()
    }
}

#[cfg(test)]
impl ReceivedLetter {
    pub(super) fn sample(number: u64, subject: &str) -> Self {
        Self {
            number,
            from: "hr@example.org".into(),
            to: vec!["ana@example.org".into()],
            message_id: format!("{number}@example.org"),
            date: Some(Timestamp::UNIX_EPOCH),
            subject: subject.into(),
            text: "Hello <b>Ana</b>,\nopen https://join.example.org/i/x?a=1&b=2#s.\n".into(),
            html: Some("<p>Hello <a href=\"https://join.example.org/i/x\">Ana</a></p>".into()),
            raw: Vec::new(),
        }
    }
}
