//! One certificate, and what can be asked of it.

use core::fmt;
use core::ops::Range;
use std::time::SystemTime;

use thiserror::Error;
use x509_cert::der::asn1::ObjectIdentifier;
use x509_cert::der::{Decode, Reader, SliceReader};
use x509_cert::ext::Extension;
use x509_cert::ext::pkix::{BasicConstraints, ExtendedKeyUsage, KeyUsage, SubjectAltName};
use x509_cert::name::Name;
use x509_cert::{TbsCertificate, Version};

use super::key;
use super::signature::{self, Scheme};
use crate::cose::CosePublicKey;

/// Certificates larger than this are not read.
const MAX_LEN: usize = 16_384;

/// A certificate cannot be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
#[error("not an X.509 certificate in DER, or larger than 16384 bytes")]
pub struct CertificateError;

/// A parsed certificate, with the bytes it was parsed from.
#[derive(Clone, PartialEq, Eq)]
pub(crate) struct Certificate {
    der: Box<[u8]>,
    /// Where in `der` the signed part is: signatures are checked over received bytes, never over
    /// bytes encoded again.
    tbs: Range<usize>,
    parsed: x509_cert::Certificate,
}

impl Certificate {
    pub(crate) fn from_der(der: &[u8]) -> Result<Self, CertificateError> {
        if der.len() > MAX_LEN {
            return Err(CertificateError);
        }
        let parsed = x509_cert::Certificate::from_der(der).map_err(|_| CertificateError)?;
        let tbs = signed_part(der).ok_or(CertificateError)?;
        Ok(Self { der: der.into(), tbs, parsed })
    }

    pub(crate) fn der(&self) -> &[u8] {
        &self.der
    }

    pub(crate) fn subject(&self) -> &Name {
        self.tbs().subject()
    }

    pub(crate) fn issuer(&self) -> &Name {
        self.tbs().issuer()
    }

    /// The bits of the public key.
    pub(crate) fn public_key(&self) -> Option<&[u8]> {
        self.tbs().subject_public_key_info().subject_public_key.as_bytes()
    }

    pub(crate) fn is_v3(&self) -> bool {
        self.tbs().version() == Version::V3
    }

    pub(crate) fn is_valid_at(&self, now: SystemTime) -> bool {
        let validity = self.tbs().validity();
        let Ok(now) = now.duration_since(SystemTime::UNIX_EPOCH) else { return false };
        validity.not_before.to_unix_duration() <= now
            && now <= validity.not_after.to_unix_duration()
    }

    /// The extension with this id; an error when it is there twice (`RFC 5280 §4.2`).
    pub(crate) fn extension(
        &self,
        id: ObjectIdentifier,
    ) -> Result<Option<&Extension>, CertificateError> {
        let mut found = self.extensions().iter().filter(|extension| extension.extn_id == id);
        match (found.next(), found.next()) {
            (first, None) => Ok(first),
            (_, Some(_)) => Err(CertificateError),
        }
    }

    pub(crate) fn extensions(&self) -> &[Extension] {
        self.tbs().extensions().map_or(&[], Vec::as_slice)
    }

    pub(crate) fn basic_constraints(&self) -> Result<Option<BasicConstraints>, CertificateError> {
        self.decoded(const_oid_of::<BasicConstraints>())
    }

    pub(crate) fn key_usage(&self) -> Result<Option<KeyUsage>, CertificateError> {
        self.decoded(const_oid_of::<KeyUsage>())
    }

    pub(crate) fn extended_key_usage(&self) -> Result<Option<ExtendedKeyUsage>, CertificateError> {
        self.decoded(const_oid_of::<ExtendedKeyUsage>())
    }

    pub(crate) fn subject_alternative_name(
        &self,
    ) -> Result<Option<SubjectAltName>, CertificateError> {
        self.decoded(const_oid_of::<SubjectAltName>())
    }

    /// Whether this certificate is for that key.
    pub(crate) fn is_for(&self, key: &CosePublicKey) -> bool {
        key::is(self.tbs().subject_public_key_info(), key.material())
    }

    /// Whether this certificate's key is a point on P-256.
    pub(crate) fn has_p256_key(&self) -> bool {
        key::curve(self.tbs().subject_public_key_info()) == Some(key::P256)
    }

    /// Whether this certificate's key made `signature` over `message`.
    pub(crate) fn verifies(&self, scheme: Scheme, message: &[u8], signature: &[u8]) -> bool {
        signature::verifies(self.tbs().subject_public_key_info(), scheme, message, signature)
    }

    /// Whether this certificate's key signed `subject`.
    pub(crate) fn signed(&self, subject: &Self) -> bool {
        let algorithm = subject.parsed.signature_algorithm();
        // RFC 5280 §4.1.1.2: the signed and the unsigned statement of the algorithm agree.
        if algorithm != subject.tbs().signature() {
            return false;
        }
        let Some(scheme) = Scheme::from_x509(algorithm.oid) else { return false };
        let Some(signature) = subject.parsed.signature().as_bytes() else { return false };
        self.verifies(scheme, &subject.der[subject.tbs.clone()], signature)
    }

    fn tbs(&self) -> &TbsCertificate {
        self.parsed.tbs_certificate()
    }

    fn decoded<'a, T>(&'a self, id: ObjectIdentifier) -> Result<Option<T>, CertificateError>
    where
        T: Decode<'a>,
    {
        self.extension(id)?
            .map(|extension| {
                T::from_der(extension.extn_value.as_bytes()).map_err(|_| CertificateError)
            })
            .transpose()
    }
}

fn const_oid_of<T: x509_cert::der::oid::AssociatedOid>() -> ObjectIdentifier {
    T::OID
}

/// The range of `tbsCertificate`, the first member of the outer sequence.
fn signed_part(der: &[u8]) -> Option<Range<usize>> {
    let mut reader = SliceReader::new(der).ok()?;
    let header = x509_cert::der::Header::decode(&mut reader).ok()?;
    let start = der.len().checked_sub(usize::try_from(header.length()).ok()?)?;
    let tbs = reader.tlv_bytes().ok()?;
    Some(start..start + tbs.len())
}

impl fmt::Debug for Certificate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Certificate")
            .field("subject", &self.subject().to_string())
            .field("issuer", &self.issuer().to_string())
            .finish_non_exhaustive()
    }
}
