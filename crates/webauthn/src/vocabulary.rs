//! The words that options and responses share, spelt as in the specification.

use core::time::Duration;

use serde::{Deserialize, Serialize, Serializer};
use thiserror::Error;

use crate::ids::CredentialId;

/// Whether the authenticator must verify the user
/// (<https://www.w3.org/TR/webauthn-3/#enumdef-userverificationrequirement>).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum UserVerification {
    /// The ceremony fails without it.
    Required,
    /// Asked for where it is possible.
    Preferred,
    /// Not asked for.
    Discouraged,
}

/// How the client reaches an authenticator
/// (<https://www.w3.org/TR/webauthn-3/#enumdef-authenticatortransport>).
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Transport {
    /// USB.
    Usb,
    /// Near-field communication.
    Nfc,
    /// Bluetooth Low Energy.
    Ble,
    /// An ISO 7816 smart card with contacts.
    SmartCard,
    /// Another device nearby, such as a phone that scanned a QR code.
    Hybrid,
    /// Built into the client device.
    Internal,
    /// A transport that this version does not know. The specification has relying parties keep
    /// such values; a name longer than 32 characters or with others than letters, digits and
    /// hyphens refuses the registration.
    #[serde(untagged)]
    Other(String),
}

impl Transport {
    /// A list longer than this, or a name longer, is noise.
    pub(crate) const MAX_COUNT: usize = 16;

    pub(crate) fn is_plain(&self) -> bool {
        match self {
            Self::Other(name) => {
                (1..=32).contains(&name.len())
                    && name.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-')
            }
            _ => true,
        }
    }
}

/// Points at a credential in options
/// (<https://www.w3.org/TR/webauthn-3/#dictdef-publickeycredentialdescriptorjson>).
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Descriptor {
    #[serde(rename = "type")]
    kind: PublicKeyType,
    id: CredentialId,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    transports: Vec<Transport>,
}

impl Descriptor {
    /// A credential, and how its authenticator was reached at registration.
    pub fn new(id: CredentialId, transports: Vec<Transport>) -> Self {
        Self { kind: PublicKeyType::PublicKey, id, transports }
    }

    /// The credential.
    pub fn id(&self) -> &CredentialId {
        &self.id
    }
}

/// The only credential type there is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) enum PublicKeyType {
    #[serde(rename = "public-key")]
    PublicKey,
}

/// Which authenticators the client should show first
/// (<https://www.w3.org/TR/webauthn-3/#enumdef-publickeycredentialhint>).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Hint {
    /// A hardware key.
    SecurityKey,
    /// The device in use.
    ClientDevice,
    /// A phone nearby.
    Hybrid,
}

/// How the client brings a ceremony before the user
/// (<https://www.w3.org/TR/credential-management-1/#enumdef-credentialmediationrequirement>).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub enum Mediation {
    /// In a dialogue: somebody must be present.
    #[serde(rename = "optional")]
    Modal,
    /// Without one. At registration a passkey made along with another sign-in, where presence is
    /// not proven; at authentication among what a form's fields can be filled with.
    #[serde(rename = "conditional")]
    Conditional,
}

/// What a page passes to `create()` or `get()`, after it has parsed the member `publicKey`.
#[derive(Debug, Clone, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Mediated<T> {
    mediation: Mediation,
    public_key: T,
}

impl<T> Mediated<T> {
    pub(crate) fn new(mediation: Mediation, public_key: T) -> Self {
        Self { mediation, public_key }
    }
}

/// How long the client may take: 300 to 600 seconds, the range that
/// <https://www.w3.org/TR/webauthn-3/#sctn-timeout-recommended-range> recommends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Timeout(Duration);

/// A timeout outside 300 to 600 seconds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
#[error("a ceremony's timeout must be 300 to 600 seconds")]
pub struct TimeoutError;

impl Timeout {
    /// Checks the range.
    pub fn new(duration: Duration) -> Result<Self, TimeoutError> {
        (Duration::from_secs(300)..=Duration::from_secs(600))
            .contains(&duration)
            .then_some(Self(duration))
            .ok_or(TimeoutError)
    }

    /// The duration.
    pub fn duration(self) -> Duration {
        self.0
    }
}

/// Five minutes.
impl Default for Timeout {
    fn default() -> Self {
        Self(Duration::from_secs(300))
    }
}

/// In milliseconds.
impl Serialize for Timeout {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_u128(self.0.as_millis())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn transports_are_read_by_name_and_unknown_ones_kept() {
        let read: Vec<Transport> =
            serde_json::from_str(r#"["usb","smart-card","internal","carrier-pigeon"]"#).unwrap();
        assert_eq!(read[..3], [Transport::Usb, Transport::SmartCard, Transport::Internal]);
        assert_eq!(read[3], Transport::Other("carrier-pigeon".into()));
        assert!(read[3].is_plain());
        assert!(!Transport::Other("<b>".into()).is_plain());
        assert_eq!(
            serde_json::to_string(&read).unwrap(),
            r#"["usb","smart-card","internal","carrier-pigeon"]"#
        );
    }

    #[test]
    fn timeouts_stay_in_the_recommended_range() {
        assert!(Timeout::new(Duration::from_secs(299)).is_err());
        assert!(Timeout::new(Duration::from_secs(601)).is_err());
        let timeout = Timeout::new(Duration::from_secs(600)).unwrap();
        assert_eq!(serde_json::to_string(&timeout).unwrap(), "600000");
    }
}
