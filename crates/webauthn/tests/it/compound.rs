//! Several statements about one credential.

use firstkey_testkit::authenticator::{
    Algorithm as Soft, Attestation, KeyDescription, KeyStore, Sabotage, TestAuthority,
};
use firstkey_webauthn::registration::RegistrationError;
use firstkey_webauthn::{
    Aaguid, AttestationError, AttestationKind, AttestationObjectError, CborError, ChainError,
    Facts, Format, Trust,
};

use crate::attested::*;
use crate::support::*;

fn root() -> Vec<u8> {
    TestAuthority::new(1).certificate().to_vec()
}

fn packed() -> Attestation {
    Attestation::Packed(TestAuthority::new(1).attestation_key(AAGUID, Soft::Es256))
}

fn android() -> Attestation {
    let store = KeyStore::new(TestAuthority::new(1));
    Attestation::AndroidKey(store, KeyDescription::hardware())
}

fn apple() -> Attestation {
    Attestation::Apple(KeyStore::new(TestAuthority::new(1)))
}

/// Registers with a compound of these.
fn compound(statements: Vec<Attestation>) -> Result<VerifiedRegistration, AttestationError> {
    match Attempt::new(Attestation::Compound(statements), &root()).verify() {
        Ok(verified) => Ok(verified),
        Err(RegistrationError::Attestation(error)) => Err(error),
        Err(other) => panic!("{other}"),
    }
}

/// The error of one statement.
fn at(index: u64, error: AttestationError) -> AttestationError {
    AttestationError::Compound { index, error: Box::new(error) }
}

#[test]
fn every_statement_is_verified_and_reported() {
    let all = vec![packed(), Attestation::PackedSelf, android(), apple(), Attestation::None];
    let verified = compound(all).unwrap();
    assert_eq!(verified.attestation.format, Format::Compound);
    assert!(verified.attestation.is_trusted());
    assert_eq!(verified.attestation.certified().count(), 3);
    let AttestationKind::Compound(statements) = verified.attestation.kind else { panic!() };
    let formats: Vec<_> = statements.iter().map(|statement| statement.format).collect();
    assert_eq!(
        formats,
        [Format::Packed, Format::Packed, Format::AndroidKey, Format::Apple, Format::None]
    );
    assert_eq!(statements[1].kind, AttestationKind::SelfSigned);
    assert_eq!(statements[4].kind, AttestationKind::None);
}

#[test]
fn one_accepted_root_is_enough_and_the_others_prove_nothing() {
    let stranger =
        Attestation::AndroidKey(KeyStore::new(TestAuthority::new(2)), KeyDescription::hardware());
    let verified = compound(vec![stranger, packed()]).unwrap();
    assert!(verified.attestation.is_trusted());
    let trust: Vec<_> = verified.attestation.certified().collect();
    assert_eq!(trust[0].trust, Trust::Unanchored(ChainError::NoAnchor));
    assert_eq!(trust[0].facts, Facts::default());
    assert!(matches!(trust[1].trust, Trust::Anchored(_)));
    assert_eq!(trust[1].facts.certified_model, Some(Aaguid::new(AAGUID)));

    let unknown = Attestation::Packed(TestAuthority::new(2).attestation_key(AAGUID, Soft::Es256));
    let verified = compound(vec![unknown, Attestation::PackedSelf]).unwrap();
    assert!(!verified.attestation.is_trusted());
    let verified = compound(vec![Attestation::PackedSelf, Attestation::None]).unwrap();
    assert!(!verified.attestation.is_trusted());
}

#[test]
fn two_statements_make_a_compound_and_nine_are_too_many() {
    assert_eq!(compound(vec![]).unwrap_err(), AttestationError::Shape);
    assert_eq!(compound(vec![packed()]).unwrap_err(), AttestationError::Shape);
    let many = |count| compound((0..count).map(|_| Attestation::PackedSelf).collect());
    assert!(many(8).is_ok());
    assert_eq!(many(9).unwrap_err(), AttestationError::Shape);
}

#[test]
fn one_wrong_statement_refuses_the_whole() {
    let mut imported = KeyDescription::hardware();
    imported.hardware.origin = Some(2);
    let imported = Attestation::AndroidKey(KeyStore::new(TestAuthority::new(1)), imported);
    let error = compound(vec![packed(), imported]).unwrap_err();
    assert_eq!(error, at(1, firstkey_webauthn::AndroidKeyError::Origin.into()));

    let mut other = KeyStore::new(TestAuthority::new(1));
    other.other_key = Some(Soft::Es256);
    let error = compound(vec![Attestation::Apple(other), packed()]).unwrap_err();
    assert_eq!(error, at(0, AttestationError::CertificateKey));

    let model = Attestation::Packed(TestAuthority::new(1).attestation_key([1; 16], Soft::Es256));
    let error = compound(vec![packed(), packed(), model]).unwrap_err();
    assert_eq!(error, at(2, AttestationError::Aaguid));

    let key = TestAuthority::new(1).u2f_key_with(Soft::Es256, |_| ());
    let error = compound(vec![packed(), Attestation::FidoU2f(key)]).unwrap_err();
    assert_eq!(error, at(1, AttestationError::AaguidNotZero));
}

#[test]
fn compounds_do_not_nest() {
    let nested = Sabotage::Statement(|statement| {
        *statement = [
            &b"\x82\xa2\x63fmt\x68compound\x67attStmt\x80"[..],
            b"\xa2\x63fmt\x64none\x67attStmt\xa0",
        ]
        .concat();
    });
    let attestation = Attestation::Compound(vec![Attestation::None, Attestation::None]);
    let error = Attempt::new(attestation, &root()).sabotaged(nested).refused();
    assert_eq!(error, at(0, AttestationError::Nested));

    // One that holds statements is deeper than canonical CBOR can be.
    let inner = Attestation::Compound(vec![Attestation::None, Attestation::None]);
    let outer = Attestation::Compound(vec![inner, packed()]);
    assert_eq!(
        Attempt::new(outer, &root()).verify().unwrap_err(),
        RegistrationError::AttestationObject(AttestationObjectError::Cbor(CborError::TooDeep))
    );
}

#[test]
fn unknown_and_retired_formats_are_refused_by_name() {
    let error = compound(vec![packed(), Attestation::SafetyNet]).unwrap_err();
    assert_eq!(error, at(1, AttestationError::SafetyNet));

    let renamed = Sabotage::Statement(|statement| {
        // array of two, map, "fmt", "packed"
        assert_eq!(statement[..7], *b"\x82\xa2\x63fmt\x66");
        statement[7] = b'h';
    });
    let attestation = Attestation::Compound(vec![packed(), Attestation::PackedSelf]);
    let error = Attempt::new(attestation, &root()).sabotaged(renamed).refused();
    assert_eq!(error, at(0, AttestationError::UnsupportedFormat("hacked".into())));
}

#[test]
fn the_statements_are_of_this_ceremony() {
    let root = root();
    let attestation = || Attestation::Compound(vec![packed(), android()]);
    let spoilt = Attempt::new(attestation(), &root).sabotaged(Sabotage::Signature).refused();
    assert_eq!(spoilt, at(0, AttestationError::Signature));
    let elsewhere = made_for_another_party(attestation(), AAGUID);
    assert_eq!(statement_error(elsewhere, &root), at(0, AttestationError::Signature));
    let earlier = made_for_another_challenge(attestation(), AAGUID);
    assert_eq!(statement_error(earlier, &root), at(0, AttestationError::Signature));
    let nonce =
        made_for_another_party(Attestation::Compound(vec![Attestation::None, apple()]), AAGUID);
    assert_eq!(statement_error(nonce, &root), at(1, AttestationError::Nonce));
}

#[test]
fn a_statement_of_another_shape_is_refused() {
    let root = root();
    let refused = |edit| {
        let attestation = Attestation::Compound(vec![Attestation::None, Attestation::None]);
        Attempt::new(attestation, &root).sabotaged(Sabotage::Statement(edit)).refused()
    };
    // 82, then twice: a2 63 "fmt" 64 "none" 67 "attStmt" a0
    let map = |statement: &mut Vec<u8>| *statement = vec![0xa0];
    assert_eq!(refused(map), AttestationError::Cbor(CborError::UnexpectedType));
    assert_eq!(refused(|statement| statement[3] = b'g'), AttestationError::Shape);
    assert_eq!(refused(|statement| statement[18] = b'u'), AttestationError::Shape);
    let member_missing = |statement: &mut Vec<u8>| {
        statement[1] = 0xa1;
        statement.drain(11..20);
    };
    assert_eq!(refused(member_missing), AttestationError::Shape);
    let member_more = |statement: &mut Vec<u8>| {
        statement[1] = 0xa3;
        statement.splice(20..20, *b"\x68authData\x00");
    };
    assert_eq!(refused(member_more), AttestationError::Shape);
    let number = |statement: &mut Vec<u8>| {
        statement.splice(6..11, [0x00]);
    };
    assert_eq!(refused(number), AttestationError::Cbor(CborError::UnexpectedType));
    let not_empty = |statement: &mut Vec<u8>| {
        statement.splice(19..20, [0xa1, 0x00, 0x00]);
    };
    assert_eq!(refused(not_empty), at(0, AttestationError::Shape));
}
