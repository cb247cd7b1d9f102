//! The steps by which an applicant earns facts.

use firstkey_domain::enrollment::Kind;
use serde::{Deserialize, Serialize};

use crate::{Earned, Matches};

/// A step that earns a fact. At most eight apply to one kind, so that a plan is found by trying all.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Step {
    /// A voucher types the code from the applicant's screen.
    Match,
    /// A voucher does who knew the applicant by sight before, and signs that.
    MatchBySight,
    /// Another voucher does the same.
    SecondMatch,
    /// The applicant takes the address from the voucher's screen, and the match is made.
    Handover,
    /// Somebody with a shell on the host types the code.
    Terminal,
    /// The person signs with an authenticator that they hold.
    OwnAuthenticator,
}

impl Step {
    /// Every step, in the order in which they are taken.
    pub const ALL: [Self; 6] = [
        Self::Match,
        Self::MatchBySight,
        Self::SecondMatch,
        Self::Handover,
        Self::Terminal,
        Self::OwnAuthenticator,
    ];

    /// The steps that this kind of enrollment knows at all.
    pub const fn of_kind(kind: Kind) -> &'static [Self] {
        match kind {
            Kind::First => &[
                Self::Match,
                Self::MatchBySight,
                Self::SecondMatch,
                Self::Handover,
                Self::Terminal,
            ],
            Kind::Additional => &[Self::OwnAuthenticator],
        }
    }

    /// What the step costs the people involved, in units of about a minute of one person's attention,
    /// after what was earned. Only comparisons matter: signing alone is cheapest; a match needs one
    /// call; a handover needs a shared screen or a room, and is open to whoever matched before; a
    /// second match needs somebody else to be found, and one by sight somebody else who knows them;
    /// the terminal needs somebody who runs the server.
    pub const fn cost(self, earned: Earned) -> u32 {
        match self {
            Self::OwnAuthenticator => 1,
            Self::MatchBySight if !matches!(earned.matches, Matches::None) => 5,
            Self::Match | Self::MatchBySight => 2,
            Self::Handover => 3,
            Self::SecondMatch => 4,
            Self::Terminal => 10,
        }
    }

    /// What is earned after the step; `None` when it can add nothing, or comes too early.
    ///
    /// A handover and a match by sight include a match, by somebody new or by whoever matched before:
    /// at least one voucher has matched after them, and no more is promised. Whatever a meeting adds
    /// at once is a sequence of steps, so that what holds after each holds after all (rule 17).
    pub fn take(self, earned: Earned) -> Option<Earned> {
        let mut after = earned;
        match self {
            Self::Match => after.matches = earned.matches.max(Matches::One),
            Self::MatchBySight => {
                after.matches = earned.matches.max(Matches::One);
                after.known_by_sight = true;
            }
            Self::SecondMatch if earned.matches == Matches::One => after.matches = Matches::Several,
            Self::SecondMatch => {}
            Self::Handover => {
                after.matches = earned.matches.max(Matches::One);
                after.handover = true;
            }
            Self::Terminal => after.terminal = true,
            Self::OwnAuthenticator => after.own_authenticator = true,
        }
        (after != earned).then_some(after)
    }
}
