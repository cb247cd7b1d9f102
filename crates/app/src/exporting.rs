//! Taking a list away as a file: it is asked of policy and noted before the first row is read.

use firstkey_domain::{Actor, PersonId, SessionId};
use firstkey_policy::Operation;
use jiff::Timestamp;
use serde::Serialize;

use crate::{
    Backend, Outcome, Unit, UseCase,
    decision::{NotAllowed, allow},
};

/// Which list.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum List {
    /// People.
    People,
    /// Enrollments.
    Enrollments,
}

/// The leaf that says who took a list. What they searched for is not in it: it may be a name, and a
/// leaf is for ever.
#[derive(Serialize)]
struct ExportedNote {
    kind: &'static str,
    at: Timestamp,
    person: PersonId,
    session: SessionId,
    list: List,
}

/// An operator takes a list away.
#[derive(Debug, Clone, Copy)]
pub struct Export {
    /// Who.
    pub operator: PersonId,
    /// In which session.
    pub session: SessionId,
    /// Which list.
    pub list: List,
}

impl<S: Backend> UseCase<S> for Export {
    type Output = ();
    type Refusal = NotAllowed;

    fn actor(&self) -> Actor {
        Actor::Person(self.operator)
    }

    async fn attempt(&self, unit: &mut Unit<'_, S>) -> Outcome<(), NotAllowed> {
        allow::<S, NotAllowed>(unit, self.operator, None, Operation::ExportLists).await?;
        unit.note_access(&ExportedNote {
            kind: "list.exported/1",
            at: unit.now(),
            person: self.operator,
            session: self.session,
            list: self.list,
        })
    }
}
