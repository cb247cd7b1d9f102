//! What scripts and the server say to each other around the press of a passkey.

use firstkey_app::{Backend, Signals, enrolling::Ceremony};
use firstkey_domain::{PersonId, person::Person};
use firstkey_webauthn::authentication::UnverifiedAssertion;
use serde::{Deserialize, Serialize};

use crate::Web;

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
    /// What the device is told before: the page gone to may need another sign-in.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) signals: Option<Signals>,
}

impl GoTo {
    /// Goes there after an act that changes nothing about anybody's own passkeys.
    pub(super) const fn to(to: String) -> Self {
        Self { to, signals: None }
    }

    /// Goes there, and tells the device of somebody who just pressed a passkey of theirs what became of
    /// the others. What cannot be read is not told: the act has happened.
    pub(super) async fn telling<S: Backend>(web: &Web<S>, person: PersonId, to: String) -> Self {
        let person = web.app.peek::<Person>(person).await.ok().flatten();
        let signals = match person {
            Some(person) => web.app.signals(&person).await.ok(),
            None => None,
        };
        Self { to, signals }
    }
}
