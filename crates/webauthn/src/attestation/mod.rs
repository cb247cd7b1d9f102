//! Attestation: what an authenticator proves about itself
//! (<https://www.w3.org/TR/webauthn-3/#sctn-attestation>).
//!
//! One file per statement format. To add one: its file, a variant of [`Format`], and the arm in
//! [`verify`] that the compiler then asks for.

mod android_key;
mod apple;
mod compound;
mod facts;
mod fido_u2f;
mod none;
mod object;
mod packed;
mod profile;
mod statement;
mod tpm;
mod trust;
mod verdict;

use std::time::SystemTime;

use thiserror::Error;

use crate::cbor::CborError;
use crate::cose::CosePublicKey;
use crate::ids::Aaguid;
use crate::metadata::KeyIdentifier;
use crate::x509::{Certificate, CertificateError, TrustAnchor, trace};

pub use android_key::{AndroidKey, AndroidKeyError, Boot, BootState, SecurityLevel};
pub use facts::Facts;
pub(crate) use object::AttestationObject;
pub use object::AttestationObjectError;
#[cfg(any(fuzzing, test))]
pub(crate) use tpm::read as read_tpm;
pub use tpm::{Rs1, TpmError, TpmFacts, TpmKeyAttributes, TpmManufacturer, TpmPolicy};
pub use trust::{NoAnchors, Requirement, TrustAnchors, TrustPolicy};
pub use verdict::{Attestation, AttestationKind, Certified, Trust};

/// An attestation statement format that is understood
/// (<https://www.w3.org/TR/webauthn-3/#sctn-defined-attestation-formats>).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Format {
    /// No statement.
    None,
    /// The general format of security keys and many platforms.
    Packed,
    /// What Trusted Platform Modules attest, as with Windows Hello.
    Tpm,
    /// Android's key store.
    AndroidKey,
    /// Apple's devices, anonymized.
    Apple,
    /// Security keys of FIDO U2F. User verification, backup state and counter are unsigned here.
    FidoU2f,
    /// Several statements at once.
    Compound,
}

/// A format that is refused with an error of its own.
pub(crate) const SAFETY_NET: &str = "android-safetynet";

impl Format {
    /// The format with this identifier, compared case-sensitively.
    pub fn from_identifier(identifier: &str) -> Option<Self> {
        let all = [
            Self::None,
            Self::Packed,
            Self::Tpm,
            Self::AndroidKey,
            Self::Apple,
            Self::FidoU2f,
            Self::Compound,
        ];
        all.into_iter().find(|format| format.identifier() == identifier)
    }

    /// Its identifier in the IANA registry.
    pub const fn identifier(self) -> &'static str {
        match self {
            Self::None => "none",
            Self::Packed => "packed",
            Self::Tpm => "tpm",
            Self::AndroidKey => "android-key",
            Self::Apple => "apple",
            Self::FidoU2f => "fido-u2f",
            Self::Compound => "compound",
        }
    }
}

/// Why an attestation statement is wrong.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum AttestationError {
    /// The statement is not the canonical CBOR that its format prescribes.
    #[error("attestation statement: {0}")]
    Cbor(#[from] CborError),
    /// The statement has members missing or superfluous.
    #[error("the attestation statement does not have the members its format prescribes")]
    Shape,
    /// The statement's algorithm is not supported.
    #[error("attestation algorithm {0} is not supported")]
    UnsupportedAlgorithm(i64),
    /// The credential's algorithm is not the one that the statement names or its format demands.
    #[error("the credential's algorithm is not the statement's")]
    Algorithm,
    /// The statement's signature does not verify.
    #[error("the attestation signature does not verify")]
    Signature,
    /// A certificate cannot be read.
    #[error(transparent)]
    Certificate(#[from] CertificateError),
    /// The attestation certificate breaks its format's profile.
    #[error("the attestation certificate breaks its profile: {0}")]
    Profile(&'static str),
    /// The certificate is for another model of authenticator.
    #[error("the attestation certificate is for another AAGUID")]
    Aaguid,
    /// `fido-u2f`: the authenticator data names a model, which authenticators of U2F cannot.
    #[error("the AAGUID must be zero")]
    AaguidNotZero,
    /// The certificate is for another key than the credential's.
    #[error("the attestation certificate's key is not the credential's")]
    CertificateKey,
    /// `apple`: the certificate was made for another ceremony.
    #[error("the attestation certificate's nonce is not this ceremony's")]
    Nonce,
    /// `android-key`: the key description does not fit.
    #[error(transparent)]
    AndroidKey(#[from] AndroidKeyError),
    /// A `tpm` statement is wrong in its own way.
    #[error(transparent)]
    Tpm(#[from] TpmError),
    /// One of the statements of a compound attestation is wrong, counted from zero.
    #[error("statement {index}: {error}")]
    Compound {
        /// Which.
        index: u64,
        /// Why.
        #[source]
        error: Box<AttestationError>,
    },
    /// A compound attestation within a compound attestation.
    #[error("compound attestations do not nest")]
    Nested,
    /// A format within a compound attestation is not supported.
    #[error("attestation format {0:?} is not supported")]
    UnsupportedFormat(String),
    /// `android-safetynet` within a compound attestation.
    #[error("attestation format android-safetynet was retired")]
    SafetyNet,
}

/// What every format's verification procedure is given
/// (<https://www.w3.org/TR/webauthn-3/#verification-procedure-inputs>).
#[derive(Clone, Copy)]
pub(crate) struct Input<'a> {
    /// The statement, one canonical CBOR item.
    pub(crate) statement: &'a [u8],
    pub(crate) auth_data: &'a [u8],
    pub(crate) client_data_hash: &'a [u8],
    pub(crate) rp_id_hash: &'a [u8],
    pub(crate) credential_id: &'a [u8],
    pub(crate) aaguid: Aaguid,
    pub(crate) public_key: &'a CosePublicKey,
}

/// What a format's verification procedure returns: the attestation type and trust path.
enum Outcome {
    None,
    SelfSigned,
    /// Not empty, leaf first.
    Certified(Vec<Certificate>),
    /// The same by a TPM, and what it says.
    Tpm(Vec<Certificate>, TpmFacts),
}

/// Step 22: runs the format's verification procedure; step 23: looks for the root.
pub(crate) fn verify(
    format: Format,
    input: &Input<'_>,
    trust: &TrustPolicy<'_>,
    now: SystemTime,
) -> Result<Attestation, AttestationError> {
    let outcome = match format {
        Format::None => none::verify(input)?,
        Format::Packed => packed::verify(input)?,
        Format::Tpm => tpm::verify(input, &trust.tpm)?,
        Format::AndroidKey => android_key::verify(input)?,
        Format::Apple => apple::verify(input)?,
        Format::FidoU2f => fido_u2f::verify(input)?,
        Format::Compound => {
            let statements = compound::verify(input, trust, now)?;
            return Ok(Attestation { format, kind: AttestationKind::Compound(statements) });
        }
    };
    let certified = |chain: &[Certificate], tpm| {
        let anchors = accepted_roots(trust.anchors, format, input.aaguid, chain);
        let trust = match trace(chain, anchors, now) {
            Ok(anchor) => Trust::Anchored(TrustAnchor::der(anchor).to_vec()),
            Err(reason) => Trust::Unanchored(reason),
        };
        let facts = match (&trust, chain.first()) {
            (Trust::Anchored(_), Some(leaf)) => Facts { tpm, ..Facts::read(format, leaf) },
            _ => Facts::default(),
        };
        let chain = chain.iter().map(|certificate| certificate.der().to_vec()).collect();
        AttestationKind::Certified(Certified { chain, trust, facts })
    };
    let kind = match outcome {
        Outcome::None => AttestationKind::None,
        Outcome::SelfSigned => AttestationKind::SelfSigned,
        Outcome::Certified(chain) => certified(&chain, None),
        Outcome::Tpm(chain, facts) => certified(&chain, Some(facts)),
    };
    Ok(Attestation { format, kind })
}

/// Step 23: the roots that may vouch for this authenticator, found by its model or, where it
/// tells none, by its attestation key.
fn accepted_roots<'t>(
    anchors: &'t dyn TrustAnchors,
    format: Format,
    aaguid: Aaguid,
    chain: &[Certificate],
) -> &'t [TrustAnchor] {
    if !aaguid.is_zero() {
        return anchors.for_model(format, aaguid);
    }
    let key = chain.first().and_then(KeyIdentifier::of);
    key.map_or(&[], |key| anchors.for_attestation_key(format, key))
}
