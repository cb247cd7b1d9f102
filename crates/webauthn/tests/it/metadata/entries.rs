//! Entries that cannot be used, and what is made of the others.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use firstkey_testkit::authenticator::TestAuthority;
use firstkey_webauthn::metadata::{EntryError, Status};
use firstkey_webauthn::{Aaguid, Format, TrustAnchors};
use serde_json::{Value, json};

use super::{Service, aaguid, entry, with};
use crate::support::*;

/// Another model's entry, with nothing wrong.
fn neighbour(root: &TestAuthority) -> Value {
    with(entry(root), "/aaguid", json!(Aaguid::new([7; 16]).to_string()))
}

#[test]
fn an_entry_that_cannot_be_read_is_set_aside_and_loses_nobody_else() {
    let vendor = TestAuthority::new(1);
    let good = || entry(&vendor);
    let report = |status: &Value| with(good(), "/statusReports/0", status.clone());
    let certificates = "/metadataStatement/attestationRootCertificates";
    let mut nameless = good();
    nameless.as_object_mut().unwrap().remove("aaguid");
    let mut unreported = good();
    unreported.as_object_mut().unwrap().remove("statusReports");
    let mut misnamed = good();
    misnamed["attestationCertificateKeyIdentifiers"] = json!(["14:34"]);
    let cases = [
        (nameless, EntryError::Model),
        (misnamed, EntryError::Model),
        (with(good(), "/aaguid", json!("a soft test key!")), EntryError::Model),
        (with(good(), "/aaguid", json!("")), EntryError::Model),
        (with(good(), "/aaguid", json!(Aaguid::new([0; 16]).to_string())), EntryError::Model),
        (with(good(), "/aaguid", json!(7)), EntryError::Shape),
        (unreported, EntryError::Shape),
        (with(good(), "/statusReports", json!("REVOKED")), EntryError::Shape),
        (report(&json!("REVOKED")), EntryError::Shape),
        (report(&json!({ "effectiveDate": "2021-05-01" })), EntryError::Shape),
        (report(&json!({ "status": "REVOKED", "effectiveDate": 2021 })), EntryError::Shape),
        (report(&json!({ "status": "REVOKED", "effectiveDate": "May" })), EntryError::Date),
        (report(&json!({ "status": "REVOKED", "sunsetDate": "2021-02-30" })), EntryError::Date),
        (with(good(), "/metadataStatement", json!("lost")), EntryError::Shape),
        (with(good(), certificates, json!("MII")), EntryError::Shape),
        (json!([]), EntryError::Shape),
        (json!(null), EntryError::Shape),
        (
            with(good(), "/metadataStatement/description", json!("x".repeat(1 << 20))),
            EntryError::TooLarge,
        ),
    ];
    let service = Service::new();
    for (index, (bad, reason)) in cases.into_iter().enumerate() {
        let metadata = service.publish(&json!([bad, neighbour(&vendor)]));
        let [set_aside] = metadata.set_aside() else { panic!("case {index}") };
        assert_eq!((set_aside.index, set_aside.reason), (0, reason), "case {index}");
        assert_eq!(metadata.entries().len(), 1, "case {index}");
        // Nobody vouches for what is not understood.
        assert!(metadata.for_model(Format::Packed, aaguid()).is_empty());
        assert_eq!(metadata.for_model(Format::Packed, Aaguid::new([7; 16])).len(), 1);
    }
}

#[test]
fn a_set_aside_entry_is_reported_by_its_model() {
    let vendor = TestAuthority::new(1);
    let bad = with(entry(&vendor), "/statusReports", json!(null));
    let metadata = Service::new().publish(&json!([neighbour(&vendor), bad]));
    let [set_aside] = metadata.set_aside() else { panic!() };
    assert_eq!((set_aside.index, set_aside.aaguid), (1, Some(aaguid())));
    // It may have been revoked for all that is known.
    assert!(metadata.facts(aaguid(), now()).unwrap().unreadable);
    assert!(!metadata.facts(Aaguid::new([7; 16]), now()).unwrap().unreadable);
    assert_eq!(metadata.facts(Aaguid::new([8; 16]), now()), None);
}

#[test]
fn of_two_entries_about_one_model_neither_counts() {
    let vendor = TestAuthority::new(1);
    let revoked = with(entry(&vendor), "/statusReports/0/status", json!("REVOKED"));
    let metadata = Service::new().publish(&json!([revoked, neighbour(&vendor), entry(&vendor)]));
    let reasons: Vec<_> =
        metadata.set_aside().iter().map(|entry| (entry.index, entry.reason)).collect();
    assert_eq!(reasons, [(0, EntryError::Duplicate), (2, EntryError::Duplicate)]);
    assert!(metadata.for_model(Format::Packed, aaguid()).is_empty());
    assert_eq!(metadata.entries().len(), 1);
    assert!(metadata.facts(aaguid(), now()).unwrap().unreadable);

    // Nor does a readable one beside an unreadable one.
    let bad = with(entry(&vendor), "/statusReports", json!(null));
    let metadata = Service::new().publish(&json!([entry(&vendor), bad]));
    assert!(metadata.entries().is_empty());
}

#[test]
fn what_is_unknown_is_kept() {
    let vendor = TestAuthority::new(1);
    let mut strange = entry(&vendor);
    strange["aaid"] = json!("4e4e#4005");
    strange["quantumReports"] = json!([{ "qubits": 12 }]);
    strange["metadataStatement"]["protocolVersion"] = json!("beyond");
    strange["statusReports"][0]["assessor"] = json!("somebody");
    strange["statusReports"].as_array_mut().unwrap().push(json!({ "status": "BLESSED" }));
    let metadata = Service::new().publish(&json!([strange]));
    let found = metadata.entry(aaguid()).unwrap();
    assert_eq!(found.status_reports[1].status, Status::Other("BLESSED".to_owned()));
    assert_eq!(found.aaid.as_deref(), Some("4e4e#4005"));
    let kept: Value = serde_json::from_str(found.json()).unwrap();
    assert_eq!(kept, strange);
}

#[test]
fn what_is_only_shown_may_be_anything() {
    let vendor = TestAuthority::new(1);
    let mut odd = entry(&vendor);
    odd["timeOfLastStatusChange"] = json!("yesterday");
    odd["metadataStatement"]["description"] = json!(["Soft", "key"]);
    odd["metadataStatement"]["friendlyNames"] = json!("Soft key");
    odd["metadataStatement"]["icon"] = json!({ "png": 1 });
    odd["statusReports"][0]["authenticatorVersion"] = json!("two");
    odd["statusReports"][0]["url"] = json!(5);
    let metadata = Service::new().publish(&json!([odd]));
    let found = metadata.entry(aaguid()).unwrap();
    assert_eq!((found.name("en"), found.icon(), found.last_status_change), (None, None, None));
    assert_eq!(found.status_reports[0].authenticator_version, None);
    assert_eq!(metadata.for_model(Format::Packed, aaguid()).len(), 1);
}

#[test]
fn roots_may_be_written_carelessly_and_unreadable_ones_are_counted() {
    let vendor = TestAuthority::new(1);
    let root = STANDARD.encode(vendor.certificate());
    let careless = format!("\t{}\n{}", &root[..64], root[64..].trim_end_matches('='));
    let certificates = "/metadataStatement/attestationRootCertificates";
    let read = |roots: Value| {
        let metadata = Service::new().publish(&json!([with(entry(&vendor), certificates, roots)]));
        let unreadable = metadata.entry(aaguid()).unwrap().unreadable_roots;
        (metadata.for_model(Format::Packed, aaguid()).len(), unreadable)
    };
    assert_eq!(read(json!([careless])), (1, 0));
    assert_eq!(read(json!(["MII", root, "", "!"])), (1, 3));
    assert_eq!(read(json!([])), (0, 0));
}

#[test]
fn a_model_has_names_and_a_picture() {
    let vendor = TestAuthority::new(1);
    let mut named = entry(&vendor);
    named["metadataStatement"]["friendlyNames"] =
        json!({ "en-US": "Soft key 5", "de-DE": "Weicher Schlüssel 5" });
    let png = STANDARD.encode(b"\x89PNG\r\n\x1a\nand so on");
    named["metadataStatement"]["icon"] = json!(format!("data:image/png;base64,{png}"));
    let metadata = Service::new().publish(&json!([named]));
    let found = metadata.entry(aaguid()).unwrap();
    assert_eq!(found.name("de"), Some("Weicher Schlüssel 5"));
    assert_eq!(found.name("DE-de"), Some("Weicher Schlüssel 5"));
    assert_eq!(found.name("en-GB"), Some("Soft key 5"));
    assert_eq!(found.name("fr"), Some("Soft key 5"));
    assert_eq!(found.icon().unwrap().as_bytes(), b"\x89PNG\r\n\x1a\nand so on");

    let svg = STANDARD.encode("<svg xmlns=\"http://www.w3.org/2000/svg\"><script/></svg>");
    let icon = json!(format!("data:image/svg+xml;base64,{svg}"));
    named["metadataStatement"]["icon"] = icon;
    named["metadataStatement"].as_object_mut().unwrap().remove("friendlyNames");
    let metadata = Service::new().publish(&json!([named]));
    let found = metadata.entry(aaguid()).unwrap();
    assert_eq!((found.name("de"), found.icon()), (Some("Soft key"), None));
}

#[test]
fn how_a_model_can_verify_its_user_is_told_in_alternatives() {
    use firstkey_webauthn::metadata::VerificationMethod as Method;
    let read = |details: Value| {
        let mut told = entry(&TestAuthority::new(1));
        told["metadataStatement"]["userVerificationDetails"] = details;
        let metadata = Service::new().publish(&json!([told]));
        metadata.entry(aaguid()).unwrap().clone()
    };
    let by = |names: &[&str]| -> Vec<Value> {
        names.iter().map(|name| json!({ "userVerificationMethod": name })).collect()
    };
    let key = read(json!([
        by(&["presence_internal"]),
        by(&["passcode_external", "presence_internal"]),
        by(&["fingerprint_internal"]),
        by(&["telepathy_internal"]),
    ]));
    assert_eq!(
        key.verification,
        [
            vec![Method::Presence],
            vec![Method::PasscodeExternal, Method::Presence],
            vec![Method::Fingerprint],
            vec![Method::Other("telepathy_internal".into())],
        ]
    );
    assert!(key.can_verify_by(Method::is_biometric));
    assert!(!key.can_verify_by(|method| *method == Method::PasscodeInternal));
    for biometric in ["voiceprint", "faceprint", "eyeprint", "handprint"] {
        let told = read(json!([by(&[&format!("{biometric}_internal")])]));
        assert!(told.can_verify_by(Method::is_biometric), "{biometric}");
    }
    let others = ["passcode", "location", "pattern"].map(|name| format!("{name}_internal"));
    for other in others.iter().map(String::as_str).chain(["pattern_external", "none", "all"]) {
        let told = read(json!([by(&[other])]));
        assert!(!told.can_verify_by(Method::is_biometric), "{other}");
        assert!(!matches!(told.verification[0][0], Method::Other(_)), "{other} is known");
    }
    // What is not understood is not told, and takes nothing else from the entry.
    for odd in [json!("fingerprint_internal"), json!([["fingerprint_internal"]]), json!([[]])] {
        assert!(read(odd.clone()).verification.is_empty(), "{odd}");
    }
}
