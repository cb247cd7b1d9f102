//! What a machine key may be for.

use serde::{Deserialize, Serialize};

/// What a machine key may be for. Policy says which acts each of them allows. None of them vouches,
/// grants a role or signs: such acts need a person's press (rule 1).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Scope {
    /// Reading people, enrollments and figures.
    Read,
    /// Saying who joins and what changed about them, as a feed does.
    Joiners,
    /// Opening enrollments, sending invitations again, withdrawing them.
    Invitations,
    /// Reading what waits to be sent, and having dead messages tried again.
    Outbox,
    /// Reading the policy in force.
    Policy,
    /// Preparing acts that a person then signs in the console.
    Prepare,
}

impl Scope {
    /// Every scope, in the order in which pages list them.
    pub const ALL: [Self; 6] =
        [Self::Read, Self::Joiners, Self::Invitations, Self::Outbox, Self::Policy, Self::Prepare];

    /// The name used in events, policies and addresses.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Read => "read",
            Self::Joiners => "joiners",
            Self::Invitations => "invitations",
            Self::Outbox => "outbox",
            Self::Policy => "policy",
            Self::Prepare => "prepare",
        }
    }
}
