//! What a page tells authenticators after something has changed here
//! (<https://www.w3.org/TR/webauthn-3/#sctn-signal-methods>).
//!
//! Each type is, in JSON, the argument of the static method of `PublicKeyCredential` that it is
//! named after. Clients do not say what came of it, and some have no such method: change the
//! records first, and tell authenticators when that is done.

use serde::Serialize;

use crate::ids::{CredentialId, UserHandle};
use crate::relying_party::RelyingParty;

/// For `signalAllAcceptedCredentials()`: all credentials of an account, after one was removed and
/// perhaps after each sign-in
/// (<https://www.w3.org/TR/webauthn-3/#sctn-signalAllAcceptedCredentials>).
///
/// Only for the account's own user, signed in: it names every credential of the account. And
/// only with the whole list: authenticators remove or hide, perhaps for good, what is not in it.
#[derive(Debug, Clone, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct AllAcceptedCredentials<'a> {
    rp_id: &'a str,
    user_id: &'a UserHandle,
    all_accepted_credential_ids: Vec<&'a CredentialId>,
}

impl<'a> AllAcceptedCredentials<'a> {
    /// Every credential with which the account can be entered.
    pub fn new(
        relying_party: &'a RelyingParty,
        user: &'a UserHandle,
        credentials: impl IntoIterator<Item = &'a CredentialId>,
    ) -> Self {
        Self {
            rp_id: relying_party.id(),
            user_id: user,
            all_accepted_credential_ids: credentials.into_iter().collect(),
        }
    }
}

/// For `signalUnknownCredential()`: the credential of a refused sign-in that no account has
/// (<https://www.w3.org/TR/webauthn-3/#sctn-signalUnknownCredential>).
///
/// It tells nothing that the caller did not send, so it needs no sign-in.
#[derive(Debug, Clone, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct UnknownCredential<'a> {
    rp_id: &'a str,
    credential_id: &'a CredentialId,
}

impl<'a> UnknownCredential<'a> {
    /// The credential that was tried.
    pub fn new(relying_party: &'a RelyingParty, credential: &'a CredentialId) -> Self {
        Self { rp_id: relying_party.id(), credential_id: credential }
    }
}

/// For `signalCurrentUserDetails()`: what the account is called now
/// (<https://www.w3.org/TR/webauthn-3/#sctn-signalCurrentUserDetails>).
#[derive(Debug, Clone, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct CurrentUserDetails<'a> {
    rp_id: &'a str,
    user_id: &'a UserHandle,
    name: &'a str,
    display_name: &'a str,
}

impl<'a> CurrentUserDetails<'a> {
    /// The names that registration options would now carry.
    pub fn new(
        relying_party: &'a RelyingParty,
        user: &'a UserHandle,
        name: &'a str,
        display_name: &'a str,
    ) -> Self {
        Self { rp_id: relying_party.id(), user_id: user, name, display_name }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn each_is_what_its_method_takes() {
        let party = RelyingParty::new("example.org", "x", ["https://example.org"]).unwrap();
        let user = UserHandle::new(b"account 1").unwrap();
        let ids = [[0xfb; 18], [1; 18]].map(|id| CredentialId::new(&id).unwrap());
        let all = AllAcceptedCredentials::new(&party, &user, &ids);
        assert_eq!(
            serde_json::to_value(all).unwrap(),
            json!({
                "rpId": "example.org",
                "userId": "YWNjb3VudCAx",
                "allAcceptedCredentialIds":
                    ["-_v7-_v7-_v7-_v7-_v7-_v7", "AQEBAQEBAQEBAQEBAQEBAQEB"],
            })
        );
        let [unknown, _] = &ids;
        assert_eq!(
            serde_json::to_value(UnknownCredential::new(&party, unknown)).unwrap(),
            json!({ "rpId": "example.org", "credentialId": "-_v7-_v7-_v7-_v7-_v7-_v7" })
        );
        assert_eq!(
            serde_json::to_value(CurrentUserDetails::new(&party, &user, "ada", "Ada L.")).unwrap(),
            json!({
                "rpId": "example.org",
                "userId": "YWNjb3VudCAx",
                "name": "ada",
                "displayName": "Ada L.",
            })
        );
    }
}
