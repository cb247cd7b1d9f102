//! Enterprise attestation: which one authenticator it is, for those who ask and are permitted to.

use firstkey_testkit::authenticator::{
    Algorithm as Soft, Attestation, KeyDescription, KeyStore, SoftAuthenticator, TestAuthority,
};
use firstkey_webauthn::registration::{Conveyance, Options, User};
use firstkey_webauthn::{Aaguid, AttestationError, ChainError, Facts};
use rcgen::{CertificateParams, CustomExtension};
use serde_json::Value;

use crate::attested::*;
use crate::support::*;

const NUMBER: &[u8] = b"4711-0815";
const MALFORMED: AttestationError =
    AttestationError::Profile("the serial number extension is malformed");

fn root() -> Vec<u8> {
    TestAuthority::new(1).certificate().to_vec()
}

fn number(params: &mut CertificateParams) {
    params.custom_extensions.push(TestAuthority::serial_number_extension(NUMBER));
}

/// A certificate with what `customize` makes of it.
fn packed(customize: impl FnOnce(&mut CertificateParams)) -> Attestation {
    let mut authority = TestAuthority::new(1);
    Attestation::Packed(authority.attestation_key_with(AAGUID, Soft::Es256, customize))
}

/// A response to options that ask like this.
fn asked(conveyance: Conveyance) -> Value {
    let (party, handle) = (party(), handle());
    let user = User { id: &handle, name: "ada", display_name: "Ada" };
    let options = Options::new(&party, user, CHALLENGE).attestation(conveyance);
    let attestation = Attestation::Enterprise {
        usual: Box::new(packed(|_| ())),
        personal: Box::new(packed(number)),
    };
    SoftAuthenticator::new(8)
        .with_attestation(AAGUID, attestation)
        .create(&serde_json::to_value(options).unwrap(), ORIGIN)
        .unwrap()
}

#[test]
fn the_serial_number_comes_when_it_was_asked_for() {
    let facts = |conveyance| certified(verify(asked(conveyance), &root(), now()).unwrap()).facts;
    let personal = facts(Conveyance::Enterprise);
    assert_eq!(personal.serial_number.as_deref(), Some(NUMBER));
    assert_eq!(personal.certified_model, Some(Aaguid::new(AAGUID)));
    let usual = facts(Conveyance::Direct);
    assert_eq!(usual.serial_number, None);
    assert_eq!(usual.certified_model, Some(Aaguid::new(AAGUID)));
}

#[test]
fn a_serial_number_that_no_accepted_root_vouches_for_is_not_told() {
    let foreign = TestAuthority::new(2);
    let certified =
        certified(verify(asked(Conveyance::Enterprise), foreign.certificate(), now()).unwrap());
    assert_eq!(certified.facts, Facts::default());
    // The same when the certificate has expired.
    let root = root();
    let mut expired = Attempt::new(packed(number), &root);
    expired.now = in_year(2051);
    assert_eq!(expired.astray(), ChainError::Validity);
}

#[test]
fn a_malformed_serial_number_is_refused() {
    let refused = |content: &[u8]| {
        let oid = [1, 3, 6, 1, 4, 1, 45724, 1, 1, 2];
        let extension = CustomExtension::from_oid_content(&oid, content.to_vec());
        let attestation = packed(|params| params.custom_extensions.push(extension));
        Attempt::new(attestation, &root()).refused()
    };
    // not wrapped, empty, longer than it is, followed by a byte, text
    for content in [NUMBER, b"", b"\x04\x00", b"\x04\x03ab", b"\x04\x01ab", b"\x0c\x01a"] {
        assert_eq!(refused(content), MALFORMED, "{content:02x?}");
    }
    let critical = packed(|params| {
        let mut extension = TestAuthority::serial_number_extension(NUMBER);
        extension.set_criticality(true);
        params.custom_extensions.push(extension);
    });
    assert_eq!(
        Attempt::new(critical, &root()).refused(),
        AttestationError::Profile("the serial number extension is critical")
    );
    let twice = packed(|params| {
        number(params);
        number(params);
    });
    let refused = Attempt::new(twice, &root()).refused();
    assert!(matches!(refused, AttestationError::Certificate(_)));
}

#[test]
fn only_packed_has_a_serial_number() {
    let mut store = KeyStore::new(TestAuthority::new(1));
    store.certificate = number;
    let attestation = Attestation::AndroidKey(store, KeyDescription::hardware());
    let verified = Attempt::new(attestation, &root()).verify().unwrap();
    assert_eq!(certified(verified).facts.serial_number, None);

    let key = TestAuthority::new(1).u2f_key_with(Soft::Es256, number);
    let root = root();
    let mut attempt = Attempt::new(Attestation::FidoU2f(key), &root);
    attempt.aaguid = [0; 16];
    assert_eq!(certified(attempt.verify().unwrap()).facts.serial_number, None);
}

#[test]
fn a_compound_tells_it_for_the_statement_that_has_it() {
    let attestation = Attestation::Compound(vec![Attestation::PackedSelf, packed(number)]);
    let verified = Attempt::new(attestation, &root()).verify().unwrap();
    let told: Vec<_> =
        verified.attestation.certified().map(|each| each.facts.serial_number.as_deref()).collect();
    assert_eq!(told, [Some(NUMBER)]);
}
