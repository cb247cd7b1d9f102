//! An assertion kept in a receipt is verified again by somebody who has only what it carries.

use firstkey_testkit::authenticator::SoftAuthenticator;
use firstkey_webauthn::authentication::{AssertionError, AssertionEvidence, EvidenceExpected};
use firstkey_webauthn::{Challenge, CosePublicKey, RelyingParty, UserVerification};
use serde_json::json;

use crate::support::*;

#[test]
fn evidence_survives_json_and_verifies_offline() {
    for (_, soft) in ALGORITHMS {
        let mut key = SoftAuthenticator::new(1).with_algorithm(soft);
        let registered = registered(&mut key);
        let verified = assert_by(get(&mut key), &registered).unwrap();
        let kept = serde_json::to_string(&verified.evidence).unwrap();
        let stored_key = registered.public_key.to_bytes();

        let evidence: AssertionEvidence = serde_json::from_str(&kept).unwrap();
        let public_key = CosePublicKey::from_bytes(&stored_key).unwrap();
        let expected = EvidenceExpected {
            challenge: &CHALLENGE,
            user_verification: UserVerification::Required,
            public_key: &public_key,
            backup_eligible: Some(false),
        };
        let facts = evidence.verify(&party(), &expected).unwrap();
        assert!(facts.user_verified && !facts.backup_eligible && !facts.backed_up);
        assert_eq!(facts.sign_count, 1);

        let later = Challenge::new([1; 32]);
        let other = EvidenceExpected { challenge: &later, ..expected };
        assert_eq!(evidence.verify(&party(), &other), Err(AssertionError::Challenge));
        let other = EvidenceExpected { backup_eligible: Some(true), ..expected };
        assert_eq!(evidence.verify(&party(), &other), Err(AssertionError::BackupEligibility));
        let other = RelyingParty::new("example.org", "x", ["https://a.example.org"]).unwrap();
        assert_eq!(evidence.verify(&other, &expected), Err(AssertionError::Origin));
    }
}

#[test]
fn its_json_has_four_members_and_no_others() {
    let mut key = SoftAuthenticator::new(1);
    let registered = registered(&mut key);
    let response = get(&mut key);
    let evidence = assert_by(response.clone(), &registered).unwrap().evidence;
    let mut kept = serde_json::to_value(&evidence).unwrap();
    assert_eq!(
        kept,
        json!({
            "credential_id": response["id"],
            "authenticator_data": response["response"]["authenticatorData"],
            "client_data_json": response["response"]["clientDataJSON"],
            "signature": response["response"]["signature"],
        })
    );
    kept["origin"] = json!("https://evil.example");
    assert!(serde_json::from_value::<AssertionEvidence>(kept).is_err());
}

#[test]
fn it_can_be_put_together_from_parts_of_bounded_size() {
    let mut key = SoftAuthenticator::new(1);
    let registered = registered(&mut key);
    let evidence = assert_by(get(&mut key), &registered).unwrap().evidence;
    let parts = |data: usize, client: usize, signature: usize| {
        AssertionEvidence::from_parts(
            evidence.credential_id().as_bytes(),
            [evidence.authenticator_data(), &vec![0; data]].concat(),
            [evidence.client_data_json(), &vec![0; client]].concat(),
            [evidence.signature(), &vec![0; signature]].concat(),
        )
    };
    assert_eq!(parts(0, 0, 0).unwrap(), evidence);
    for (data, client, signature) in [(1024, 0, 0), (0, 8192, 0), (0, 0, 512)] {
        assert!(parts(data, client, signature).is_err());
    }
}
