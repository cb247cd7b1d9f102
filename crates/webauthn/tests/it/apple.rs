//! Apple's anonymous attestation: the certificate's key is the credential's, its nonce the
//! ceremony's.

use firstkey_testkit::authenticator::{
    Algorithm as Soft, Attestation, KeyStore, Sabotage, TestAuthority,
};
use firstkey_webauthn::{AttestationError, CborError, ChainError, Facts, Format};
use rcgen::IsCa;

use crate::attested::*;
use crate::key_stores::{self, Change};
use crate::support::*;

const MALFORMED: AttestationError = AttestationError::Profile("the nonce extension is malformed");

fn device() -> KeyStore {
    KeyStore::new(TestAuthority::new(1))
}

fn root() -> Vec<u8> {
    TestAuthority::new(1).certificate().to_vec()
}

fn honest() -> Attestation {
    Attestation::Apple(device())
}

/// Why a certificate changed like this is refused.
fn misissued(change: Change<'_>) -> AttestationError {
    let mut device = device();
    change(&mut device);
    Attempt::new(Attestation::Apple(device), &root()).refused()
}

#[test]
fn a_key_of_any_algorithm_leads_to_its_root() {
    for (_, soft) in ALGORITHMS {
        let root = root();
        let mut attempt = Attempt::new(honest(), &root);
        attempt.algorithm = soft;
        let verified = attempt.verify().unwrap();
        assert_eq!(verified.attestation.format, Format::Apple);
        assert!(verified.attestation.is_trusted());
        // An anonymous certificate says nothing more.
        assert_eq!(certified(verified).facts, Facts::default());
    }
}

#[test]
fn the_way_may_lead_over_an_intermediate() {
    let mut device = device();
    device.authority = TestAuthority::new(1).intermediate(|_| ());
    let verified = Attempt::new(Attestation::Apple(device), &root()).verify().unwrap();
    assert!(verified.attestation.is_trusted());
}

#[test]
fn the_nonce_is_this_ceremonys() {
    is_bound_to_its_ceremony(honest, AAGUID, &root(), &AttestationError::Nonce);
}

#[test]
fn a_nonce_of_another_length_is_refused() {
    // 30 24 a1 22 04 20 …: one byte less of the digest.
    let shorter = |der: &mut Vec<u8>| {
        der.pop();
        for at in [1, 3, 5] {
            der[at] -= 1;
        }
    };
    assert_eq!(misissued(&|device| device.extension = shorter), AttestationError::Nonce);
}

#[test]
fn a_certificate_without_a_nonce_is_refused() {
    let missing = AttestationError::Profile("it has no nonce extension");
    key_stores::have_their_extension_once(misissued, &missing);
}

#[test]
fn a_malformed_nonce_is_refused() {
    for spoil in [
        (|der: &mut Vec<u8>| der.truncate(der.len() - 1)) as fn(&mut Vec<u8>),
        |der| der.push(0),
        Vec::clear,
        |der| der[0] = 0x31,
        |der| der[2] = 0xa0,
        |der| der[2] = 0x81,
        |der| der[4] = 0x03,
        // the bare nonce, and the nonce as an octet string
        |der| drop(der.drain(..6)),
        |der| drop(der.drain(..4)),
        // a second field
        |der| {
            der[1] += 2;
            der.extend([0x05, 0x00]);
        },
    ] {
        assert_eq!(misissued(&|device| device.extension = spoil), MALFORMED);
    }
}

#[test]
fn the_certificate_must_be_for_the_credentials_key() {
    key_stores::certify_the_credentials_key(misissued);
}

#[test]
fn a_certificate_of_another_ceremony_is_refused() {
    let swapped = misissued(&|device| {
        device.chain = |chain| {
            let other = TestAuthority::new(1).u2f_key_with(Soft::Es256, |_| ());
            *chain = other.chain().to_vec();
        };
    });
    assert_eq!(swapped, AttestationError::Profile("it has no nonce extension"));
}

#[test]
fn an_authoritys_certificate_is_refused() {
    key_stores::are_no_authorities(misissued);
}

#[test]
fn a_statement_of_another_shape_is_refused() {
    let root = root();
    let refused =
        |edit| Attempt::new(honest(), &root).sabotaged(Sabotage::Statement(edit)).refused();
    assert_eq!(refused(|statement| *statement = vec![0xa0]), AttestationError::Shape);
    assert_eq!(refused(|statement| statement[2] = b'y'), AttestationError::Shape);
    assert_eq!(
        refused(|statement| *statement = b"\xa1\x63x5c\x80".to_vec()),
        AttestationError::Shape
    );
    // The alg that devices sent in 2020.
    let with_alg = |statement: &mut Vec<u8>| {
        statement[0] = 0xa2;
        statement.splice(1..1, *b"\x63alg\x26");
    };
    assert_eq!(refused(with_alg), AttestationError::Shape);
    let with_more = |statement: &mut Vec<u8>| {
        statement[0] = 0xa2;
        statement.extend(b"\x63zzz\x00");
    };
    assert_eq!(refused(with_more), AttestationError::Shape);
    let list = |statement: &mut Vec<u8>| *statement = vec![0x80];
    assert_eq!(refused(list), AttestationError::Cbor(CborError::UnexpectedType));
}

#[test]
fn a_certificate_must_be_whole() {
    key_stores::are_whole(misissued);
}

#[test]
fn a_chain_that_leads_elsewhere_proves_nothing() {
    let root = root();
    let foreign = Attempt::new(honest(), TestAuthority::new(2).certificate().to_vec().leak());
    assert_eq!(foreign.astray(), ChainError::NoAnchor);
    let mut expired = Attempt::new(honest(), &root);
    expired.now = in_year(2051);
    assert_eq!(expired.astray(), ChainError::Validity);
    let mut device = device();
    device.authority = TestAuthority::new(1).intermediate(|params| params.is_ca = IsCa::NoCa);
    let attempt = Attempt::new(Attestation::Apple(device), &root);
    assert_eq!(attempt.astray(), ChainError::NotAnAuthority);
}
