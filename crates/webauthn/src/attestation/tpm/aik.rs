//! The profile of an AIK's certificate
//! (<https://www.w3.org/TR/webauthn-3/#sctn-tpm-cert-requirements>).

use x509_cert::attr::AttributeTypeAndValue;
use x509_cert::der::asn1::{ObjectIdentifier, PrintableStringRef, Utf8StringRef};
use x509_cert::ext::pkix::name::GeneralName;

use super::{TpmError, TpmFacts, TpmKeyAttributes, TpmManufacturer, TpmPolicy};
use crate::attestation::{AttestationError, profile};
use crate::ensure;
use crate::x509::Certificate;

/// `tcg-kp-AIKCertificate`
const AIK_CERTIFICATE: ObjectIdentifier = ObjectIdentifier::new_unwrap("2.23.133.8.3");

/// `tcg-at-tpmManufacturer`, `tcg-at-tpmModel`, `tcg-at-tpmVersion`
/// (TCG EK Credential Profile 2.0, 3.2.9).
const MANUFACTURER: ObjectIdentifier = ObjectIdentifier::new_unwrap("2.23.133.2.1");
const MODEL: ObjectIdentifier = ObjectIdentifier::new_unwrap("2.23.133.2.2");
const VERSION: ObjectIdentifier = ObjectIdentifier::new_unwrap("2.23.133.2.3");

/// The TPM that the certificate is about.
pub(super) struct Module {
    manufacturer: TpmManufacturer,
    model: String,
    version: String,
}

impl Module {
    pub(super) fn with_key(self, attributes: u32) -> TpmFacts {
        let Self { manufacturer, model, version } = self;
        TpmFacts { manufacturer, model, version, key: TpmKeyAttributes(attributes) }
    }
}

pub(super) fn check(aik: &Certificate, policy: &TpmPolicy<'_>) -> Result<Module, AttestationError> {
    use AttestationError::Profile;

    ensure(aik.is_v3(), Profile("version is not 3"))?;
    ensure(aik.subject().is_empty(), Profile("subject is not empty"))?;
    let module = read_module(aik)?;
    let known = module.manufacturer.name().is_some()
        || policy.other_manufacturers.contains(&module.manufacturer);
    ensure(known, TpmError::Manufacturer)?;
    let usage = aik.extended_key_usage()?;
    ensure(
        usage.is_some_and(|usage| usage.0.contains(&AIK_CERTIFICATE)),
        Profile("extended key usage does not say that it is an AIK's"),
    )?;
    profile::says_it_is_no_authority(aik)?;
    Ok(module)
}

fn read_module(aik: &Certificate) -> Result<Module, AttestationError> {
    use AttestationError::Profile;

    let names = aik.subject_alternative_name()?;
    let names = names.ok_or(Profile("there is no subject alternative name"))?;
    // Some authorities put the three into one relative distinguished name, some into three.
    let attributes: Vec<&AttributeTypeAndValue> = names
        .0
        .iter()
        .filter_map(|name| match name {
            GeneralName::DirectoryName(name) => Some(name.iter()),
            _ => None,
        })
        .flatten()
        .collect();
    let manufacturer =
        only(&attributes, MANUFACTURER).ok_or(Profile("the TPM's manufacturer is not named"))?;
    Ok(Module {
        manufacturer: TpmManufacturer::from_text(manufacturer)
            .ok_or(Profile("the TPM's manufacturer is malformed"))?,
        model: only(&attributes, MODEL).ok_or(Profile("the TPM's model is not named"))?.to_owned(),
        version: only(&attributes, VERSION)
            .ok_or(Profile("the TPM's version is not named"))?
            .to_owned(),
    })
}

/// The text of the one attribute of this kind.
fn only<'a>(attributes: &[&'a AttributeTypeAndValue], kind: ObjectIdentifier) -> Option<&'a str> {
    let mut of_kind = attributes.iter().filter(|attribute| attribute.oid == kind);
    let (Some(attribute), None) = (of_kind.next(), of_kind.next()) else { return None };
    let value = &attribute.value;
    let utf8 = value.decode_as::<Utf8StringRef<'a>>().ok().map(|text| text.as_str());
    utf8.or_else(|| value.decode_as::<PrintableStringRef<'a>>().ok().map(|text| text.as_str()))
}
