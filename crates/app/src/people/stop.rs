//! Stopping an authenticator that was lost or stolen, for whoever held it.

use firstkey_domain::{
    Actor, AuthenticatorId, PersonId, Role,
    person::{AuthenticatorRefusal, Person},
};
use firstkey_policy::Operation;
use firstkey_ports::NoticeKind;

use crate::{
    Backend, Fault, Loaded, Outcome, Unit, UseCase,
    decision::{NotAllowed, allow},
    own::suspend,
};

/// An operator stops an authenticator. It is not signed: it only takes away, it is told to its holder
/// and to every officer, and whoever calls in the night must not wait for a key to be found.
#[derive(Debug, Clone, Copy)]
pub struct StopAuthenticator {
    /// Who stops it.
    pub operator: PersonId,
    /// Whose it is.
    pub person: PersonId,
    /// Which.
    pub authenticator: AuthenticatorId,
}

/// Why it was not stopped.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum StopAuthenticatorFault {
    /// There is nothing here for them.
    #[error(transparent)]
    NotAllowed(#[from] NotAllowed),
    /// The person's record refuses.
    #[error(transparent)]
    Refused(#[from] AuthenticatorRefusal),
}

impl<S: Backend> UseCase<S> for StopAuthenticator {
    type Output = ();
    type Refusal = StopAuthenticatorFault;

    fn actor(&self) -> Actor {
        Actor::Person(self.operator)
    }

    async fn attempt(&self, unit: &mut Unit<'_, S>) -> Outcome<(), StopAuthenticatorFault> {
        let person: Option<Loaded<Person>> = unit.load(self.person).await?;
        let person = person.ok_or_else(|| Fault::refuse(NotAllowed))?;
        let operation = Operation::SuspendAuthenticator;
        allow::<S, StopAuthenticatorFault>(unit, self.operator, Some(&person), operation).await?;
        let notice = NoticeKind::Stopped;
        // Officers are told of each other's, and of their own.
        let is_officer = person.roles.contains(&Role::Officer);
        let is_stopped =
            suspend::<S, StopAuthenticatorFault>(unit, person, self.authenticator, notice).await?;
        if is_stopped && !is_officer {
            unit.notify(notice, self.person, self.person, None);
        }
        Ok(())
    }
}
