//! FIDO U2F: what its signature covers, and what it does not.

use firstkey_testkit::authenticator::{
    Algorithm as Soft, Attestation, AttestationKey, Sabotage, TestAuthority,
};
use firstkey_webauthn::{Aaguid, AttestationError, CborError, ChainError, Format};
use rcgen::{BasicConstraints, CertificateParams, IsCa};

use crate::attested::*;
use crate::support::*;

const NO_MODEL: [u8; 16] = [0; 16];

fn root() -> Vec<u8> {
    TestAuthority::new(1).certificate().to_vec()
}

fn key() -> AttestationKey {
    key_with(Soft::Es256, |_| ())
}

fn key_with(algorithm: Soft, customize: impl FnOnce(&mut CertificateParams)) -> AttestationKey {
    TestAuthority::new(1).u2f_key_with(algorithm, customize)
}

/// Registers with a key of U2F.
fn attempt(key: AttestationKey, root: &[u8]) -> Attempt<'_> {
    let mut attempt = Attempt::new(Attestation::FidoU2f(key), root);
    attempt.aaguid = NO_MODEL;
    attempt
}

#[test]
fn a_key_of_u2f_leads_to_its_root() {
    let verified = attempt(key(), &root()).verify().unwrap();
    assert_eq!(verified.attestation.format, Format::FidoU2f);
    assert!(verified.attestation.is_trusted());
    assert!(verified.aaguid.is_zero());
    assert_eq!(certified(verified).facts.certified_model, None);
}

#[test]
fn the_model_is_what_the_certificate_says() {
    let key = key_with(Soft::Es256, |params| {
        params.custom_extensions = vec![TestAuthority::aaguid_extension(AAGUID)];
    });
    let verified = attempt(key, &root()).verify().unwrap();
    assert!(verified.aaguid.is_zero());
    assert_eq!(certified(verified).facts.certified_model, Some(Aaguid::new(AAGUID)));

    let malformed = key_with(Soft::Es256, |params| {
        let mut extension = TestAuthority::aaguid_extension(AAGUID);
        extension.set_criticality(true);
        params.custom_extensions = vec![extension];
    });
    assert_eq!(
        attempt(malformed, &root()).refused(),
        AttestationError::Profile("the AAGUID extension is critical")
    );
}

#[test]
fn an_aaguid_that_nobody_signed_is_refused() {
    let root = root();
    let mut named = attempt(key(), &root);
    named.aaguid = AAGUID;
    assert_eq!(named.refused(), AttestationError::AaguidNotZero);
}

#[test]
fn the_attestation_key_must_be_on_p256() {
    for other in [Soft::Es384, Soft::Es512, Soft::EdDsa, Soft::Rs256] {
        let error = attempt(key_with(other, |_| ()), &root()).refused();
        assert_eq!(error, AttestationError::Profile("its key is not on P-256"), "{other:?}");
    }
}

#[test]
fn the_credentials_key_must_be_on_p256() {
    for other in [Soft::Es384, Soft::Es512, Soft::EdDsa, Soft::Rs256] {
        let root = root();
        let mut attempt = attempt(key(), &root);
        attempt.algorithm = other;
        assert_eq!(attempt.refused(), AttestationError::Algorithm, "{other:?}");
    }
}

#[test]
fn the_signature_is_over_this_ceremony_and_this_credential() {
    let root = root();
    let attestation = || Attestation::FidoU2f(key());
    is_bound_to_its_ceremony(attestation, NO_MODEL, &root, &AttestationError::Signature);

    // Another credential id, which the response names too.
    let mut soft = firstkey_testkit::authenticator::SoftAuthenticator::new(8)
        .with_attestation(NO_MODEL, attestation());
    let mut response = create(&mut soft);
    let id = decode(response["rawId"].as_str().unwrap());
    let mut other = id.clone();
    other[0] ^= 1;
    edit(&mut response, "attestationObject", |object| {
        let at = object.windows(id.len()).position(|window| window == id).unwrap();
        object[at] ^= 1;
    });
    for member in ["id", "rawId"] {
        response[member] = serde_json::json!(encode(&other));
    }
    assert_eq!(statement_error(response, &root), AttestationError::Signature);
}

#[test]
fn a_signature_in_the_manner_of_packed_is_refused() {
    // Same members, other signed bytes: packed's statement under the name of fido-u2f.
    let mut soft = firstkey_testkit::authenticator::SoftAuthenticator::new(8)
        .with_attestation(NO_MODEL, Attestation::Packed(key()));
    let mut response = create(&mut soft);
    edit(&mut response, "attestationObject", |object| {
        // map, "fmt", "packed", "attStmt", map of three, "alg", -7
        assert_eq!(object[20..26], *b"\xa3\x63alg\x26");
        object.splice(20..26, [0xa2]);
        object.splice(5..12, *b"\x68fido-u2f");
    });
    assert_eq!(statement_error(response, &root()), AttestationError::Signature);
}

#[test]
fn there_is_exactly_one_certificate() {
    let root = root();
    let chain = [key().chain()[0].clone(), root.clone()].to_vec();
    assert_eq!(attempt(key().with_chain(chain), &root).refused(), AttestationError::Shape);
    assert_eq!(attempt(key().with_chain(vec![]), &root).refused(), AttestationError::Shape);
}

#[test]
fn certificates_that_are_swapped_or_broken_are_refused() {
    let root = root();
    let other = TestAuthority::new(2).u2f_key_with(Soft::Es256, |_| ()).chain().to_vec();
    assert_eq!(attempt(key().with_chain(other), &root).refused(), AttestationError::Signature);
    for spoil in BROKEN_CHAINS {
        let mut chain = key().chain().to_vec();
        spoil(&mut chain);
        let error = attempt(key().with_chain(chain), &root).refused();
        assert!(matches!(error, AttestationError::Certificate(_)));
    }
}

#[test]
fn an_authoritys_certificate_is_refused() {
    let key = key_with(Soft::Es256, |params| {
        params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
    });
    assert_eq!(attempt(key, &root()).refused(), AttestationError::Profile("it is an authority's"));
}

#[test]
fn a_statement_of_another_shape_is_refused() {
    let root = root();
    let refused = |edit| attempt(key(), &root).sabotaged(Sabotage::Statement(edit)).refused();
    assert_eq!(refused(|statement| *statement = vec![0xa0]), AttestationError::Shape);
    assert_eq!(refused(|statement| statement[2] = b'r'), AttestationError::Shape);
    let without_x5c = |statement: &mut Vec<u8>| {
        statement[0] = 0xa1;
        let end = 7 + usize::from(statement[6]);
        statement.truncate(end);
    };
    assert_eq!(refused(without_x5c), AttestationError::Shape);
    let with_more = |statement: &mut Vec<u8>| {
        statement[0] = 0xa3;
        statement.extend(b"\x63zzz\x00");
    };
    assert_eq!(refused(with_more), AttestationError::Shape);
    let list = |statement: &mut Vec<u8>| *statement = vec![0x80];
    assert_eq!(refused(list), AttestationError::Cbor(CborError::UnexpectedType));
}

#[test]
fn a_chain_that_leads_elsewhere_proves_nothing() {
    let root = root();
    let foreign = TestAuthority::new(2);
    assert_eq!(attempt(key(), foreign.certificate()).astray(), ChainError::NoAnchor);
    let mut expired = attempt(key(), &root);
    expired.now = in_year(2051);
    assert_eq!(expired.astray(), ChainError::Validity);
    let mut early = attempt(key(), &root);
    early.now = in_year(2019);
    assert_eq!(early.astray(), ChainError::Validity);
}
