//! The test vectors of the Level 3 specification
//! (<https://www.w3.org/TR/webauthn-3/#sctn-test-vectors>), taken over as data: what we support
//! verifies, and what we do not is refused by name.

use firstkey_webauthn::authentication::{Expected, UnverifiedAssertion};
use firstkey_webauthn::registration::{RegistrationError, UnverifiedRegistration};
use firstkey_webauthn::{
    Challenge, CoseError, RelyingParty, Requirement, TrustAnchor, TrustPolicy, UserVerification,
};
use serde::Deserialize;
use serde_json::{Value, json};

use crate::support::*;

#[derive(Deserialize)]
struct Vectors {
    root: String,
    cases: Vec<Case>,
}

#[derive(Deserialize)]
struct Case {
    name: String,
    registration: Registration,
    authentication: Authentication,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Registration {
    challenge: String,
    #[serde(rename = "credential_id")]
    credential_id: String,
    aaguid: String,
    #[serde(rename = "clientDataJSON")]
    client_data_json: String,
    attestation_object: String,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Authentication {
    challenge: String,
    authenticator_data: String,
    #[serde(rename = "clientDataJSON")]
    client_data_json: String,
    signature: String,
}

fn hex(text: &str) -> Vec<u8> {
    (0..text.len()).step_by(2).map(|i| u8::from_str_radix(&text[i..i + 2], 16).unwrap()).collect()
}

fn base64url(text: &str) -> Value {
    use base64::Engine as _;
    json!(base64::engine::general_purpose::URL_SAFE_NO_PAD.encode(hex(text)))
}

fn challenge(text: &str) -> Challenge {
    Challenge::new(hex(text).try_into().unwrap())
}

/// All vectors but one, whose challenge has 128 bytes: ours have 32.
fn vectors() -> Vectors {
    let mut all: Vectors = serde_json::from_str(include_str!("level3_vectors.json")).unwrap();
    all.cases.retain(|case| case.name != "packed-es512");
    assert_eq!(all.cases.len(), 14);
    all
}

/// The vectors' relying party, which some of them embed.
fn vector_party() -> RelyingParty {
    RelyingParty::new("example.org", "Vectors", ["https://example.org"])
        .and_then(|party| party.with_top_origin("https://example.com"))
        .unwrap()
        .with_unnamed_frames()
}

fn register_vector(case: &Case, root: &str) -> Result<VerifiedRegistration, RegistrationError> {
    let registration = &case.registration;
    let id = base64url(&registration.credential_id);
    let response: UnverifiedRegistration = serde_json::from_value(json!({
        "id": id,
        "rawId": id,
        "type": "public-key",
        "response": {
            "clientDataJSON": base64url(&registration.client_data_json),
            "attestationObject": base64url(&registration.attestation_object),
        },
    }))
    .unwrap();
    let anchors = vec![TrustAnchor::from_der(&hex(root)).unwrap()];
    let challenge = challenge(&registration.challenge);
    let mut expected = expected();
    expected.challenge = &challenge;
    expected.user_verification = UserVerification::Preferred;
    expected.trust = TrustPolicy { anchors: &anchors, requirement: Requirement::Any };
    response.verify(&vector_party(), &expected)
}

#[test]
fn supported_vectors_register_and_sign_in() {
    let Vectors { root, cases } = vectors();
    let mut seen = Vec::new();
    for case in &cases {
        let Ok(registered) = register_vector(case, &root) else { continue };
        seen.push(case.name.as_str());
        assert_eq!(registered.aaguid.as_bytes()[..], hex(&case.registration.aaguid));
        let certified = case.name.starts_with("packed-") && case.name != "packed-self-es256";
        assert_eq!(registered.attestation.is_trusted(), certified, "{}", case.name);

        let assertion = &case.authentication;
        let id = base64url(&case.registration.credential_id);
        let response: UnverifiedAssertion = serde_json::from_value(json!({
            "id": id,
            "rawId": id,
            "type": "public-key",
            "response": {
                "clientDataJSON": base64url(&assertion.client_data_json),
                "authenticatorData": base64url(&assertion.authenticator_data),
                "signature": base64url(&assertion.signature),
            },
        }))
        .unwrap();
        let (handle, challenge) = (handle(), challenge(&assertion.challenge));
        let expected = Expected {
            challenge: &challenge,
            user_verification: UserVerification::Preferred,
            ..expected_by(&registered, &handle)
        };
        response.verify(&vector_party(), &expected).unwrap();
    }
    assert_eq!(
        seen,
        [
            "none-es256",
            "packed-self-es256",
            "none-es256-crossOrigin",
            "none-es256-topOrigin",
            "none-es256-long-credential-id",
            "packed-es256",
            "packed-rs256",
            "packed-eddsa",
        ]
    );
}

#[test]
fn other_vectors_are_refused_by_name() {
    let Vectors { root, cases } = vectors();
    let unsupported = |id| RegistrationError::PublicKey(CoseError::UnsupportedAlgorithm(id));
    let format = |name: &str| RegistrationError::UnsupportedFormat(name.to_owned());
    let refused = [
        ("packed-es384", unsupported(-35)),
        ("packed-ed448", unsupported(-53)),
        ("tpm-es256", format("tpm")),
        ("android-key-es256", format("android-key")),
        ("apple-es256", format("apple")),
        ("fido-u2f-es256", format("fido-u2f")),
    ];
    for (name, error) in refused {
        let case = cases.iter().find(|case| case.name == name).unwrap();
        assert_eq!(register_vector(case, &root).unwrap_err(), error, "{name}");
    }
}
