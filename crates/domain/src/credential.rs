//! What deciders know of a WebAuthn credential.

use std::fmt;

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

use crate::Digest;

macro_rules! byte_strings {
    ($($(#[$doc:meta])* $name:ident;)+) => {$(
        $(#[$doc])*
        #[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(Vec<u8>);

        impl $name {
            /// Wraps the bytes.
            pub const fn new(bytes: Vec<u8>) -> Self {
                Self(bytes)
            }

            /// The bytes.
            pub fn as_bytes(&self) -> &[u8] {
                &self.0
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, concat!(stringify!($name), "({})"), URL_SAFE_NO_PAD.encode(&self.0))
            }
        }

        impl Serialize for $name {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.serialize_str(&URL_SAFE_NO_PAD.encode(&self.0))
            }
        }

        impl<'de> Deserialize<'de> for $name {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                let text = <std::borrow::Cow<'de, str>>::deserialize(deserializer)?;
                URL_SAFE_NO_PAD.decode(text.as_bytes()).map(Self).map_err(de::Error::custom)
            }
        }
    )+};
}

byte_strings! {
    /// A credential id, at most 1023 bytes (WebAuthn Level 3 §5.8.3 of registering).
    CredentialId;
    /// Bytes that are kept as evidence and never interpreted here, such as a public key in COSE form.
    Bytes;
}

impl CredentialId {
    /// The key under which a credential id is reserved, so that it belongs to one account only.
    pub fn digest(&self) -> Digest {
        Digest::of_parts("firstkey credential id", &[&self.0])
    }
}

/// How a browser can reach an authenticator again.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Transport(pub String);

/// What is known of where the key lives.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Attestation {
    /// Nothing: the authenticator's word was not asked for or not given.
    None,
    /// The credential key signed for itself, which shows integrity and no model.
    SelfSigned,
    /// A certificate chain that ends in a configured root.
    Trusted,
    /// A certificate chain that ends nowhere we know.
    Untrusted,
}

/// A registered credential: verified, and bound or not yet bound.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Credential {
    /// Its id.
    pub id: CredentialId,
    /// The public key, in the relying-party library's stored form.
    pub public_key: Bytes,
    /// The authenticator's model (AAGUID); zero when it did not say.
    pub aaguid: uuid::Uuid,
    /// Whether the key can be copied to other devices (flag BE). It never changes.
    pub backup_eligible: bool,
    /// Whether it was copied when it was registered (flag BS).
    pub backed_up: bool,
    /// The signature counter at registration.
    pub sign_count: u32,
    /// How a browser can reach it.
    pub transports: Vec<Transport>,
    /// What is known of where the key lives.
    pub attestation: Attestation,
}

/// An assertion exactly as the browser gave it, kept so that anyone can verify it later.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RawAssertion {
    /// Which credential signed.
    pub credential_id: CredentialId,
    /// Authenticator data.
    pub authenticator_data: Bytes,
    /// Client data, whose challenge is the digest of what was signed.
    pub client_data_json: Bytes,
    /// The signature over both.
    pub signature: Bytes,
}
