//! What clients answer, in `clientExtensionResults`. Nothing of it is signed.

use serde::Deserialize;

use super::prf::{PrfAtRegistration, PrfOutputs};

/// After `create()`
/// (<https://www.w3.org/TR/webauthn-3/#dictdef-authenticationextensionsclientoutputsjson>).
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct RegistrationOutputs {
    pub(crate) cred_props: Option<CredProps>,
    pub(crate) prf: Option<PrfAtRegistration>,
}

/// <https://www.w3.org/TR/webauthn-3/#sctn-authenticator-credential-properties-extension>
#[derive(Debug, Clone, Deserialize)]
pub(crate) struct CredProps {
    pub(crate) rk: Option<bool>,
}

/// After `get()`.
#[derive(Debug, Clone, Default, Deserialize)]
pub(crate) struct AssertionOutputs {
    pub(crate) prf: Option<PrfAtAssertion>,
}

/// `enabled` is not present after `get()`, and not read.
#[derive(Debug, Clone, Deserialize)]
pub(crate) struct PrfAtAssertion {
    pub(crate) results: Option<PrfOutputs>,
}
