//! What devices are told about the passkeys that they hold (WebAuthn Level 3 §5.1.10), so that they
//! offer none that leads nowhere and show the present name.

use std::convert::Infallible;

use firstkey_domain::{
    CredentialId, PersonId,
    enrollment::{Attempt, Enrollment},
    person::Person,
};
use firstkey_webauthn::signals::{AllAcceptedCredentials, CurrentUserDetails, UnknownCredential};
use serde::Serialize;
use serde_json::Value;

use crate::{
    App, Backend, Outcome,
    webauthn::{credentials_of, names_of, user_handle, wire_id},
};

/// What the device of somebody who is signed in is told.
#[derive(Debug, Clone, Serialize)]
pub struct Signals {
    /// The argument of `signalAllAcceptedCredentials()`. `None` while the list could lack a passkey
    /// that some device is making: what is not in it is dropped.
    pub all_accepted_credentials: Option<Value>,
    /// The argument of `signalCurrentUserDetails()`.
    pub current_user_details: Option<Value>,
}

impl<S: Backend> App<S> {
    /// What a device of this person's may be told. For themselves only: it names their passkeys.
    pub async fn signals(&self, person: &Person) -> Outcome<Signals, Infallible> {
        let newest = self.newest_enrollment(person).await?;
        let is_now = self.is_still(person).await?;
        let (party, handle) = (&self.site.relying_party, user_handle(person.id));
        let ids: Option<Vec<_>> = credentials_of(person, newest.as_ref(), self.now())
            .map(|each| wire_id(&each.id))
            .collect();
        let is_whole = is_now && newest.is_none_or(|newest| !self.is_making(&newest));
        let all_accepted_credentials = ids.filter(|_| is_whole).and_then(|ids| {
            serde_json::to_value(AllAcceptedCredentials::new(party, &handle, &ids)).ok()
        });
        let (name, display_name) = names_of(person);
        let details = CurrentUserDetails::new(party, &handle, name, &display_name);
        let current_user_details = serde_json::to_value(details).ok();
        Ok(Signals { all_accepted_credentials, current_user_details })
    }

    /// The argument of `signalUnknownCredential()` for a passkey that is nobody's.
    pub fn unknown_credential(&self, id: &CredentialId) -> Option<Value> {
        let id = wire_id(id)?;
        serde_json::to_value(UnknownCredential::new(&self.site.relying_party, &id)).ok()
    }

    /// Whether this passkey of an account is nobody's any more, and will not come to be anybody's.
    ///
    /// It is somebody's also when it may not be used or its row is lost: a device that dropped it could
    /// not go on when that is put right. Of an account that is not known here nothing is said: people
    /// stay known when they are erased, so it is another service's under the same RP ID, or one that
    /// an old backup lacks.
    pub(crate) async fn is_nobodys(
        &self,
        account: PersonId,
        credential: &CredentialId,
    ) -> Outcome<bool, Infallible> {
        let Some(person) = self.peek::<Person>(account).await? else { return Ok(false) };
        if person.is_erased() {
            return Ok(true);
        }
        let newest = self.newest_enrollment(&person).await?;
        let is_known =
            credentials_of(&person, newest.as_ref(), self.now()).any(|each| each.id == *credential);
        let is_coming = newest.is_some_and(|newest| self.is_making(&newest));
        Ok(!is_known && !is_coming && self.is_still(&person).await?)
    }

    /// Whether somebody's record is as it was read. What was bound between reading it and reading the
    /// enrollment is in neither.
    async fn is_still(&self, person: &Person) -> Outcome<bool, Infallible> {
        let now = self.peek::<Person>(person.id).await?;
        Ok(now.is_some_and(|now| now.authenticators == person.authenticators))
    }

    async fn newest_enrollment(&self, person: &Person) -> Outcome<Option<Enrollment>, Infallible> {
        let Some(newest) = person.enrollment else { return Ok(None) };
        Ok(self.peek::<Enrollment>(newest).await?.map(|newest| newest.state))
    }

    /// Whether a device may have made a passkey in this enrollment of which we have not heard yet.
    fn is_making(&self, enrollment: &Enrollment) -> bool {
        let now = self.now();
        let holds_pass = |each: &Attempt| each.verified.is_none() && each.open_pass(now).is_some();
        enrollment.running(now).is_ok_and(|running| running.open(now).any(holds_pass))
    }
}
