use crate::stage::*;

#[test]
fn the_digest_of_facts_never_changes() {
    let mut facts = privileged().with(MATCHED_TWICE);
    facts.authenticator = Some(SECURITY_KEY);
    facts.given.groups = ["b".into(), "a".into()].into();
    assert_eq!(
        serde_json::to_string(&facts).unwrap(),
        r#"{"given":{"kind":"first","roles":[],"groups":["a","b"],"worker_type":"employee","privilege":"sponsor","held":"none","contested":false,"vouchers_in_good_standing":true},"earned":{"matches":"several","handover":false,"terminal":false,"own_authenticator":false},"authenticator":{"device_bound":true,"attestation":"trusted"}}"#
    );
    assert_eq!(facts.digest().to_string(), "INz49xOontJZHyisuM0-IrqKNY0HuTvOFZZTrzbD7vs");
}

#[test]
fn strength_is_a_partial_order() {
    assert!(MATCHED_TWICE.is_at_least(MATCHED));
    assert!(!MATCHED.is_at_least(MATCHED_TWICE));
    assert!(!HANDED_OVER.is_at_least(MATCHED) && !MATCHED.is_at_least(HANDED_OVER));
}
