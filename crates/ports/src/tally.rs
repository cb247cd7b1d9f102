//! Counters that are kept rather than counted: counting a million rows for every page is too slow.

/// A counter shown on the console.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Tally {
    /// People who belong.
    People,
    /// First enrollments that sent an invitation.
    Invited,
    /// First enrollments in which somebody pressed Begin.
    Begun,
    /// First enrollments in which somebody vouched.
    Proofed,
    /// People who hold an authenticator.
    Enrolled,
    /// People who hold two or more.
    SecondAuthenticator,
    /// Enrollments open now.
    OpenEnrollments,
    /// Attempts open now.
    OpenAttempts,
    /// Passes open now.
    OpenPasses,
    /// Open enrollments without a locator that works.
    AtUninvited,
    /// Open enrollments in which nobody has begun.
    AtInvited,
    /// Open enrollments in which one browser has begun.
    AtBegun,
    /// Open enrollments in which more than one browser has begun.
    AtContested,
    /// Open enrollments in which somebody vouched.
    AtProofed,
    /// Open enrollments with a pass.
    AtPass,
    /// Open enrollments whose passkey waits for its second press.
    AtVerified,
    /// Enrollments that ended without a passkey.
    Abandoned,
    /// Must stay zero: passes used past their end.
    PassesUsedLate,
    /// Must stay zero: passes whose end was recorded more than 60 s late.
    PassesEndedLate,
    /// Must stay zero: authenticators bound without proofing.
    Unproofed,
    /// Must stay zero: secrets that a human could read.
    ReadableSecrets,
}

impl Tally {
    /// Every counter.
    pub const ALL: [Self; 21] = [
        Self::People,
        Self::Invited,
        Self::Begun,
        Self::Proofed,
        Self::Enrolled,
        Self::SecondAuthenticator,
        Self::OpenEnrollments,
        Self::OpenAttempts,
        Self::OpenPasses,
        Self::AtUninvited,
        Self::AtInvited,
        Self::AtBegun,
        Self::AtContested,
        Self::AtProofed,
        Self::AtPass,
        Self::AtVerified,
        Self::Abandoned,
        Self::PassesUsedLate,
        Self::PassesEndedLate,
        Self::Unproofed,
        Self::ReadableSecrets,
    ];

    /// The word used in rows.
    pub const fn name(self) -> &'static str {
        match self {
            Self::People => "people",
            Self::Invited => "invited",
            Self::Begun => "begun",
            Self::Proofed => "proofed",
            Self::Enrolled => "enrolled",
            Self::SecondAuthenticator => "second_authenticator",
            Self::OpenEnrollments => "open_enrollments",
            Self::OpenAttempts => "open_attempts",
            Self::OpenPasses => "open_passes",
            Self::AtUninvited => "at_uninvited",
            Self::AtInvited => "at_invited",
            Self::AtBegun => "at_begun",
            Self::AtContested => "at_contested",
            Self::AtProofed => "at_proofed",
            Self::AtPass => "at_pass",
            Self::AtVerified => "at_verified",
            Self::Abandoned => "abandoned",
            Self::PassesUsedLate => "passes_used_late",
            Self::PassesEndedLate => "passes_ended_late",
            Self::Unproofed => "unproofed",
            Self::ReadableSecrets => "readable_secrets",
        }
    }

    /// Counters that must stay zero; anything else is an alarm.
    pub const MUST_BE_ZERO: [Self; 4] =
        [Self::PassesUsedLate, Self::PassesEndedLate, Self::Unproofed, Self::ReadableSecrets];
}
