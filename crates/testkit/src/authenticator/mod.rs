//! A browser and an authenticator in one, in software.
//!
//! [`SoftAuthenticator`] takes the options that a relying party would give to a page and returns
//! what the page would post back. It is written against the specification and shares no code
//! with the relying party that it tests. Ids and all keys but RSA's follow from a seed, so a
//! failing test fails the same way again; ECDSA signatures differ from run to run.
//!
//! ```
//! use firstkey_testkit::authenticator::SoftAuthenticator;
//! use serde_json::json;
//!
//! let mut key = SoftAuthenticator::new(7);
//! let created = key.create(
//!     &json!({
//!         "rp": { "id": "example.org", "name": "Example" },
//!         "user": { "id": "AQ", "name": "ada", "displayName": "Ada" },
//!         "challenge": "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
//!         "pubKeyCredParams": [{ "type": "public-key", "alg": -7 }],
//!     }),
//!     "https://example.org",
//! )?;
//! let asserted = key.get(
//!     &json!({
//!         "rpId": "example.org",
//!         "challenge": "AQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQE",
//!     }),
//!     "https://example.org",
//! )?;
//! assert_eq!(created["id"], asserted["id"]);
//! # Ok::<(), firstkey_testkit::authenticator::CeremonyError>(())
//! ```

#![expect(clippy::missing_panics_doc, reason = "what is expected here always holds")]

mod attestation;
mod authority;
mod ceremony;
mod curve;
mod der;
mod encode;
mod entropy;
mod key;
mod key_description;
mod key_store;
mod metadata;
mod options;
mod response;
mod sabotage;
mod statement;
mod tpm;

pub use attestation::Attestation;
pub use authority::{AttestationKey, TestAuthority};
pub use ceremony::{Backup, SoftAuthenticator};
pub use key::Algorithm;
pub use key_description::{AuthorizationList, KeyDescription};
pub use key_store::KeyStore;
pub use metadata::MetadataSigner;
pub use options::{CeremonyError, CreationOptions, RequestOptions};
pub use response::{AssertionResponse, RegistrationResponse};
pub use sabotage::Sabotage;
pub use tpm::{AikHash, TpmStatement};
