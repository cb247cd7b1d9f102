//! Keys that a TPM made and certified.

use aws_lc_rs::digest::{self, digest};
use firstkey_testkit::authenticator::{TestAuthority, TpmStatement};
use firstkey_webauthn::registration::RegistrationError;
use firstkey_webauthn::{
    AttestationKind, Certified, TpmError, TpmFacts, TpmPolicy, TrustAnchor, TrustPolicy,
};
use serde_json::{Value, json};

use super::{Swtpm, certify::certify};
use crate::support::*;

const CREDENTIAL: u32 = 0x8100_0001;
const AIK: u32 = 0x8100_0002;
const ID: [u8; 32] = [0x1d; 32];

/// A device: its TPM, what certifies it, and the root above that.
struct Device {
    tpm: Swtpm,
    root: TestAuthority,
    chain: Vec<Vec<u8>>,
    /// The AIK's algorithm, by its COSE number.
    algorithm: i64,
}

impl Device {
    /// With an AIK of this kind, in the words of tpm2-tools.
    fn new(aik: &str, algorithm: i64) -> Self {
        let tpm = Swtpm::start();
        let attributes = "fixedtpm|fixedparent|sensitivedataorigin|userwithauth|restricted|sign";
        tpm.run(&format!("tpm2_createprimary -Q -C e -G {aik} -a {attributes} -c aik"));
        tpm.run("tpm2_readpublic -Q -c aik -f der -o aik.der");
        tpm.run(&format!("tpm2_evictcontrol -Q -C o -c aik {AIK:#x}"));
        let root = TestAuthority::new(1);
        let chain = root.aik_chain(&tpm.read("aik.der"), AAGUID);
        tpm.run("tpm2_createprimary -Q -C o -G ecc256 -c parent");
        Self { tpm, root, chain, algorithm }
    }

    /// Makes the credential's key, of this kind.
    fn create_key(&self, kind: &str) {
        let attributes = "fixedtpm|fixedparent|sensitivedataorigin|userwithauth|sign";
        self.tpm.run(&format!(
            "tpm2_create -Q -C parent -G {kind} -a {attributes} -u key.pub -r key.priv"
        ));
        self.load_key();
    }

    /// Takes over a key that was made elsewhere.
    fn import_key(&self, pem: &str) {
        self.tpm.write("key.pem", pem.as_bytes());
        self.tpm.run("tpm2_import -Q -C parent -G ecc -i key.pem -u key.pub -r key.priv");
        self.load_key();
    }

    fn load_key(&self) {
        self.tpm.run("tpm2_load -Q -C parent -u key.pub -r key.priv -c key");
        self.tpm.run(&format!("tpm2_evictcontrol -Q -C o -c key {CREDENTIAL:#x}"));
    }

    /// The key's `TPMT_PUBLIC`: `TPM2B_PUBLIC` without its length.
    fn pub_area(&self) -> Vec<u8> {
        self.tpm.read("key.pub")[2..].to_vec()
    }

    /// What a browser would post that asked this device, which certifies the key at `object`.
    fn create(&self, object: u32, challenge: &str) -> Value {
        let client_data = client_data("webauthn.create", challenge);
        let pub_area = self.pub_area();
        let auth_data =
            [&authenticator_data(0x45)[..], &AAGUID, &[0, 32], &ID, &cose_key(&pub_area)].concat();
        let to_be_signed = [&auth_data, sha256(&client_data).as_ref()].concat();
        let hash = match self.algorithm {
            -65535 => &digest::SHA1_FOR_LEGACY_USE_ONLY,
            _ => &digest::SHA256,
        };
        let extra_data = digest(hash, &to_be_signed);
        let (cert_info, signature) = certify(&self.tpm, (object, AIK), extra_data.as_ref());
        let (algorithm, chain) = (self.algorithm, self.chain.clone());
        let statement = TpmStatement { algorithm, signature, chain, pub_area, cert_info };
        response(&json!({
            "clientDataJSON": encode(client_data),
            "attestationObject": encode(statement.attestation_object(&auth_data)),
        }))
    }

    /// The same at a sign-in.
    fn get(&self, scheme: &str) -> Value {
        let client_data = client_data("webauthn.get", CHALLENGE_TEXT);
        let auth_data = authenticator_data(0x05);
        self.tpm.write("message", &[&auth_data[..], sha256(&client_data).as_ref()].concat());
        self.tpm.run(&format!(
            "tpm2_sign -Q -c {CREDENTIAL:#x} -g sha256 -s {scheme} -f plain -o signature message"
        ));
        response(&json!({
            "clientDataJSON": encode(client_data),
            "authenticatorData": encode(auth_data),
            "signature": encode(self.tpm.read("signature")),
        }))
    }

    /// Registers what was posted, with nothing but this device's root to believe.
    fn register(
        &self,
        response: Value,
        tpm: TpmPolicy<'_>,
    ) -> Result<VerifiedRegistration, RegistrationError> {
        let anchors = vec![TrustAnchor::from_der(self.root.certificate()).unwrap()];
        let mut expected = expected();
        expected.trust = TrustPolicy { tpm, ..TrustPolicy::trusting(&anchors) };
        register(response, &expected)
    }
}

/// [`CHALLENGE`] as client data has it.
const CHALLENGE_TEXT: &str = "WlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlpaWlo";

fn client_data(kind: &str, challenge: &str) -> String {
    json!({ "type": kind, "challenge": challenge, "origin": ORIGIN }).to_string()
}

/// Up to the counter; `flags` say who is there and what follows.
fn authenticator_data(flags: u8) -> Vec<u8> {
    [sha256("example.org").as_ref(), &[flags, 0, 0, 0, 0]].concat()
}

fn response(content: &Value) -> Value {
    let id = encode(ID);
    json!({ "id": id, "rawId": id, "type": "public-key", "response": content })
}

fn sha256(text: &str) -> digest::Digest {
    digest(&digest::SHA256, text.as_bytes())
}

/// The COSE key of a public area with neither a policy nor a scheme.
fn cose_key(pub_area: &[u8]) -> Vec<u8> {
    if pub_area[1] == 0x01 {
        let head = [0xa4, 0x01, 0x03, 0x03, 0x39, 0x01, 0x00, 0x20, 0x59, 0x01, 0x00];
        [&head[..], &pub_area[22..278], &[0x21, 0x43, 0x01, 0x00, 0x01]].concat()
    } else {
        let head = [0xa5, 0x01, 0x02, 0x03, 0x26, 0x20, 0x01, 0x21, 0x58, 0x20];
        [&head[..], &pub_area[20..52], &[0x22, 0x58, 0x20], &pub_area[54..86]].concat()
    }
}

fn facts(registered: &VerifiedRegistration) -> TpmFacts {
    match &registered.attestation.kind {
        AttestationKind::Certified(Certified { facts, .. }) => facts.tpm.clone().unwrap(),
        other => panic!("{other:?}"),
    }
}

#[test]
fn a_tpms_key_registers_and_signs_in() {
    for (aik, algorithm, policy, kind, scheme) in [
        ("ecc256:ecdsa-sha256:null", -7, TpmPolicy::STRICT, "ecc256", "ecdsa"),
        ("rsa2048:rsassa-sha256:null", -257, TpmPolicy::STRICT, "rsa2048", "rsassa"),
        ("rsa2048:rsassa-sha1:null", -65535, TpmPolicy::WINDOWS_HELLO, "rsa2048", "rsassa"),
    ] {
        let device = Device::new(aik, algorithm);
        device.create_key(kind);
        let posted = device.create(CREDENTIAL, CHALLENGE_TEXT);
        let registered = device.register(posted, policy).unwrap();
        let key = facts(&registered).key;
        assert!(key.is_bound_to_tpm() && key.was_made_by_tpm());
        assert_by(device.get(scheme), &registered).unwrap();
    }
}

#[test]
fn a_key_that_was_imported_is_not_bound_to_the_tpm() {
    let device = Device::new("ecc256:ecdsa-sha256:null", -7);
    device.import_key(&rcgen::KeyPair::generate().unwrap().serialize_pem());
    let posted = device.create(CREDENTIAL, CHALLENGE_TEXT);
    let key = facts(&device.register(posted, TpmPolicy::STRICT).unwrap()).key;
    assert!(!key.is_bound_to_tpm() && !key.was_made_by_tpm());
}

#[test]
fn a_tpms_word_on_another_key_or_for_another_ceremony_is_refused() {
    let device = Device::new("ecc256:ecdsa-sha256:null", -7);
    device.create_key("ecc256");
    let refused = |posted| device.register(posted, TpmPolicy::STRICT).unwrap_err();
    // The AIK certifies itself; the credential's public area is sent along.
    let about_another = device.create(AIK, CHALLENGE_TEXT);
    assert_eq!(refused(about_another), RegistrationError::Attestation(TpmError::Name.into()));
    // What was certified for another challenge, in this one's client data.
    let mut replayed = device.create(CREDENTIAL, &"A".repeat(43));
    let client_data = client_data("webauthn.create", CHALLENGE_TEXT);
    replayed["response"]["clientDataJSON"] = json!(encode(client_data));
    assert_eq!(refused(replayed), RegistrationError::Attestation(TpmError::ExtraData.into()));
}
