//! Who caused an event.

use serde::{Deserialize, Serialize};

use crate::{AttemptId, KeyThumbprint, PersonId};

/// Who caused an event. Every event names one.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Actor {
    /// A signed-in person.
    Person(PersonId),
    /// An applicant, known only by the browser key of an attempt.
    Applicant(AttemptId),
    /// Somebody with a shell on the host: the operating system's user name.
    Host(String),
    /// A configured feed.
    Source(String),
    /// A program that signed with its machine key: a feed of its owner's making.
    Machine {
        /// The key.
        key: KeyThumbprint,
        /// Who answers for it.
        owner: PersonId,
    },
    /// Firstkey itself, when time alone caused the event.
    Clock,
}

impl Actor {
    /// The signed-in person, when it was one.
    pub const fn person(&self) -> Option<PersonId> {
        match self {
            Self::Person(id) => Some(*id),
            _ => None,
        }
    }

    /// The person who answers for it: whoever was signed in, or owns the machine key. Who has a program
    /// change a record has changed it (rule 2).
    pub const fn responsible(&self) -> Option<PersonId> {
        match self {
            Self::Person(id) | Self::Machine { owner: id, .. } => Some(*id),
            _ => None,
        }
    }
}
