//! Leaving. One event; what follows from it is outbox work in small commits.

use firstkey_domain::{Actor, PersonId, person::Person};
use firstkey_policy::Operation;
use firstkey_ports::{Message, Row};

use crate::{
    Backend, Fault, Loaded, Outcome, Unit, UseCase,
    decision::{NotAllowed, allow},
};

/// An operator records that somebody left.
#[derive(Debug, Clone)]
pub struct MarkLeft {
    /// Who records it.
    pub operator: PersonId,
    /// Who left.
    pub person: PersonId,
}

/// Why it was not recorded.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum MarkLeftFault {
    /// There is nothing here for them.
    #[error(transparent)]
    NotAllowed(#[from] NotAllowed),
}

impl<S: Backend> UseCase<S> for MarkLeft {
    type Output = ();
    type Refusal = MarkLeftFault;

    fn actor(&self) -> Actor {
        Actor::Person(self.operator)
    }

    async fn attempt(&self, unit: &mut Unit<'_, S>) -> Outcome<(), MarkLeftFault> {
        let person: Option<Loaded<Person>> = unit.load(self.person).await?;
        let person = person.ok_or_else(|| Fault::refuse(NotAllowed))?;
        allow::<S, MarkLeftFault>(unit, self.operator, Some(&person), Operation::MarkLeft).await?;
        let events = person.leave();
        if events.is_empty() {
            return Ok(());
        }
        let person = unit.append(person, events)?;
        unit.row(Row::SessionsEnded(person.id));
        let now = unit.now();
        unit.send(Message::CloseAll { person: person.id }, now);
        Ok(())
    }
}
