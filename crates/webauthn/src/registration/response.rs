//! What the browser posts after `create()`, before anything about it is believed.

use serde::Deserialize;

use crate::base64url::Base64Url;
use crate::client_data;
use crate::extensions::RegistrationOutputs;
use crate::ids::CredentialId;
use crate::vocabulary::{PublicKeyType, Transport};

/// Attestation objects larger than this are not read; real ones stay below eight thousand bytes.
const MAX_ATTESTATION_OBJECT: usize = 65_536;

/// A registration as `PublicKeyCredential.toJSON()` writes it
/// (<https://www.w3.org/TR/webauthn-3/#dictdef-registrationresponsejson>).
///
/// Nothing in it is trusted until [`UnverifiedRegistration::verify`] returns. The convenience
/// members that repeat what the attestation object holds (`publicKey`, `authenticatorData`, …)
/// are not read at all.
#[derive(Debug, Clone, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct UnverifiedRegistration {
    pub(super) id: CredentialId,
    pub(super) raw_id: CredentialId,
    pub(super) response: AttestationResponse,
    #[serde(default)]
    pub(super) client_extension_results: RegistrationOutputs,
    #[serde(rename = "type")]
    #[expect(dead_code, reason = "reading it checks it: there is one credential type")]
    kind: PublicKeyType,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct AttestationResponse {
    #[serde(rename = "clientDataJSON")]
    pub(super) client_data_json: Base64Url<{ client_data::MAX_LEN }>,
    pub(super) attestation_object: Base64Url<MAX_ATTESTATION_OBJECT>,
    #[serde(default)]
    pub(super) transports: Vec<Transport>,
}
