//! Attestation: what an authenticator proves about itself
//! (<https://www.w3.org/TR/webauthn-3/#sctn-attestation>).
//!
//! One file per statement format. To add one: its file, a variant of [`Format`], and the arm in
//! [`verify`] that the compiler then asks for.

mod none;
mod object;
mod packed;
mod tpm;
mod trust;

use std::time::SystemTime;

use thiserror::Error;

use crate::cbor::CborError;
use crate::cose::CosePublicKey;
use crate::ids::Aaguid;
use crate::metadata::KeyIdentifier;
use crate::x509::{Certificate, CertificateError, TrustAnchor, trace};

pub(crate) use object::AttestationObject;
pub use object::AttestationObjectError;
pub use tpm::{Rs1, TpmError, TpmFacts, TpmKeyAttributes, TpmManufacturer, TpmPolicy};
pub use trust::{NoAnchors, Requirement, TrustAnchors, TrustPolicy};

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
}

impl Format {
    /// The format with this identifier, compared case-sensitively.
    pub fn from_identifier(identifier: &str) -> Option<Self> {
        [Self::None, Self::Packed, Self::Tpm]
            .into_iter()
            .find(|format| format.identifier() == identifier)
    }

    /// Its identifier in the IANA registry.
    pub const fn identifier(self) -> &'static str {
        match self {
            Self::None => "none",
            Self::Packed => "packed",
            Self::Tpm => "tpm",
        }
    }
}

/// What a registration's attestation showed.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Attestation {
    /// The format in which it came.
    pub format: Format,
    /// Who vouches for the credential.
    pub kind: AttestationKind,
}

/// Who vouches for a credential (<https://www.w3.org/TR/webauthn-3/#sctn-attestation-types>).
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum AttestationKind {
    /// Nobody.
    None,
    /// Its own key: proves possession, and nothing about the authenticator.
    SelfSigned,
    /// A certified attestation key (Basic or `AttCA`).
    Certified(Certified),
}

/// A statement that verifies under a certificate, and where that certificate leads.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Certified {
    /// The certificates as sent, in DER, the attestation key's first.
    pub chain: Vec<Vec<u8>>,
    /// Whether they lead to an accepted root.
    pub trust: Trust,
    /// What a TPM said, where one did.
    pub tpm: Option<TpmFacts>,
}

/// Whether a chain leads to an accepted root.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Trust {
    /// To this one, in DER.
    Anchored(Vec<u8>),
    /// To none, and why. Nothing that the statement says about the authenticator is proven.
    Unanchored(crate::ChainError),
}

impl Attestation {
    /// Whether an accepted root vouches for the authenticator, and so for its AAGUID.
    pub fn is_trusted(&self) -> bool {
        matches!(
            &self.kind,
            AttestationKind::Certified(Certified { trust: Trust::Anchored(_), .. })
        )
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
    /// A self attestation's algorithm is not the credential's.
    #[error("the self attestation's algorithm is not the credential's")]
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
    /// A `tpm` statement is wrong in its own way.
    #[error(transparent)]
    Tpm(#[from] TpmError),
}

/// What every format's verification procedure is given
/// (<https://www.w3.org/TR/webauthn-3/#verification-procedure-inputs>).
pub(crate) struct Input<'a> {
    /// The statement, one canonical CBOR item.
    pub(crate) statement: &'a [u8],
    pub(crate) auth_data: &'a [u8],
    pub(crate) client_data_hash: &'a [u8],
    pub(crate) aaguid: Aaguid,
    pub(crate) public_key: &'a CosePublicKey,
}

/// What a format's verification procedure returns: the attestation type and trust path.
enum Outcome {
    None,
    SelfSigned,
    /// Not empty, leaf first.
    Certified(Vec<Certificate>),
    /// The same by a TPM.
    Tpm(Vec<Certificate>, TpmFacts),
}

/// Step 22: runs the format's verification procedure; step 23: looks for the root.
pub(crate) fn verify(
    format: Format,
    input: &Input<'_>,
    trust: &TrustPolicy<'_>,
    now: SystemTime,
) -> Result<Attestation, AttestationError> {
    let certified = |chain: &[Certificate], tpm| {
        let anchors = accepted_roots(trust.anchors, format, input.aaguid, chain);
        let trust = match trace(chain, anchors, now) {
            Ok(anchor) => Trust::Anchored(TrustAnchor::der(anchor).to_vec()),
            Err(reason) => Trust::Unanchored(reason),
        };
        let chain = chain.iter().map(|certificate| certificate.der().to_vec()).collect();
        Certified { chain, trust, tpm }
    };
    let outcome = match format {
        Format::None => none::verify(input)?,
        Format::Packed => packed::verify(input)?,
        Format::Tpm => tpm::verify(input, &trust.tpm)?,
    };
    let kind = match outcome {
        Outcome::None => AttestationKind::None,
        Outcome::SelfSigned => AttestationKind::SelfSigned,
        Outcome::Certified(chain) => AttestationKind::Certified(certified(&chain, None)),
        Outcome::Tpm(chain, facts) => AttestationKind::Certified(certified(&chain, Some(facts))),
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
