//! Naming an authenticator.

use firstkey_domain::{
    Actor, AuthenticatorId, PersonId, Private,
    person::{AuthenticatorRefusal, Person},
};

use crate::{Backend, Fault, Loaded, Outcome, Unit, UseCase};

/// The longest name, in characters.
const LONGEST: usize = 60;

/// Somebody names an authenticator of theirs.
#[derive(Debug, Clone)]
pub struct NameAuthenticator {
    /// Whose.
    pub person: PersonId,
    /// Which.
    pub authenticator: AuthenticatorId,
    /// Its name.
    pub name: String,
}

/// Why it was not named.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum NameAuthenticatorFault {
    /// The name cannot be shown well.
    #[error("a name has 1 to 60 characters, without control characters")]
    BadName,
    /// It is not theirs.
    #[error(transparent)]
    Refused(#[from] AuthenticatorRefusal),
}

impl<S: Backend> UseCase<S> for NameAuthenticator {
    type Output = ();
    type Refusal = NameAuthenticatorFault;

    fn actor(&self) -> Actor {
        Actor::Person(self.person)
    }

    async fn attempt(&self, unit: &mut Unit<'_, S>) -> Outcome<(), NameAuthenticatorFault> {
        let name = self.name.trim();
        if name.is_empty() || name.chars().count() > LONGEST || name.chars().any(char::is_control) {
            return Err(Fault::Refused(NameAuthenticatorFault::BadName));
        }
        let person: Option<Loaded<Person>> = unit.load(self.person).await?;
        let person = person.ok_or_else(|| Fault::refuse(AuthenticatorRefusal::Unknown))?;
        let events = person
            .name_authenticator(self.authenticator, Private::held(name.to_owned()))
            .map_err(Fault::refuse)?;
        unit.append(person, events)?;
        Ok(())
    }
}
