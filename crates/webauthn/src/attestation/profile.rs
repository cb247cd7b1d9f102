//! What attestation certificates of several formats have in common.

use x509_cert::der::Decode;
use x509_cert::der::asn1::{ObjectIdentifier, OctetStringRef};

use super::AttestationError;
use crate::ensure;
use crate::ids::Aaguid;
use crate::x509::Certificate;

/// `id-fido-gen-ce-aaguid`
const AAGUID: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.3.6.1.4.1.45724.1.1.4");
/// `id-fido-gen-ce-sernum`
const SERIAL_NUMBER: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.3.6.1.4.1.45724.1.1.2");

/// An authority's key would not be in an authenticator.
pub(super) fn is_no_authority(leaf: &Certificate) -> Result<(), AttestationError> {
    let authority = leaf.basic_constraints()?.is_some_and(|constraints| constraints.ca);
    ensure(!authority, AttestationError::Profile("it is an authority's"))
}

/// The model that the certificate is for, where it says so
/// (<https://www.w3.org/TR/webauthn-3/#sctn-packed-attestation-cert-requirements>).
pub(super) fn model(leaf: &Certificate) -> Result<Option<Aaguid>, AttestationError> {
    const MALFORMED: AttestationError =
        AttestationError::Profile("the AAGUID extension is malformed");
    let critical = AttestationError::Profile("the AAGUID extension is critical");
    let Some(bytes) = octets(leaf, AAGUID, MALFORMED, critical)? else { return Ok(None) };
    let bytes = <[u8; 16]>::try_from(bytes).map_err(|_| MALFORMED)?;
    Ok(Some(Aaguid::new(bytes)))
}

/// The number of the one authenticator that has this certificate, where it says so
/// (<https://www.w3.org/TR/webauthn-3/#sctn-enterprise-packed-attestation-cert-requirements>).
pub(super) fn serial_number(leaf: &Certificate) -> Result<Option<&[u8]>, AttestationError> {
    const MALFORMED: AttestationError =
        AttestationError::Profile("the serial number extension is malformed");
    let critical = AttestationError::Profile("the serial number extension is critical");
    let number = octets(leaf, SERIAL_NUMBER, MALFORMED, critical)?;
    ensure(number.is_none_or(|number| !number.is_empty()), MALFORMED)?;
    Ok(number)
}

/// An octet string within the octet string that every extension is.
fn octets(
    leaf: &Certificate,
    id: ObjectIdentifier,
    malformed: AttestationError,
    critical: AttestationError,
) -> Result<Option<&[u8]>, AttestationError> {
    let Some(extension) = leaf.extension(id)? else { return Ok(None) };
    ensure(!extension.critical, critical)?;
    let value = <&OctetStringRef>::from_der(extension.extn_value.as_bytes());
    value.map(|value| Some(value.as_bytes())).map_err(|_| malformed)
}
