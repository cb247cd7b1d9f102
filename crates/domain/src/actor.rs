//! Who caused an event.

use serde::{Deserialize, Serialize};

use crate::{AttemptId, PersonId};

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
}
