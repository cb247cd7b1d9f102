//! Packed attestation: the statement, the certificate's profile, and the way to a root.

use std::time::{Duration, SystemTime};

use firstkey_testkit::authenticator::{
    Algorithm as Soft, Attestation, AttestationKey, Sabotage, SoftAuthenticator, TestAuthority,
};
use firstkey_webauthn::registration::{RegistrationError, VerifiedRegistration};
use firstkey_webauthn::{
    AttestationError, AttestationKind, CborError, Certified, ChainError, Requirement, Trust,
    TrustAnchor, TrustPolicy,
};
use rcgen::{
    BasicConstraints, CertificateParams, CustomExtension, DistinguishedName, DnType, DnValue, IsCa,
    KeyUsagePurpose, date_time_ymd,
};

use crate::attested::{
    certified, made_for_another_challenge, made_for_another_party, statement_error,
};
use crate::support::*;

/// Registers with an authenticator that attests by `attestation`, trusting `root`.
fn attest(
    attestation: AttestationKey,
    root: &TestAuthority,
    sabotage: Option<Sabotage>,
    now: SystemTime,
) -> Result<VerifiedRegistration, RegistrationError> {
    let mut key =
        SoftAuthenticator::new(8).with_attestation(AAGUID, Attestation::Packed(attestation));
    key.sabotage = sabotage;
    let anchors = vec![TrustAnchor::from_der(root.certificate()).unwrap()];
    let mut expected = expected();
    expected.trust =
        TrustPolicy { requirement: Requirement::Any, ..TrustPolicy::trusting(&anchors) };
    expected.now = now;
    register(create(&mut key), &expected)
}

fn trust(verified: VerifiedRegistration) -> Trust {
    match verified.attestation.kind {
        AttestationKind::Certified(Certified { trust, .. }) => trust,
        other => panic!("{other:?}"),
    }
}

#[test]
fn a_certified_key_of_any_algorithm_leads_to_its_root() {
    for (_, credential) in ALGORITHMS {
        for (_, attestation) in ALGORITHMS {
            let mut root = TestAuthority::new(1);
            let certified = root.attestation_key(AAGUID, attestation);
            let chain = certified.chain().to_vec();
            let mut key = SoftAuthenticator::new(8)
                .with_algorithm(credential)
                .with_attestation(AAGUID, Attestation::Packed(certified));
            let anchors = vec![TrustAnchor::from_der(root.certificate()).unwrap()];
            let mut expected = expected();
            expected.trust = TrustPolicy::trusting(&anchors);
            let verified = register(create(&mut key), &expected).unwrap();
            assert!(verified.attestation.is_trusted());
            let AttestationKind::Certified(certified) = verified.attestation.kind else { panic!() };
            assert_eq!(certified.chain, chain);
            assert_eq!(certified.trust, Trust::Anchored(root.certificate().to_vec()));
        }
    }
}

#[test]
fn the_way_may_lead_over_an_intermediate_or_end_at_the_leaf() {
    let mut root = TestAuthority::new(1);
    let mut intermediate = root.intermediate(|_| ());
    let key = intermediate.attestation_key(AAGUID, Soft::Es256);
    assert_eq!(key.chain().len(), 2);
    assert!(attest(key, &root, None, now()).unwrap().attestation.is_trusted());

    // The root sent along changes nothing.
    let key = root.attestation_key(AAGUID, Soft::Es256);
    let chain = [key.chain(), &[root.certificate().to_vec()]].concat();
    assert!(attest(key.with_chain(chain), &root, None, now()).unwrap().attestation.is_trusted());

    // A leaf may itself be what is accepted.
    let key = root.attestation_key(AAGUID, Soft::Es256);
    let anchors = vec![TrustAnchor::from_der(&key.chain()[0]).unwrap()];
    let mut soft = SoftAuthenticator::new(8).with_attestation(AAGUID, Attestation::Packed(key));
    let mut expected = expected();
    expected.trust = TrustPolicy::trusting(&anchors);
    assert!(register(create(&mut soft), &expected).is_ok());
}

/// Why a statement spoilt like this is refused, with a certificate and without.
fn spoilt(sabotage: Sabotage) -> [RegistrationError; 2] {
    let mut root = TestAuthority::new(1);
    let certified = root.attestation_key(AAGUID, Soft::Es256);
    let with = attest(certified, &root, Some(sabotage.clone()), now()).unwrap_err();
    let mut key = SoftAuthenticator::new(8).with_attestation(AAGUID, Attestation::PackedSelf);
    key.sabotage = Some(sabotage);
    [with, register(create(&mut key), &expected()).unwrap_err()]
}

#[test]
fn a_spoilt_statement_is_refused() {
    use AttestationError::{Cbor, Shape, Signature, UnsupportedAlgorithm};
    let refused: [(Sabotage, AttestationError); 10] = [
        (Sabotage::Signature, Signature),
        // a signature one byte longer
        (
            Sabotage::Statement(|statement| {
                // map, "alg", -7, "sig", then the byte string's two-byte head
                statement[11] += 1;
                let end = 12 + usize::from(statement[11]) - 1;
                statement.insert(end, 0);
            }),
            Signature,
        ),
        // alg: RS1, another supported one, not negative
        (
            Sabotage::Statement(|statement| {
                statement.splice(5..6, [0x39, 0xff, 0xfe]);
            }),
            UnsupportedAlgorithm(-65535),
        ),
        (Sabotage::Statement(|statement| statement[5] = 0x05), UnsupportedAlgorithm(5)),
        (Sabotage::Statement(|statement| statement[5] = 0xf6), Cbor(CborError::UnexpectedType)),
        // members renamed, missing, empty
        (Sabotage::Statement(|statement| statement[2] = b'b'), Shape),
        (Sabotage::Statement(|statement| *statement = vec![0xa0]), Shape),
        (Sabotage::Statement(|statement| *statement = vec![0x80]), Cbor(CborError::UnexpectedType)),
        (
            Sabotage::Statement(|statement| {
                statement.truncate(6);
                statement[0] = 0xa1;
            }),
            Shape,
        ),
        // no certificate in x5c
        (
            Sabotage::Statement(|statement| {
                let end = 12 + usize::from(statement[11]);
                statement.truncate(end);
                statement[0] = 0xa3;
                statement.extend(b"\x63x5c\x80");
            }),
            Shape,
        ),
    ];
    for (sabotage, error) in refused {
        for found in spoilt(sabotage) {
            assert_eq!(found, RegistrationError::Attestation(error.clone()));
        }
    }
}

#[test]
fn self_attestation_uses_the_credentials_own_algorithm() {
    let mut key = SoftAuthenticator::new(8).with_attestation(AAGUID, Attestation::PackedSelf);
    key.sabotage = Some(Sabotage::Statement(|statement| statement[5] = 0x27));
    assert_eq!(
        register(create(&mut key), &expected()).unwrap_err(),
        RegistrationError::Attestation(AttestationError::Algorithm)
    );
}

#[test]
fn the_signature_covers_the_authenticator_data_and_the_client_data() {
    // Attested for one challenge, presented for another whose client data was swapped in.
    let mut root = TestAuthority::new(1);
    let certified = root.attestation_key(AAGUID, Soft::Es256);
    let mut key =
        SoftAuthenticator::new(8).with_attestation(AAGUID, Attestation::Packed(certified));
    let mut first = create(&mut key);
    let mut other = creation_options();
    other["challenge"] = serde_json::json!("A".repeat(43));
    let second = key.create(&other, ORIGIN).unwrap();
    for member in ["attestationObject", "authenticatorData"] {
        first["response"][member] = second["response"][member].clone();
    }
    first["id"] = second["id"].clone();
    first["rawId"] = second["rawId"].clone();
    assert_eq!(
        register(first, &expected()).unwrap_err(),
        RegistrationError::Attestation(AttestationError::Signature)
    );
}

#[test]
fn a_statement_made_for_another_party_or_another_challenge_is_refused() {
    for attestation in [
        || Attestation::PackedSelf,
        || Attestation::Packed(TestAuthority::new(1).attestation_key(AAGUID, Soft::Es256)),
    ] {
        let root = TestAuthority::new(1).certificate().to_vec();
        let elsewhere = made_for_another_party(attestation(), AAGUID);
        assert_eq!(statement_error(elsewhere, &root), AttestationError::Signature);
        let earlier = made_for_another_challenge(attestation(), AAGUID);
        assert_eq!(statement_error(earlier, &root), AttestationError::Signature);
    }
}

#[test]
fn the_statement_names_the_algorithm_that_was_used() {
    // A P-384 key's signature by another hash, as another padding, and on another kind of key.
    let mut root = TestAuthority::new(1);
    for (soft, other) in [
        (Soft::Es384, &[0x26][..]),
        (Soft::Es384, &[0x38, 0x23]),
        (Soft::Es384, &[0x27]),
        (Soft::Rs256, &[0x38, 0x24]),
    ] {
        let key = root.attestation_key(AAGUID, soft);
        let mut response = create(
            &mut SoftAuthenticator::new(8).with_attestation(AAGUID, Attestation::Packed(key)),
        );
        edit(&mut response, "attestationObject", |object| {
            // map, "fmt", "packed", "attStmt", map, "alg"
            let length = if soft == Soft::Rs256 { 3 } else { 2 };
            object.splice(25..25 + length, other.iter().copied());
        });
        let error = statement_error(response, root.certificate());
        assert_eq!(error, AttestationError::Signature, "{soft:?} {other:02x?}");
    }
}

#[test]
fn a_statement_has_no_members_but_its_own() {
    let root = TestAuthority::new(1);
    for more in [&b"\x63zzz\x00"[..], b"\x6aecdaaKeyId\x41\x00"] {
        for attestation in [
            Attestation::PackedSelf,
            Attestation::Packed(TestAuthority::new(1).attestation_key(AAGUID, Soft::Es256)),
        ] {
            let mut key = SoftAuthenticator::new(8).with_attestation(AAGUID, attestation);
            let mut response = create(&mut key);
            edit(&mut response, "attestationObject", |object| {
                let end = object.windows(9).position(|window| window == b"\x68authData").unwrap();
                object.splice(end..end, more.iter().copied());
                object[20] += 1;
            });
            assert_eq!(statement_error(response, root.certificate()), AttestationError::Shape);
        }
    }
}

/// What a leaf certificate changed like this is refused for.
fn misissued(customize: impl FnOnce(&mut CertificateParams)) -> AttestationError {
    let mut root = TestAuthority::new(1);
    let key = root.attestation_key_with(AAGUID, Soft::Es256, customize);
    match attest(key, &root, None, now()).unwrap_err() {
        RegistrationError::Attestation(error) => error,
        other => panic!("{other}"),
    }
}

fn without(params: &mut CertificateParams, left_out: &DnType) {
    let kept: Vec<_> = params
        .distinguished_name
        .iter()
        .filter(|(kind, _)| *kind != left_out)
        .map(|(kind, value)| (kind.clone(), value.clone()))
        .collect();
    params.distinguished_name = DistinguishedName::new();
    for (kind, value) in kept {
        params.distinguished_name.push(kind, value);
    }
}

#[test]
fn the_certificate_must_fit_the_packed_profile() {
    use AttestationError::{Aaguid, Profile};
    for missing in [
        DnType::CountryName,
        DnType::OrganizationName,
        DnType::OrganizationalUnitName,
        DnType::CommonName,
    ] {
        let error = misissued(|params| without(params, &missing));
        assert!(matches!(error, Profile(_)), "{missing:?}: {error}");
    }
    let unit = misissued(|params| {
        params.distinguished_name.push(DnType::OrganizationalUnitName, "authenticator attestation");
    });
    assert!(matches!(unit, Profile(_)));
    let country = misissued(|params| {
        let name = DnValue::PrintableString("A1".try_into().unwrap());
        params.distinguished_name.push(DnType::CountryName, name);
    });
    assert!(matches!(country, Profile(_)));
    let authority = misissued(|params| params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained));
    assert!(matches!(authority, Profile(_)));
    let unsaid = misissued(|params| params.is_ca = IsCa::NoCa);
    assert!(matches!(unsaid, Profile(_)));

    let other_model = misissued(|params| {
        params.custom_extensions = vec![TestAuthority::aaguid_extension([1; 16])];
    });
    assert_eq!(other_model, Aaguid);
    let critical = misissued(|params| params.custom_extensions[0].set_criticality(true));
    assert!(matches!(critical, Profile(_)));
    let unwrapped = misissued(|params| {
        let oid: Vec<u64> = params.custom_extensions[0].oid_components().collect();
        params.custom_extensions = vec![CustomExtension::from_oid_content(&oid, AAGUID.to_vec())];
    });
    assert!(matches!(unwrapped, Profile(_)));
    let twice = misissued(|params| {
        params.custom_extensions.push(TestAuthority::aaguid_extension([1; 16]));
    });
    assert!(matches!(twice, AttestationError::Certificate(_)));
}

#[test]
fn the_firmwares_version_is_a_fact_and_a_number() {
    let versioned = |content: &[u8], critical: bool| {
        let oid = [1, 3, 6, 1, 4, 1, 45724, 1, 1, 5];
        let mut extension = CustomExtension::from_oid_content(&oid, content.to_vec());
        extension.set_criticality(critical);
        let mut root = TestAuthority::new(1);
        let key = root.attestation_key_with(AAGUID, Soft::Es256, |params| {
            params.custom_extensions.push(extension);
        });
        let verified = attest(key, &root, None, now());
        verified.map(|verified| certified(verified).facts.firmware_version)
    };
    assert_eq!(versioned(&[0x02, 0x01, 0x2a], false), Ok(Some(42)));
    assert_eq!(versioned(&[0x02, 0x02, 0x05, 0x07], false), Ok(Some(0x0507)));
    let refused = |why| Err(RegistrationError::Attestation(AttestationError::Profile(why)));
    let malformed = refused("the firmware version extension is malformed");
    // negative, not a number, followed by a byte, beyond 64 bits
    for content in [
        &[0x02, 0x01, 0xff][..],
        &[0x04, 0x01, 0x2a],
        &[0x02, 0x01, 0x2a, 0x00],
        &[0x02, 0x09, 0x01, 0, 0, 0, 0, 0, 0, 0, 0],
    ] {
        assert_eq!(versioned(content, false), malformed, "{content:02x?}");
    }
    let critical = refused("the firmware version extension is critical");
    assert_eq!(versioned(&[0x02, 0x01, 0x2a], true), critical);
}

#[test]
fn a_certificate_for_every_model_needs_no_aaguid_extension() {
    let mut root = TestAuthority::new(1);
    let key = root.attestation_key_with(AAGUID, Soft::Es256, |params| {
        params.custom_extensions.clear();
    });
    assert!(attest(key, &root, None, now()).unwrap().attestation.is_trusted());
}

#[test]
fn certificates_that_are_swapped_or_broken_are_refused() {
    let mut root = TestAuthority::new(1);
    let other = root.attestation_key(AAGUID, Soft::Es256).chain().to_vec();
    let swapped = root.attestation_key(AAGUID, Soft::Es256).with_chain(other);
    assert_eq!(
        attest(swapped, &root, None, now()).unwrap_err(),
        RegistrationError::Attestation(AttestationError::Signature)
    );
    for spoil in [
        |der: &mut Vec<u8>| der.truncate(der.len() - 1),
        |der: &mut Vec<u8>| der.push(0),
        |der: &mut Vec<u8>| der[0] = 0x31,
        |der: &mut Vec<u8>| der.clear(),
    ] {
        let key = root.attestation_key(AAGUID, Soft::Es256);
        let mut chain = key.chain().to_vec();
        spoil(&mut chain[0]);
        let error = attest(key.with_chain(chain), &root, None, now()).unwrap_err();
        assert!(matches!(error, RegistrationError::Attestation(AttestationError::Certificate(_))));
    }
}

/// Where a chain leads when it does not lead to the root.
fn astray(key: AttestationKey, root: &TestAuthority, now: SystemTime) -> ChainError {
    match trust(attest(key, root, None, now).unwrap()) {
        Trust::Unanchored(reason) => reason,
        Trust::Anchored(_) => panic!("trusted"),
    }
}

#[test]
fn a_chain_that_leads_elsewhere_is_not_trusted() {
    let mut root = TestAuthority::new(1);

    let key = TestAuthority::new(2).attestation_key(AAGUID, Soft::Es256);
    assert_eq!(astray(key, &root, now()), ChainError::NoAnchor);

    // The intermediate is left out, or follows in the wrong order.
    let mut intermediate = root.intermediate(|_| ());
    let key = intermediate.attestation_key(AAGUID, Soft::Es256);
    let leaf = key.chain()[..1].to_vec();
    assert_eq!(astray(key.with_chain(leaf), &root, now()), ChainError::NoAnchor);
    let key = intermediate.attestation_key(AAGUID, Soft::Es256);
    let chain = vec![key.chain()[0].clone(), root.certificate().to_vec()];
    assert_eq!(astray(key.with_chain(chain), &root, now()), ChainError::Order);

    // Another authority of the same name.
    let key = intermediate.attestation_key(AAGUID, Soft::Es256);
    let namesake = root.intermediate(|_| ());
    let chain = vec![key.chain()[0].clone(), namesake.certificate().to_vec()];
    assert_eq!(astray(key.with_chain(chain), &root, now()), ChainError::Signature);

    let root_namesake = {
        let mut other = TestAuthority::new(2).intermediate(|params| {
            params.distinguished_name = DistinguishedName::new();
            params.distinguished_name.push(DnType::CommonName, "Test attestation root 1");
        });
        let key = other.attestation_key(AAGUID, Soft::Es256);
        let leaf = key.chain()[..1].to_vec();
        key.with_chain(leaf)
    };
    assert_eq!(astray(root_namesake, &root, now()), ChainError::NoAnchor);

    // Nine certificates are more than anybody sends.
    let key = root.attestation_key(AAGUID, Soft::Es256);
    let chain = vec![key.chain()[0].clone(); 9];
    assert_eq!(
        attest(key.with_chain(chain), &root, None, now()).unwrap_err(),
        RegistrationError::Attestation(AttestationError::Shape)
    );
}

#[test]
fn whoever_issues_must_be_allowed_to() {
    let mut root = TestAuthority::new(1);
    let under = |root: &mut TestAuthority, customize: fn(&mut CertificateParams)| {
        let mut intermediate = root.intermediate(customize);
        intermediate.attestation_key(AAGUID, Soft::Es256)
    };
    for customize in [
        (|params| params.is_ca = IsCa::ExplicitNoCa) as fn(&mut CertificateParams),
        |params| params.is_ca = IsCa::NoCa,
        |params| params.key_usages = vec![KeyUsagePurpose::DigitalSignature],
    ] {
        let key = under(&mut root, customize);
        assert_eq!(astray(key, &root, now()), ChainError::NotAnAuthority);
    }

    // A path length of zero allows a leaf, and no authority, below.
    let zero = |params: &mut CertificateParams| {
        params.is_ca = IsCa::Ca(BasicConstraints::Constrained(0));
    };
    let key = under(&mut root, zero);
    assert!(attest(key, &root, None, now()).unwrap().attestation.is_trusted());
    let mut lower = root.intermediate(zero).intermediate(|params| {
        params.distinguished_name = DistinguishedName::new();
        params.distinguished_name.push(DnType::CommonName, "lower");
    });
    let key = lower.attestation_key(AAGUID, Soft::Es256);
    assert_eq!(key.chain().len(), 3);
    assert_eq!(astray(key, &root, now()), ChainError::NotAnAuthority);
}

#[test]
fn certificates_are_valid_in_their_time_only() {
    let mut root = TestAuthority::new(1);
    let at = |year: u64| SystemTime::UNIX_EPOCH + Duration::from_secs((year - 1970) * 31_557_600);
    for year in [2019, 2051] {
        let key = root.attestation_key(AAGUID, Soft::Es256);
        assert_eq!(astray(key, &root, at(year)), ChainError::Validity);
    }
    let mut expired = root.intermediate(|params| params.not_after = date_time_ymd(2025, 1, 1));
    let key = expired.attestation_key(AAGUID, Soft::Es256);
    assert_eq!(astray(key, &root, now()), ChainError::Validity);
    let key = root.attestation_key(AAGUID, Soft::Es256);
    assert_eq!(
        astray(key, &root, SystemTime::UNIX_EPOCH - Duration::from_secs(1)),
        ChainError::Validity
    );
}

#[test]
fn a_critical_extension_must_be_understood() {
    let mut root = TestAuthority::new(1);
    let key = root.attestation_key_with(AAGUID, Soft::Es256, |params| {
        let mut strange = CustomExtension::from_oid_content(&[1, 2, 3, 4], vec![0x05, 0x00]);
        strange.set_criticality(true);
        params.custom_extensions.push(strange);
    });
    assert_eq!(astray(key, &root, now()), ChainError::CriticalExtension);
}

#[test]
fn a_certificate_states_its_signature_algorithm_twice_alike() {
    // ecdsa-with-SHA256; outside the signed part, a superfluous NULL is added to it.
    const ALGORITHM: [u8; 12] =
        [0x30, 0x0a, 0x06, 0x08, 0x2a, 0x86, 0x48, 0xce, 0x3d, 0x04, 0x03, 0x02];
    let mut root = TestAuthority::new(1);
    let key = root.attestation_key(AAGUID, Soft::Es256);
    let mut leaf = key.chain()[0].clone();
    let outer = leaf.windows(12).rposition(|window| window == ALGORITHM).unwrap();
    leaf.splice(outer + 12..outer + 12, [0x05, 0x00]);
    leaf[outer + 1] += 2;
    let length = u16::from_be_bytes([leaf[2], leaf[3]]) + 2;
    leaf[2..4].copy_from_slice(&length.to_be_bytes());
    assert_eq!(astray(key.with_chain(vec![leaf]), &root, now()), ChainError::NoAnchor);
}
