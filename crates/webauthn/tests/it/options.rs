//! The JSON that `parseCreationOptionsFromJSON` and `parseRequestOptionsFromJSON` take.

use std::time::Duration;

use firstkey_webauthn::registration::{Attachment, Conveyance, User};
use firstkey_webauthn::{
    Algorithm, CredentialId, Descriptor, Hint, Mediation, PrfInput, Timeout, Transport,
    UserVerification, authentication, registration,
};
use serde_json::json;

use crate::support::*;

fn known() -> [Descriptor; 1] {
    let id = CredentialId::new(&[0xfb; 18]).unwrap();
    [Descriptor::new(id, vec![Transport::Internal, Transport::SmartCard])]
}

#[test]
fn creation_options_ask_for_a_passkey_by_default() {
    let (party, handle) = (party(), handle());
    let user = User { id: &handle, name: "ada@example.org", display_name: "Ada" };
    let options = registration::Options::new(&party, user, CHALLENGE);
    assert_eq!(
        serde_json::to_value(options).unwrap(),
        json!({
            "rp": { "id": "example.org", "name": "Example" },
            "user": { "id": "YWNjb3VudCAx", "name": "ada@example.org", "displayName": "Ada" },
            "challenge": "WlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlo",
            "pubKeyCredParams": [
                { "type": "public-key", "alg": -7 },
                { "type": "public-key", "alg": -8 },
                { "type": "public-key", "alg": -257 },
            ],
            "timeout": 300_000,
            "excludeCredentials": [],
            "authenticatorSelection": {
                "residentKey": "required",
                "requireResidentKey": true,
                "userVerification": "required",
            },
            "attestation": "none",
            "extensions": { "credProps": true },
        })
    );
}

#[test]
fn creation_options_say_everything_that_was_set() {
    let (party, handle, known) = (party(), handle(), known());
    let user = User { id: &handle, name: "ada", display_name: "Ada" };
    let options = registration::Options::new(&party, user, CHALLENGE)
        .algorithms(&[Algorithm::EdDsa])
        .timeout(Timeout::new(Duration::from_secs(600)).unwrap())
        .exclude(&known)
        .attachment(Attachment::CrossPlatform)
        .user_verification(UserVerification::Preferred)
        .hints(&[Hint::SecurityKey, Hint::ClientDevice, Hint::Hybrid])
        .attestation(Conveyance::Direct);
    let options = serde_json::to_value(options).unwrap();
    assert_eq!(options["pubKeyCredParams"], json!([{ "type": "public-key", "alg": -8 }]));
    assert_eq!(options["timeout"], 600_000);
    assert_eq!(
        options["excludeCredentials"],
        json!([{
            "type": "public-key",
            "id": "-_v7-_v7-_v7-_v7-_v7-_v7",
            "transports": ["internal", "smart-card"],
        }])
    );
    assert_eq!(options["authenticatorSelection"]["authenticatorAttachment"], "cross-platform");
    assert_eq!(options["authenticatorSelection"]["userVerification"], "preferred");
    assert_eq!(options["hints"], json!(["security-key", "client-device", "hybrid"]));
    assert_eq!(options["attestation"], "direct");
    let user = User { id: &handle, name: "ada", display_name: "Ada" };
    let options = registration::Options::new(&party, user, CHALLENGE)
        .algorithms(Algorithm::ALL)
        .attestation(Conveyance::Enterprise);
    let options = serde_json::to_value(options).unwrap();
    assert_eq!(options["attestation"], "enterprise");
    let offered = options["pubKeyCredParams"].as_array().unwrap().iter();
    let offered: Vec<_> = offered.map(|parameters| parameters["alg"].as_i64().unwrap()).collect();
    assert_eq!(offered, [-7, -8, -35, -36, -37, -257]);
}

#[test]
fn request_options_ask_for_any_discoverable_credential_or_for_those_listed() {
    let (party, known) = (party(), known());
    let options = authentication::Options::new(&party, CHALLENGE);
    assert_eq!(
        serde_json::to_value(&options).unwrap(),
        json!({
            "challenge": "WlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlo",
            "timeout": 300_000,
            "rpId": "example.org",
            "allowCredentials": [],
            "userVerification": "required",
        })
    );
    let options = options
        .allow(&known)
        .timeout(Timeout::new(Duration::from_secs(400)).unwrap())
        .user_verification(UserVerification::Discouraged)
        .hints(&[Hint::Hybrid]);
    let options = serde_json::to_value(options).unwrap();
    assert_eq!(options["allowCredentials"][0]["id"], "-_v7-_v7-_v7-_v7-_v7-_v7");
    assert_eq!(options["timeout"], 400_000);
    assert_eq!(options["userVerification"], "discouraged");
    assert_eq!(options["hints"], json!(["hybrid"]));
}

#[test]
fn a_passkey_made_along_with_another_sign_in_is_asked_for_conditionally() {
    let (party, handle) = (party(), handle());
    let user = User { id: &handle, name: "ada", display_name: "Ada" };
    let options = registration::Options::new(&party, user, CHALLENGE);
    let plain = serde_json::to_value(&options).unwrap();
    assert_eq!(
        serde_json::to_value(options.mediated(Mediation::Conditional)).unwrap(),
        json!({ "mediation": "conditional", "publicKey": plain })
    );
}

#[test]
fn a_sign_in_from_a_forms_fields_is_asked_for_conditionally() {
    let party = party();
    let options = authentication::Options::new(&party, CHALLENGE);
    let plain = serde_json::to_value(&options).unwrap();
    for (mediation, word) in
        [(Mediation::Conditional, "conditional"), (Mediation::Modal, "optional")]
    {
        assert_eq!(
            serde_json::to_value(options.clone().mediated(mediation)).unwrap(),
            json!({ "mediation": word, "publicKey": plain })
        );
    }
}

#[test]
fn a_new_credential_is_asked_for_its_pseudo_random_function() {
    let (party, handle) = (party(), handle());
    let user = User { id: &handle, name: "ada", display_name: "Ada" };
    let options = registration::Options::new(&party, user, CHALLENGE);
    let extensions = |eval| {
        let options = options.clone().prf(eval);
        serde_json::to_value(options).unwrap()["extensions"].take()
    };
    assert_eq!(extensions(None), json!({ "credProps": true, "prf": {} }));
    let eval = PrfInput { first: b"vault", second: None };
    assert_eq!(
        extensions(Some(eval)),
        json!({ "credProps": true, "prf": { "eval": { "first": "dmF1bHQ" } } })
    );
}

#[test]
fn an_assertion_is_asked_for_outputs_for_all_or_by_credential() {
    let (party, known) = (party(), known());
    let all = PrfInput { first: &[1], second: Some(&[2]) };
    let own = PrfInput { first: &[3], second: None };
    let [credential] = known.clone();
    let listed = [(credential, own)];
    let options = authentication::Options::new(&party, CHALLENGE).prf(all).allow_with_prf(&listed);
    let json = serde_json::to_value(&options).unwrap();
    assert_eq!(json["allowCredentials"], json!(known));
    assert_eq!(
        json["extensions"],
        json!({ "prf": {
            "eval": { "first": "AQ", "second": "Ag" },
            "evalByCredential": { "-_v7-_v7-_v7-_v7-_v7-_v7": { "first": "Aw" } },
        } })
    );
    // Clients refuse inputs for a credential that is not in the list: they go with it.
    let json = serde_json::to_value(options.allow(&[])).unwrap();
    assert_eq!(json["allowCredentials"], json!([]));
    assert_eq!(json["extensions"], json!({ "prf": { "eval": { "first": "AQ", "second": "Ag" } } }));
}
