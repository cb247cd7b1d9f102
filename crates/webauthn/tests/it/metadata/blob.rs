//! BLOBs that are refused as a whole.

use std::time::{Duration, SystemTime};

use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use firstkey_testkit::authenticator::{Algorithm as Soft, TestAuthority};
use firstkey_webauthn::metadata::{Expected, FIDO_SIGNER, Metadata, MetadataError, UnverifiedBlob};
use firstkey_webauthn::{ChainError, TrustAnchor};
use proptest::prelude::*;
use rcgen::{BasicConstraints, CertificateParams, IsCa, KeyUsagePurpose, date_time_ymd};
use serde_json::{Value, json};

use super::{Service, entry, payload};
use crate::support::*;

fn refused(outcome: Result<Metadata, MetadataError>) -> MetadataError {
    outcome.unwrap_err()
}

/// Why a BLOB with this header is refused, its signature being right.
fn headed(edit: impl FnOnce(&mut Value)) -> MetadataError {
    let service = Service::new();
    let mut header = service.signer.header();
    edit(&mut header);
    let payload = payload(&json!([])).to_string();
    refused(service.read(&service.signer.sign_with(&header, payload.as_bytes())))
}

#[test]
fn only_accepted_algorithms_sign() {
    for algorithm in ["none", "None", "HS256", "RS1", "ES384", "es256", ""] {
        let error = headed(|header| header["alg"] = json!(algorithm));
        assert_eq!(error, MetadataError::Algorithm(algorithm.to_owned()));
    }
    // The key is not of the algorithm.
    assert_eq!(headed(|header| header["alg"] = json!("RS256")), MetadataError::Signature);
    // No signature at all.
    let service = Service::new();
    let blob = service.signer.sign(&payload(&json!([])));
    let unsigned = &blob[..=blob.rfind('.').unwrap()];
    assert_eq!(refused(service.read(unsigned)), MetadataError::Signature);
}

#[test]
fn the_header_must_be_one_that_is_understood() {
    assert_eq!(headed(|header| header["crit"] = json!(["b64"])), MetadataError::Token);
    let elsewhere = json!("https://mds.fidoalliance.org/chain.pem");
    assert_eq!(headed(|header| header["x5u"] = elsewhere), MetadataError::Remote);
    assert_eq!(headed(|header| header["x5c"] = Value::Null), MetadataError::NoChain);
    assert_eq!(headed(|header| header["x5c"] = json!([])), MetadataError::NoChain);
    assert_eq!(headed(|header| header["x5c"] = json!("MII")), MetadataError::Token);
    let many = |header: &mut Value| header["x5c"] = json!(vec![header["x5c"][0].clone(); 9]);
    assert_eq!(headed(many), MetadataError::NoChain);
    for broken in ["", "!", "MIIB"] {
        let error = headed(|header| header["x5c"][0] = json!(broken));
        assert!(matches!(error, MetadataError::Certificate(_)), "{broken}");
    }
    assert_eq!(headed(|header| *header = json!([])), MetadataError::Token);
}

#[test]
fn a_token_has_three_parts_and_nothing_may_be_changed_or_missing() {
    let service = Service::new();
    let blob = service.signer.sign(&payload(&json!([])));
    // White space around a file is not part of it.
    assert!(service.read(&format!("\n {blob}\r\n")).is_ok());
    for token in ["", ".", "..", "a.b", &format!("{blob}.x"), &format!("x.{blob}")] {
        assert_eq!(refused(service.read(token)), MetadataError::Token, "{token}");
    }
    // Cut anywhere, it is refused.
    for length in (0..blob.len()).step_by(13).chain([blob.len() - 1, blob.len() - 2]) {
        assert!(service.read(&blob[..length]).is_err(), "{length}");
    }
    // Another payload under the same signature.
    let parts: Vec<&str> = blob.split('.').collect();
    let other = payload(&json!([])).to_string().replace("\"no\":8", "\"no\":9");
    let altered = format!("{}.{}.{}", parts[0], URL_SAFE_NO_PAD.encode(other), parts[2]);
    assert_eq!(refused(service.read(&altered)), MetadataError::Signature);
}

#[test]
fn a_changed_character_anywhere_is_noticed() {
    let service = Service::new();
    let blob = service.signer.sign(&payload(&json!([])));
    for at in 0..blob.len() {
        let mut changed = blob.clone().into_bytes();
        changed[at] = if changed[at] == b'A' { b'B' } else { b'A' };
        let changed = String::from_utf8(changed).unwrap();
        assert!(service.read(&changed).is_err(), "character {at}");
    }
}

#[test]
fn the_chain_leads_to_the_root_in_order_and_in_its_time() {
    let service = Service::new();
    let blob = service.signer.sign(&payload(&json!([])));
    let read = |root: &TestAuthority, now| {
        let roots = [TrustAnchor::from_der(root.certificate()).unwrap()];
        UnverifiedBlob::new(blob.as_bytes()).verify(&Expected::from_fido(&roots, now))
    };
    let chain = |error| MetadataError::Chain(error);
    assert_eq!(refused(read(&TestAuthority::new(8), now())), chain(ChainError::NoAnchor));
    let in_1971 = SystemTime::UNIX_EPOCH + Duration::from_secs(31_557_600);
    assert_eq!(refused(read(&service.root, in_1971)), chain(ChainError::Validity));

    let reversed = headed(|header| header["x5c"].as_array_mut().unwrap().reverse());
    // The authority's certificate comes first, and leads to the root; but it is no signer's.
    assert_eq!(reversed, MetadataError::Signer("has another name"));
    let leaf_alone = headed(|header| drop(header["x5c"].as_array_mut().unwrap().pop()));
    assert_eq!(leaf_alone, chain(ChainError::NoAnchor));
    let stranger = STANDARD.encode(TestAuthority::new(9).certificate());
    let misplaced = headed(|header| {
        header["x5c"].as_array_mut().unwrap().insert(1, json!(stranger));
    });
    assert_eq!(misplaced, chain(ChainError::Order));
}

/// Why a signer with a certificate changed like this is refused.
fn signed_by(name: &str, customize: impl FnOnce(&mut CertificateParams)) -> MetadataError {
    let mut root = TestAuthority::new(7);
    let signer = root.metadata_signer_with(name, Soft::Es256, customize);
    let service = Service { root, signer };
    refused(service.read(&service.signer.sign(&payload(&json!([])))))
}

#[test]
fn the_signer_is_the_service_and_nobody_else_under_the_same_root() {
    let other_name = MetadataError::Signer("has another name");
    for name in
        ["example.org", "evil.mds.fidoalliance.org", "*.fidoalliance.org", "fidoalliance.org"]
    {
        assert_eq!(signed_by(name, |_| ()), other_name, "{name}");
    }
    assert_eq!(signed_by(FIDO_SIGNER, |params| params.subject_alt_names.clear()), other_name);
    let authority = signed_by(FIDO_SIGNER, |params| {
        params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
    });
    assert_eq!(authority, MetadataError::Signer("is an authority's"));
    let for_encryption = signed_by(FIDO_SIGNER, |params| {
        params.key_usages = vec![KeyUsagePurpose::KeyEncipherment];
    });
    assert_eq!(for_encryption, MetadataError::Signer("is not for signatures"));
    let expired = signed_by(FIDO_SIGNER, |params| params.not_after = date_time_ymd(2025, 1, 1));
    assert_eq!(expired, MetadataError::Chain(ChainError::Validity));
}

#[test]
fn numbers_only_grow() {
    let service = Service::new();
    let blob = service.signer.sign(&payload(&json!([])));
    let roots = [TrustAnchor::from_der(service.root.certificate()).unwrap()];
    let after = |previous| {
        let expected = Expected { previous: Some(previous), ..Expected::from_fido(&roots, now()) };
        UnverifiedBlob::new(blob.as_bytes()).verify(&expected)
    };
    assert_eq!(after(7).unwrap().number(), 8);
    for previous in [8, 9, u64::MAX] {
        assert_eq!(refused(after(previous)), MetadataError::NotNewer { previous, found: 8 });
    }
}

#[test]
fn the_payload_must_have_its_shape() {
    let service = Service::new();
    let header = service.signer.header();
    let read = |json: &str| service.read(&service.signer.sign_with(&header, json.as_bytes()));
    assert!(read(r#"{"no":1,"nextUpdate":"2030-01-01","entries":[]}"#).is_ok());
    for json in [
        "",
        "[]",
        r#"{"nextUpdate":"2030-01-01","entries":[]}"#,
        r#"{"no":-1,"nextUpdate":"2030-01-01","entries":[]}"#,
        r#"{"no":1,"nextUpdate":"soon","entries":[]}"#,
        r#"{"no":1,"nextUpdate":"2030-01-01"}"#,
        r#"{"no":1,"nextUpdate":"2030-01-01","entries":{}}"#,
        r#"{"no":1,"no":2,"nextUpdate":"2030-01-01","entries":[]}"#,
        r#"{"no":1,"nextUpdate":"2030-01-01","entries":[]} x"#,
        r#"{"no":1,"nextUpdate":"2030-01-01","entries":[}"#,
    ] {
        assert_eq!(refused(read(json)), MetadataError::Payload, "{json}");
    }
}

#[test]
fn a_file_beyond_all_measure_is_not_read() {
    let huge = vec![b'A'; (64 << 20) + 1];
    let expected = Expected::from_fido(&[], now());
    assert_eq!(refused(UnverifiedBlob::new(&huge).verify(&expected)), MetadataError::TooLarge);
}

proptest! {
    #[test]
    fn any_signed_payload_is_judged_without_panic(
        at in any::<prop::sample::Index>(),
        taken in 0..40_usize,
        put in prop::collection::vec(any::<u8>(), 0..40),
    ) {
        let service = Service::new();
        let mut json = payload(&json!([entry(&TestAuthority::new(1))])).to_string().into_bytes();
        let start = at.index(json.len());
        let end = json.len().min(start + taken);
        json.splice(start..end, put);
        _ = service.read(&service.signer.sign_with(&service.signer.header(), &json));
    }

    #[test]
    fn any_bytes_are_no_blob(bytes in prop::collection::vec(any::<u8>(), 0..400)) {
        let expected = Expected::from_fido(&[], now());
        prop_assert!(UnverifiedBlob::new(&bytes).verify(&expected).is_err());
    }
}
