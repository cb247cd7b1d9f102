//! The host grants or revokes a role: logged as the host's user, and not signed (rule 1).

use firstkey_domain::{
    Actor, PersonId, Role,
    person::{Person, RoleRefusal},
};

use crate::{
    Backend, Fault, Loaded, Outcome, Unit, UseCase, decision::NotAllowed, privilege::suitable,
    signer::usable,
};

/// Somebody with a shell on the host grants or revokes a role.
#[derive(Debug, Clone)]
pub struct HostRole {
    /// The operating system's user name.
    pub host: String,
    /// Whose role.
    pub person: PersonId,
    /// Which.
    pub role: Role,
    /// Whether they are to hold it.
    pub held: bool,
}

/// What the host is told of whoever has the role now.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum HostRoleDone {
    /// It is as it was asked for.
    Done,
    /// As well; they hold no passkey yet and must be invited.
    NotEnrolled,
    /// As well; but policy would bind none of their passkeys to somebody with this role, so they
    /// sign nothing by which others become trusted until they add one that suits (rule 23).
    NoSuitableKey,
}

/// Why it was not done.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum HostRoleFault {
    /// There is no such person.
    #[error("there is no such person")]
    Unknown(#[from] NotAllowed),
    /// The person refuses.
    #[error(transparent)]
    Refused(#[from] RoleRefusal),
}

impl<S: Backend> UseCase<S> for HostRole {
    type Output = HostRoleDone;
    type Refusal = HostRoleFault;

    fn actor(&self) -> Actor {
        Actor::Host(self.host.clone())
    }

    async fn attempt(&self, unit: &mut Unit<'_, S>) -> Outcome<HostRoleDone, HostRoleFault> {
        let person: Option<Loaded<Person>> = unit.load(self.person).await?;
        let person = person.ok_or_else(|| Fault::refuse(NotAllowed))?;
        let events =
            person.set_role(self.role, self.held, unit.by(), None).map_err(Fault::refuse)?;
        let person = unit.append(person, events)?;
        if !self.held {
            return Ok(HostRoleDone::Done);
        }
        Ok(if usable(&person).next().is_none() {
            HostRoleDone::NotEnrolled
        } else if suitable::<S, HostRoleFault>(unit, &person).await?.is_empty() {
            HostRoleDone::NoSuitableKey
        } else {
            HostRoleDone::Done
        })
    }
}
