//! The JSON of an entry, as far as it is read
//! (<https://fidoalliance.org/specs/mds/fido-metadata-service-v3.1.1-ps-20260105.html#sctn-mds-blob-pe>,
//! <https://fidoalliance.org/specs/mds/fido-metadata-statement-v3.1.1-ps-20260105.html#sctn-md-keys>).
//!
//! What trust depends on must be readable; what is only shown may be anything.

use std::collections::BTreeMap;

use serde::de::DeserializeOwned;
use serde::{Deserialize, Deserializer};

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Entry {
    pub(super) aaid: Option<String>,
    pub(super) aaguid: Option<String>,
    #[serde(default)]
    pub(super) attestation_certificate_key_identifiers: Vec<String>,
    #[serde(default)]
    pub(super) metadata_statement: Statement,
    pub(super) status_reports: Vec<StatusReport>,
    #[serde(default, deserialize_with = "if_readable")]
    pub(super) time_of_last_status_change: Option<String>,
}

#[derive(Deserialize, Default)]
#[serde(rename_all = "camelCase")]
pub(super) struct Statement {
    #[serde(default, deserialize_with = "if_readable")]
    pub(super) description: Option<String>,
    #[serde(default, deserialize_with = "if_readable")]
    pub(super) friendly_names: Option<BTreeMap<String, String>>,
    pub(super) protocol_family: Option<String>,
    #[serde(default)]
    pub(super) attestation_types: Vec<String>,
    #[serde(default)]
    pub(super) attestation_root_certificates: Vec<String>,
    #[serde(default, deserialize_with = "if_readable")]
    pub(super) user_verification_details: Option<serde_json::Value>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct StatusReport {
    pub(super) status: String,
    pub(super) effective_date: Option<String>,
    pub(super) sunset_date: Option<String>,
    #[serde(default, deserialize_with = "if_readable")]
    pub(super) authenticator_version: Option<u64>,
    #[serde(default, deserialize_with = "if_readable")]
    pub(super) url: Option<String>,
    #[serde(default, deserialize_with = "if_readable")]
    pub(super) certificate: Option<String>,
    #[serde(default, deserialize_with = "if_readable")]
    pub(super) batch_certificate: Option<String>,
}

/// The one member that [`super::Entry::icon`] reads.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Pictured {
    #[serde(default)]
    pub(super) metadata_statement: Picture,
}

#[derive(Deserialize, Default)]
pub(super) struct Picture {
    #[serde(default, deserialize_with = "if_readable")]
    pub(super) icon: Option<String>,
}

/// Something of another type counts as absent.
fn if_readable<'de, D, T>(deserializer: D) -> Result<Option<T>, D::Error>
where
    D: Deserializer<'de>,
    T: DeserializeOwned,
{
    let value = serde_json::Value::deserialize(deserializer)?;
    Ok(serde_json::from_value(value).ok())
}
