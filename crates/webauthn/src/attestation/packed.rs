//! `packed` (<https://www.w3.org/TR/webauthn-3/#sctn-packed-attestation>): a signature by the
//! credential's own key, or by a certified attestation key.

use x509_cert::der::Decode;
use x509_cert::der::asn1::{ObjectIdentifier, OctetString};

use super::{AttestationError, Input, Outcome};
use crate::cbor::{Entries, Key, Reader};
use crate::cose::Algorithm;
use crate::ensure;
use crate::ids::Aaguid;
use crate::x509::{Certificate, Scheme};

/// `id-fido-gen-ce-aaguid`
const AAGUID_EXTENSION: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.3.6.1.4.1.45724.1.1.4");

/// More certificates than any authenticator sends.
const MAX_CERTIFICATES: u64 = 8;

struct Statement<'a> {
    algorithm: i64,
    signature: &'a [u8],
    certificates: Option<Vec<Certificate>>,
}

pub(super) fn verify(input: &Input<'_>) -> Result<Outcome, AttestationError> {
    // Step 1: the syntax.
    let statement = Statement::parse(input.statement)?;
    let algorithm = Algorithm::from_cose_id(statement.algorithm)
        .ok_or(AttestationError::UnsupportedAlgorithm(statement.algorithm))?;
    let signed = [input.auth_data, input.client_data_hash].concat();
    if let Some(certificates) = statement.certificates {
        // Step 2: x5c.
        let leaf = certificates.first().ok_or(AttestationError::Shape)?;
        let made = leaf.verifies(Scheme::from_cose(algorithm), &signed, statement.signature);
        ensure(made, AttestationError::Signature)?;
        check_profile(leaf)?;
        check_aaguid(leaf, input.aaguid)?;
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
        let mut reader = Reader::new(bytes);
        let mut entries = reader.map()?;
        // Canonical order is alg, sig, x5c.
        expect(&mut entries, &mut reader, "alg")?;
        let algorithm = reader.integer()?;
        expect(&mut entries, &mut reader, "sig")?;
        let signature = reader.bytes()?;
        let mut certificates = None;
        if entries.left() > 0 {
            expect(&mut entries, &mut reader, "x5c")?;
            certificates = Some(read_certificates(&mut reader)?);
        }
        ensure(entries.left() == 0, AttestationError::Shape)?;
        reader.finish()?;
        Ok(Self { algorithm, signature, certificates })
    }
}

pub(super) fn expect<'a>(
    entries: &mut Entries<'a>,
    reader: &mut Reader<'a>,
    name: &str,
) -> Result<(), AttestationError> {
    let key = entries.next_key(reader)?;
    ensure(key == Some(Key::Text(name)), AttestationError::Shape)
}

/// The certificates of an `x5c`, of which there is at least one.
pub(super) fn read_certificates(
    reader: &mut Reader<'_>,
) -> Result<Vec<Certificate>, AttestationError> {
    let count = reader.array()?;
    ensure((1..=MAX_CERTIFICATES).contains(&count), AttestationError::Shape)?;
    (0..count).map(|_| Ok(Certificate::from_der(reader.bytes()?)?)).collect()
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
    let constraints = leaf.basic_constraints()?;
    ensure(
        constraints.is_some_and(|constraints| !constraints.ca),
        Profile("basic constraints do not say that it is no authority"),
    )
}

/// The model in the certificate, where there is one, is the model in the authenticator data. Its
/// value is an octet string within the octet string that every extension is.
pub(super) fn check_aaguid(leaf: &Certificate, aaguid: Aaguid) -> Result<(), AttestationError> {
    let Some(extension) = leaf.extension(AAGUID_EXTENSION)? else { return Ok(()) };
    ensure(!extension.critical, AttestationError::Profile("the AAGUID extension is critical"))?;
    let value = OctetString::from_der(extension.extn_value.as_bytes())
        .map_err(|_| AttestationError::Profile("the AAGUID extension is malformed"))?;
    ensure(value.as_bytes() == aaguid.as_bytes(), AttestationError::Aaguid)
}
