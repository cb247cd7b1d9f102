//! What follows when somebody left, in commits of their own: nothing waits for it, because binding
//! guards the person and sign-in checks their standing.

use std::convert::Infallible;

use firstkey_domain::{Actor, PersonId, enrollment::Enrollment, person::Person};
use firstkey_ports::Row;

use crate::{Backend, Outcome, Unit, UseCase};

/// Closes what a person who left has open.
#[derive(Debug, Clone, Copy)]
pub struct CloseAll {
    /// Who left.
    pub person: PersonId,
}

impl<S: Backend> UseCase<S> for CloseAll {
    type Output = ();
    type Refusal = Infallible;

    fn actor(&self) -> Actor {
        Actor::Clock
    }

    async fn attempt(&self, unit: &mut Unit<'_, S>) -> Outcome<(), Infallible> {
        let Some(person) = unit.load::<Person, Infallible>(self.person).await? else {
            return Ok(());
        };
        unit.row(Row::SessionsEnded(person.id));
        let Some(newest) = person.enrollment else { return Ok(()) };
        if let Some(enrollment) = unit.load::<Enrollment, Infallible>(newest).await? {
            let events = enrollment.sweep(&person, unit.now());
            unit.append(enrollment, events)?;
        }
        Ok(())
    }
}
