//! Following a certificate chain to an anchor, `RFC 5280 §6.1` cut down to what attestation
//! chains use: no policies, no name constraints, no revocation (metadata has that).

use std::time::SystemTime;

use thiserror::Error;
use x509_cert::der::asn1::ObjectIdentifier;

use super::{Certificate, CertificateError};

/// Longer chains are not followed.
const MAX_CHAIN: usize = 8;

const KEY_USAGE: ObjectIdentifier = ObjectIdentifier::new_unwrap("2.5.29.15");
/// Critical where the subject is empty (`RFC 5280 §4.2.1.6`), as in the certificates of TPMs. It
/// names the holder, and no step here goes by names; the `tpm` format reads it.
const SUBJECT_ALTERNATIVE_NAME: ObjectIdentifier = ObjectIdentifier::new_unwrap("2.5.29.17");
const BASIC_CONSTRAINTS: ObjectIdentifier = ObjectIdentifier::new_unwrap("2.5.29.19");
/// Critical in the AIK certificates of Windows Hello. Any policy will do (`RFC 5280 §6.1.1`: the
/// initial set is any-policy, and no explicit policy is required), so there is nothing to check.
const CERTIFICATE_POLICIES: ObjectIdentifier = ObjectIdentifier::new_unwrap("2.5.29.32");
const EXTENDED_KEY_USAGE: ObjectIdentifier = ObjectIdentifier::new_unwrap("2.5.29.37");

/// Why a chain leads to no anchor.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum ChainError {
    /// No accepted root issued the last certificate.
    #[error("the chain leads to no accepted root")]
    NoAnchor,
    /// A certificate's issuer is not the next one's subject.
    #[error("the chain is not in order")]
    Order,
    /// A certificate is not valid at this time.
    #[error("a certificate is outside its validity period")]
    Validity,
    /// A certificate issued another without being allowed to.
    #[error("a certificate that is not an authority's issued another")]
    NotAnAuthority,
    /// A certificate was not signed by its issuer's key.
    #[error("a certificate's signature does not verify")]
    Signature,
    /// A critical extension that is not understood.
    #[error("a certificate has a critical extension that is not understood")]
    CriticalExtension,
    /// More than eight certificates.
    #[error("the chain is too long")]
    TooLong,
    /// An extension cannot be read.
    #[error(transparent)]
    Certificate(#[from] CertificateError),
}

/// A certificate that is believed without further proof: an authority's, or an authenticator's
/// own.
///
/// Its validity period is not checked: whoever configured it decides how long it is believed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TrustAnchor(Certificate);

impl TrustAnchor {
    /// Reads a DER certificate.
    pub fn from_der(der: &[u8]) -> Result<Self, CertificateError> {
        Certificate::from_der(der).map(Self)
    }

    /// The certificate.
    pub fn der(&self) -> &[u8] {
        self.0.der()
    }
}

/// Follows `chain`, leaf first, to one of `anchors`, and returns that one.
pub(crate) fn trace<'t>(
    chain: &[Certificate],
    anchors: &'t [TrustAnchor],
    now: SystemTime,
) -> Result<&'t TrustAnchor, ChainError> {
    if chain.len() > MAX_CHAIN {
        return Err(ChainError::TooLong);
    }
    for (depth, certificate) in chain.iter().enumerate() {
        if let Some(anchor) = anchors.iter().find(|anchor| anchor.0 == *certificate) {
            return Ok(anchor);
        }
        check_own(certificate, now)?;
        for anchor in anchors {
            if anchor.0.subject() == certificate.issuer() && anchor.0.signed(certificate) {
                check_issuer(&anchor.0, depth)?;
                return Ok(anchor);
            }
        }
        let issuer = chain.get(depth + 1).ok_or(ChainError::NoAnchor)?;
        if issuer.subject() != certificate.issuer() {
            return Err(ChainError::Order);
        }
        check_issuer(issuer, depth)?;
        if !issuer.signed(certificate) {
            return Err(ChainError::Signature);
        }
    }
    Err(ChainError::NoAnchor)
}

fn check_own(certificate: &Certificate, now: SystemTime) -> Result<(), ChainError> {
    if !certificate.is_valid_at(now) {
        return Err(ChainError::Validity);
    }
    let understood = [
        KEY_USAGE,
        SUBJECT_ALTERNATIVE_NAME,
        BASIC_CONSTRAINTS,
        CERTIFICATE_POLICIES,
        EXTENDED_KEY_USAGE,
    ];
    let strange = certificate
        .extensions()
        .iter()
        .any(|extension| extension.critical && !understood.contains(&extension.extn_id));
    if strange { Err(ChainError::CriticalExtension) } else { Ok(()) }
}

/// Whether a certificate may issue one that has `below` authorities under it.
fn check_issuer(issuer: &Certificate, below: usize) -> Result<(), ChainError> {
    let constraints = issuer.basic_constraints()?.ok_or(ChainError::NotAnAuthority)?;
    let long_enough =
        constraints.path_len_constraint.is_none_or(|longest| below <= usize::from(longest));
    let may_sign = issuer.key_usage()?.is_none_or(|usage| usage.key_cert_sign());
    if constraints.ca && long_enough && may_sign { Ok(()) } else { Err(ChainError::NotAnAuthority) }
}
