//! What comes back from extensions, asked for or not.

use firstkey_testkit::authenticator::{Attestation, Sabotage, SoftAuthenticator};
use firstkey_webauthn::authentication::UnverifiedAssertion;
use firstkey_webauthn::registration::{RegistrationError, UnverifiedRegistration};
use firstkey_webauthn::{AuthenticatorExtensions, CborError, CredentialProtection};
use serde_json::{Value, json};

use crate::support::*;

/// A registration whose client answers this.
fn answered(results: Value) -> VerifiedRegistration {
    let mut response = create(&mut SoftAuthenticator::new(1));
    response["clientExtensionResults"] = results;
    register(response, &expected()).unwrap()
}

#[test]
fn the_client_says_whether_the_credential_is_discoverable() {
    assert_eq!(answered(json!({})).discoverable, None);
    assert_eq!(answered(json!({ "credProps": {} })).discoverable, None);
    assert_eq!(answered(json!({ "credProps": { "rk": false } })).discoverable, Some(false));
    assert_eq!(
        answered(json!({ "credProps": { "rk": true }, "appid": 7 })).discoverable,
        Some(true)
    );
}

#[test]
fn outputs_of_the_pseudo_random_function_pass_through_unseen() {
    let first = "A".repeat(43);
    let registered = answered(json!({ "prf": { "enabled": true, "results": { "first": first } } }));
    let prf = registered.prf.as_ref().unwrap();
    assert!(prf.enabled);
    assert_eq!(prf.results.as_ref().unwrap().expose_first(), &[0; 32]);
    assert!(!format!("{registered:?}").contains("[0, 0, 0, 0"));
    assert!(!answered(json!({ "prf": {} })).prf.unwrap().enabled);
    assert_eq!(answered(json!({})).prf, None);

    let mut key = SoftAuthenticator::new(1);
    let registered = self::registered(&mut key);
    let mut response = get(&mut key);
    assert_eq!(assert_by(response.clone(), &registered).unwrap().prf, None);
    response["clientExtensionResults"] =
        json!({ "prf": { "results": { "first": first, "second": first } } });
    let outputs = assert_by(response, &registered).unwrap().prf.unwrap();
    assert_eq!(outputs.expose_second(), Some(&[0; 32]));
}

#[test]
fn malformed_client_outputs_are_no_response() {
    let created = create(&mut SoftAuthenticator::new(1));
    for results in [
        json!({ "credProps": true }),
        json!({ "credProps": { "rk": 1 } }),
        json!({ "prf": { "enabled": "yes" } }),
        json!({ "prf": { "results": {} } }),
        json!({ "prf": { "results": { "first": "AAAA" } } }),
        json!([]),
    ] {
        let mut response = created.clone();
        response["clientExtensionResults"] = results.clone();
        let read = serde_json::from_value::<UnverifiedRegistration>(response);
        assert!(read.is_err(), "{results}");
    }
    let mut key = SoftAuthenticator::new(1);
    registered(&mut key);
    let mut response = get(&mut key);
    response["clientExtensionResults"] = json!({ "prf": { "results": { "first": "AAAA" } } });
    assert!(serde_json::from_value::<UnverifiedAssertion>(response).is_err());
}

/// A registration whose authenticator adds these outputs.
fn told(edit: fn(&mut Vec<u8>)) -> Result<AuthenticatorExtensions, RegistrationError> {
    let mut key = SoftAuthenticator::new(3).with_attestation(AAGUID, Attestation::PackedSelf);
    key.sabotage = Some(Sabotage::AuthenticatorData(edit));
    register(create(&mut key), &expected()).map(|verified| verified.extensions)
}

#[test]
fn the_authenticator_says_how_the_credential_is_protected() {
    assert_eq!(told(|_| ()), Ok(AuthenticatorExtensions::default()));
    let told = told(|data| {
        data[32] |= 0x80;
        data.extend(b"\xa2\x6bcredProtect\x03\x6bhmac-secret\xf5");
    });
    let told = told.unwrap();
    assert_eq!(told.protection, Some(CredentialProtection::Required));
    assert_eq!((told.hmac_secret, told.min_pin_length), (Some(true), None));
}

#[test]
fn a_protection_that_does_not_exist_is_refused() {
    let error = told(|data| {
        data[32] |= 0x80;
        data.extend(b"\xa1\x6bcredProtect\x04");
    });
    let error = error.unwrap_err();
    assert_eq!(error, RegistrationError::Extensions(CborError::UnexpectedType));
    assert_eq!(error.step(), 28);
}
