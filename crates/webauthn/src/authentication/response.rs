//! What the browser posts after `get()`, before anything about it is believed.

use serde::Deserialize;

use super::evidence::{MAX_AUTHENTICATOR_DATA, MAX_SIGNATURE};
use crate::base64url::Base64Url;
use crate::client_data;
use crate::extensions::AssertionOutputs;
use crate::ids::{CredentialId, UserHandle};
use crate::vocabulary::PublicKeyType;

/// An assertion as `PublicKeyCredential.toJSON()` writes it
/// (<https://www.w3.org/TR/webauthn-3/#dictdef-authenticationresponsejson>).
///
/// Nothing in it is trusted until [`UnverifiedAssertion::verify`] returns.
#[derive(Debug, Clone, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct UnverifiedAssertion {
    pub(super) id: CredentialId,
    pub(super) raw_id: CredentialId,
    pub(super) response: AssertionResponse,
    #[serde(default)]
    pub(super) client_extension_results: AssertionOutputs,
    #[serde(rename = "type")]
    #[expect(dead_code, reason = "reading it checks it: there is one credential type")]
    kind: PublicKeyType,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct AssertionResponse {
    #[serde(rename = "clientDataJSON")]
    pub(super) client_data_json: Base64Url<{ client_data::MAX_LEN }>,
    pub(super) authenticator_data: Base64Url<MAX_AUTHENTICATOR_DATA>,
    pub(super) signature: Base64Url<MAX_SIGNATURE>,
    pub(super) user_handle: Option<UserHandle>,
}

impl UnverifiedAssertion {
    /// The credential that the response claims, for finding its record. Not verified.
    pub fn credential_id(&self) -> &CredentialId {
        &self.raw_id
    }

    /// The account that the response claims, for finding it. Not verified.
    pub fn user_handle(&self) -> Option<&UserHandle> {
        self.response.user_handle.as_ref()
    }
}
