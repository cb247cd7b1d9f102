//! What can be wrong with a field. The messages complete a sentence that begins with the field's
//! name, say what to do, and never repeat what the field held: they reach terminals and logs.

use std::fmt;

use super::JoinerField;

/// One thing that is wrong with a joiner.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("{field} {fault}")]
pub struct JoinerFault {
    /// Where.
    pub field: JoinerField,
    /// What.
    pub fault: FieldFault,
}

/// What is wrong with a field.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum FieldFault {
    /// It is empty and must not be.
    #[error("is missing")]
    Missing,
    /// It is longer than any real one.
    #[error("is longer than {limit} characters")]
    TooLong {
        /// The most characters it may have.
        limit: usize,
    },
    /// A character that a reader would not see.
    #[error("has {unseen} (U+{code:04X}) as character {at}: remove it")]
    Unseen {
        /// What kind.
        unseen: Unseen,
        /// Its code point.
        code: u32,
        /// Its place, from 1.
        at: usize,
    },
    /// U+FFFD: another program could not read the text either.
    #[error("was damaged by an earlier conversion (U+FFFD as character {at}): export it again")]
    Damaged {
        /// Its place, from 1.
        at: usize,
    },
    /// A name without a single letter of any script.
    #[error("has no letter in it")]
    NoLetter,
    /// Not an address that this product sends to.
    #[error(
        "is not a plain e-mail address such as ana@example.org (letters beyond a-z are not \
         supported before the @; write such a domain in its xn-- form)"
    )]
    NotAnAddress,
    /// Not an E.164 number (ITU-T E.164 §6: at most 15 digits).
    #[error(
        "is not an international number such as +34600111222 (a spreadsheet may have dropped the \
         plus sign: format that column as text)"
    )]
    NotANumber,
    /// Not a language tag (RFC 5646 §2.1).
    #[error("is not a language tag such as en or pt-BR")]
    NotALanguage,
    /// Not a calendar date in ISO form.
    #[error("is not a date written as 2026-03-31")]
    NotADate,
    /// A date, but not one on which anybody starts.
    #[error("is not in a year between 1970 and 2199")]
    ImplausibleYear,
    /// Not in the zone database.
    #[error("is not a known time zone such as Europe/Madrid")]
    NotATimeZone,
    /// Policies compare it, so it is a plain word.
    #[error("may only have the letters a to z, digits, - and _, such as employee")]
    NotAWord,
    /// More groups than anybody is in.
    #[error("has more than {limit} groups")]
    TooManyGroups {
        /// The most groups.
        limit: usize,
    },
    /// Nobody vouches for themselves (rule 3).
    #[error("is the joiner: nobody sponsors themselves")]
    OwnSponsor,
}

/// Why a character is not seen as what it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unseen {
    /// A control character, line breaks and tabs included.
    Control,
    /// It turns the direction of the text around it, so that a name reads as another.
    Direction,
    /// It shows nothing, so that two names look the same.
    Invisible,
    /// It has no meaning outside one organisation's font.
    Unassigned,
}

impl fmt::Display for Unseen {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Control => "a control character",
            Self::Direction => "a character that changes the direction of text",
            Self::Invisible => "an invisible character",
            Self::Unassigned => "a character without a public meaning",
        })
    }
}
