//! What holds for every attestation format and all inputs: a statement with a flipped bit is
//! never trusted, and no bytes panic.

use std::ops::Range;
use std::sync::LazyLock;

use firstkey_testkit::authenticator::{
    AikHash, Algorithm as Soft, Attestation, KeyDescription, KeyStore, SoftAuthenticator,
    TestAuthority,
};
use firstkey_webauthn::{Certified, Requirement, Trust, TrustAnchor, TrustPolicy};
use proptest::prelude::*;
use proptest::sample::Index;
use serde_json::Value;

use crate::support::*;

/// A registration attested in each format under one root.
struct Attested {
    anchors: Vec<TrustAnchor>,
    responses: Vec<Value>,
}

/// Where `fido-u2f` comes in the list: its signature covers less than the others'.
const FIDO_U2F: usize = 3;
/// Where `compound` comes, which is of two statements: what spoils one leaves the other's root.
const COMPOUND: usize = 4;
const FORMATS: usize = 7;

fn statements(which: usize) -> usize {
    if which == COMPOUND { 2 } else { 1 }
}

static ATTESTED: LazyLock<Attested> = LazyLock::new(|| {
    let mut root = TestAuthority::new(1);
    let store = || KeyStore::new(TestAuthority::new(1).intermediate(|_| ()));
    let description = KeyDescription::hardware;
    let compound = vec![
        Attestation::Apple(store()),
        Attestation::AndroidKey(store(), KeyDescription::software()),
    ];
    let attestations = vec![
        Attestation::Packed(root.attestation_key(AAGUID, Soft::Es256)),
        Attestation::AndroidKey(store(), description()),
        Attestation::Apple(store()),
        Attestation::FidoU2f(root.u2f_key_with(Soft::Es256, |_| ())),
        Attestation::Compound(compound),
        Attestation::Packed(root.attestation_key_with(AAGUID, Soft::Es384, |params| {
            params.custom_extensions.push(TestAuthority::serial_number_extension(b"1"));
        })),
        Attestation::Tpm(root.aik(AAGUID, Soft::Es256), AikHash::Sha2),
    ];
    assert_eq!(attestations.len(), FORMATS);
    let anchors = vec![TrustAnchor::from_der(root.certificate()).unwrap()];
    let responses = attestations.into_iter().enumerate().map(|(index, attestation)| {
        let aaguid = if index == FIDO_U2F { [0; 16] } else { AAGUID };
        let mut key = SoftAuthenticator::new(1).with_attestation(aaguid, attestation);
        create(&mut key)
    });
    Attested { anchors, responses: responses.collect() }
});

/// How many statements in this lead to the accepted root; none when it is refused.
fn anchored(response: &Value) -> usize {
    let mut expected = expected();
    expected.trust =
        TrustPolicy { requirement: Requirement::Any, ..TrustPolicy::trusting(&ATTESTED.anchors) };
    let Ok(verified) = register(response.clone(), &expected) else { return 0 };
    let anchored = |certified: &&Certified| matches!(certified.trust, Trust::Anchored(_));
    verified.attestation.certified().filter(anchored).count()
}

/// Where in an attestation object the flags and the counter are.
fn flags_and_counter(object: &[u8]) -> Range<usize> {
    let name = b"\x68authData\x58";
    let name_at = object.windows(name.len()).rposition(|window| window == name).unwrap();
    // One byte for the length, and 32 for the RP ID's hash.
    let flags = name_at + name.len() + 1 + 32;
    flags..flags + 5
}

#[test]
fn unspoilt_they_are_trusted() {
    for (index, response) in ATTESTED.responses.iter().enumerate() {
        assert_eq!(anchored(response), statements(index));
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1500))]

    #[test]
    fn a_flipped_bit_costs_a_statement_its_root(
        which in 0..FORMATS,
        member in prop::sample::select(vec!["clientDataJSON", "attestationObject"]),
        bit: Index,
    ) {
        let mut response = ATTESTED.responses[which].clone();
        let mut unsigned = false;
        edit(&mut response, member, |bytes| {
            let bit = bit.index(bytes.len() * 8);
            // U2F signs neither the flags nor the counter.
            unsigned = which == FIDO_U2F
                && member == "attestationObject"
                && flags_and_counter(bytes).contains(&(bit / 8));
            bytes[bit / 8] ^= 1 << (bit % 8);
        });
        prop_assert!(unsigned || anchored(&response) < statements(which));
    }

    #[test]
    fn any_bytes_spliced_in_are_judged_without_panic(
        which in 0..FORMATS,
        from: Index,
        length in 0..40_usize,
        bytes in prop::collection::vec(any::<u8>(), 0..40),
    ) {
        let mut response = ATTESTED.responses[which].clone();
        let mut changed = false;
        edit(&mut response, "attestationObject", |object| {
            let before = object.clone();
            let from = from.index(object.len());
            let to = object.len().min(from + length);
            object.splice(from..to, bytes);
            changed = *object != before && which != FIDO_U2F;
        });
        prop_assert!(!changed || anchored(&response) < statements(which));
    }
}
