use firstkey_policy::{Certified, Listing, ModelFacts, Transport};

use crate::stage::*;

#[test]
fn the_digest_of_facts_never_changes() {
    let mut facts = privileged().with(MATCHED_TWICE);
    facts.authenticator = Some(SECURITY_KEY);
    facts.given.groups = ["b".into(), "a".into()].into();
    if let Some(key) = &mut facts.authenticator {
        key.transports = [Transport::Nfc, Transport::Usb, Transport::SmartCard].into();
        key.listing = Listing::Listed(ModelFacts {
            certified: Some(Certified::L2),
            verifies_by_biometric: true,
            ..ModelFacts::default()
        });
    }
    assert_eq!(
        serde_json::to_string(&facts).unwrap(),
        r#"{"given":{"kind":"first","roles":[],"groups":["a","b"],"worker_type":"employee","privilege":"sponsor","held":"none","contested":false,"vouchers_in_good_standing":true},"earned":{"matches":"several","known_by_sight":false,"handover":false,"terminal":false,"own_authenticator":false},"authenticator":{"device_bound":true,"attestation":"trusted","model":"ee882879-721c-4913-9775-3dfcce97072a","transports":["usb","nfc","smart-card"],"listing":{"listed":{"revoked":false,"compromised":false,"retired":false,"update_available":false,"certified":"l2","verifies_by_biometric":true,"verifies_by_pin_inside":false}}}}"#
    );
    assert_eq!(facts.digest().to_string(), "UUVmGBU7xuoIhbyW1l5GYwhKee1cswIoIbtkr-w8Mlg");
}

#[test]
fn strength_is_a_partial_order() {
    assert!(MATCHED_TWICE.is_at_least(MATCHED));
    assert!(!MATCHED.is_at_least(MATCHED_TWICE));
    assert!(!HANDED_OVER.is_at_least(MATCHED) && !MATCHED.is_at_least(HANDED_OVER));
}
