//! Android's key store: what it must say of a key, and what it says besides.

use firstkey_testkit::authenticator::{
    Algorithm as Soft, Attestation, AuthorizationList, KeyDescription, KeyStore, Sabotage,
    TestAuthority,
};
use firstkey_webauthn::registration::RegistrationError;
use firstkey_webauthn::{
    AndroidKeyError, AttestationError, BootState, CborError, ChainError, Format, SecurityLevel,
};
use rcgen::{CertificateParams, CustomExtension, IsCa};

use crate::attested::*;
use crate::key_stores::{self, Change};
use crate::support::*;

fn store() -> KeyStore {
    KeyStore::new(TestAuthority::new(1))
}

/// The root of [`store`].
fn root() -> Vec<u8> {
    TestAuthority::new(1).certificate().to_vec()
}

/// Registers with a key that is described like this.
fn described(
    change: impl FnOnce(&mut KeyDescription),
) -> Result<VerifiedRegistration, AttestationError> {
    let mut description = KeyDescription::hardware();
    change(&mut description);
    let attestation = Attestation::AndroidKey(store(), description);
    match Attempt::new(attestation, &root()).verify() {
        Ok(verified) => Ok(verified),
        Err(RegistrationError::Attestation(error)) => Err(error),
        Err(other) => panic!("{other}"),
    }
}

/// Registers with a key store that is dishonest like this.
fn kept(change: Change<'_>) -> AttestationError {
    let mut store = store();
    change(&mut store);
    Attempt::new(Attestation::AndroidKey(store, KeyDescription::hardware()), &root()).refused()
}

fn honest() -> Attestation {
    Attestation::AndroidKey(store(), KeyDescription::hardware())
}

#[test]
fn a_key_of_any_algorithm_leads_to_its_root() {
    for (_, soft) in ALGORITHMS {
        let root = root();
        let mut attempt = Attempt::new(honest(), &root);
        attempt.algorithm = soft;
        let verified = attempt.verify().unwrap();
        assert_eq!(verified.attestation.format, Format::AndroidKey);
        assert!(verified.attestation.is_trusted());
    }
}

#[test]
fn the_way_may_lead_over_intermediates() {
    let mut authority = TestAuthority::new(1);
    let mut store = store();
    store.authority = authority.intermediate(|_| ());
    let attestation = Attestation::AndroidKey(store, KeyDescription::hardware());
    let verified = Attempt::new(attestation, &root()).verify().unwrap();
    assert_eq!(verified.attestation.certified().next().unwrap().chain.len(), 2);
    assert!(verified.attestation.is_trusted());
}

/// What is known of a key that is described like this.
fn facts(change: impl FnOnce(&mut KeyDescription)) -> (SecurityLevel, SecurityLevel, bool) {
    let facts = certified(described(change).unwrap()).facts;
    let key = facts.android_key.unwrap();
    (key.attested_by, key.kept_by, key.hardware_enforced)
}

#[test]
fn where_the_key_lives_is_a_fact_when_the_root_is_accepted() {
    use SecurityLevel::{Software, StrongBox, TrustedEnvironment};
    assert_eq!(facts(|_| ()), (TrustedEnvironment, TrustedEnvironment, true));
    let in_a_chip = |key: &mut KeyDescription| {
        key.attested_by = 2;
        key.kept_by = 2;
    };
    assert_eq!(facts(in_a_chip), (StrongBox, StrongBox, true));
    let software = facts(|key| *key = KeyDescription::software());
    assert_eq!(software, (Software, Software, false));

    let foreign = Attempt::new(honest(), TestAuthority::new(2).certificate()).astray();
    assert_eq!(foreign, ChainError::NoAnchor);
}

#[test]
fn what_the_software_adds_is_accepted_and_told_apart() {
    use SecurityLevel::{Software, TrustedEnvironment};
    // The hardware says where the key comes from, the software what it is for.
    let mixed = |key: &mut KeyDescription| key.software.purposes = key.hardware.purposes.take();
    assert_eq!(facts(mixed), (TrustedEnvironment, TrustedEnvironment, false));
    let mixed = |key: &mut KeyDescription| key.software.origin = key.hardware.origin.take();
    assert_eq!(facts(mixed), (TrustedEnvironment, TrustedEnvironment, false));
    // Both lists say everything.
    let both = |key: &mut KeyDescription| key.software = key.hardware.clone();
    assert_eq!(facts(both), (TrustedEnvironment, TrustedEnvironment, true));
    // A list is only as good as who wrote it, and who keeps the key.
    let written = |key: &mut KeyDescription| key.attested_by = 0;
    assert_eq!(facts(written), (Software, TrustedEnvironment, false));
    let held = |key: &mut KeyDescription| key.kept_by = 0;
    assert_eq!(facts(held), (TrustedEnvironment, Software, false));
}

#[test]
fn how_the_device_was_started_is_a_fact_when_the_hardware_says_it() {
    let started = |change: fn(&mut KeyDescription)| {
        let key = certified(described(change).unwrap()).facts.android_key.unwrap();
        (key.boot.map(|boot| (boot.locked, boot.state)), key.patch_level)
    };
    let patched = Some(202_501);
    assert_eq!(started(|_| ()), (Some((true, BootState::Verified)), patched));
    assert_eq!(
        started(|key| key.hardware.boot = Some((false, 1))),
        (Some((false, BootState::SelfSigned)), patched)
    );
    assert_eq!(
        started(|key| key.hardware.boot = Some((true, 2))),
        (Some((true, BootState::Unverified)), patched)
    );
    assert_eq!(
        started(|key| key.hardware.boot = Some((true, 3))),
        (Some((true, BootState::Failed)), patched)
    );
    // A state that does not exist is unknown, and no reason to refuse the key.
    assert_eq!(started(|key| key.hardware.boot = Some((true, 4))), (None, patched));
    // What Android says of itself does not count.
    assert_eq!(started(|key| key.software.boot = key.hardware.boot.take()), (None, None));
}

#[test]
fn a_key_for_all_applications_is_refused_in_either_list() {
    let refused = Err(AndroidKeyError::AllApplications.into());
    assert_eq!(described(|key| key.software.all_applications = true).map(drop), refused);
    assert_eq!(described(|key| key.hardware.all_applications = true).map(drop), refused);
}

#[test]
fn a_key_must_have_been_generated_in_the_key_store() {
    let refused = Err(AndroidKeyError::Origin.into());
    // Derived, imported, unknown, securely imported.
    for origin in 1..=4 {
        assert_eq!(described(|key| key.hardware.origin = Some(origin)).map(drop), refused);
        assert_eq!(described(|key| key.software.origin = Some(origin)).map(drop), refused);
    }
    assert_eq!(described(|key| key.hardware.origin = None).map(drop), refused);
}

#[test]
fn a_key_must_be_for_signing_and_nothing_else() {
    let refused = Err(AndroidKeyError::Purpose.into());
    // Nothing, decrypting, verifying, signing and verifying, attesting.
    for purposes in [vec![], vec![1], vec![3], vec![2, 3], vec![7], vec![2, 7]] {
        let wrong = |list: &mut AuthorizationList| list.purposes = Some(purposes.clone());
        assert_eq!(described(|key| wrong(&mut key.hardware)).map(drop), refused, "{purposes:?}");
        assert_eq!(described(|key| wrong(&mut key.software)).map(drop), refused, "{purposes:?}");
    }
    assert_eq!(described(|key| key.hardware.purposes = None).map(drop), refused);
}

#[test]
fn a_key_description_is_for_one_ceremony() {
    let refused = Err(AndroidKeyError::Challenge.into());
    for challenge in [vec![], vec![0; 32], CHALLENGE.as_bytes().to_vec()] {
        assert_eq!(described(|key| key.challenge = Some(challenge)).map(drop), refused);
    }
}

#[test]
fn a_certificate_without_a_key_description_is_refused() {
    key_stores::have_their_extension_once(kept, &AndroidKeyError::Missing.into());
}

#[test]
fn a_malformed_key_description_is_refused() {
    // What stands where: 30 len, version (4), 0a 01 level, version (4), 0a 01 level, 04 20 …
    for spoil in [
        (|der: &mut Vec<u8>| der.truncate(der.len() - 1)) as fn(&mut Vec<u8>),
        |der| der.push(0),
        Vec::clear,
        // another type, and an empty one
        |der| der[0] = 0x31,
        |der| *der = vec![0x30, 0x00],
        // the version is no integer
        |der| replace(der, &[0x02, 0x02, 0x01, 0x2c], &[0x04, 0x02, 0x01, 0x2c]),
        // a security level is an integer, or one that does not exist
        |der| replace(der, &[0x0a, 0x01, 0x01], &[0x02, 0x01, 0x01]),
        |der| replace(der, &[0x0a, 0x01, 0x01], &[0x0a, 0x01, 0x03]),
        |der| replace(der, &[0x0a, 0x01, 0x01], &[0x0a, 0x01, 0x64]),
        // the challenge is text
        |der| replace(der, &[0x0a, 0x01, 0x01, 0x04, 0x20], &[0x0a, 0x01, 0x01, 0x0c, 0x20]),
        // the purpose is a sequence, and the origin an enumeration
        |der| replace(der, &[0x31, 0x03, 0x02, 0x01, 0x02], &[0x30, 0x03, 0x02, 0x01, 0x02]),
        |der| replace(der, &[0x3e, 0x03, 0x02, 0x01, 0x00], &[0x3e, 0x03, 0x0a, 0x01, 0x00]),
        // the origin is negative
        |der| replace(der, &[0x3e, 0x03, 0x02, 0x01, 0x00], &[0x3e, 0x03, 0x02, 0x01, 0xff]),
        // algorithm, which we do not read, becomes a second purpose, or is not tagged
        |der| replace(der, &[0xa2, 0x03, 0x02, 0x01, 0x03], &[0xa1, 0x03, 0x02, 0x01, 0x03]),
        |der| replace(der, &[0xa2, 0x03, 0x02, 0x01, 0x03], &[0x30, 0x03, 0x02, 0x01, 0x03]),
        // and the purpose comes after it
        |der| replace(der, &[0xa1, 0x05, 0x31], &[0xa4, 0x05, 0x31]),
    ] {
        let mut store = store();
        store.extension = spoil;
        let attestation = Attestation::AndroidKey(store, KeyDescription::hardware());
        let refused = Attempt::new(attestation, &root()).refused();
        assert_eq!(refused, AndroidKeyError::Malformed.into());
    }
}

/// Exchanges the last occurrence of these bytes.
fn replace(der: &mut [u8], from: &[u8], to: &[u8]) {
    let at = der.windows(from.len()).rposition(|window| window == from).unwrap();
    der[at..at + to.len()].copy_from_slice(to);
}

#[test]
fn the_certificate_must_be_for_the_credentials_key() {
    key_stores::certify_the_credentials_key(kept);
}

#[test]
fn the_statement_names_the_credentials_algorithm() {
    // The same RSA key, which signed as RS256 and is to be used as PS256.
    let root = root();
    let mut attempt = Attempt::new(honest(), &root).sabotaged(Sabotage::PublicKey(|key| {
        key.splice(4..7, [0x38, 0x24]);
    }));
    attempt.algorithm = Soft::Rs256;
    assert_eq!(attempt.refused(), AttestationError::Algorithm);
}

#[test]
fn a_certificate_of_another_device_is_refused() {
    let swapped = kept(&|store| {
        store.chain = |chain| {
            let mut other = TestAuthority::new(1);
            *chain = other.u2f_key_with(Soft::Es256, |_| ()).chain().to_vec();
        };
    });
    assert_eq!(swapped, AttestationError::Signature);
}

#[test]
fn the_signature_is_over_this_ceremony() {
    is_bound_to_its_ceremony(honest, AAGUID, &root(), &AttestationError::Signature);
}

#[test]
fn an_authoritys_certificate_is_refused() {
    key_stores::are_no_authorities(kept);
}

#[test]
fn an_attested_key_does_not_attest_others() {
    let with_description = |params: &mut CertificateParams| {
        let oid = [1, 3, 6, 1, 4, 1, 11129, 2, 1, 17];
        params.custom_extensions.push(CustomExtension::from_oid_content(&oid, vec![0x30, 0x00]));
    };
    let mut store = store();
    store.authority = TestAuthority::new(1).intermediate(with_description);
    let attestation = Attestation::AndroidKey(store, KeyDescription::hardware());
    let refused = Attempt::new(attestation, &root()).refused();
    assert_eq!(refused, AndroidKeyError::Repeated.into());
}

#[test]
fn a_statement_of_another_shape_is_refused() {
    let root = root();
    let refused =
        |edit| Attempt::new(honest(), &root).sabotaged(Sabotage::Statement(edit)).refused();
    // no members, one renamed, one too few
    assert_eq!(refused(|statement| *statement = vec![0xa0]), AttestationError::Shape);
    assert_eq!(refused(|statement| statement[2] = b'b'), AttestationError::Shape);
    let without_x5c = |statement: &mut Vec<u8>| {
        statement[0] = 0xa2;
        let end = 12 + usize::from(statement[11]);
        statement.truncate(end);
    };
    assert_eq!(refused(without_x5c), AttestationError::Shape);
    let with_none = |statement: &mut Vec<u8>| {
        let end = 12 + usize::from(statement[11]);
        statement.truncate(end);
        statement.extend(b"\x63x5c\x80");
    };
    assert_eq!(refused(with_none), AttestationError::Shape);
    let with_more = |statement: &mut Vec<u8>| {
        statement[0] = 0xa4;
        statement.extend(b"\x63zzz\x00");
    };
    assert_eq!(refused(with_more), AttestationError::Shape);
    let list = |statement: &mut Vec<u8>| *statement = vec![0x80];
    assert_eq!(refused(list), AttestationError::Cbor(CborError::UnexpectedType));
    assert_eq!(refused(|statement| statement[5] = 0x05), AttestationError::UnsupportedAlgorithm(5));
}

#[test]
fn a_certificate_must_be_whole() {
    key_stores::are_whole(kept);
}

#[test]
fn a_chain_that_leads_elsewhere_proves_nothing() {
    let root = root();
    let mut expired = Attempt::new(honest(), &root);
    expired.now = in_year(2051);
    assert_eq!(expired.astray(), ChainError::Validity);

    let mut store = store();
    store.authority =
        TestAuthority::new(1).intermediate(|params| params.is_ca = IsCa::ExplicitNoCa);
    let issued_by_a_leaf = Attestation::AndroidKey(store, KeyDescription::hardware());
    assert_eq!(Attempt::new(issued_by_a_leaf, &root).astray(), ChainError::NotAnAuthority);
}
