//! The options that a page passes to the browser, as far as they matter here.

use serde::Deserialize;
use thiserror::Error;

/// Why a browser would reject the promise.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum CeremonyError {
    /// The options are not of the form that the browser parses (`TypeError`).
    #[error("TypeError: {0}")]
    Options(String),
    /// The RP ID is not the origin's (`SecurityError`).
    #[error("SecurityError: the RP ID is not the origin's domain or above it")]
    Security,
    /// The authenticator holds an excluded credential (`InvalidStateError`).
    #[error("InvalidStateError: the authenticator already holds a credential of this account")]
    InvalidState,
    /// No algorithm in common (`NotSupportedError`).
    #[error("NotSupportedError: no algorithm in common")]
    NotSupported,
    /// No credential fits, or the user declined (`NotAllowedError`).
    #[error("NotAllowedError: no credential fits")]
    NotAllowed,
}

/// `PublicKeyCredentialCreationOptionsJSON`
#[derive(Debug, Clone, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct CreationOptions<'a> {
    #[serde(borrow)]
    pub(super) rp: RelyingParty<'a>,
    #[serde(borrow)]
    pub(super) user: User<'a>,
    pub(super) challenge: &'a str,
    pub(super) pub_key_cred_params: Vec<Parameters>,
    #[serde(borrow, default)]
    pub(super) exclude_credentials: Vec<Descriptor<'a>>,
    #[serde(default)]
    pub(super) attestation: Option<&'a str>,
}

/// `PublicKeyCredentialRequestOptionsJSON`
#[derive(Debug, Clone, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct RequestOptions<'a> {
    pub(super) rp_id: &'a str,
    pub(super) challenge: &'a str,
    #[serde(borrow, default)]
    pub(super) allow_credentials: Vec<Descriptor<'a>>,
}

#[derive(Debug, Clone, Deserialize)]
pub(super) struct RelyingParty<'a> {
    pub(super) id: &'a str,
}

#[derive(Debug, Clone, Deserialize)]
pub(super) struct User<'a> {
    pub(super) id: &'a str,
}

#[derive(Debug, Clone, Deserialize)]
pub(super) struct Parameters {
    pub(super) alg: i64,
}

#[derive(Debug, Clone, Deserialize)]
pub(super) struct Descriptor<'a> {
    pub(super) id: &'a str,
}
