//! Figures beside the counters: by week, and by what sets people apart. Kept rather than counted, like
//! [`crate::Tally`], so that a page costs the same among a million people as among a thousand.

mod counting;
mod part;
mod took;
mod week;

pub(crate) use counting::{of_enrollment, of_person};
pub use part::{Part, PartKind};
pub use took::Took;
pub use week::Week;

/// Something that is counted, of some people.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Figure {
    /// In a week.
    Weekly {
        /// Of whom.
        of: Part,
        /// In which week.
        week: Week,
        /// What.
        measure: Measure,
    },
    /// As it stands, of people who belong. Of everybody, counters say it ([`crate::Tally`]).
    Now {
        /// Of whom.
        of: Part,
        /// What.
        holding: Holding,
    },
}

impl Figure {
    /// The word used in rows for what is counted.
    pub const fn name(&self) -> &'static str {
        match self {
            Self::Weekly { measure, .. } => measure.name(),
            Self::Now { holding, .. } => holding.name(),
        }
    }

    /// Its week, if it has one.
    pub const fn week(&self) -> Option<Week> {
        match self {
            Self::Weekly { week, .. } => Some(*week),
            Self::Now { .. } => None,
        }
    }
}

/// What is counted in a week.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Measure {
    /// Of those who joined in that week, how many have come so far by now. Somebody whose enrollment
    /// ended without a passkey is back where they joined.
    Reached(Step),
    /// First passkeys made in that week, by how long it was since their owners joined.
    JoiningToPasskey(Took),
    /// First passkeys made in that week, by how long it was since Begin was pressed on that device.
    BeginToPasskey(Took),
}

impl Measure {
    /// The word used in rows.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Reached(step) => step.name(),
            Self::JoiningToPasskey(_) => "joining_to_passkey",
            Self::BeginToPasskey(_) => "begin_to_passkey",
        }
    }

    /// The number beside the word in rows; zero where there is nothing to number.
    pub const fn bucket(self) -> u8 {
        match self {
            Self::Reached(_) => 0,
            Self::JoiningToPasskey(took) | Self::BeginToPasskey(took) => took.index(),
        }
    }

    /// What a word and a number stand for.
    pub fn from_name(name: &str, bucket: u8) -> Option<Self> {
        match name {
            "joining_to_passkey" => Took::from_index(bucket).map(Self::JoiningToPasskey),
            "begin_to_passkey" => Took::from_index(bucket).map(Self::BeginToPasskey),
            step => Step::ALL.into_iter().find(|each| each.name() == step).map(Self::Reached),
        }
    }
}

/// How far somebody has come: the steps of the funnel.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Step {
    /// HR or an operator told us of them.
    Joined,
    /// Their invitation was sent or scheduled.
    Invited,
    /// They pressed Begin.
    Begun,
    /// Somebody vouched for them.
    Proofed,
    /// They hold a passkey.
    Enrolled,
    /// They hold two or more.
    Second,
}

impl Step {
    /// Every step, in order.
    pub const ALL: [Self; 6] =
        [Self::Joined, Self::Invited, Self::Begun, Self::Proofed, Self::Enrolled, Self::Second];

    /// The word used in rows.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Joined => "joined",
            Self::Invited => "invited",
            Self::Begun => "begun",
            Self::Proofed => "proofed",
            Self::Enrolled => "enrolled",
            Self::Second => "second",
        }
    }
}

/// What people hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Holding {
    /// They belong, whatever they hold.
    Any,
    /// A passkey.
    One,
    /// Two or more.
    Two,
}

impl Holding {
    /// The word used in rows.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Any => "people",
            Self::One => "enrolled",
            Self::Two => "second_authenticator",
        }
    }
}

/// A part of the people who belong, as it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PartNow {
    /// Which.
    pub part: Part,
    /// How many belong.
    pub people: i64,
    /// How many of them hold a passkey.
    pub enrolled: i64,
    /// How many of them hold two or more.
    pub second: i64,
}
