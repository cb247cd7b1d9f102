//! The fields of a joiner by name.

use std::fmt;

/// A field of a joiner; its text is the column's name in a file and the input's name in a form.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum JoinerField {
    /// HR's identifier.
    ExternalId,
    /// Given name.
    GivenName,
    /// Family name.
    FamilyName,
    /// Private e-mail address.
    PersonalEmail,
    /// Mobile number.
    Mobile,
    /// Language of pages and mail.
    Language,
    /// Who vouches.
    Sponsor,
    /// First working day.
    StartDate,
    /// Time zone of that day.
    TimeZone,
    /// Kind of worker.
    WorkerType,
    /// Department.
    Department,
    /// Groups.
    Groups,
}

impl JoinerField {
    /// All of them, in the order in which they are documented.
    pub const ALL: [Self; 12] = [
        Self::ExternalId,
        Self::GivenName,
        Self::FamilyName,
        Self::PersonalEmail,
        Self::Mobile,
        Self::Language,
        Self::Sponsor,
        Self::StartDate,
        Self::TimeZone,
        Self::WorkerType,
        Self::Department,
        Self::Groups,
    ];

    /// The name in files and forms.
    pub const fn name(self) -> &'static str {
        match self {
            Self::ExternalId => "external_id",
            Self::GivenName => "given_name",
            Self::FamilyName => "family_name",
            Self::PersonalEmail => "personal_email",
            Self::Mobile => "mobile",
            Self::Language => "language",
            Self::Sponsor => "sponsor",
            Self::StartDate => "start_date",
            Self::TimeZone => "time_zone",
            Self::WorkerType => "worker_type",
            Self::Department => "department",
            Self::Groups => "groups",
        }
    }

    /// Whether every joiner must have it. A sponsor is not among them: the first sponsors are
    /// joiners too, and an administrator vouches for those.
    pub const fn is_required(self) -> bool {
        matches!(
            self,
            Self::ExternalId
                | Self::GivenName
                | Self::PersonalEmail
                | Self::StartDate
                | Self::TimeZone
                | Self::WorkerType
        )
    }

    /// The field of that name.
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|field| field.name() == name)
    }
}

impl fmt::Display for JoinerField {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}
