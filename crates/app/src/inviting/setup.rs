//! The terminal invites an administrator: a link that is good for one Begin within 15 minutes, its
//! secret in the fragment. The code on the new administrator's screen is then typed in the terminal.

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use firstkey_domain::{
    Actor, EnrollmentId, PersonId, Private, Role,
    enrollment::{Ended, Enrollment, OpenRefusal, SetupSecret},
    person::{Person, RoleRefusal},
};

use super::{first_enrollment, invite_first};
use crate::{
    Backend, Fault, Loaded, Locator, Outcome, Unit, UseCase, decision::NotAllowed,
    enrolling::SetupLinkSecret,
};

/// The terminal makes a setup link for a person who is to be an administrator.
#[derive(Debug, Clone)]
pub struct Setup {
    /// The operating system's user name.
    pub host: String,
    /// Who is to be an administrator.
    pub person: PersonId,
}

/// A setup link. Cannot be printed by accident: the terminal or a file of mode 0600 gets it.
#[derive(Clone)]
pub struct SetupLink {
    /// The enrollment, by which the terminal vouches later.
    pub enrollment: EnrollmentId,
    address: String,
}

impl SetupLink {
    /// The address, secret and all.
    pub fn expose(&self) -> &str {
        &self.address
    }
}

impl std::fmt::Debug for SetupLink {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("SetupLink").field("enrollment", &self.enrollment).finish_non_exhaustive()
    }
}

/// Why there is no link.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum SetupFault {
    /// There is no such person.
    #[error(transparent)]
    Unknown(#[from] NotAllowed),
    /// The enrollment cannot be opened.
    #[error(transparent)]
    Refused(#[from] OpenRefusal),
    /// The role cannot be granted.
    #[error(transparent)]
    Role(#[from] RoleRefusal),
    /// The enrollment ended.
    #[error(transparent)]
    Ended(#[from] Ended),
}

impl<S: Backend> UseCase<S> for Setup {
    type Output = SetupLink;
    type Refusal = SetupFault;

    fn actor(&self) -> Actor {
        Actor::Host(self.host.clone())
    }

    async fn attempt(&self, unit: &mut Unit<'_, S>) -> Outcome<SetupLink, SetupFault> {
        let (app, now) = (unit.app(), unit.now());
        let person: Option<Loaded<Person>> = unit.load(self.person).await?;
        let person = person.ok_or_else(|| Fault::refuse(NotAllowed))?;
        let granted =
            person.set_role(Role::Administrator, true, unit.by(), None).map_err(Fault::refuse)?;
        let person = unit.append(person, granted)?;
        let open = match person.enrollment {
            Some(open) => unit.load::<Enrollment, SetupFault>(open).await?,
            None => None,
        };
        let enrollment =
            match open.filter(|open| !open.kind.is_own_act() && open.running(now).is_ok()) {
                Some(open) => open,
                None => first_enrollment(unit, person, Private::erased()).await?.0,
            };
        let secret = SetupLinkSecret(URL_SAFE_NO_PAD.encode(app.entropy().bytes::<16>()));
        let setup = SetupSecret::new(secret.digest(), now);
        let enrollment = invite_first(unit, enrollment, now, Some(setup))
            .map_err(|fault| fault.map(SetupFault::Ended))?;
        let running = enrollment.running(now).map_err(Fault::refuse)?;
        let locator =
            Locator { enrollment: enrollment.id, generation: running.invitation.generation };
        let address =
            format!("{}/i/{}#setup={}", app.site.join_origin, locator.to_text(&app.keys), secret.0);
        Ok(SetupLink { enrollment: enrollment.id, address })
    }
}
