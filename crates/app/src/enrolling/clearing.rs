//! Rule 3: a browser in which an operator is signed in cannot begin for somebody else.

use firstkey_domain::EnrollmentId;
use firstkey_proof::{Statement, Thumbprint};
use uuid::Uuid;

use super::begin::cleared_for;
use crate::{App, Backend, Fault, Locator, Outcome, inviting::LookAnswer, signing_in::Session};

/// How long the console's word holds, in seconds.
const CLEARED_FOR: i64 = 300;

/// Why the console does not speak for a browser.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum ClearFault {
    /// Somebody is signed in who could vouch for this applicant, or holds a role.
    #[error("somebody is signed in to the console in this browser")]
    SignedInHere,
}

impl<S: Backend> App<S> {
    /// The console's word that nobody is signed in, in the browser that holds this key, who could
    /// vouch for whomever the locator invites. It is good for that enrollment only. Whoever adds a
    /// passkey of their own may be signed in.
    pub async fn clear(
        &self,
        key: Thumbprint,
        locator: &str,
        session: Option<&Session>,
    ) -> Outcome<String, ClearFault> {
        // Whether a link was ever ours is not told: what opens nothing is cleared for nobody.
        let enrollment = Locator::from_text(locator, &self.keys)
            .map_or(EnrollmentId::from_uuid(Uuid::nil()), |locator| locator.enrollment);
        if let Some(session) = session {
            let invited = match self
                .look(locator)
                .await
                .map_err(|fault| fault.map(|never| match never {}))?
            {
                LookAnswer::Active(view) => Some(view),
                LookAnswer::NotActive => None,
            };
            let is_own = invited.as_ref().is_some_and(|view| view.person.id == session.person_id());
            let is_sponsor = invited
                .and_then(|view| view.sponsor)
                .is_some_and(|sponsor| sponsor.id == session.person_id());
            if !is_own && (is_sponsor || !session.roles.is_empty()) {
                return Err(Fault::Refused(ClearFault::SignedInHere));
            }
        }
        let expires = self.now().as_second().saturating_add(CLEARED_FOR);
        let statement = Statement { purpose: &cleared_for(enrollment), thumbprint: key };
        Ok(self.keys.statements.issue(&statement, expires))
    }
}
