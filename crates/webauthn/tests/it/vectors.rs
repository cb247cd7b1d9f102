//! The test vectors of the Level 3 specification
//! (<https://www.w3.org/TR/webauthn-3/#sctn-test-vectors>), taken over as data: what we support
//! verifies, and what we do not is refused by name.

use aws_lc_rs::digest::{SHA256, digest};
use firstkey_webauthn::authentication::{Expected, UnverifiedAssertion};
use firstkey_webauthn::registration::{RegistrationError, UnverifiedRegistration};
use firstkey_webauthn::{
    Algorithm, AndroidKeyError, AttestationError, Challenge, CoseError, CosePublicKey,
    RelyingParty, Requirement, TpmManufacturer, TpmPolicy, TrustAnchor, TrustPolicy,
    UserVerification,
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
    json!(encode(hex(text)))
}

fn challenge(text: &str) -> Challenge {
    Challenge::new(hex(text).try_into().unwrap())
}

/// The vector whose challenge has 128 bytes. Ours have 32, so it has a test of its own.
const LONG_CHALLENGE: &str = "packed-es512";

/// All vectors but that one.
fn vectors() -> Vectors {
    let mut all = all_vectors();
    all.cases.retain(|case| case.name != LONG_CHALLENGE);
    assert_eq!(all.cases.len(), 14);
    all
}

fn all_vectors() -> Vectors {
    serde_json::from_str(include_str!("level3_vectors.json")).unwrap()
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
    // The vectors' TPM is nobody's.
    let others = [TpmManufacturer::new([0; 4])];
    expected.trust = TrustPolicy {
        requirement: Requirement::Any,
        tpm: TpmPolicy { other_manufacturers: &others, ..TpmPolicy::STRICT },
        ..TrustPolicy::trusting(&anchors)
    };
    response.verify(&vector_party(), &expected)
}

/// The authentication that belongs to the registration.
fn sign_in(case: &Case, registered: &VerifiedRegistration) {
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
        ..expected_by(registered, &handle)
    };
    response.verify(&vector_party(), &expected).unwrap();
}

#[test]
fn supported_vectors_register_and_sign_in() {
    let Vectors { root, cases } = vectors();
    let mut seen = Vec::new();
    for case in &cases {
        let Ok(registered) = register_vector(case, &root) else { continue };
        seen.push(case.name.as_str());
        assert_eq!(registered.aaguid.as_bytes()[..], hex(&case.registration.aaguid));
        let certified = !case.name.starts_with("none-") && case.name != "packed-self-es256";
        assert_eq!(registered.attestation.is_trusted(), certified, "{}", case.name);

        sign_in(case, &registered);
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
            "packed-es384",
            "packed-rs256",
            "packed-eddsa",
            "tpm-es256",
            "apple-es256",
        ]
    );
}

#[test]
fn other_vectors_are_refused_by_name() {
    let Vectors { root, cases } = vectors();
    let unsupported = |id| RegistrationError::PublicKey(CoseError::UnsupportedAlgorithm(id));
    let refused = [("packed-ed448", unsupported(-53))];
    for (name, error) in refused {
        let case = cases.iter().find(|case| case.name == name).unwrap();
        assert_eq!(register_vector(case, &root).unwrap_err(), error, "{name}");
    }
}

/// In the Recommendation both authorization lists of this vector are empty, so it cannot pass the
/// format's own verification procedure: no list says where the key comes from. What comes before
/// that, signature, key and challenge, verifies. (w3c/webauthn#2379 gives the vector its
/// lists; the unit tests of the key description read those.)
#[test]
fn the_android_key_vector_does_not_say_where_its_key_comes_from() {
    let Vectors { root, cases } = vectors();
    let case = cases.iter().find(|case| case.name == "android-key-es256").unwrap();
    let error = RegistrationError::Attestation(AndroidKeyError::Origin.into());
    assert_eq!(register_vector(case, &root).unwrap_err(), error);
}

/// This vector has an AAGUID, which an authenticator of U2F has not. The signature does not cover
/// it; with zeros in its place the vector verifies.
#[test]
fn the_fido_u2f_vector_verifies_without_its_aaguid() {
    let Vectors { root, mut cases } = vectors();
    let case = cases.iter_mut().find(|case| case.name == "fido-u2f-es256").unwrap();
    let error = RegistrationError::Attestation(AttestationError::AaguidNotZero);
    assert_eq!(register_vector(case, &root).unwrap_err(), error);

    let object = &mut case.registration.attestation_object;
    *object = object.replace(&case.registration.aaguid, &"0".repeat(32));
    let registered = register_vector(case, &root).unwrap();
    assert!(registered.attestation.is_trusted());
    sign_in(case, &registered);
}

#[test]
fn the_vector_with_a_long_challenge_has_a_key_that_made_its_signature() {
    let all = all_vectors();
    let case = all.cases.iter().find(|case| case.name == LONG_CHALLENGE).unwrap();
    // The key is what comes last in the authenticator data, which comes last in the object.
    let object = hex(&case.registration.attestation_object);
    let id = hex(&case.registration.credential_id);
    let key = object.windows(id.len()).position(|window| window == id).unwrap() + id.len();
    let key = CosePublicKey::from_bytes(&object[key..]).unwrap();
    assert_eq!(key.algorithm(), Algorithm::Es512);

    let assertion = &case.authentication;
    let hash = digest(&SHA256, &hex(&assertion.client_data_json));
    let mut signed = [&hex(&assertion.authenticator_data), hash.as_ref()].concat();
    let signature = hex(&assertion.signature);
    assert!(key.verifies(&signed, &signature));
    signed[0] ^= 1;
    assert!(!key.verifies(&signed, &signature));
}
