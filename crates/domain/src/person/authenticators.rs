//! Binding, naming, suspending and removing authenticators.

use serde::{Deserialize, Serialize};

use super::{AuthenticatorStanding, Person, PersonEvent};
use crate::{
    AuthenticatorId, Credential, EnrollmentId, PersonId, Private,
    challenge::{Purpose, Signed, Statement},
};

/// What a person signs to remove one of their authenticators.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RemovalStatement {
    /// Whose authenticator.
    pub person: PersonId,
    /// Which one.
    pub authenticator: AuthenticatorId,
}

impl Statement for RemovalStatement {
    const TAG: &'static str = "firstkey authenticator removal/1";
}

/// What an operator signs to stop somebody's authenticator.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct StopStatement {
    /// Whose authenticator.
    pub person: PersonId,
    /// Which one.
    pub authenticator: AuthenticatorId,
}

impl Statement for StopStatement {
    const TAG: &'static str = "firstkey authenticator stop/1";
}

/// Removing an authenticator (rule 12).
#[derive(Debug, Clone)]
pub struct Removal {
    /// Which one.
    pub authenticator: AuthenticatorId,
    /// Their fresh signature, with any of their usable authenticators.
    pub signed: Signed,
}

/// Why an act on an authenticator was refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum AuthenticatorRefusal {
    /// Nobody who left holds authenticators.
    #[error("the person has left")]
    Left,
    /// It is not theirs, or it was removed.
    #[error("there is no such authenticator")]
    Unknown,
    /// Rule 12: the last one is never removed.
    #[error("this is your only passkey; add another one before you remove it")]
    Last,
    /// Rule 12: removing needs a fresh signature over this very removal.
    #[error("confirm the removal with one of your passkeys")]
    NeedsSignature,
    /// A credential belongs to one authenticator only.
    #[error("this passkey is already yours")]
    AlreadyBound,
}

impl Person {
    /// Binds the authenticator that an enrollment registered. Only together with the enrollment's
    /// own event, in one commit.
    pub fn bind(
        &self,
        authenticator: AuthenticatorId,
        credential: Credential,
        enrollment: EnrollmentId,
    ) -> Result<Vec<PersonEvent>, AuthenticatorRefusal> {
        if !self.is_active() {
            return Err(AuthenticatorRefusal::Left);
        }
        if self.authenticators.iter().any(|each| each.credential.id == credential.id) {
            return Err(AuthenticatorRefusal::AlreadyBound);
        }
        Ok(vec![PersonEvent::AuthenticatorBound { authenticator, credential, enrollment }])
    }

    /// Names an authenticator.
    pub fn name_authenticator(
        &self,
        authenticator: AuthenticatorId,
        name: Private<String>,
    ) -> Result<Vec<PersonEvent>, AuthenticatorRefusal> {
        let known = self.authenticators.iter().find(|each| each.id == authenticator);
        let known = known.ok_or(AuthenticatorRefusal::Unknown)?;
        if self.is_erased() {
            return Err(AuthenticatorRefusal::Left);
        }
        if known.name == name {
            return Ok(Vec::new());
        }
        Ok(vec![PersonEvent::AuthenticatorNamed { authenticator, name }])
    }

    /// Suspends an authenticator after "this was not me" (rule 15).
    pub fn suspend_authenticator(
        &self,
        authenticator: AuthenticatorId,
    ) -> Result<Vec<PersonEvent>, AuthenticatorRefusal> {
        let is_active = self.is_in_use(authenticator)?;
        Ok(is_active
            .then_some(PersonEvent::AuthenticatorSuspended { authenticator })
            .into_iter()
            .collect())
    }

    /// Stops an authenticator that was lost or stolen. Who may is policy's; that they signed is checked
    /// here, for it cannot be taken back.
    pub fn stop_authenticator(
        &self,
        authenticator: AuthenticatorId,
        signed: Signed,
    ) -> Result<Vec<PersonEvent>, AuthenticatorRefusal> {
        let is_active = self.is_in_use(authenticator)?;
        let digest = StopStatement { person: self.id, authenticator }.digest();
        if !signed.is_over(Purpose::Act, digest) {
            return Err(AuthenticatorRefusal::NeedsSignature);
        }
        let stopped = PersonEvent::AuthenticatorStopped { authenticator, signed };
        Ok(is_active.then_some(stopped).into_iter().collect())
    }

    fn is_in_use(&self, authenticator: AuthenticatorId) -> Result<bool, AuthenticatorRefusal> {
        let known = self.authenticators.iter().find(|each| each.id == authenticator);
        let known = known.ok_or(AuthenticatorRefusal::Unknown)?;
        Ok(known.standing == AuthenticatorStanding::Active)
    }

    /// Removes an authenticator, never the last one that can be used.
    pub fn remove_authenticator(
        &self,
        removal: Removal,
    ) -> Result<Vec<PersonEvent>, AuthenticatorRefusal> {
        let Removal { authenticator, signed } = removal;
        if !self.is_active() {
            return Err(AuthenticatorRefusal::Left);
        }
        if !self.authenticators.iter().any(|each| each.id == authenticator) {
            return Err(AuthenticatorRefusal::Unknown);
        }
        let others = self.authenticators.iter().filter(|each| each.id != authenticator);
        if !others.into_iter().any(|each| self.usable_authenticator(each.id).is_some()) {
            return Err(AuthenticatorRefusal::Last);
        }
        let digest = RemovalStatement { person: self.id, authenticator }.digest();
        if !signed.is_over(Purpose::Act, digest)
            || self.usable_authenticator(signed.authenticator).is_none()
        {
            return Err(AuthenticatorRefusal::NeedsSignature);
        }
        Ok(vec![PersonEvent::AuthenticatorRemoved { authenticator, signed }])
    }
}
