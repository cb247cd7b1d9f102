//! "This was not me" (rule 15): a notice's address shows; a POST suspends.

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use firstkey_domain::{
    Actor, AuthenticatorId, PersonId, Role,
    person::{AuthenticatorRefusal, Person},
};
use firstkey_ports::{NoticeKind, Row};
use uuid::Uuid;

use crate::{App, Backend, Fault, Keys, Loaded, Outcome, Unit, UseCase};

/// What the address in a notice says: whose authenticator may be suspended with it. It can do nothing
/// else, and suspending is what its holder would want done even if a thief does it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SuspendToken {
    /// Whose.
    pub person: PersonId,
    /// Which.
    pub authenticator: AuthenticatorId,
}

impl SuspendToken {
    /// The text that goes into the address.
    pub fn to_text(self, keys: &Keys) -> String {
        let message = self.message();
        URL_SAFE_NO_PAD.encode([&message[..], &keys.locator_tag(&message)].concat())
    }

    /// Reads and authenticates a text.
    pub fn from_text(text: &str, keys: &Keys) -> Option<Self> {
        let mut bytes = [0; 48];
        if URL_SAFE_NO_PAD.decode_slice(text, &mut bytes) != Ok(48) {
            return None;
        }
        let (message, tag) = bytes.split_at(32);
        aws_lc_rs::constant_time::verify_slices_are_equal(&keys.locator_tag(message), tag).ok()?;
        let (person, authenticator) = message.split_at(16);
        Some(Self {
            person: PersonId::from_uuid(Uuid::from_slice(person).ok()?),
            authenticator: AuthenticatorId::from_uuid(Uuid::from_slice(authenticator).ok()?),
        })
    }

    fn message(self) -> [u8; 32] {
        let mut message = [0; 32];
        message[..16].copy_from_slice(self.person.uuid().as_bytes());
        message[16..].copy_from_slice(self.authenticator.uuid().as_bytes());
        message
    }
}

/// Somebody says that an act with an authenticator was not theirs.
#[derive(Debug, Clone)]
pub struct SuspendAuthenticator {
    /// The token from the notice's address.
    pub token: String,
}

/// Why nothing was suspended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum SuspendFault {
    /// The address is not active.
    #[error("this link is not active any more")]
    NotActive,
    /// The person's record refuses.
    #[error(transparent)]
    Refused(#[from] AuthenticatorRefusal),
}

impl<S: Backend> App<S> {
    /// What a notice's address is about, for its page.
    pub async fn suspendable(
        &self,
        token: &str,
    ) -> Outcome<Option<SuspendToken>, std::convert::Infallible> {
        let Some(token) = SuspendToken::from_text(token, &self.keys) else { return Ok(None) };
        let person = self.peek::<Person>(token.person).await?;
        let is_there = person.is_some_and(|person| {
            person.authenticators.iter().any(|each| each.id == token.authenticator)
        });
        Ok(is_there.then_some(token))
    }
}

impl<S: Backend> UseCase<S> for SuspendAuthenticator {
    type Output = ();
    type Refusal = SuspendFault;

    fn actor(&self) -> Actor {
        Actor::Source("notice".to_owned())
    }

    async fn attempt(&self, unit: &mut Unit<'_, S>) -> Outcome<(), SuspendFault> {
        let not_active = || Fault::Refused(SuspendFault::NotActive);
        let token =
            SuspendToken::from_text(&self.token, &unit.app().keys).ok_or_else(not_active)?;
        let person: Option<Loaded<Person>> = unit.load(token.person).await?;
        let person = person.ok_or_else(not_active)?;
        let events = person.suspend_authenticator(token.authenticator).map_err(Fault::refuse)?;
        if events.is_empty() {
            // Whoever holds the address may press for ever; officers are told once.
            return Ok(());
        }
        let person = unit.append(person, events)?;
        tell_of_the_end(unit, &person, token.authenticator, NoticeKind::Suspended).await
    }
}

/// Ends the sessions of an authenticator that may not be used any more, and tells the officers.
pub(crate) async fn tell_of_the_end<S: Backend, R>(
    unit: &mut Unit<'_, S>,
    person: &Person,
    authenticator: AuthenticatorId,
    notice: NoticeKind,
) -> Outcome<(), R> {
    unit.row(Row::SessionsOfEnded(person.id, authenticator));
    for officer in unit.app().store.people_with_role(Role::Officer).await? {
        unit.notify(notice, officer.id, person.id, None);
    }
    Ok(())
}
