//! What the reports about a model come to.

use std::time::{Duration, SystemTime};

use firstkey_testkit::authenticator::TestAuthority;
use firstkey_webauthn::metadata::{Certification, Compromise, Date, ModelFacts, Update};
use serde_json::{Value, json};

use super::{Service, aaguid, entry, with};

fn at(day: &str) -> SystemTime {
    Date::from_text(day).unwrap().begins()
}

/// What is known in 2030 of a model with these reports.
fn facts(reports: Value) -> ModelFacts {
    facts_at("2030-01-01", reports)
}

fn facts_at(day: &str, reports: Value) -> ModelFacts {
    let reported = with(entry(&TestAuthority::new(1)), "/statusReports", reports);
    Service::new().publish(&json!([reported])).facts(aaguid(), at(day)).unwrap()
}

#[test]
fn certification_is_what_was_reported_last() {
    let level = |reports| facts(reports).certification;
    assert_eq!(level(json!([])), None);
    for (status, expected) in [
        ("FIDO_CERTIFIED", Certification::Functional),
        ("FIDO_CERTIFIED_L1", Certification::L1),
        ("FIDO_CERTIFIED_L1plus", Certification::L1Plus),
        ("FIDO_CERTIFIED_L2", Certification::L2),
        ("FIDO_CERTIFIED_L2plus", Certification::L2Plus),
        ("FIDO_CERTIFIED_L3", Certification::L3),
        ("FIDO_CERTIFIED_L3plus", Certification::L3Plus),
    ] {
        assert_eq!(level(json!([{ "status": status }])), Some(expected));
    }
    assert!(Certification::L1Plus < Certification::L2);
    let l1 = json!({ "status": "FIDO_CERTIFIED_L1", "effectiveDate": "2021-01-01" });
    let l2 = json!({ "status": "FIDO_CERTIFIED_L2", "effectiveDate": "2022-01-01" });
    assert_eq!(level(json!([l1, l2])), Some(Certification::L2));
    // They are not always sent in order.
    assert_eq!(level(json!([l2, l1])), Some(Certification::L2));
    let lost = json!({ "status": "NOT_FIDO_CERTIFIED", "effectiveDate": "2023-01-01" });
    assert_eq!(level(json!([l1, l2, lost])), None);
    // Another scheme's, and something new, take nothing away.
    let fips = json!({ "status": "FIPS140_CERTIFIED_L2", "effectiveDate": "2024-01-01" });
    let new = json!({ "status": "BLESSED", "effectiveDate": "2024-01-01" });
    let found = facts(json!([l2, fips, new]));
    assert_eq!(found.certification, Some(Certification::L2));
    assert_eq!(found.unknown, ["BLESSED"]);
}

#[test]
fn what_speaks_against_a_model_counts_whatever_was_reported_later() {
    let found = facts(json!([
        { "status": "USER_KEY_PHYSICAL_COMPROMISE", "effectiveDate": "2021-01-01" },
        { "status": "REVOKED", "effectiveDate": "2022-01-01" },
        { "status": "RETIRED" },
        { "status": "USER_VERIFICATION_BYPASS" },
        { "status": "ATTESTATION_KEY_COMPROMISE", "certificate": "MII" },
        { "status": "USER_KEY_REMOTE_COMPROMISE" },
        { "status": "USER_KEY_REMOTE_COMPROMISE", "authenticatorVersion": 2 },
        { "status": "FIDO_CERTIFIED_L1", "effectiveDate": "2023-01-01" },
    ]));
    assert!(found.revoked && found.retired);
    assert_eq!(
        found.compromises,
        [
            Compromise::UserVerificationBypass,
            Compromise::AttestationKey,
            Compromise::UserKeyRemote,
            Compromise::UserKeyPhysical,
        ]
    );
    let clean = facts(json!([{ "status": "FIDO_CERTIFIED_L1" }]));
    assert!(!clean.revoked && !clean.retired && clean.compromises.is_empty());
}

#[test]
fn a_report_counts_from_its_day_until_its_sunset() {
    let reports = json!([
        { "status": "REVOKED", "effectiveDate": "2025-03-01", "sunsetDate": "2026-03-01" },
    ]);
    for (day, revoked) in
        [("2025-02-28", false), ("2025-03-01", true), ("2026-02-28", true), ("2026-03-01", false)]
    {
        assert_eq!(facts_at(day, reports.clone()).revoked, revoked, "{day}");
    }
}

#[test]
fn the_last_update_is_reported() {
    let found = facts(json!([
        { "status": "UPDATE_AVAILABLE", "effectiveDate": "2025-03-01", "url": "https://a.example" },
        { "status": "UPDATE_AVAILABLE", "effectiveDate": "2024-03-01", "url": "https://b.example" },
    ]));
    let url = Some("https://a.example".to_owned());
    assert_eq!(found.update, Some(Update { since: Date::from_text("2025-03-01"), url }));
}

#[test]
fn metadata_is_stale_when_the_day_of_the_next_update_is_over() {
    let metadata = Service::new().publish(&json!([]));
    assert_eq!(metadata.next_update().to_string(), "2030-04-01");
    let over = at("2030-04-02");
    assert!(!metadata.is_stale_at(over - Duration::from_secs(1)));
    assert!(metadata.is_stale_at(over));
}
