//! `packed` (<https://www.w3.org/TR/webauthn-3/#sctn-packed-attestation>): a signature by the
//! credential's own key, or by a certified attestation key.

use super::statement::Members;
use super::{AttestationError, Input, Outcome, profile};
use crate::cose::Algorithm;
use crate::ensure;
use crate::x509::{Certificate, Scheme};

struct Statement<'a> {
    algorithm: Algorithm,
    signature: &'a [u8],
    certificates: Option<Vec<Certificate>>,
}

pub(super) fn verify(input: &Input<'_>) -> Result<Outcome, AttestationError> {
    // Step 1: the syntax.
    let statement = Statement::parse(input.statement)?;
    let algorithm = statement.algorithm;
    let signed = [input.auth_data, input.client_data_hash].concat();
    if let Some(certificates) = statement.certificates {
        // Step 2: x5c.
        let leaf = certificates.first().ok_or(AttestationError::Shape)?;
        let made = leaf.verifies(Scheme::from_cose(algorithm), &signed, statement.signature);
        ensure(made, AttestationError::Signature)?;
        check_profile(leaf)?;
        // The model in the certificate, where there is one, is the one in the authenticator data.
        let model = profile::model(leaf)?;
        ensure(model.is_none_or(|model| model == input.aaguid), AttestationError::Aaguid)?;
        profile::serial_number(leaf)?;
        profile::firmware_version(leaf)?;
        Ok(Outcome::Certified(certificates))
    } else {
        // Step 3: self attestation.
        ensure(algorithm == input.public_key.algorithm(), AttestationError::Algorithm)?;
        let made = input.public_key.verifies(&signed, statement.signature);
        ensure(made, AttestationError::Signature)?;
        Ok(Outcome::SelfSigned)
    }
}

impl<'a> Statement<'a> {
    fn parse(bytes: &'a [u8]) -> Result<Self, AttestationError> {
        let mut members = Members::open(bytes)?;
        // Canonical order is alg, sig, x5c.
        let algorithm = members.algorithm()?;
        let signature = members.signature()?;
        let certificates = if members.left() > 0 { Some(members.certificates()?) } else { None };
        members.finish()?;
        Ok(Self { algorithm, signature, certificates })
    }
}

/// <https://www.w3.org/TR/webauthn-3/#sctn-packed-attestation-cert-requirements>
fn check_profile(leaf: &Certificate) -> Result<(), AttestationError> {
    use AttestationError::Profile;

    ensure(leaf.is_v3(), Profile("version is not 3"))?;
    let subject = leaf.subject();
    let country = subject.country().ok().flatten();
    ensure(
        country.is_some_and(|country| {
            country.as_str().len() == 2 && country.as_str().bytes().all(|b| b.is_ascii_alphabetic())
        }),
        Profile("subject has no ISO 3166 country"),
    )?;
    let organization = subject.organization().ok().flatten();
    ensure(
        organization.is_some_and(|name| !name.value().is_empty()),
        Profile("subject has no organization"),
    )?;
    let unit = subject.organization_unit().ok().flatten();
    ensure(
        unit.is_some_and(|unit| unit.value() == "Authenticator Attestation"),
        Profile("subject's unit is not \"Authenticator Attestation\""),
    )?;
    let common_name = subject.common_name().ok().flatten();
    ensure(
        common_name.is_some_and(|name| !name.value().is_empty()),
        Profile("subject has no common name"),
    )?;
    profile::says_it_is_no_authority(leaf)
}
