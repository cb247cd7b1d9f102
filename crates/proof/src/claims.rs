//! The texts inside a proof, shared by those who write it and those who read it.

use aws_lc_rs::digest;
use serde::{Deserialize, Deserializer, Serialize};

use crate::PublicJwk;
use crate::encoding::{object, present, to_base64url};
use crate::jwk;

/// The protected header as written (RFC 9449 §4.2).
#[derive(Serialize)]
pub(crate) struct Header<'a> {
    pub(crate) typ: &'a str,
    pub(crate) alg: &'a str,
    pub(crate) jwk: &'a PublicJwk,
}

/// The protected header as read. Members it does not name are ignored (RFC 7515 §4), save `crit`.
#[derive(Deserialize)]
pub(crate) struct UncheckedHeader {
    pub(crate) typ: Option<String>,
    pub(crate) alg: Option<String>,
    #[serde(default, deserialize_with = "jwk_members")]
    pub(crate) jwk: Option<jwk::Members>,
    #[serde(default, rename = "crit", deserialize_with = "present")]
    pub(crate) has_critical_extension: bool,
}

fn jwk_members<'de, D: Deserializer<'de>>(
    deserializer: D,
) -> Result<Option<jwk::Members>, D::Error> {
    object(deserializer).map(Some)
}

/// The payload.
#[derive(Serialize, Deserialize)]
pub(crate) struct Claims {
    pub(crate) jti: String,
    pub(crate) htm: String,
    pub(crate) htu: String,
    pub(crate) bsh: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) nonce: Option<String>,
}

/// The claim that stands for a body: SHA-256 as base64url. No body and an empty one are the same.
pub(crate) fn body_digest(body: &[u8]) -> String {
    to_base64url(digest::digest(&digest::SHA256, body).as_ref())
}
