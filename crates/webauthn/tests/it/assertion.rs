//! Assertions that are accepted, and one refusal for every step that can refuse.

use firstkey_testkit::authenticator::{Backup, Sabotage, SoftAuthenticator};
use firstkey_webauthn::authentication::{AssertionError, UnverifiedAssertion};
use firstkey_webauthn::{
    AuthenticatorDataError, Challenge, CosePublicKey, CredentialId, Descriptor, UserHandle,
    UserVerification,
};
use serde_json::{Value, json};

use crate::support::*;

#[test]
fn every_algorithm_signs_in() {
    for (_, soft) in ALGORITHMS {
        let mut key = SoftAuthenticator::new(1).with_algorithm(soft);
        let registered = registered(&mut key);
        let verified = assert_by(get(&mut key), &registered).unwrap();
        assert!(verified.user_verified);
        assert!(!verified.counter_regressed);
        assert_eq!(verified.sign_count, 1);
        assert_eq!(verified.evidence.credential_id(), &registered.credential_id);
    }
}

#[test]
fn a_stored_key_verifies_like_the_registered_one() {
    for (_, soft) in ALGORITHMS {
        let mut key = SoftAuthenticator::new(1).with_algorithm(soft);
        let mut registered = registered(&mut key);
        let stored = registered.public_key.to_bytes();
        registered.public_key = CosePublicKey::from_bytes(&stored).unwrap();
        assert_eq!(registered.public_key.to_bytes(), stored);
        assert!(assert_by(get(&mut key), &registered).is_ok());
        assert!(CosePublicKey::from_bytes(&[&stored[..], &[0]].concat()).is_err());
    }
}

/// An authenticator for every algorithm, with what it registered.
fn authenticators() -> Vec<(SoftAuthenticator, VerifiedRegistration)> {
    ALGORITHMS
        .iter()
        .map(|(_, soft)| {
            let mut key = SoftAuthenticator::new(2).with_algorithm(*soft);
            let registered = registered(&mut key);
            (key, registered)
        })
        .collect()
}

#[test]
fn every_lie_is_refused_at_its_step() {
    use AssertionError as Refused;
    let malformed = Refused::AuthenticatorData;
    let refused = [
        (9, Sabotage::ClientData(Vec::clear), Refused::ClientData),
        (9, Sabotage::ClientData(|json| json.truncate(40)), Refused::ClientData),
        (10, Sabotage::Type("webauthn.create"), Refused::Type),
        (10, Sabotage::Type("payment.get"), Refused::Type),
        (11, Sabotage::Challenge("A".repeat(43)), Refused::Challenge),
        (11, Sabotage::Challenge(String::new()), Refused::Challenge),
        (12, Sabotage::Origin("https://example.net".into()), Refused::Origin),
        (12, Sabotage::Origin("https://sub.example.org".into()), Refused::Origin),
        (12, Sabotage::Origin("https://example.org:8443".into()), Refused::Origin),
        (
            13,
            Sabotage::ClientData(|json| {
                let text = String::from_utf8(json.clone()).unwrap();
                *json = text.replace("false", "true").into_bytes();
            }),
            Refused::CrossOrigin,
        ),
        (
            14,
            Sabotage::ClientData(|json| {
                let text = String::from_utf8(json.clone()).unwrap();
                *json = text.replace("false", r#"false,"topOrigin":"https://a.b""#).into_bytes();
            }),
            Refused::StrayTopOrigin,
        ),
        (15, Sabotage::Truncated, malformed(AuthenticatorDataError::Truncated)),
        (
            15,
            Sabotage::AuthenticatorData(|data| data.push(0)),
            malformed(AuthenticatorDataError::TrailingBytes),
        ),
        (
            15,
            Sabotage::AuthenticatorData(|data| {
                data[32] |= 0x40;
                data.extend([0; 16]);
                data.extend([0, 16]);
                data.extend([0; 16]);
                data.push(0xa0);
            }),
            malformed(AuthenticatorDataError::AttestedCredential),
        ),
        (15, Sabotage::RpId("example.net".into()), Refused::RpIdHash),
        (15, Sabotage::AuthenticatorData(|data| data[0] ^= 0x80), Refused::RpIdHash),
        (16, Sabotage::AuthenticatorData(|data| data[32] &= !0x01), Refused::UserPresence),
        (17, Sabotage::AuthenticatorData(|data| data[32] &= !0x04), Refused::UserVerification),
        (18, Sabotage::AuthenticatorData(|data| data[32] |= 0x10), Refused::BackupState),
        (19, Sabotage::AuthenticatorData(|data| data[32] |= 0x08), Refused::BackupEligibility),
        (21, Sabotage::Signature, Refused::Signature),
    ];
    let mut authenticators = authenticators();
    for (step, sabotage, error) in refused {
        for (key, registered) in &mut authenticators {
            key.sabotage = Some(sabotage.clone());
            let found = assert_by(get(key), registered).unwrap_err();
            assert_eq!(found, error);
            assert_eq!(found.step(), step);
            assert!(found.to_string().starts_with(&format!("step {step}:")));
        }
    }
}

#[test]
fn backup_eligibility_never_changes_but_backup_may() {
    let assert_after = |before, after| {
        let mut key = SoftAuthenticator::new(3);
        key.backup = before;
        let registered = registered(&mut key);
        key.backup = after;
        assert_by(get(&mut key), &registered).map(|verified| verified.backed_up)
    };
    assert_eq!(assert_after(Backup::Eligible, Backup::BackedUp), Ok(true));
    assert_eq!(assert_after(Backup::BackedUp, Backup::Eligible), Ok(false));
    for (before, after) in [
        (Backup::DeviceBound, Backup::Eligible),
        (Backup::DeviceBound, Backup::BackedUp),
        (Backup::BackedUp, Backup::DeviceBound),
    ] {
        assert_eq!(assert_after(before, after), Err(AssertionError::BackupEligibility));
    }
}

#[test]
fn the_counter_is_a_signal_and_not_a_refusal() {
    let regressed = |stored: u32, counts: bool| {
        let mut key = SoftAuthenticator::new(4);
        key.counts = counts;
        let mut registered = registered(&mut key);
        registered.sign_count = stored;
        assert_by(get(&mut key), &registered).unwrap().counter_regressed
    };
    assert!(!regressed(0, true));
    assert!(!regressed(0, false));
    assert!(regressed(1, true));
    assert!(regressed(7, true));
    assert!(regressed(1, false));
}

#[test]
fn the_credential_must_be_allowed_and_the_accounts() {
    let mut key = SoftAuthenticator::new(5);
    let own = registered(&mut key);
    let other = registered(&mut SoftAuthenticator::new(6));
    let handle = handle();
    let response = get(&mut key);
    let with = |account, stored: Option<&CredentialId>| {
        let mut expected = expected_by(&own, &handle);
        expected.account = account;
        if let Some(id) = stored {
            expected.stored.id = id;
        }
        assert_with(response.clone(), &expected).map(drop)
    };
    let ids = [other.credential_id.clone(), own.credential_id.clone()];
    assert_eq!(with(Account::Known { allowed: &[] }, None), Ok(()));
    assert_eq!(with(Account::Known { allowed: &ids }, None), Ok(()));
    assert_eq!(with(Account::Known { allowed: &ids[..1] }, None), Err(AssertionError::NotAllowed));
    assert_eq!(
        with(Account::Discovered, Some(&other.credential_id)),
        Err(AssertionError::CredentialId)
    );
}

#[test]
fn the_user_handle_must_be_the_accounts_and_there_when_nothing_else_tells() {
    let mut key = SoftAuthenticator::new(5);
    let registered = registered(&mut key);
    let (own, other) = (handle(), UserHandle::new(b"account 2").unwrap());
    let response = get(&mut key);
    let with = |response: &Value, account, handle: &UserHandle| {
        let mut expected = expected_by(&registered, handle);
        expected.account = account;
        assert_with(response.clone(), &expected).map(drop)
    };
    let known = Account::Known { allowed: &[] };
    for account in [known, Account::Discovered] {
        assert_eq!(with(&response, account, &own), Ok(()));
        assert_eq!(with(&response, account, &other), Err(AssertionError::UserHandle));
    }
    let mut silent = response;
    silent["response"]["userHandle"] = Value::Null;
    assert_eq!(with(&silent, known, &own), Ok(()));
    assert_eq!(with(&silent, Account::Discovered, &own), Err(AssertionError::UserHandleMissing));
}

#[test]
fn another_key_another_challenge_or_missing_verification_is_refused() {
    let mut key = SoftAuthenticator::new(5);
    key.user_verified = false;
    let mut lenient = expected();
    lenient.user_verification = UserVerification::Discouraged;
    let own = register(create(&mut key), &lenient).unwrap();
    let other = registered(&mut SoftAuthenticator::new(6));
    let handle = handle();
    let response = get(&mut key);

    let mut expected = expected_by(&own, &handle);
    assert_eq!(
        assert_with(response.clone(), &expected).unwrap_err(),
        AssertionError::UserVerification
    );
    expected.user_verification = UserVerification::Preferred;
    assert!(!assert_with(response.clone(), &expected).unwrap().user_verified);
    expected.stored.public_key = &other.public_key;
    assert_eq!(assert_with(response.clone(), &expected).unwrap_err(), AssertionError::Signature);
    expected.stored.public_key = &own.public_key;
    let later = Challenge::new([1; 32]);
    expected.challenge = &later;
    assert_eq!(assert_with(response, &expected).unwrap_err(), AssertionError::Challenge);
}

#[test]
fn the_response_must_be_consistent_json() {
    let mut key = SoftAuthenticator::new(5);
    let registered = registered(&mut key);
    let good = get(&mut key);
    let read = |change: fn(&mut Value)| {
        let mut response = good.clone();
        change(&mut response);
        serde_json::from_value::<UnverifiedAssertion>(response)
    };
    assert!(read(|_| ()).is_ok());
    assert!(read(|r| r["type"] = json!("password")).is_err());
    assert!(read(|r| r["rawId"] = json!("")).is_err());
    assert!(read(|r| r["response"]["signature"] = json!("A".repeat(700))).is_err());
    assert!(read(|r| r["response"]["authenticatorData"] = json!("A".repeat(1400))).is_err());
    assert!(read(|r| r["response"]["clientDataJSON"] = json!("A".repeat(11_000))).is_err());
    assert!(read(|r| r["response"]["userHandle"] = json!("")).is_err());
    assert!(read(|r| r["response"]["userHandle"] = json!("A".repeat(88))).is_err());
    assert!(read(|r| drop(r["response"].as_object_mut().unwrap().remove("signature"))).is_err());

    let mut response = good.clone();
    response["id"] = json!("AAAAAAAAAAAAAAAAAAAAAA");
    assert_eq!(assert_by(response, &registered).unwrap_err(), AssertionError::Response);
}

#[test]
fn an_authenticator_keeps_credentials_apart() {
    let mut key = SoftAuthenticator::new(5);
    let registered = registered(&mut key);
    let descriptor =
        Descriptor::new(registered.credential_id.clone(), registered.transports.clone());
    assert!(key.get(&request_options(std::slice::from_ref(&descriptor)), ORIGIN).is_ok());
    let stranger = Descriptor::new(CredentialId::new(&[0; 16]).unwrap(), vec![]);
    assert!(key.get(&request_options(&[stranger]), ORIGIN).is_err());
    assert!(key.get(&request_options(&[]), "https://example.net").is_err());
    let mut excluding = creation_options();
    excluding["excludeCredentials"] = json!([descriptor]);
    assert!(key.create(&excluding, ORIGIN).is_err());
}

#[test]
fn a_frame_is_accepted_on_pages_that_are_configured() {
    use AssertionError::{CrossOrigin, TopOrigin, UnnamedFrame};

    let alone = party();
    let named = party().with_top_origin("https://page.example").unwrap();
    let elsewhere = party().with_top_origin("https://elsewhere.example").unwrap();
    let unnamed = party().with_unnamed_frames();
    let page: fn(&mut Vec<u8>) = |json| {
        let text = String::from_utf8(json.clone()).unwrap();
        *json = text.replace("false", r#"true,"topOrigin":"https://page.example""#).into_bytes();
    };
    let silent: fn(&mut Vec<u8>) = |json| {
        let text = String::from_utf8(json.clone()).unwrap();
        *json = text.replace("false", "true").into_bytes();
    };
    let judged = [
        (page, [Err((13, CrossOrigin)), Ok(()), Err((14, TopOrigin)), Err((14, TopOrigin))]),
        (
            silent,
            [Err((13, CrossOrigin)), Err((13, UnnamedFrame)), Err((13, UnnamedFrame)), Ok(())],
        ),
    ];
    for (edit, verdicts) in judged {
        let mut key = SoftAuthenticator::new(7);
        let registered = registered(&mut key);
        key.sabotage = Some(Sabotage::ClientData(edit));
        let response: UnverifiedAssertion = serde_json::from_value(get(&mut key)).unwrap();
        let handle = handle();
        let expected = expected_by(&registered, &handle);
        let found = [&alone, &named, &elsewhere, &unnamed].map(|party| {
            let verdict = response.clone().verify(party, &expected);
            verdict.map(drop).map_err(|error| (error.step(), error))
        });
        assert_eq!(found, verdicts);
    }
}

#[test]
fn related_domains_and_apps_sign_in_by_configuration() {
    let app = "android:apk-key-hash:47DEQpj8HBSa-_TImW-5JCeuQeRkm5NMpJWZG3hSuFU";
    let wider = party()
        .with_related_origin("https://example.net")
        .and_then(|party| party.with_android_app(app))
        .unwrap();
    let handle = handle();
    for origin in ["https://example.net", app] {
        let mut key = SoftAuthenticator::new(7);
        let registered = registered(&mut key);
        key.sabotage = Some(Sabotage::Origin(origin.to_owned()));
        let response: UnverifiedAssertion = serde_json::from_value(get(&mut key)).unwrap();
        let expected = expected_by(&registered, &handle);
        let refused = response.clone().verify(&party(), &expected).unwrap_err();
        assert_eq!((refused.step(), refused), (12, AssertionError::Origin));
        assert!(response.verify(&wider, &expected).is_ok());
    }
}
