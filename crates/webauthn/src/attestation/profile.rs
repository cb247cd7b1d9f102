//! What attestation certificates of several formats have in common.

use x509_cert::der::Decode;
use x509_cert::der::asn1::{ObjectIdentifier, OctetStringRef};

use super::AttestationError;
use crate::ensure;
use crate::ids::Aaguid;
use crate::x509::Certificate;

/// `id-fido-gen-ce-aaguid`
const AAGUID: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.3.6.1.4.1.45724.1.1.4");
/// `id-fido-gen-ce-fw-version`
const FIRMWARE_VERSION: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.3.6.1.4.1.45724.1.1.5");
/// `id-fido-gen-ce-sernum`
const SERIAL_NUMBER: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.3.6.1.4.1.45724.1.1.2");

/// An authority's key would not be in an authenticator.
pub(super) fn is_no_authority(leaf: &Certificate) -> Result<(), AttestationError> {
    let authority = leaf.basic_constraints()?.is_some_and(|constraints| constraints.ca);
    ensure(!authority, AttestationError::Profile("it is an authority's"))
}

/// The same, where basic constraints must say so.
pub(super) fn says_it_is_no_authority(leaf: &Certificate) -> Result<(), AttestationError> {
    let constraints = leaf.basic_constraints()?;
    ensure(
        constraints.is_some_and(|constraints| !constraints.ca),
        AttestationError::Profile("basic constraints do not say that it is no authority"),
    )
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

/// The firmware's version, a number that grows, where the certificate says it
/// (<https://www.w3.org/TR/webauthn-3/#sctn-packed-attestation-cert-requirements>).
pub(super) fn firmware_version(leaf: &Certificate) -> Result<Option<u64>, AttestationError> {
    const MALFORMED: AttestationError =
        AttestationError::Profile("the firmware version extension is malformed");
    const CRITICAL: AttestationError =
        AttestationError::Profile("the firmware version extension is critical");
    let Some(extension) = leaf.extension(FIRMWARE_VERSION)? else { return Ok(None) };
    ensure(!extension.critical, CRITICAL)?;
    u64::from_der(extension.extn_value.as_bytes()).map(Some).map_err(|_| MALFORMED)
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

#[cfg(test)]
mod tests {
    use base64::Engine as _;
    use base64::engine::general_purpose::STANDARD;

    use super::*;

    /// The example in the packed format's certificate requirements.
    const EXAMPLE: &str = "MIIBzTCCAXOgAwIBAgIUYHS3FJEL/JTfFqafuAHvlAS+hDYwCgYIKoZIzj0EAwIwQTELMAkG\
         A1UEBhMCVVMxFDASBgNVBAoMC1dlYkF1dGhuIFdHMRwwGgYDVQQDDBNFeGFtcGxlIEF0dGVz\
         dGF0aW9uMCAXDTI0MDEwMzE3NDUyMVoYDzIwNTAwMTA2MTc0NTIxWjBBMQswCQYDVQQGEwJV\
         UzEUMBIGA1UECgwLV2ViQXV0aG4gV0cxHDAaBgNVBAMME0V4YW1wbGUgQXR0ZXN0YXRpb24w\
         WTATBgcqhkjOPQIBBggqhkjOPQMBBwNCAATDQN9uaFFH4BKBjthHTM1drpb7gIuPod67qyF6\
         UdL4qah6XUp6tE7Prl+DfQ7PYH9yMOOcci3nr+Q/jOBaWVERo0cwRTAhBgsrBgEEAYLlHAEB\
         BAQSBBDNjDlcJu3u3mU7AHl9A8o8MBIGCysGAQQBguUcAQEFBAMCASowDAYDVR0TAQH/BAIw\
         ADAKBggqhkjOPQQDAgNIADBFAiA3k3aAUVtLhDHLXOgY2kRnK2hrbRgf2EKdTDLJ1Ds/RAIh\
         AOmIblhI3ALCHOaO0IO7YlMpw/lSTvFYv3qwO3m7H8Dc";

    #[test]
    fn the_specifications_example_is_read() {
        let leaf = Certificate::from_der(&STANDARD.decode(EXAMPLE).unwrap()).unwrap();
        let named = model(&leaf).unwrap().unwrap().to_string();
        assert_eq!(named, "cd8c395c-26ed-eede-653b-00797d03ca3c");
        assert_eq!(firmware_version(&leaf), Ok(Some(42)));
        assert_eq!(serial_number(&leaf), Ok(None));
        assert_eq!(is_no_authority(&leaf), Ok(()));
    }
}
