//! What the FIDO Metadata Service publishes about models of authenticators
//! (<https://fidoalliance.org/specs/mds/fido-metadata-service-v3.1.1-ps-20260105.html>).
//!
//! It publishes one signed file, the BLOB. [`UnverifiedBlob::verify`] checks who signed it and
//! returns [`Metadata`]: which roots may vouch for which model ([`crate::TrustAnchors`]), what is
//! known against a model ([`ModelFacts`]), its name and icon. Nothing is fetched; the file is the
//! caller's to bring, and so are the roots, which change: the BLOBs of August 2026 and later
//! chain to `GlobalSign Root R46`, those before to `GlobalSign Root CA - R3`.
//!
//! Unknown members and unknown statuses are kept. An entry that cannot be read is set aside and
//! reported, and its model then has no roots: nothing vouches for what is not understood.
//! Revocation lists of the signer's certificates are not looked at.
//!
//! ```
//! use firstkey_webauthn::metadata::{Expected, UnverifiedBlob};
//! use firstkey_webauthn::{TrustAnchor, TrustPolicy};
//! # use firstkey_testkit::authenticator::{Algorithm, TestAuthority};
//! # use std::time::{Duration, SystemTime};
//!
//! # let mut authority = TestAuthority::new(1);
//! # let signer = authority.metadata_signer("mds.fidoalliance.org", Algorithm::Es256);
//! # let file = signer.sign(&serde_json::json!({
//! #     "no": 277, "nextUpdate": "2030-04-01", "entries": [],
//! # }));
//! # let root_in_der = authority.certificate();
//! # let now = SystemTime::UNIX_EPOCH + Duration::from_secs(1_900_000_000);
//! let roots = [TrustAnchor::from_der(root_in_der)?];
//! let expected = Expected { previous: Some(276), ..Expected::from_fido(&roots, now) };
//! let metadata = UnverifiedBlob::new(file.as_bytes()).verify(&expected)?;
//! assert!(!metadata.is_stale_at(now));
//! for entry in metadata.set_aside() {
//!     eprintln!("entry {} is not used: {}", entry.index, entry.reason);
//! }
//! // For `registration::Expected`:
//! let trust = TrustPolicy::trusting(&metadata);
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

mod anchors;
mod base64;
mod blob;
mod certification;
mod date;
mod entry;
mod error;
mod facts;
mod icon;
mod jws;
mod key_identifier;
mod payload;
mod signer;
mod status;
mod verification;
mod wire;

pub use blob::{Expected, UnverifiedBlob};
pub use certification::Certification;
pub use date::Date;
pub use entry::{Entry, ProtocolFamily};
pub use error::{EntryError, MetadataError};
pub use facts::{ModelFacts, Update};
pub use icon::PngIcon;
pub use key_identifier::KeyIdentifier;
#[cfg(any(fuzzing, test))]
pub(crate) use payload::read;
pub use payload::{Metadata, SetAside};
pub use signer::FIDO_SIGNER;
pub use status::{Compromise, Status, StatusReport};
pub use verification::{VerificationCombination, VerificationMethod};
