//! `apple` (<https://www.w3.org/TR/webauthn-3/#sctn-apple-anonymous-attestation>): a certificate
//! for the credential's key that Apple's anonymization authority made for this ceremony.
//!
//! The statement has no signature of its own: the nonce in the certificate covers authenticator
//! data and client data. Devices of 2020 also sent `alg`, which the format does not have
//! (<https://bugs.webkit.org/show_bug.cgi?id=217720>); they are refused.

use aws_lc_rs::digest::{Context, SHA256};
use x509_cert::der::asn1::{AnyRef, ObjectIdentifier, OctetStringRef};
use x509_cert::der::{Decode, Reader, SliceReader, Tag, TagNumber};

use super::statement::Members;
use super::{AttestationError, Input, Outcome, profile};
use crate::ensure;
use crate::x509::Certificate;

/// Where the certificate has the nonce.
const NONCE: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.113635.100.8.2");

pub(super) fn verify(input: &Input<'_>) -> Result<Outcome, AttestationError> {
    // Step 1: the syntax.
    let mut members = Members::open(input.statement)?;
    let certificates = members.certificates()?;
    members.finish()?;
    let leaf = certificates.first().ok_or(AttestationError::Shape)?;
    // Steps 2 and 3: the nonce.
    let mut nonce = Context::new(&SHA256);
    nonce.update(input.auth_data);
    nonce.update(input.client_data_hash);
    // Step 4: it is the certificate's.
    ensure(nonce_of(leaf)? == nonce.finish().as_ref(), AttestationError::Nonce)?;
    // Step 5: the certificate's key is the credential's.
    ensure(leaf.is_for(input.public_key), AttestationError::CertificateKey)?;
    profile::is_no_authority(leaf)?;
    Ok(Outcome::Certified(certificates))
}

/// `SEQUENCE { [1] EXPLICIT OCTET STRING }`, as the specification's test vector has it and Apple's
/// devices send it; Apple has published no schema.
fn nonce_of(leaf: &Certificate) -> Result<&[u8], AttestationError> {
    let extension =
        leaf.extension(NONCE)?.ok_or(AttestationError::Profile("it has no nonce extension"))?;
    read_nonce(extension.extn_value.as_bytes())
        .ok_or(AttestationError::Profile("the nonce extension is malformed"))
}

fn read_nonce(der: &[u8]) -> Option<&[u8]> {
    const NONCE_FIELD: Tag = Tag::ContextSpecific { constructed: true, number: TagNumber(1) };
    let mut reader = SliceReader::new(der).ok()?;
    let field = reader.sequence(AnyRef::decode).ok()?;
    reader.finish().ok()?;
    if field.header().tag() != NONCE_FIELD {
        return None;
    }
    <&OctetStringRef>::from_der(field.value()).ok().map(OctetStringRef::as_bytes)
}
