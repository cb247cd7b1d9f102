//! Step 1: what `navigator.credentials.get()` is asked for.

use serde::Serialize;

use crate::ids::Challenge;
use crate::relying_party::RelyingParty;
use crate::vocabulary::{Descriptor, Hint, Timeout, UserVerification};

/// Options for an assertion, to be serialised for
/// `PublicKeyCredential.parseRequestOptionsFromJSON()`
/// (<https://www.w3.org/TR/webauthn-3/#dictdef-publickeycredentialrequestoptionsjson>).
#[derive(Debug, Clone, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Options<'a> {
    challenge: Challenge,
    timeout: Timeout,
    rp_id: &'a str,
    allow_credentials: &'a [Descriptor],
    user_verification: UserVerification,
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    hints: &'a [Hint],
}

impl<'a> Options<'a> {
    /// Options that let the user pick any discoverable credential, with required user
    /// verification and five minutes.
    pub fn new(relying_party: &'a RelyingParty, challenge: Challenge) -> Self {
        Self {
            challenge,
            timeout: Timeout::default(),
            rp_id: relying_party.id(),
            allow_credentials: &[],
            user_verification: UserVerification::Required,
            hints: &[],
        }
    }

    /// Accepts only these credentials. Pass the same to [`super::Account::Known`].
    #[must_use]
    pub fn allow(mut self, credentials: &'a [Descriptor]) -> Self {
        self.allow_credentials = credentials;
        self
    }

    /// Whether the user must be verified. Pass the same to [`super::Expected`].
    #[must_use]
    pub fn user_verification(mut self, user_verification: UserVerification) -> Self {
        self.user_verification = user_verification;
        self
    }

    /// How long the client may take.
    #[must_use]
    pub fn timeout(mut self, timeout: Timeout) -> Self {
        self.timeout = timeout;
        self
    }

    /// Which authenticators to show first, best first.
    #[must_use]
    pub fn hints(mut self, hints: &'a [Hint]) -> Self {
        self.hints = hints;
        self
    }
}
