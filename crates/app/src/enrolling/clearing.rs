//! Rule 3: a browser in which an operator is signed in cannot begin for somebody else.

use firstkey_proof::{Statement, Thumbprint};

use super::begin::CLEARANCE;
use crate::{App, Backend, Fault, Outcome, inviting::LookAnswer, signing_in::Session};

/// How long the console's word holds, in seconds.
const CLEARED_FOR: i64 = 300;

/// Somebody is signed in who could vouch for this applicant, or holds a role.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("somebody is signed in to the console in this browser")]
pub struct SignedInHere;

impl<S: Backend> App<S> {
    /// The console's word that nobody is signed in, in the browser that holds this key, who could
    /// vouch for whomever the locator invites. Whoever adds a passkey of their own may be signed in.
    pub async fn clear(
        &self,
        key: Thumbprint,
        locator: &str,
        session: Option<&Session>,
    ) -> Outcome<String, SignedInHere> {
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
                return Err(Fault::Refused(SignedInHere));
            }
        }
        let expires = self.now().as_second().saturating_add(CLEARED_FOR);
        let statement = Statement { purpose: CLEARANCE, thumbprint: key };
        Ok(self.keys.statements.issue(&statement, expires))
    }
}
