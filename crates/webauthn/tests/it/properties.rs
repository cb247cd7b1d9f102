//! What holds for all inputs: none panics, and what was spliced does not verify.

use std::sync::LazyLock;

use firstkey_testkit::authenticator::SoftAuthenticator;
use firstkey_webauthn::CosePublicKey;
use firstkey_webauthn::registration::UnverifiedRegistration;
use proptest::prelude::*;
use proptest::sample::Index;
use serde_json::Value;

use crate::statements::{FIDO_U2F, STATEMENTS, vouched};
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

/// A registration in each format, and how much speaks for it.
static ATTESTED: LazyLock<Vec<(Value, usize)>> = LazyLock::new(|| {
    let attested = STATEMENTS.iter().map(|statement| {
        let response = create(&mut statement.authenticator(statement.algorithms[0]));
        (response.clone(), vouched(response))
    });
    attested.collect()
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

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1500))]

    #[test]
    fn any_bytes_spliced_into_a_registration_are_judged_without_panic(
        which in 0..STATEMENTS.len(),
        from: Index,
        length in 0..40_usize,
        bytes in prop::collection::vec(any::<u8>(), 0..40),
    ) {
        let (response, whole) = &ATTESTED[which];
        prop_assert!(*whole > 0);
        let mut response = response.clone();
        let mut changed = false;
        edit(&mut response, "attestationObject", |object| {
            let before = object.clone();
            let from = from.index(object.len());
            let to = object.len().min(from + length);
            object.splice(from..to, bytes);
            changed = *object != before;
        });
        let left = vouched(response);
        // U2F signs neither the flags nor the counter.
        prop_assert!(left < *whole || !changed || STATEMENTS[which].name == FIDO_U2F);
    }
}
