//! What policy may know of an enrollment, as a finite space.

use std::collections::BTreeSet;

use firstkey_domain::{Digest, Role, enrollment::Kind};
use serde::{Deserialize, Serialize};

use crate::NewAuthenticator;

/// How many vouchers matched the applicant's code. There is no third threshold, so that "at least"
/// stays a question with a finite answer.
#[derive(
    Debug, Default, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
#[serde(rename_all = "snake_case")]
pub enum Matches {
    /// Nobody.
    #[default]
    None,
    /// One.
    One,
    /// Two or more different ones.
    Several,
}

impl Matches {
    /// The threshold that so many different vouchers reach.
    pub const fn of(count: usize) -> Self {
        match count {
            0 => Self::None,
            1 => Self::One,
            _ => Self::Several,
        }
    }
}

/// How many authenticators the person holds that work.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Held {
    /// None.
    None,
    /// One.
    One,
    /// Two or more.
    Several,
}

impl Held {
    /// The threshold that so many authenticators reach.
    pub const fn of(count: usize) -> Self {
        match count {
            0 => Self::None,
            1 => Self::One,
            _ => Self::Several,
        }
    }
}

/// Why somebody is privileged, and must be met by stronger means.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Privilege {
    /// They are not.
    None,
    /// They hold an operator role, or are in a group that the policy names.
    Own,
    /// They sponsor such a person, whatever else they are.
    Sponsor,
}

/// What an applicant cannot change.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Given {
    /// What the enrollment is for.
    pub kind: Kind,
    /// Operator roles of the applicant.
    pub roles: BTreeSet<Role>,
    /// Groups, as the source names them.
    pub groups: BTreeSet<String>,
    /// Such as `employee` or `contractor`.
    pub worker_type: String,
    /// Whether they are privileged.
    pub privilege: Privilege,
    /// Authenticators that they hold and that work.
    pub held: Held,
    /// Another browser has begun as well.
    pub contested: bool,
    /// Everybody who vouched still could. True when nobody has vouched.
    pub vouchers_in_good_standing: bool,
}

/// What steps of proofing earned. It only grows, and is ordered by strength: see
/// [`Earned::is_at_least`].
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Earned {
    /// Vouchers who matched the code, after a handover or without one.
    pub matches: Matches,
    /// One of them signed that they had known the applicant by sight before.
    pub known_by_sight: bool,
    /// The applicant took the address from the voucher's screen, and then the match was made.
    pub handover: bool,
    /// Somebody with a shell on the host typed the code.
    pub terminal: bool,
    /// The person signed with an authenticator that they hold.
    pub own_authenticator: bool,
}

impl Earned {
    /// Everything that there is to earn.
    pub const ALL: Self = Self {
        matches: Matches::Several,
        known_by_sight: true,
        handover: true,
        terminal: true,
        own_authenticator: true,
    };

    /// Whether this is as strong as `other` in every respect. A partial order: a handover is neither
    /// above nor below two matches.
    pub fn is_at_least(self, other: Self) -> bool {
        self.matches >= other.matches
            && self.known_by_sight >= other.known_by_sight
            && self.handover >= other.handover
            && self.terminal >= other.terminal
            && self.own_authenticator >= other.own_authenticator
    }
}

/// Everything that a decision about an enrollment reads.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Facts {
    /// What the applicant cannot change.
    pub given: Given,
    /// What steps of proofing earned.
    pub earned: Earned,
    /// What was registered; `None` until then.
    pub authenticator: Option<NewAuthenticator>,
}

impl Facts {
    /// The digest by which permits and receipts name these facts: over their JSON, whose fields stand
    /// in the order of declaration and whose sets are sorted.
    pub fn digest(&self) -> Digest {
        // Enumerations, strings and flags serialise into memory without a way to fail.
        let json = serde_json::to_vec(self).unwrap_or_default();
        Digest::of_parts("firstkey facts/2", &[&json])
    }

    /// The same applicant, having earned this much.
    #[must_use]
    pub fn with(&self, earned: Earned) -> Self {
        Self { earned, ..self.clone() }
    }
}
