//! Signing out, here or everywhere.

use std::convert::Infallible;

use firstkey_domain::{Actor, PersonId, SessionId};
use firstkey_ports::Row;
use jiff::Timestamp;
use serde::Serialize;

use crate::{Backend, Outcome, Unit, UseCase};

/// The leaf of a sign-out.
#[derive(Serialize)]
struct SignedOutNote {
    kind: &'static str,
    at: Timestamp,
    person: PersonId,
    session: Option<SessionId>,
}

/// Ends one session.
#[derive(Debug, Clone, Copy)]
pub struct SignOut {
    /// Whose.
    pub person: PersonId,
    /// Which.
    pub session: SessionId,
}

impl<S: Backend> UseCase<S> for SignOut {
    type Output = ();
    type Refusal = Infallible;

    fn actor(&self) -> Actor {
        Actor::Person(self.person)
    }

    async fn attempt(&self, unit: &mut Unit<'_, S>) -> Outcome<(), Infallible> {
        unit.row(Row::SessionEnded(self.session));
        unit.note_access(&SignedOutNote {
            kind: "session.ended/1",
            at: unit.now(),
            person: self.person,
            session: Some(self.session),
        })
    }
}

/// Ends all of a person's sessions: those that began in an earlier commit. A sign-in that was decided
/// before and is committed after begins after it, and its session holds, as it would a moment later:
/// whoever signs in with a passkey may. Whoever fears for a passkey suspends it, and nothing decided
/// before that signs in after it, because sign-in guards the person.
#[derive(Debug, Clone, Copy)]
pub struct SignOutEverywhere {
    /// Whose.
    pub person: PersonId,
}

impl<S: Backend> UseCase<S> for SignOutEverywhere {
    type Output = ();
    type Refusal = Infallible;

    fn actor(&self) -> Actor {
        Actor::Person(self.person)
    }

    async fn attempt(&self, unit: &mut Unit<'_, S>) -> Outcome<(), Infallible> {
        unit.row(Row::SessionsEnded(self.person));
        unit.note_access(&SignedOutNote {
            kind: "session.all_ended/1",
            at: unit.now(),
            person: self.person,
            session: None,
        })
    }
}
