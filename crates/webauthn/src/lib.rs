//! A [WebAuthn Level 3](https://www.w3.org/TR/webauthn-3/) relying party on aws-lc-rs.
//!
//! Two ceremonies, each in three moves: build options and send them to the page; read what the
//! page posts back into an `Unverified…` type; call `verify`, which runs the specification's
//! steps in its order and returns either what may be believed or an error that names the step
//! ([`registration::RegistrationError`], [`authentication::AssertionError`]). JSON in and out is
//! what browsers parse and write themselves (`parseCreationOptionsFromJSON`,
//! `parseRequestOptionsFromJSON`, `PublicKeyCredential.toJSON()`).
//!
//! The crate keeps no state, reads no clock and draws no randomness. Its caller
//!
//! * draws 32 unpredictable bytes for each [`Challenge`] and accepts each once,
//! * refuses a registration whose credential id some account already has,
//! * stores what [`registration::VerifiedRegistration`] lists, and after each sign-in the
//!   counter and backup state of [`authentication::VerifiedAssertion`].
//!
//! Input is bounded before it is decoded, CBOR is read in CTAP2 canonical form only, and no input
//! panics. Verifying an assertion allocates nothing beyond what reading its JSON did.
//!
//! Today it knows the algorithms ES256, ES384, ES512, `EdDSA` (Ed25519), RS256 and PS256, of which
//! it offers three ([`Algorithm::OFFERED`]), and the attestation formats `none`, `packed`, `tpm`,
//! `android-key`, `apple`, `fido-u2f` and `compound`; other formats are refused by name,
//! `android-safetynet` among them.
//!
//! # Registration
//!
//! ```
//! # use std::time::{Duration, SystemTime};
//! # use firstkey_testkit::authenticator::SoftAuthenticator;
//! use firstkey_webauthn::registration::{
//!     Expected, Mediation, Options, UnverifiedRegistration, User,
//! };
//! use firstkey_webauthn::{
//!     Algorithm, Challenge, RelyingParty, TrustPolicy, UserHandle, UserVerification,
//! };
//!
//! let party = RelyingParty::new("example.org", "Example", ["https://example.org"])?;
//! let handle = UserHandle::new(b"random, not personal")?;
//! # let random_bytes = [7; 32];
//! let challenge = Challenge::new(random_bytes);
//! let user = User { id: &handle, name: "ada@example.org", display_name: "Ada" };
//!
//! // To the page:
//! let options = serde_json::to_string(&Options::new(&party, user, challenge))?;
//!
//! // From the page:
//! # let posted = SoftAuthenticator::new(1)
//! #     .create(&serde_json::from_str(&options)?, "https://example.org")?
//! #     .to_string();
//! # let now = SystemTime::UNIX_EPOCH + Duration::from_secs(1_900_000_000);
//! let response: UnverifiedRegistration = serde_json::from_str(&posted)?;
//! let registered = response.verify(
//!     &party,
//!     &Expected {
//!         challenge: &challenge,
//!         user_verification: UserVerification::Required,
//!         algorithms: Algorithm::OFFERED,
//!         mediation: Mediation::Modal,
//!         trust: TrustPolicy::NONE,
//!         now,
//!     },
//! )?;
//! assert!(registered.user_verified);
//! let stored: Vec<u8> = registered.public_key.to_bytes();
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! # Authentication
//!
//! ```
//! # use firstkey_testkit::authenticator::SoftAuthenticator;
//! use firstkey_webauthn::authentication::{
//!     Account, Expected, Options, StoredCredential, UnverifiedAssertion,
//! };
//! use firstkey_webauthn::{Challenge, CosePublicKey, RelyingParty, UserVerification};
//!
//! # use firstkey_webauthn::{Algorithm, CredentialId, TrustPolicy, UserHandle, registration};
//! # let party = RelyingParty::new("example.org", "Example", ["https://example.org"])?;
//! # let handle = UserHandle::new(b"random, not personal")?;
//! # let challenge = Challenge::new([7; 32]);
//! # let user = registration::User { id: &handle, name: "ada", display_name: "Ada" };
//! # let mut key = SoftAuthenticator::new(1);
//! # let options = registration::Options::new(&party, user, challenge);
//! # let created = key.create(&serde_json::to_value(options)?, "https://example.org")?;
//! # let created: registration::UnverifiedRegistration = serde_json::from_value(created)?;
//! # let record = created.verify(&party, &registration::Expected {
//! #     challenge: &challenge,
//! #     user_verification: UserVerification::Required,
//! #     algorithms: Algorithm::OFFERED,
//! #     mediation: registration::Mediation::Modal,
//! #     trust: TrustPolicy::NONE,
//! #     now: std::time::SystemTime::UNIX_EPOCH,
//! # })?;
//! # let stored_key = record.public_key.to_bytes();
//! # let random_bytes = [8; 32];
//! let challenge = Challenge::new(random_bytes);
//! let options = serde_json::to_string(&Options::new(&party, challenge))?;
//!
//! # let posted = key.get(&serde_json::from_str(&options)?, "https://example.org")?.to_string();
//! let response: UnverifiedAssertion = serde_json::from_str(&posted)?;
//! // Find the record of `response.credential_id()`, then:
//! let signed_in = response.verify(
//!     &party,
//!     &Expected {
//!         challenge: &challenge,
//!         user_verification: UserVerification::Required,
//!         account: Account::Discovered,
//!         stored: StoredCredential {
//!             id: &record.credential_id,
//!             public_key: &CosePublicKey::from_bytes(&stored_key)?,
//!             user_handle: &handle,
//!             backup_eligible: record.backup_eligible,
//!             sign_count: record.sign_count,
//!         },
//!     },
//! )?;
//! assert!(signed_in.user_verified && !signed_in.counter_regressed);
//!
//! // Anyone who holds the public key can check the evidence again, with no account at hand.
//! let kept = serde_json::to_string(&signed_in.evidence)?;
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! # Extensions and signals
//!
//! Of extensions, `credProps` is always asked for and [PRF](PrfInput) on demand; what
//! authenticators say unasked is [`AuthenticatorExtensions`]. Passkeys offered in a form's fields,
//! and those made along with another sign-in, are [`Mediation::Conditional`]. What pages tell
//! authenticators after a removal or a change of name is in [`signals`].
//!
//! # Attestation
//!
//! [`TrustPolicy`] says which roots are believed and whether one must vouch. A statement that is
//! present but wrong is refused in any case; one that verifies but leads to no accepted root is
//! reported as [`Trust::Unanchored`], with the reason, so that policy can decide on facts. The
//! roots can be a list, or those of the FIDO Metadata Service ([`metadata`]).
//!
//! Where a root is accepted, [`Facts`] says what it proves besides the model: whether an Android
//! key lives in hardware ([`AndroidKey`]), which TPM holds it ([`TpmFacts`]), and which one
//! authenticator it is when enterprise attestation was asked for
//! ([`registration::Conveyance::Enterprise`]). Nothing is in it otherwise, so a policy cannot take a
//! claim for a fact.
//!
//! ```
//! # use std::time::{Duration, SystemTime};
//! # use firstkey_testkit::authenticator::{
//! #     Attestation, KeyDescription, KeyStore, SoftAuthenticator, TestAuthority,
//! # };
//! # use firstkey_webauthn::registration::{
//! #     Conveyance, Expected, Mediation, Options, UnverifiedRegistration, User,
//! # };
//! # use firstkey_webauthn::{Algorithm, Challenge, RelyingParty, UserHandle, UserVerification};
//! use firstkey_webauthn::{Format, TrustAnchor, TrustPolicy};
//!
//! # let authority = TestAuthority::new(1);
//! # let root = authority.certificate().to_vec();
//! # let store = KeyStore::new(authority);
//! # let attestation = Attestation::AndroidKey(store, KeyDescription::hardware());
//! # let party = RelyingParty::new("example.org", "Example", ["https://example.org"])?;
//! # let handle = UserHandle::new(b"random, not personal")?;
//! # let challenge = Challenge::new([7; 32]);
//! # let user = User { id: &handle, name: "ada", display_name: "Ada" };
//! // The options asked for it:
//! let options = Options::new(&party, user, challenge).attestation(Conveyance::Direct);
//! # let response: UnverifiedRegistration = serde_json::from_value(
//! #     SoftAuthenticator::new(1)
//! #         .with_attestation([9; 16], attestation)
//! #         .create(&serde_json::to_value(options)?, "https://example.org")?,
//! # )?;
//! // A registration without an accepted root is refused:
//! let anchors = vec![TrustAnchor::from_der(&root)?];
//! let trust = TrustPolicy::trusting(&anchors);
//! # let registered = response.verify(
//! #     &party,
//! #     &Expected {
//! #         challenge: &challenge,
//! #         user_verification: UserVerification::Required,
//! #         algorithms: Algorithm::OFFERED,
//! #         mediation: Mediation::Modal,
//! #         trust,
//! #         now: SystemTime::UNIX_EPOCH + Duration::from_secs(1_900_000_000),
//! #     },
//! # )?;
//!
//! // From Android, only keys that its hardware made and guards:
//! assert_eq!(registered.attestation.format, Format::AndroidKey);
//! let key = registered.attestation.certified().find_map(|statement| statement.facts.android_key);
//! assert!(key.is_some_and(|key| key.hardware_enforced));
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

mod attestation;
mod authenticator_data;
mod base64url;
mod cbor;
mod client_data;
mod cose;
mod extensions;
mod ids;
mod relying_party;
mod vocabulary;
mod x509;

pub mod authentication;
#[cfg(any(fuzzing, test))]
pub mod fuzzing;
pub mod metadata;
pub mod registration;
pub mod signals;

pub use attestation::{
    AndroidKey, AndroidKeyError, Attestation, AttestationError, AttestationKind,
    AttestationObjectError, Boot, BootState, Certified, Facts, Format, NoAnchors, Requirement, Rs1,
    SecurityLevel, TpmError, TpmFacts, TpmKeyAttributes, TpmManufacturer, TpmPolicy, Trust,
    TrustAnchors, TrustPolicy,
};
pub use authenticator_data::AuthenticatorDataError;
pub use cbor::CborError;
pub use cose::{Algorithm, CoseError, CosePublicKey};
pub use extensions::{
    AuthenticatorExtensions, CredentialProtection, PrfAtRegistration, PrfInput, PrfOutputs,
};
pub use ids::{Aaguid, Challenge, CredentialId, LengthError, UserHandle};
pub use relying_party::{RelatedOrigins, RelyingParty, RelyingPartyError};
pub use vocabulary::{
    Descriptor, Hint, Mediated, Mediation, Timeout, TimeoutError, Transport, UserVerification,
};
pub use x509::{CertificateError, ChainError, TrustAnchor};

/// One verification step: goes on, or fails with the step's error.
fn ensure<E>(holds: bool, otherwise: E) -> Result<(), E> {
    if holds { Ok(()) } else { Err(otherwise) }
}
