//! No bit of what was signed can change: each is flipped alone, and nothing verifies.
//!
//! An attestation statement that carries certificates may verify under a changed one; then no root
//! is found, and the registration is not trusted.

use firstkey_testkit::authenticator::{
    Algorithm as Soft, Attestation, SoftAuthenticator, TestAuthority,
};
use firstkey_webauthn::{Requirement, TrustAnchor, TrustPolicy};
use serde_json::Value;

use crate::support::*;

/// The response with each bit of a base64url member flipped in turn, and which bit that is.
fn flipped(response: &Value, member: &'static str) -> impl Iterator<Item = (usize, Value)> {
    let bits = decode(response["response"][member].as_str().unwrap()).len() * 8;
    (0..bits).map(move |bit| {
        let mut response = response.clone();
        edit(&mut response, member, |bytes| bytes[bit / 8] ^= 1 << (bit % 8));
        (bit, response)
    })
}

#[test]
fn no_bit_of_an_assertion() {
    for (algorithm, soft) in ALGORITHMS {
        let mut key = SoftAuthenticator::new(1).with_algorithm(soft);
        let registered = registered(&mut key);
        let response = get(&mut key);
        assert!(assert_by(response.clone(), &registered).is_ok());
        for member in ["clientDataJSON", "authenticatorData", "signature"] {
            for (bit, response) in flipped(&response, member) {
                let verdict = assert_by(response, &registered);
                assert!(verdict.is_err(), "{algorithm:?} {member} bit {bit}");
            }
        }
    }
}

/// A way to attest, made anew for a credential that uses this algorithm.
type Attest = fn(&mut TestAuthority, Soft) -> Attestation;

/// Every statement format that signs, as the authenticator writes it.
const STATEMENTS: [(&str, Attest); 3] = [
    ("packed, self", |_, _| Attestation::PackedSelf),
    ("packed, x5c", |root, soft| Attestation::Packed(root.attestation_key(AAGUID, soft))),
    ("packed, x5c of two", |root, soft| {
        Attestation::Packed(root.intermediate(|_| ()).attestation_key(AAGUID, soft))
    }),
];

#[test]
fn no_bit_of_an_attested_registration() {
    for (name, attest) in STATEMENTS {
        for (algorithm, soft) in ALGORITHMS {
            let mut root = TestAuthority::new(1);
            let attestation = attest(&mut root, soft);
            let anchors = vec![TrustAnchor::from_der(root.certificate()).unwrap()];
            let mut key = SoftAuthenticator::new(1)
                .with_algorithm(soft)
                .with_attestation(AAGUID, attestation);
            let response = create(&mut key);

            let mut expected = expected();
            expected.trust =
                TrustPolicy { requirement: Requirement::Any, ..TrustPolicy::trusting(&anchors) };
            let whole = register(response.clone(), &expected).unwrap();
            if whole.attestation.is_trusted() {
                expected.trust.requirement = Requirement::Trusted;
            }
            for member in ["clientDataJSON", "attestationObject"] {
                for (bit, response) in flipped(&response, member) {
                    let verdict = register(response, &expected);
                    assert!(verdict.is_err(), "{name} {algorithm:?} {member} bit {bit}");
                }
            }
        }
    }
}
