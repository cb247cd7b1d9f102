//! Operator roles.

use serde::{Deserialize, Serialize};

/// What an operator may be. Sponsor is not a role: it is the relation between two people.
///
/// Roles come from acts in the console or on the command line only, never from an import or a feed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// Configures Firstkey.
    Administrator,
    /// Help-desk or identity staff who may open enrollments and vouch under policy.
    Officer,
    /// Approves exceptions.
    Approver,
    /// Reads everything and changes nothing.
    Auditor,
}

impl Role {
    /// Every role, in the order in which pages list them.
    pub const ALL: [Self; 4] = [Self::Administrator, Self::Officer, Self::Approver, Self::Auditor];

    /// The name used in events, policies and rows.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Administrator => "administrator",
            Self::Officer => "officer",
            Self::Approver => "approver",
            Self::Auditor => "auditor",
        }
    }

    /// The role with this name.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|role| role.name() == name)
    }
}
