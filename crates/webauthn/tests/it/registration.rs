//! Registrations that are accepted, and one refusal for every step that can refuse.

use firstkey_testkit::authenticator::{Attestation, Backup, Sabotage, SoftAuthenticator};
use firstkey_webauthn::registration::{Mediation, RegistrationError, UnverifiedRegistration};
use firstkey_webauthn::{
    Aaguid, Algorithm, AttestationKind, AttestationObjectError, AuthenticatorDataError, CborError,
    Challenge, Format, Requirement, Transport, TrustPolicy, UserVerification,
};
use serde_json::json;

use crate::support::*;

#[test]
fn every_algorithm_registers_without_attestation_and_with_its_own() {
    for (algorithm, soft) in ALGORITHMS {
        for (attestation, format, kind) in [
            (Attestation::None, Format::None, AttestationKind::None),
            (Attestation::PackedSelf, Format::Packed, AttestationKind::SelfSigned),
        ] {
            let mut key = SoftAuthenticator::new(1)
                .with_algorithm(soft)
                .with_attestation(AAGUID, attestation);
            let response = create(&mut key);
            let id = response["id"].as_str().unwrap().to_owned();
            let verified = register(response, &expected()).unwrap();

            assert_eq!(verified.public_key.algorithm(), algorithm);
            assert_eq!(verified.aaguid, Aaguid::new(AAGUID));
            assert_eq!(serde_json::to_value(&verified.credential_id).unwrap(), json!(id));
            assert_eq!((verified.attestation.format, &verified.attestation.kind), (format, &kind));
            assert!(!verified.attestation.is_trusted());
            assert!(verified.user_verified);
            assert_eq!(verified.transports, [Transport::Usb]);
            assert_eq!(verified.discoverable, Some(true));
        }
    }
}

#[test]
fn backup_flags_are_reported() {
    for (backup, eligible, backed_up) in [
        (Backup::DeviceBound, false, false),
        (Backup::Eligible, true, false),
        (Backup::BackedUp, true, true),
    ] {
        let mut key = SoftAuthenticator::new(2);
        key.backup = backup;
        let verified = registered(&mut key);
        assert_eq!((verified.backup_eligible, verified.backed_up), (eligible, backed_up));
    }
}

/// What a key that tells this lie is refused for.
fn lie(sabotage: Sabotage) -> RegistrationError {
    let mut key = SoftAuthenticator::new(3).with_attestation(AAGUID, Attestation::PackedSelf);
    key.sabotage = Some(sabotage);
    register(create(&mut key), &expected()).unwrap_err()
}

#[test]
fn client_data_must_be_of_this_ceremony() {
    use RegistrationError as Refused;
    let refused = [
        (Sabotage::ClientData(Vec::clear), Refused::ClientData),
        (Sabotage::ClientData(|json| json.push(b'}')), Refused::ClientData),
        (Sabotage::Type("webauthn.get"), Refused::Type),
        (Sabotage::Challenge("A".repeat(43)), Refused::Challenge),
        (Sabotage::Challenge(String::new()), Refused::Challenge),
        (Sabotage::Origin("https://example.org.evil.net".into()), Refused::Origin),
        (Sabotage::Origin("https://sub.example.org".into()), Refused::Origin),
        (Sabotage::Origin("http://example.org".into()), Refused::Origin),
        (Sabotage::Origin("https://example.org/".into()), Refused::Origin),
        (Sabotage::Origin("null".into()), Refused::Origin),
    ];
    for (sabotage, error) in refused {
        assert_eq!(lie(sabotage), error);
    }
    let framed = Sabotage::ClientData(|json| {
        let text = String::from_utf8(json.clone()).unwrap();
        *json = text.replace("false", "true").into_bytes();
    });
    assert_eq!(lie(framed), Refused::CrossOrigin);
    let embedded = Sabotage::ClientData(|json| {
        let text = String::from_utf8(json.clone()).unwrap();
        *json = text.replace("false", r#"false,"topOrigin":"https://other.example""#).into_bytes();
    });
    assert_eq!(lie(embedded), Refused::StrayTopOrigin);
}

#[test]
fn frames_are_accepted_on_pages_that_are_configured() {
    let unnamed = || {
        let mut key = SoftAuthenticator::new(3);
        key.sabotage = Some(Sabotage::ClientData(|json| {
            let text = String::from_utf8(json.clone()).unwrap();
            *json = text.replace("false", "true").into_bytes();
        }));
        serde_json::from_value::<UnverifiedRegistration>(create(&mut key)).unwrap()
    };
    let framed = || {
        let mut key = SoftAuthenticator::new(3);
        key.sabotage = Some(Sabotage::ClientData(|json| {
            let text = String::from_utf8(json.clone()).unwrap();
            *json =
                text.replace("false", r#"true,"topOrigin":"https://page.example""#).into_bytes();
        }));
        serde_json::from_value::<UnverifiedRegistration>(create(&mut key)).unwrap()
    };
    let party = |top: &str| party().with_top_origin(top).unwrap();
    assert!(framed().verify(&party("https://page.example"), &expected()).is_ok());
    assert_eq!(
        framed().verify(&party("https://elsewhere.example"), &expected()).unwrap_err(),
        RegistrationError::TopOrigin
    );
    let error = unnamed().verify(&party("https://page.example"), &expected()).unwrap_err();
    assert_eq!((error.step(), error), (10, RegistrationError::UnnamedFrame));
    assert!(unnamed().verify(&crate::support::party().with_unnamed_frames(), &expected()).is_ok());

    // No client makes a credential conditionally in another site's frame.
    let mut conditional = expected();
    conditional.mediation = Mediation::Conditional;
    let error = framed().verify(&party("https://page.example"), &conditional).unwrap_err();
    assert_eq!((error.step(), error), (10, RegistrationError::CrossOrigin));
}

#[test]
fn authenticator_data_must_be_of_this_ceremony() {
    use RegistrationError as Refused;
    let malformed = Refused::AuthenticatorData;
    let refused = [
        (Sabotage::RpId("example.net".into()), Refused::RpIdHash),
        (Sabotage::AuthenticatorData(|data| data[32] &= !0x01), Refused::UserPresence),
        (Sabotage::AuthenticatorData(|data| data[32] &= !0x04), Refused::UserVerification),
        (Sabotage::AuthenticatorData(|data| data[32] |= 0x10), Refused::BackupState),
        (
            Sabotage::AuthenticatorData(|data| data[32] &= !0x40),
            malformed(AuthenticatorDataError::TrailingBytes),
        ),
        (
            Sabotage::AuthenticatorData(|data| {
                data[32] &= !0x40;
                data.truncate(37);
            }),
            malformed(AuthenticatorDataError::AttestedCredential),
        ),
        (
            Sabotage::AuthenticatorData(|data| data.truncate(36)),
            malformed(AuthenticatorDataError::Truncated),
        ),
        (
            Sabotage::AuthenticatorData(|data| data.push(0)),
            malformed(AuthenticatorDataError::TrailingBytes),
        ),
        (
            Sabotage::AuthenticatorData(|data| data[32] |= 0x80),
            malformed(AuthenticatorDataError::Cbor(CborError::Truncated)),
        ),
        (
            Sabotage::AuthenticatorData(|data| data[53..55].copy_from_slice(&[4, 0])),
            malformed(AuthenticatorDataError::CredentialIdLength(1024)),
        ),
        (Sabotage::AuthenticatorData(|data| data[60] ^= 1), Refused::CredentialId),
    ];
    for (sabotage, error) in refused {
        assert_eq!(lie(sabotage), error);
    }
}

#[test]
fn unsolicited_extension_outputs_are_allowed() {
    let mut key = SoftAuthenticator::new(3).with_attestation(AAGUID, Attestation::PackedSelf);
    key.sabotage = Some(Sabotage::AuthenticatorData(|data| {
        data[32] |= 0x80;
        data.extend(b"\xa1\x6bcredProtect\x03");
    }));
    assert!(register(create(&mut key), &expected()).is_ok());
}

#[test]
fn the_attestation_object_must_be_canonical_and_whole() {
    use AttestationObjectError::{Cbor, Shape};
    let refused = [
        (Sabotage::Truncated, Cbor(CborError::Truncated)),
        (Sabotage::AttestationObject(|object| object.push(0)), Cbor(CborError::TrailingBytes)),
        (Sabotage::AttestationObject(Vec::clear), Cbor(CborError::Truncated)),
        (Sabotage::AttestationObject(|object| object[0] = 0x83), Cbor(CborError::UnexpectedType)),
        (Sabotage::AttestationObject(|object| object[0] = 0xa2), Shape),
        (Sabotage::AttestationObject(|object| object[0] = 0xa4), Shape),
        (Sabotage::AttestationObject(|object| object[0] = 0xbf), Cbor(CborError::NotCanonical)),
        (Sabotage::AttestationObject(|object| object[2] = b'g'), Shape),
        // a format name with a quote
        (Sabotage::AttestationObject(|object| object[6] = b'"'), Shape),
        // authData as text
        (
            Sabotage::AttestationObject(|object| {
                let start = object.len() - 164 - 2;
                assert_eq!(object[start], 0x58);
                object[start] = 0x78;
            }),
            Cbor(CborError::UnexpectedType),
        ),
    ];
    for (sabotage, error) in refused {
        assert_eq!(lie(sabotage), RegistrationError::AttestationObject(error));
    }
}

#[test]
fn unknown_formats_are_refused_by_name() {
    let error = lie(Sabotage::AttestationObject(|object| object[6] = b'h'));
    assert_eq!(error, RegistrationError::UnsupportedFormat("hacked".into()));
    assert_eq!(error.step(), 21);
}

#[test]
fn android_safetynet_is_refused_with_what_to_do_instead() {
    let mut key = SoftAuthenticator::new(3).with_attestation(AAGUID, Attestation::SafetyNet);
    let error = register(create(&mut key), &expected()).unwrap_err();
    assert_eq!(error, RegistrationError::SafetyNet);
    assert_eq!(error.step(), 21);
    assert_eq!(
        error.to_string(),
        "step 21: attestation format android-safetynet was retired; update Google Play services \
         on the device, or ask for no attestation"
    );
}

#[test]
fn a_statement_with_format_none_must_be_empty() {
    let mut key = SoftAuthenticator::new(3);
    key.sabotage = Some(Sabotage::Statement(|statement| *statement = vec![0xa1, 0x01, 0x01]));
    assert_eq!(
        register(create(&mut key), &expected()).unwrap_err(),
        RegistrationError::Attestation(firstkey_webauthn::AttestationError::Shape)
    );
}

const OTHER: Challenge = Challenge::new([0x5b; 32]);

#[test]
fn what_the_options_asked_for_is_required() {
    let offer = |change: fn(&mut firstkey_webauthn::registration::Expected<'static>)| {
        let mut key = SoftAuthenticator::new(4);
        key.user_verified = false;
        let mut expected = expected();
        expected.user_verification = UserVerification::Preferred;
        change(&mut expected);
        register(create(&mut key), &expected)
    };
    assert!(!offer(|_| ()).unwrap().user_verified);
    assert_eq!(
        offer(|e| e.user_verification = UserVerification::Required).unwrap_err(),
        RegistrationError::UserVerification
    );
    assert_eq!(
        offer(|e| e.algorithms = &[Algorithm::EdDsa, Algorithm::Rs256]).unwrap_err(),
        RegistrationError::Algorithm
    );
    assert_eq!(offer(|e| e.challenge = &OTHER).unwrap_err(), RegistrationError::Challenge);
    assert_eq!(
        offer(|e| e.trust = TrustPolicy { requirement: Requirement::Trusted, ..TrustPolicy::NONE })
            .unwrap_err(),
        RegistrationError::Untrusted
    );
}

#[test]
fn conditional_creation_does_without_presence() {
    let absent = |mediation| {
        let mut key = SoftAuthenticator::new(4);
        key.user_present = false;
        let mut expected = expected();
        expected.mediation = mediation;
        register(create(&mut key), &expected)
    };
    assert!(absent(Mediation::Conditional).is_ok());
    assert_eq!(absent(Mediation::Modal).unwrap_err(), RegistrationError::UserPresence);
}

#[test]
fn the_response_must_be_consistent_json() {
    let good = create(&mut SoftAuthenticator::new(5));
    let read = |change: fn(&mut serde_json::Value)| {
        let mut response = good.clone();
        change(&mut response);
        serde_json::from_value::<UnverifiedRegistration>(response)
    };
    assert!(read(|_| ()).is_ok());
    assert!(read(|r| r["type"] = json!("password")).is_err());
    assert!(read(|r| r["rawId"] = json!("AAAA")).is_err());
    assert!(read(|r| r["rawId"] = json!("A".repeat(2000))).is_err());
    assert!(read(|r| r["response"]["clientDataJSON"] = json!("e30=")).is_err());
    assert!(read(|r| r["response"]["attestationObject"] = json!("A".repeat(90_000))).is_err());
    assert!(read(|r| drop(r.as_object_mut().unwrap().remove("response"))).is_err());

    let verify = |change| read(change).unwrap().verify(&party(), &expected());
    assert_eq!(
        verify(|r| r["id"] = json!("AAAAAAAAAAAAAAAAAAAAAA")).unwrap_err(),
        RegistrationError::Response
    );
    assert_eq!(
        verify(|r| r["response"]["transports"] = json!(vec!["usb"; 17])).unwrap_err(),
        RegistrationError::Response
    );
    assert_eq!(
        verify(|r| r["response"]["transports"] = json!(["<script>"])).unwrap_err(),
        RegistrationError::Response
    );
    let bare = verify(|r| {
        r["response"].as_object_mut().unwrap().remove("transports");
        r.as_object_mut().unwrap().remove("clientExtensionResults");
    });
    assert_eq!(bare.unwrap().discoverable, None);
}
