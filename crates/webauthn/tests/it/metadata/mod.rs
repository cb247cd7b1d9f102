//! FIDO metadata: who signed it, what it says, and whom it lets vouch.

mod blob;
mod entries;
mod facts;

use aws_lc_rs::digest::{SHA1_FOR_LEGACY_USE_ONLY, digest};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use firstkey_testkit::authenticator::{
    AikHash, Algorithm as Soft, Attestation, AttestationKey, MetadataSigner, SoftAuthenticator,
    TestAuthority,
};
use firstkey_webauthn::metadata::{
    Expected, FIDO_SIGNER, KeyIdentifier, Metadata, MetadataError, UnverifiedBlob,
};
use firstkey_webauthn::registration::RegistrationError;
use firstkey_webauthn::{Aaguid, Format, TrustAnchor, TrustAnchors, TrustPolicy};
use serde_json::{Value, json};

use crate::support::*;

/// A metadata service with its root.
struct Service {
    root: TestAuthority,
    signer: MetadataSigner,
}

impl Service {
    fn new() -> Self {
        Self::with(Soft::Es256)
    }

    /// As the real one, with an authority between the root and the signer.
    fn with(algorithm: Soft) -> Self {
        let mut root = TestAuthority::new(7);
        let signer = root.intermediate(|_| ()).metadata_signer(FIDO_SIGNER, algorithm);
        Self { root, signer }
    }

    fn read(&self, blob: &str) -> Result<Metadata, MetadataError> {
        let roots = [TrustAnchor::from_der(self.root.certificate()).unwrap()];
        UnverifiedBlob::new(blob.as_bytes()).verify(&Expected::from_fido(&roots, now()))
    }

    /// Publishes these entries and reads them.
    fn publish(&self, entries: &Value) -> Metadata {
        self.read(&self.signer.sign(&payload(entries))).unwrap()
    }
}

fn payload(entries: &Value) -> Value {
    json!({
        "legalHeader": "Terms apply.",
        "no": 8,
        "nextUpdate": "2030-04-01",
        "entries": entries,
    })
}

fn aaguid() -> Aaguid {
    Aaguid::new(AAGUID)
}

/// An entry about [`AAGUID`], which `root` vouches for.
fn entry(root: &TestAuthority) -> Value {
    json!({
        "aaguid": aaguid().to_string(),
        "metadataStatement": {
            "description": "Soft key",
            "protocolFamily": "fido2",
            "attestationTypes": ["basic_full"],
            "attestationRootCertificates": [STANDARD.encode(root.certificate())],
        },
        "statusReports": [{ "status": "FIDO_CERTIFIED_L1", "effectiveDate": "2021-05-01" }],
        "timeOfLastStatusChange": "2021-05-01",
    })
}

fn with(mut entry: Value, pointer: &str, value: Value) -> Value {
    *entry.pointer_mut(pointer).unwrap() = value;
    entry
}

/// Registers with what `attestation` proves, trusting what `anchors` say.
fn register_with(
    attestation: Attestation,
    aaguid: [u8; 16],
    anchors: &dyn TrustAnchors,
) -> Result<VerifiedRegistration, RegistrationError> {
    let mut key = SoftAuthenticator::new(8).with_attestation(aaguid, attestation);
    let mut expected = expected();
    expected.trust = TrustPolicy::trusting(anchors);
    register(create(&mut key), &expected)
}

#[test]
fn a_blob_says_which_roots_vouch_for_which_model() {
    for algorithm in [Soft::Es256, Soft::Rs256] {
        let service = Service::with(algorithm);
        let mut vendor = TestAuthority::new(1);
        let metadata = service.publish(&json!([entry(&vendor)]));
        assert_eq!((metadata.number(), metadata.entries().len()), (8, 1));
        assert_eq!(metadata.legal_header(), Some("Terms apply."));
        assert_eq!(metadata.set_aside(), []);

        let key = vendor.attestation_key(AAGUID, Soft::Es256);
        register_with(Attestation::Packed(key), AAGUID, &metadata).unwrap();
        // Not for another model, and no other vendor for this one.
        let key = vendor.attestation_key([1; 16], Soft::Es256);
        let other_model = register_with(Attestation::Packed(key), [1; 16], &metadata);
        assert_eq!(other_model.unwrap_err(), RegistrationError::Untrusted);
        let key = TestAuthority::new(2).attestation_key(AAGUID, Soft::Es256);
        let other_vendor = register_with(Attestation::Packed(key), AAGUID, &metadata);
        assert_eq!(other_vendor.unwrap_err(), RegistrationError::Untrusted);
    }
}

#[test]
fn roots_vouch_in_the_formats_that_the_model_attests_in() {
    let service = Service::new();
    let mut vendor = TestAuthority::new(1);
    let tpm = |vendor: &mut TestAuthority, metadata: &Metadata| {
        let aik = vendor.aik(AAGUID, Soft::Es256);
        register_with(Attestation::Tpm(aik, AikHash::Sha2), AAGUID, metadata)
    };
    let basic = service.publish(&json!([entry(&vendor)]));
    assert_eq!(tpm(&mut vendor, &basic).unwrap_err(), RegistrationError::Untrusted);
    let types = "/metadataStatement/attestationTypes";
    let by_tpm = with(entry(&vendor), types, json!(["attca"]));
    tpm(&mut vendor, &service.publish(&json!([by_tpm]))).unwrap();

    let roots =
        |entry: Value| service.publish(&json!([entry])).for_model(Format::Packed, aaguid()).len();
    assert_eq!(roots(entry(&vendor)), 1);
    // A model that attests by its credentials' own keys has no roots, whatever it lists.
    assert_eq!(roots(with(entry(&vendor), types, json!(["basic_surrogate"]))), 0);
    assert_eq!(roots(with(entry(&vendor), types, json!([]))), 0);
    let family = "/metadataStatement/protocolFamily";
    assert_eq!(roots(with(entry(&vendor), family, json!("uaf"))), 0);
}

#[test]
fn a_model_without_aaguid_is_found_by_its_attestation_key() {
    let vendor = TestAuthority::new(1);
    let text = "1434d2f277fe479c35ddf6aa4d08a07cbce99dd7";
    let mut by_key = with(entry(&vendor), "/metadataStatement/protocolFamily", json!("u2f"));
    by_key.as_object_mut().unwrap().remove("aaguid");
    by_key["attestationCertificateKeyIdentifiers"] = json!([text]);
    let metadata = Service::new().publish(&json!([by_key]));
    let key = KeyIdentifier::from_text(text).unwrap();
    assert_eq!(metadata.entry_by_key(key).unwrap().name("en"), Some("Soft key"));
    // It attests by U2F, and so by nothing else.
    assert!(metadata.for_attestation_key(Format::Packed, key).is_empty());
}

#[test]
fn a_u2f_model_is_vouched_for_by_its_attestation_key() {
    let mut vendor = TestAuthority::new(1);
    let key = vendor.u2f_key_with(Soft::Es256, |_| ());
    let mut by_key = with(entry(&vendor), "/metadataStatement/protocolFamily", json!("u2f"));
    by_key.as_object_mut().unwrap().remove("aaguid");
    by_key["attestationCertificateKeyIdentifiers"] = json!([own_key(&key).to_string()]);
    let metadata = Service::new().publish(&json!([by_key]));
    register_with(Attestation::FidoU2f(key), [0; 16], &metadata).unwrap();
    let other = vendor.u2f_key_with(Soft::Es256, |_| ());
    let refused = register_with(Attestation::FidoU2f(other), [0; 16], &metadata);
    assert_eq!(refused.unwrap_err(), RegistrationError::Untrusted);
}

/// The identifier of an attestation key on P-256.
fn own_key(key: &AttestationKey) -> KeyIdentifier {
    // The one place in the certificate where an uncompressed point stands in a bit string.
    let certificate = &key.chain()[0];
    let marker = [0x03, 0x42, 0x00, 0x04];
    let at = certificate.windows(4).position(|window| window == marker).unwrap() + 3;
    let hash = digest(&SHA1_FOR_LEGACY_USE_ONLY, &certificate[at..at + 65]);
    KeyIdentifier::new(hash.as_ref().try_into().unwrap())
}

/// Believes these roots about this attestation key.
#[derive(Debug)]
struct ByKey(KeyIdentifier, Vec<TrustAnchor>);

impl TrustAnchors for ByKey {
    fn for_model(&self, _: Format, _: Aaguid) -> &[TrustAnchor] {
        &[]
    }

    fn for_attestation_key(&self, _: Format, key: KeyIdentifier) -> &[TrustAnchor] {
        if key == self.0 { &self.1 } else { &[] }
    }
}

#[test]
fn a_registration_that_tells_no_model_goes_by_its_attestation_key() {
    let mut vendor = TestAuthority::new(1);
    let roots = vec![TrustAnchor::from_der(vendor.certificate()).unwrap()];
    let anonymous = vendor.attestation_key([0; 16], Soft::Es256);
    let source = ByKey(own_key(&anonymous), roots);
    register_with(Attestation::Packed(anonymous), [0; 16], &source).unwrap();
    let other = vendor.attestation_key([0; 16], Soft::Es256);
    let refused = register_with(Attestation::Packed(other), [0; 16], &source);
    assert_eq!(refused.unwrap_err(), RegistrationError::Untrusted);
}
