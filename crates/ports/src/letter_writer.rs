//! Turning what is to be told into a letter in the reader's language.

use jiff::Timestamp;

use crate::NoticeKind;

/// What an invitation says.
#[derive(Clone, PartialEq, Eq)]
pub struct InvitationContent {
    /// The applicant's given name.
    pub given_name: String,
    /// Who expects them, by full name.
    pub sponsor: Option<String>,
    /// The locator's address.
    pub address: String,
    /// When the invitation ends.
    pub ends: Timestamp,
    /// The applicant's IANA time zone, in which that is said.
    pub time_zone: String,
}

/// What a notice says.
#[derive(Clone, PartialEq, Eq)]
pub struct NoticeContent {
    /// What it tells.
    pub kind: NoticeKind,
    /// The reader's given name.
    pub given_name: String,
    /// About whom, by full name; the reader when it is about themselves.
    pub about: String,
    /// Whether it is about the reader.
    pub is_about_reader: bool,
    /// When it happened.
    pub at: Timestamp,
    /// The reader's IANA time zone, in which that is said.
    pub time_zone: String,
    /// Where the reader looks or acts, such as the page of who is waiting.
    pub address: Option<String>,
    /// "This was not me": GET shows, POST suspends.
    pub not_me: Option<String>,
}

/// What a letter tells.
#[derive(Clone, PartialEq, Eq)]
pub enum LetterContent {
    /// The invitation.
    Invitation(InvitationContent),
    /// A notice.
    Notice(NoticeContent),
}

/// A letter's words.
#[derive(Clone, PartialEq, Eq)]
pub struct Written {
    /// Subject, one line.
    pub subject: String,
    /// The text that every mail program can show.
    pub text: String,
    /// The same in HTML, without remote content.
    pub html: String,
}

/// Writes letters.
pub trait LetterWriter: Send + Sync + 'static {
    /// Writes one in the language asked for, or the nearest there is.
    fn write(&self, language: Option<&str>, content: &LetterContent) -> Written;
}
