//! What holds for all inputs: none panics, and what was spliced does not verify.

use std::sync::LazyLock;

use firstkey_testkit::authenticator::{
    Algorithm as Soft, Attestation, SoftAuthenticator, TestAuthority,
};
use firstkey_webauthn::registration::UnverifiedRegistration;
use firstkey_webauthn::{CosePublicKey, TrustAnchor, TrustPolicy};
use proptest::prelude::*;
use proptest::sample::Index;
use serde_json::Value;

use crate::support::*;

/// A registration and an assertion by each algorithm.
static SIGN_INS: LazyLock<Vec<(VerifiedRegistration, Value)>> = LazyLock::new(|| {
    ALGORITHMS
        .iter()
        .map(|(_, soft)| {
            let mut key = SoftAuthenticator::new(1).with_algorithm(*soft);
            (registered(&mut key), get(&mut key))
        })
        .collect()
});

/// A registration attested by its own key, and one by a certified key under this root.
static ATTESTED: LazyLock<(Vec<TrustAnchor>, [Value; 2])> = LazyLock::new(|| {
    let mut root = TestAuthority::new(1);
    let certified = Attestation::Packed(root.attestation_key(AAGUID, Soft::Es256));
    let responses = [Attestation::PackedSelf, certified].map(|attestation| {
        create(&mut SoftAuthenticator::new(1).with_attestation(AAGUID, attestation))
    });
    (vec![TrustAnchor::from_der(root.certificate()).unwrap()], responses)
});

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn any_bytes_in_an_assertion_are_refused_without_panic(
        which in 0..ALGORITHMS.len(),
        member in prop::sample::select(vec!["clientDataJSON", "authenticatorData", "signature"]),
        bytes in prop::collection::vec(any::<u8>(), 0..200),
    ) {
        let (registered, response) = &SIGN_INS[which];
        let mut response = response.clone();
        edit(&mut response, member, |old| *old = bytes);
        prop_assert!(assert_by(response, registered).is_err());
    }

    #[test]
    fn any_bytes_spliced_into_a_registration_are_judged_without_panic(
        which in 0..2_usize,
        from: Index,
        length in 0..40_usize,
        bytes in prop::collection::vec(any::<u8>(), 0..40),
    ) {
        let (anchors, responses) = &*ATTESTED;
        let mut expected = expected();
        expected.trust = TrustPolicy::trusting(anchors);
        let mut response = responses[which].clone();
        let mut changed = false;
        edit(&mut response, "attestationObject", |object| {
            let before = object.clone();
            let from = from.index(object.len());
            let to = object.len().min(from + length);
            object.splice(from..to, bytes);
            changed = *object != before;
        });
        prop_assert!(register(response, &expected).is_err() || !changed);
    }

    #[test]
    fn any_bytes_as_a_stored_key_are_judged_without_panic(
        bytes in prop::collection::vec(any::<u8>(), 0..120),
    ) {
        if let Ok(key) = CosePublicKey::from_bytes(&bytes) {
            prop_assert_eq!(key.to_bytes(), bytes);
        }
    }

    #[test]
    fn any_json_as_a_registration_is_judged_without_panic(text in ".{0,200}") {
        let read = serde_json::from_str::<UnverifiedRegistration>(&text);
        prop_assert!(read.is_err());
    }
}
