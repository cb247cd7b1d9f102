//! Ways in for fuzz targets, built by cargo-fuzz and for the test below. None may panic, and what
//! is asserted here must hold for every input.

#![expect(clippy::missing_panics_doc, reason = "a panic is what fuzzing looks for")]

use std::time::{Duration, SystemTime};

use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use serde_json::Value;

use crate::attestation::{self, AttestationObject};
use crate::authentication::{self, Account, StoredCredential, UnverifiedAssertion};
use crate::authenticator_data::AuthenticatorData;
use crate::base64url::Base64Url;
use crate::cbor::Reader;
use crate::client_data::{self, ClientData};
use crate::extensions::AuthenticatorExtensions;
use crate::metadata::{self, UnverifiedBlob};
use crate::registration::{self, UnverifiedRegistration};
use crate::x509::{Certificate, TrustAnchor, trace};
use crate::{
    Algorithm, Challenge, CosePublicKey, Mediation, RelyingParty, TpmPolicy, TrustPolicy,
    UserHandle, UserVerification,
};

/// [`Reader`]: an item is a beginning of the input, and reading it again gives the same.
pub fn cbor(input: &[u8]) {
    if let Ok(item) = Reader::new(input).item() {
        assert!(input.starts_with(item) && !item.is_empty());
        assert_eq!(Reader::new(item).item(), Ok(item));
    }
}

/// [`AttestationObject`], and the statement in it.
pub fn attestation_object(input: &[u8]) {
    let Ok(object) = AttestationObject::parse(input) else { return };
    let Some(format) = object.format() else { return };
    let Ok(data) = AuthenticatorData::parse(object.auth_data) else { return };
    let Some(credential) = data.attested else { return };
    let Ok(public_key) = CosePublicKey::from_bytes(credential.public_key) else { return };
    let input = attestation::Input {
        statement: object.statement,
        auth_data: object.auth_data,
        client_data_hash: &[0; 32],
        rp_id_hash: data.rp_id_hash,
        credential_id: credential.credential_id,
        aaguid: credential.aaguid,
        public_key: &public_key,
    };
    let trust = TrustPolicy { tpm: TpmPolicy::WINDOWS_HELLO, ..TrustPolicy::NONE };
    let attested = attestation::verify(format, &input, &trust, now());
    assert!(!attested.is_ok_and(|attested| attested.is_trusted()));
}

/// [`AuthenticatorData`].
pub fn authenticator_data(input: &[u8]) {
    if let Ok(data) = AuthenticatorData::parse(input) {
        assert!(input.starts_with(data.rp_id_hash));
        assert_eq!(data.attested.is_some(), input[32] & 0x40 != 0);
        assert_eq!(data.extensions.is_some(), input[32] & 0x80 != 0);
        let _ = data.extensions.map(AuthenticatorExtensions::read);
    }
}

/// [`ClientData`]: others read the same members. (They may stumble over half a surrogate pair in
/// a member that we ignore.)
pub fn client_data(input: &[u8]) {
    if let Some(data) = ClientData::parse(input) {
        let json = input.strip_prefix(b"\xef\xbb\xbf").unwrap_or(input);
        if let Ok(other) = serde_json::from_slice::<Value>(json) {
            assert!(other["type"] == *data.kind && other["origin"] == *data.origin);
        }
        let _ = data.check_frame(&party());
    }
}

/// [`CosePublicKey`]: there is one form for each key.
pub fn cose_key(input: &[u8]) {
    if let Ok(key) = CosePublicKey::from_bytes(input) {
        assert_eq!(key.to_bytes(), input);
        assert!(!key.verifies(b"message", &[0; 64]));
        let _ = key.check_group();
    }
}

/// [`Certificate`]: the first two bytes tell how long a first one is, then comes its issuer's.
pub fn certificate(input: &[u8]) {
    let (leaf, issuer) = parted(input);
    let chain: Vec<_> = [leaf, issuer].into_iter().flat_map(Certificate::from_der).collect();
    for certificate in &chain {
        let _ = (certificate.is_v3(), certificate.is_valid_at(now()), certificate.extensions());
        let _ = (certificate.basic_constraints(), certificate.key_usage());
        let _ = format!("{certificate:?}");
        let _ = chain.iter().any(|other| certificate.signed(other));
    }
    let anchors: Vec<_> = TrustAnchor::from_der(issuer).into_iter().collect();
    let _ = trace(&chain, &anchors, now());
}

/// [`UnverifiedRegistration`], in JSON. The challenge is the one that the client data has, and the
/// algorithm any, so that inputs get far.
pub fn registration(input: &[u8]) {
    let Ok(response) = serde_json::from_slice::<UnverifiedRegistration>(input) else { return };
    let challenge = challenge(input);
    let expected = registration::Expected {
        challenge: &challenge,
        user_verification: UserVerification::Preferred,
        algorithms: Algorithm::ALL,
        mediation: Mediation::Modal,
        trust: TrustPolicy::NONE,
        now: now(),
    };
    if let Ok(registered) = response.verify(&party(), &expected) {
        assert!(registered.backup_eligible || !registered.backed_up);
        let stored = registered.public_key.to_bytes();
        assert_eq!(CosePublicKey::from_bytes(&stored), Ok(registered.public_key));
    }
}

/// [`UnverifiedAssertion`], in JSON, after a public key and its length in two bytes.
pub fn assertion(input: &[u8]) {
    let (key, json) = parted(input);
    let Ok(public_key) = CosePublicKey::from_bytes(key) else { return };
    let Ok(response) = serde_json::from_slice::<UnverifiedAssertion>(json) else { return };
    let challenge = challenge(json);
    let id = response.credential_id().clone();
    let handle = response.user_handle().cloned();
    let Ok(nobody) = UserHandle::new(b"nobody") else { return };
    let expected = authentication::Expected {
        challenge: &challenge,
        user_verification: UserVerification::Preferred,
        account: Account::Known { allowed: &[] },
        stored: StoredCredential {
            id: &id,
            public_key: &public_key,
            user_handle: handle.as_ref().unwrap_or(&nobody),
            backup_eligible: false,
            sign_count: 0,
        },
    };
    if let Ok(signed_in) = response.verify(&party(), &expected) {
        assert!(!signed_in.backed_up && !signed_in.counter_regressed);
    }
}

/// The structures of a TPM's statement, `certInfo` and `pubArea` each after its length in two bytes,
/// then a public key.
pub fn tpm(input: &[u8]) {
    let (cert_info, rest) = parted(input);
    let (pub_area, key) = parted(rest);
    attestation::read_tpm(cert_info, pub_area, CosePublicKey::from_bytes(key).ok().as_ref());
}

/// [`UnverifiedBlob`], with the last of its own certificates for a root. None has a newer number
/// than its own, and none is believed without a root.
pub fn metadata_blob(input: &[u8]) {
    let blob = UnverifiedBlob::new(input);
    let expected = metadata::Expected::from_fido(&[], now());
    assert!(blob.verify(&expected).is_err());
    let root = last_certificate(input).and_then(|der| TrustAnchor::from_der(&der).ok());
    let roots = root.as_slice();
    let expected = metadata::Expected { roots, ..expected };
    if let Ok(accepted) = blob.verify(&expected) {
        let again = metadata::Expected { previous: Some(accepted.number()), ..expected };
        assert!(blob.verify(&again).is_err());
    }
}

/// What is signed in a BLOB: each entry is found by its names or is set aside, and a model whose
/// entry is set aside has no other.
pub fn metadata_payload(input: &[u8]) {
    let Ok(metadata) = metadata::read(input) else { return };
    let _ = metadata.is_stale_at(now());
    for entry in metadata.entries() {
        let found = entry.aaguid.is_none_or(|aaguid| {
            metadata.entry(aaguid).is_some_and(|found| std::ptr::eq(found, entry))
                && metadata.facts(aaguid, now()).is_some_and(|facts| !facts.unreadable)
        });
        assert!(found);
        let mut keys = entry.key_identifiers.iter();
        assert!(keys.all(|key| metadata.entry_by_key(*key).is_some()));
        let _ = (entry.name("de-AT"), entry.icon(), entry.facts_at(now()));
    }
    for aaguid in metadata.set_aside().iter().filter_map(|entry| entry.aaguid) {
        assert!(metadata.entry(aaguid).is_none());
        assert!(metadata.facts(aaguid, now()).is_some_and(|facts| facts.unreadable));
    }
}

/// The bytes before and after a boundary that the first two bytes tell.
fn parted(input: &[u8]) -> (&[u8], &[u8]) {
    let Some((length, rest)) = input.split_first_chunk() else { return (&[], &[]) };
    rest.split_at(usize::from(u16::from_be_bytes(*length)).min(rest.len()))
}

/// The last certificate in the header of a token.
fn last_certificate(token: &[u8]) -> Option<Vec<u8>> {
    let header = token.trim_ascii().split(|byte| *byte == b'.').next()?;
    let header: Value = serde_json::from_slice(&URL_SAFE_NO_PAD.decode(header).ok()?).ok()?;
    STANDARD.decode(header["x5c"].as_array()?.last()?.as_str()?).ok()
}

/// The challenge in the client data of a response.
fn challenge(response: &[u8]) -> Challenge {
    let read = || {
        let mut response: Value = serde_json::from_slice(response).ok()?;
        let json = response["response"]["clientDataJSON"].take();
        let json: Base64Url<{ client_data::MAX_LEN }> = serde_json::from_value(json).ok()?;
        let data = ClientData::parse(json.as_slice())?;
        let challenge: Base64Url<32> =
            serde_json::from_value(Value::from(&*data.challenge)).ok()?;
        challenge.into_vec().try_into().ok()
    };
    Challenge::new(read().unwrap_or([0; 32]))
}

fn party() -> RelyingParty {
    RelyingParty::new("example.org", "Example", ["https://example.org"])
        .and_then(|party| party.with_top_origin("https://example.com"))
        .expect("its origins are well formed")
        .with_unnamed_frames()
}

/// A time at which the certificates of the seeds are valid: 2030.
fn now() -> SystemTime {
    SystemTime::UNIX_EPOCH + Duration::from_secs(1_900_000_000)
}

#[cfg(test)]
mod tests {
    use std::fs;
    use std::path::Path;

    #[test]
    fn every_seed_goes_through_its_target() {
        type Target = fn(&[u8]);
        let targets: [(&str, Target); 11] = [
            ("assertion", super::assertion),
            ("attestation_object", super::attestation_object),
            ("authenticator_data", super::authenticator_data),
            ("cbor", super::cbor),
            ("certificate", super::certificate),
            ("client_data", super::client_data),
            ("cose_key", super::cose_key),
            ("metadata_blob", super::metadata_blob),
            ("metadata_payload", super::metadata_payload),
            ("registration", super::registration),
            ("tpm", super::tpm),
        ];
        let fuzz = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../fuzz");
        for (name, target) in targets {
            assert!(fuzz.join("fuzz_targets").join(name).with_extension("rs").is_file(), "{name}");
            let mut seeds = 0;
            for seed in fs::read_dir(fuzz.join("seeds").join(name)).unwrap() {
                target(&fs::read(seed.unwrap().path()).unwrap());
                seeds += 1;
            }
            assert!(seeds > 2, "{name} has {seeds} seeds");
        }
    }
}
