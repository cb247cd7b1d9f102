//! Somebody who is to join, as a source or the console tells of them.
//!
//! Text from outside is an [`UnverifiedJoiner`]; [`UnverifiedJoiner::verify`] checks every field, says
//! all that is wrong at once, and yields a [`Joiner`], which nothing else can make.

mod address;
mod calendar;
mod fault;
mod field;
mod language;
mod text;
mod unverified;

use std::{collections::BTreeSet, fmt};

use jiff::civil::Date;

pub use fault::{FieldFault, JoinerFault, Unseen};
pub use field::JoinerField;
pub use unverified::UnverifiedJoiner;

/// Somebody who is to join. Every field has passed its check.
#[derive(Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Joiner {
    /// HR's identifier, as HR writes it.
    pub external_id: String,
    /// Given name, or the only name.
    pub given_name: String,
    /// Family name; empty for people who have one name.
    pub family_name: String,
    /// Where the invitation goes; the domain in lower case.
    pub personal_email: String,
    /// Mobile number in E.164 form.
    pub mobile: Option<String>,
    /// BCP 47 language tag in its usual case (`pt-BR`).
    pub language: Option<String>,
    /// Who vouches for them.
    pub sponsor: Option<SponsorRef>,
    /// First working day.
    pub start_date: Date,
    /// IANA time zone in which that day begins, as the zone database spells it.
    pub time_zone: String,
    /// Such as `employee`, in lower case: policies compare it.
    pub worker_type: String,
    /// Department.
    pub department: Option<String>,
    /// Groups, as the source names them. They never carry an operator's permission (rule 1).
    pub groups: BTreeSet<String>,
}

/// How a source names a sponsor.
#[derive(Clone, PartialEq, Eq, Hash)]
pub enum SponsorRef {
    /// By e-mail address: whatever has an `@`.
    Email(String),
    /// By HR's identifier.
    ExternalId(String),
}

impl fmt::Debug for Joiner {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Joiner").finish_non_exhaustive()
    }
}

impl fmt::Debug for SponsorRef {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Email(_) => "Email(redacted)",
            Self::ExternalId(_) => "ExternalId(redacted)",
        })
    }
}
