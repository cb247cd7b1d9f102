//! Signing out, here or everywhere.

use std::convert::Infallible;

use firstkey_domain::{Actor, PersonId, SessionId, person::Person};
use firstkey_ports::Row;
use jiff::Timestamp;
use serde::Serialize;

use crate::{Backend, Loaded, Outcome, Unit, UseCase};

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

/// Ends all of a person's sessions, and has no sign-in count that was begun before. One that is under way
/// guards the person, whose stream this moves: it is decided again, and then refused.
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
        let person: Option<Loaded<Person>> = unit.load(self.person).await?;
        if let Some(person) = person {
            let events = person.sign_out_everywhere();
            unit.append(person, events)?;
        }
        unit.ends_its_moment();
        unit.row(Row::SessionsEnded(self.person));
        unit.note_access(&SignedOutNote {
            kind: "session.all_ended/1",
            at: unit.now(),
            person: self.person,
            session: None,
        })
    }
}
