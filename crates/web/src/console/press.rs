//! What scripts and the server say to each other around the press of a passkey.

use firstkey_app::enrolling::Ceremony;
use firstkey_webauthn::authentication::UnverifiedAssertion;
use serde::{Deserialize, Serialize};

/// What the browser is to ask the passkey for, and what to send back with its answer.
#[derive(Debug, Serialize)]
pub(super) struct Asked {
    options: serde_json::Value,
    ticket: String,
}

impl From<Ceremony> for Asked {
    fn from(ceremony: Ceremony) -> Self {
        Self { options: ceremony.options, ticket: ceremony.ticket }
    }
}

/// The passkey's answer.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Pressed {
    /// What came with the options.
    pub(super) ticket: String,
    /// `PublicKeyCredential.toJSON()`.
    pub(super) credential: UnverifiedAssertion,
}

/// Where the page goes now.
#[derive(Debug, Serialize)]
pub(super) struct GoTo {
    pub(super) to: String,
}
