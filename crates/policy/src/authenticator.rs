//! What policy may know of the authenticator that is about to be bound.

use std::{collections::BTreeSet, fmt, str::FromStr};

use firstkey_domain::{Attestation, Credential};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::Listing;

/// The authenticator that is about to be bound. That its user was verified is no fact: a
/// registration without user verification is never kept.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NewAuthenticator {
    /// Its key cannot leave it: flag BE is 0 (WebAuthn Level 3 §6.1.3).
    pub device_bound: bool,
    /// What is known of where the key lives.
    pub attestation: Attestation,
    /// Which model it says it is: a claim, unless the attestation is trusted.
    pub model: Model,
    /// How the browser reached it: a claim.
    pub transports: BTreeSet<Transport>,
    /// What the metadata in force says of the model now.
    pub listing: Listing,
}

impl NewAuthenticator {
    /// One that says nothing of itself.
    pub(crate) const PLAIN: Self = Self {
        device_bound: false,
        attestation: Attestation::None,
        model: Model::Unknown,
        transports: BTreeSet::new(),
        listing: Listing::Unlisted,
    };

    /// What policy may know of a credential, with what the metadata in force says of its model.
    pub fn of(credential: &Credential, listing: Listing) -> Self {
        let transports = credential.transports.iter();
        Self {
            device_bound: !credential.backup_eligible,
            attestation: credential.attestation,
            model: Model::of(credential.aaguid),
            transports: transports.filter_map(|each| Transport::from_name(&each.0)).collect(),
            listing,
        }
    }
}

/// A model of authenticator.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(into = "String", try_from = "String")]
pub enum Model {
    /// The authenticator names none: security keys whose word was not asked for, and U2F keys.
    Unknown,
    /// The one with this AAGUID.
    Named(Uuid),
}

/// What the model's name in a policy must look like.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("a model is written as its AAGUID in small letters, or as \"unknown\"")]
pub struct NoModel;

impl Model {
    /// The model with this AAGUID; all zero stands for none (WebAuthn Level 3 §6.5.1).
    pub const fn of(aaguid: Uuid) -> Self {
        if aaguid.is_nil() { Self::Unknown } else { Self::Named(aaguid) }
    }
}

impl fmt::Display for Model {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Unknown => f.write_str("unknown"),
            Self::Named(aaguid) => fmt::Display::fmt(aaguid, f),
        }
    }
}

impl FromStr for Model {
    type Err = NoModel;

    /// Reads only what [`fmt::Display`] writes: names are compared letter by letter.
    fn from_str(text: &str) -> Result<Self, NoModel> {
        let read = match text {
            "unknown" => Self::Unknown,
            _ => Self::of(text.parse().map_err(|_| NoModel)?),
        };
        if read.to_string() == text { Ok(read) } else { Err(NoModel) }
    }
}

impl From<Model> for String {
    fn from(model: Model) -> Self {
        model.to_string()
    }
}

impl TryFrom<String> for Model {
    type Error = NoModel;

    fn try_from(text: String) -> Result<Self, NoModel> {
        text.parse()
    }
}

/// How a browser reaches an authenticator
/// (<https://www.w3.org/TR/webauthn-3/#enumdef-authenticatortransport>). What is not known here is no
/// fact.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Transport {
    /// A USB port.
    Usb,
    /// Near-field communication.
    Nfc,
    /// Bluetooth Low Energy.
    Ble,
    /// A smart card with contacts.
    SmartCard,
    /// A phone nearby that scanned a code.
    Hybrid,
    /// Built into the device in use.
    Internal,
}

impl Transport {
    /// Every transport.
    pub const ALL: [Self; 6] =
        [Self::Usb, Self::Nfc, Self::Ble, Self::SmartCard, Self::Hybrid, Self::Internal];

    /// Its name in policies and in browsers.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Usb => "usb",
            Self::Nfc => "nfc",
            Self::Ble => "ble",
            Self::SmartCard => "smart-card",
            Self::Hybrid => "hybrid",
            Self::Internal => "internal",
        }
    }

    /// The transport of this name.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|each| each.name() == name)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_model_has_one_name() {
        let text = "ee882879-721c-4913-9775-3dfcce97072a";
        let model: Model = text.parse().unwrap();
        assert_eq!(model.to_string(), text);
        assert_eq!("unknown".parse(), Ok(Model::Unknown));
        for other in [
            "EE882879-721C-4913-9775-3DFCCE97072A",
            "ee882879721c491397753dfcce97072a",
            "{ee882879-721c-4913-9775-3dfcce97072a}",
            "00000000-0000-0000-0000-000000000000",
            "Unknown",
            "",
        ] {
            assert_eq!(other.parse::<Model>(), Err(NoModel), "{other}");
        }
    }
}
