//! Attestation statements, as authenticators write them.

use aws_lc_rs::digest::{SHA256, digest};

use super::attestation::Attestation;
use super::authority::AttestationKey;
use super::ceremony::flip;
use super::key::{Algorithm, Key};
use super::key_description::KeyDescription;
use super::key_store::KeyStore;
use super::sabotage::Sabotage;
use super::{der, encode, tpm};

/// The key description of Android's key store.
const KEY_DESCRIPTION: [u64; 10] = [1, 3, 6, 1, 4, 1, 11129, 2, 1, 17];
/// The nonce of Apple's anonymous attestation.
const NONCE: [u64; 7] = [1, 2, 840, 113_635, 100, 8, 2];

/// What is attested.
#[derive(Clone, Copy)]
pub(super) struct Ceremony<'a> {
    pub(super) key: &'a Key,
    pub(super) credential_id: &'a [u8],
    pub(super) auth_data: &'a [u8],
    pub(super) client_data_hash: &'a [u8],
    pub(super) sabotage: Option<&'a Sabotage>,
}

impl Ceremony<'_> {
    /// The format's identifier and the statement.
    pub(super) fn statement(&self, attestation: &Attestation) -> (&'static str, Vec<u8>) {
        match attestation {
            Attestation::None => ("none", members(0)),
            Attestation::PackedSelf => ("packed", self.packed(self.key, &[])),
            Attestation::Packed(key) => ("packed", self.packed(&key.key, &key.chain)),
            Attestation::Tpm(aik, hash) => ("tpm", tpm::certify(aik, *hash, self).encode()),
            Attestation::FidoU2f(key) => ("fido-u2f", self.fido_u2f(key)),
            Attestation::AndroidKey(store, description) => {
                ("android-key", self.android_key(store, description))
            }
            Attestation::Apple(store) => ("apple", self.apple(store)),
            Attestation::Enterprise { usual, .. } => self.statement(usual),
            Attestation::SafetyNet => ("android-safetynet", safety_net()),
            Attestation::Compound(several) => ("compound", self.compound(several)),
        }
    }

    /// <https://www.w3.org/TR/webauthn-3/#sctn-packed-attestation>
    fn packed(&self, signer: &Key, chain: &[Vec<u8>]) -> Vec<u8> {
        let mut signature = signer.sign(self.auth_data, self.client_data_hash);
        self.spoil(&mut signature);
        let mut out = members(if chain.is_empty() { 2 } else { 3 });
        algorithm(&mut out, signer.algorithm());
        sig(&mut out, &signature);
        if !chain.is_empty() {
            x5c(&mut out, chain);
        }
        out
    }

    /// <https://www.w3.org/TR/webauthn-3/#sctn-fido-u2f-attestation>
    fn fido_u2f(&self, key: &AttestationKey) -> Vec<u8> {
        let rp_id_hash = &self.auth_data[..32];
        let public = self.key.public();
        let signed = [&[0], rp_id_hash, self.client_data_hash, self.credential_id, public].concat();
        let mut signature = key.key.sign(&signed, &[]);
        self.spoil(&mut signature);
        let mut out = members(2);
        sig(&mut out, &signature);
        x5c(&mut out, &key.chain);
        out
    }

    /// <https://www.w3.org/TR/webauthn-3/#sctn-android-key-attestation>
    fn android_key(&self, store: &KeyStore, description: &KeyDescription) -> Vec<u8> {
        let other = store.other_key();
        let signer = other.as_ref().unwrap_or(self.key);
        let extension = description.encode(self.client_data_hash);
        let chain = store.certify(signer, "Android Keystore Key", &KEY_DESCRIPTION, extension);
        self.packed(signer, &chain)
    }

    /// <https://www.w3.org/TR/webauthn-3/#sctn-apple-anonymous-attestation>
    fn apple(&self, store: &KeyStore) -> Vec<u8> {
        let other = store.other_key();
        let certified = other.as_ref().unwrap_or(self.key);
        let nonce = digest(&SHA256, &[self.auth_data, self.client_data_hash].concat());
        let mut nonce = nonce.as_ref().to_vec();
        self.spoil(&mut nonce);
        let extension = der::tlv(0x30, &der::explicit(1, &der::tlv(0x04, &nonce)));
        let mut out = members(1);
        x5c(&mut out, &store.certify(certified, "Soft Apple device", &NONCE, extension));
        out
    }

    /// <https://www.w3.org/TR/webauthn-3/#sctn-compound-attestation>
    fn compound(&self, several: &[Attestation]) -> Vec<u8> {
        let mut out = Vec::new();
        encode::head(&mut out, encode::ARRAY, several.len());
        for attestation in several {
            let (format, statement) = self.statement(attestation);
            encode::head(&mut out, encode::MAP, 2);
            encode::text(&mut out, "fmt");
            encode::text(&mut out, format);
            encode::text(&mut out, "attStmt");
            out.extend(statement);
        }
        out
    }

    fn spoil(&self, signature: &mut [u8]) {
        if let Some(Sabotage::Signature) = self.sabotage {
            flip(signature);
        }
    }
}

/// <https://www.w3.org/TR/webauthn-3/#sctn-android-safetynet-attestation>
fn safety_net() -> Vec<u8> {
    let mut out = members(2);
    encode::text(&mut out, "ver");
    encode::text(&mut out, "214815022");
    encode::text(&mut out, "response");
    encode::bytes(&mut out, b"e30.e30.");
    out
}

fn members(count: usize) -> Vec<u8> {
    let mut out = Vec::new();
    encode::head(&mut out, encode::MAP, count);
    out
}

fn algorithm(out: &mut Vec<u8>, algorithm: Algorithm) {
    encode::text(out, "alg");
    encode::algorithm(out, algorithm.cose_id());
}

fn sig(out: &mut Vec<u8>, signature: &[u8]) {
    encode::text(out, "sig");
    encode::bytes(out, signature);
}

fn x5c(out: &mut Vec<u8>, chain: &[Vec<u8>]) {
    encode::text(out, "x5c");
    encode::head(out, encode::ARRAY, chain.len());
    for certificate in chain {
        encode::bytes(out, certificate);
    }
}
