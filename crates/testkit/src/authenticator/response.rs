//! What the page posts back, as `PublicKeyCredential.toJSON()` writes it.

use serde::Serialize;

/// `RegistrationResponseJSON`. Members hold base64url text, ready to be sent or spoilt.
#[derive(Debug, Clone, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct RegistrationResponse {
    /// The credential id.
    pub id: String,
    /// The credential id.
    pub raw_id: String,
    /// The authenticator's part.
    pub response: Attested,
    /// `cross-platform` or `platform`.
    pub authenticator_attachment: &'static str,
    /// What the client did about extensions.
    pub client_extension_results: ExtensionResults,
    /// Always `public-key`.
    #[serde(rename = "type")]
    pub kind: &'static str,
}

/// `AuthenticatorAttestationResponseJSON`
#[derive(Debug, Clone, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Attested {
    /// The client data.
    #[serde(rename = "clientDataJSON")]
    pub client_data_json: String,
    /// The attestation object.
    pub attestation_object: String,
    /// The authenticator data, once more.
    pub authenticator_data: String,
    /// How the authenticator is reached.
    pub transports: &'static [&'static str],
    /// The COSE number of the key's algorithm.
    pub public_key_algorithm: i64,
}

/// `AuthenticationResponseJSON`. Members hold base64url text, ready to be sent or spoilt.
#[derive(Debug, Clone, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct AssertionResponse {
    /// The credential id.
    pub id: String,
    /// The credential id.
    pub raw_id: String,
    /// The authenticator's part.
    pub response: Asserted,
    /// `cross-platform` or `platform`.
    pub authenticator_attachment: &'static str,
    /// What the client did about extensions.
    pub client_extension_results: ExtensionResults,
    /// Always `public-key`.
    #[serde(rename = "type")]
    pub kind: &'static str,
}

/// `AuthenticatorAssertionResponseJSON`
#[derive(Debug, Clone, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Asserted {
    /// The client data.
    #[serde(rename = "clientDataJSON")]
    pub client_data_json: String,
    /// The authenticator data.
    pub authenticator_data: String,
    /// The signature.
    pub signature: String,
    /// The account, from the credential.
    pub user_handle: String,
}

/// Client extension outputs.
#[derive(Debug, Clone, Default, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct ExtensionResults {
    /// At registration: whether the credential is discoverable.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cred_props: Option<CredProps>,
}

/// The `credProps` output.
#[derive(Debug, Clone, Serialize)]
pub struct CredProps {
    /// Whether the credential is discoverable.
    pub rk: bool,
}
