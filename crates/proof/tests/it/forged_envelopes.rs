//! Envelopes that the library would not make, signed by a key that the attacker really holds.

use aws_lc_rs::rand::SystemRandom;
use aws_lc_rs::signature::{ECDSA_P256_SHA256_FIXED_SIGNING, EcdsaKeyPair, KeyPair as _};
use aws_lc_rs::{digest, hmac};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD as BASE64URL;
use firstkey_proof::{
    Expected, JwkError, MAX_PROOF_BYTES, NonceKey, ProofError, PublicJwk, UnverifiedProof,
};
use serde_json::{Value, json};

const NOW: i64 = 1_800_000_000;
const URL: &str = "https://join.example.com/attempts";

/// Somebody who signs whatever header and claims they like.
struct Attacker {
    key: EcdsaKeyPair,
}

impl Attacker {
    fn new() -> Self {
        Self { key: EcdsaKeyPair::generate(&ECDSA_P256_SHA256_FIXED_SIGNING).unwrap() }
    }

    fn public(&self) -> PublicJwk {
        PublicJwk::from_uncompressed_point(self.key.public_key().as_ref()).unwrap()
    }

    fn header(&self) -> Value {
        json!({"typ": "firstkey-proof+jwt", "alg": "ES256", "jwk": self.public()})
    }

    fn sign(&self, header: &Value, claims: &Value) -> String {
        self.sign_text(&header.to_string(), &claims.to_string())
    }

    fn sign_text(&self, header: &str, claims: &str) -> String {
        let input = format!("{}.{}", BASE64URL.encode(header), BASE64URL.encode(claims));
        #[expect(clippy::disallowed_methods, reason = "ECDSA asks for it")]
        let signature = self.key.sign(&SystemRandom::new(), input.as_bytes()).unwrap();
        format!("{input}.{}", BASE64URL.encode(signature.as_ref()))
    }
}

fn nonces() -> NonceKey {
    NonceKey::new([7; 32])
}

fn claims() -> Value {
    json!({
        "jti": "0123456789abcdef",
        "htm": "POST",
        "htu": URL,
        "bsh": BASE64URL.encode(digest::digest(&digest::SHA256, b"{}")),
        "nonce": nonces().issue(NOW, [1; 8]),
    })
}

fn with(mut object: Value, member: &str, value: Value) -> Value {
    object[member] = value;
    object
}

fn without(mut object: Value, member: &str) -> Value {
    object.as_object_mut().unwrap().remove(member).unwrap();
    object
}

fn verify(proof: &str) -> Result<(), ProofError> {
    let nonces = nonces();
    let expected = Expected { method: "POST", url: URL, body: b"{}", nonces: &nonces, now: NOW };
    UnverifiedProof::parse(proof)?.verify(&expected).map(drop)
}

#[test]
fn what_the_attacker_signs_is_good_when_nothing_is_forged() {
    let attacker = Attacker::new();
    assert_eq!(verify(&attacker.sign(&attacker.header(), &claims())), Ok(()));
    let iat = with(claims(), "iat", json!(1));
    assert_eq!(verify(&attacker.sign(&attacker.header(), &iat)), Ok(()), "clocks are ignored");
}

#[test]
fn a_header_that_says_anything_else_is_refused() {
    let attacker = Attacker::new();
    let header = || attacker.header();
    let jwk = || header()["jwk"].clone();
    let cases = [
        (with(header(), "typ", json!("dpop+jwt")), ProofError::WrongType),
        (with(header(), "typ", json!("Firstkey-Proof+jwt")), ProofError::WrongType),
        (with(header(), "typ", json!(["firstkey-proof+jwt"])), ProofError::Header),
        (without(header(), "typ"), ProofError::WrongType),
        (with(header(), "alg", json!("none")), ProofError::WrongAlgorithm),
        (with(header(), "alg", json!("HS256")), ProofError::WrongAlgorithm),
        (with(header(), "alg", json!("ES384")), ProofError::WrongAlgorithm),
        (without(header(), "alg"), ProofError::WrongAlgorithm),
        (with(header(), "crit", json!(["exp"])), ProofError::CriticalExtension),
        (with(header(), "crit", json!(null)), ProofError::CriticalExtension),
        (without(header(), "jwk"), ProofError::KeyMissing),
        (with(header(), "jwk", json!(null)), ProofError::Header),
        (with(header(), "jwk", json!(["EC", "P-256"])), ProofError::Header),
        (with(header(), "jwk", with(jwk(), "d", json!("AA"))), JwkError::Private.into()),
        (with(header(), "jwk", with(jwk(), "crv", json!("P-384"))), JwkError::WrongKind.into()),
        (with(header(), "jwk", with(jwk(), "kty", json!("RSA"))), JwkError::WrongKind.into()),
        (with(header(), "jwk", with(jwk(), "x", jwk()["y"].clone())), JwkError::NotOnCurve.into()),
        (json!(["firstkey-proof+jwt", "ES256"]), ProofError::Header),
    ];
    for (header, reason) in cases {
        assert_eq!(verify(&attacker.sign(&header, &claims())), Err(reason), "{header}");
    }
}

#[test]
fn a_header_that_says_something_twice_is_refused() {
    let attacker = Attacker::new();
    let twice = attacker.header().to_string().replacen('{', r#"{"alg":"none","#, 1);
    assert_eq!(verify(&attacker.sign_text(&twice, &claims().to_string())), Err(ProofError::Header));
}

#[test]
fn claims_that_say_anything_else_are_refused() {
    let attacker = Attacker::new();
    let cases = [
        (with(claims(), "htm", json!("GET")), ProofError::WrongMethod),
        (with(claims(), "htu", json!("https://join.example.com/")), ProofError::WrongUrl),
        (with(claims(), "bsh", json!(BASE64URL.encode([0; 32]))), ProofError::WrongBody),
        (with(claims(), "bsh", json!("")), ProofError::WrongBody),
        (with(claims(), "jti", json!("short")), ProofError::Id(firstkey_proof::ProofIdError)),
        (with(claims(), "jti", json!("0123456789abcd e")), firstkey_proof::ProofIdError.into()),
        (with(claims(), "jti", json!(7)), ProofError::Claims),
        (without(claims(), "htm"), ProofError::Claims),
        (without(claims(), "htu"), ProofError::Claims),
        (without(claims(), "bsh"), ProofError::Claims),
        (without(claims(), "jti"), ProofError::Claims),
        (without(claims(), "nonce"), ProofError::NonceMissing),
        (json!(["0123456789abcdef", "POST", URL, "", ""]), ProofError::Claims),
    ];
    for (claims, reason) in cases {
        assert_eq!(verify(&attacker.sign(&attacker.header(), &claims)), Err(reason), "{claims}");
    }
}

#[test]
fn claims_exchanged_after_signing_are_refused() {
    let attacker = Attacker::new();
    let proof = attacker.sign(&attacker.header(), &claims());
    let [header, _, signature] = proof.split('.').collect::<Vec<_>>().try_into().unwrap();
    for member in ["jti", "htm", "htu", "bsh", "nonce"] {
        let altered = with(claims(), member, json!("0123456789abcdeg")).to_string();
        let altered = format!("{header}.{}.{signature}", BASE64URL.encode(altered));
        assert_eq!(verify(&altered), Err(ProofError::Signature), "{member}");
    }
}

#[test]
fn a_proof_of_one_key_does_not_become_a_proof_of_another() {
    let (victim, attacker) = (Attacker::new(), Attacker::new());
    // The attacker signs, naming the victim's key.
    let named = attacker.sign(&victim.header(), &claims());
    assert_eq!(verify(&named), Err(ProofError::Signature));
    // The victim signed, and the attacker puts their own key in.
    let proof = victim.sign(&victim.header(), &claims());
    let (_, rest) = proof.split_once('.').unwrap();
    let swapped = format!("{}.{rest}", BASE64URL.encode(attacker.header().to_string()));
    assert_eq!(verify(&swapped), Err(ProofError::Signature));
}

#[test]
fn the_public_key_is_no_hmac_secret() {
    let attacker = Attacker::new();
    for alg in ["HS256", "ES256"] {
        let header = with(attacker.header(), "alg", json!(alg)).to_string();
        let input =
            format!("{}.{}", BASE64URL.encode(header), BASE64URL.encode(claims().to_string()));
        let key = hmac::Key::new(hmac::HMAC_SHA512, &attacker.public().uncompressed_point());
        // HMAC-SHA512, because a 32-byte tag would already fail as a signature's length.
        let tag = hmac::sign(&key, input.as_bytes());
        assert!(verify(&format!("{input}.{}", BASE64URL.encode(tag))).is_err(), "{alg}");
    }
}

#[test]
fn a_signature_that_is_absent_zero_or_in_der_is_refused() {
    let attacker = Attacker::new();
    let proof = attacker.sign(&attacker.header(), &claims());
    let (input, _) = proof.rsplit_once('.').unwrap();
    assert_eq!(verify(&format!("{input}.")), Err(ProofError::NotCompact));
    let zero = format!("{input}.{}", BASE64URL.encode([0; 64]));
    assert_eq!(verify(&zero), Err(ProofError::Signature));
    let der = format!("{input}.{}", BASE64URL.encode([0x30; 70]));
    assert_eq!(verify(&der), Err(ProofError::NotCompact));
}

#[test]
fn a_proof_of_more_than_4_kib_is_not_even_read() {
    let attacker = Attacker::new();
    let header = with(attacker.header(), "kid", json!("k".repeat(2000)));
    assert_eq!(verify(&attacker.sign(&header, &claims())), Ok(()));
    let header = with(attacker.header(), "kid", json!("k".repeat(3000)));
    assert_eq!(verify(&attacker.sign(&header, &claims())), Err(ProofError::TooLong));

    assert_eq!(verify(&"A".repeat(MAX_PROOF_BYTES)), Err(ProofError::NotCompact));
    assert_eq!(verify(&"A".repeat(MAX_PROOF_BYTES + 1)), Err(ProofError::TooLong));
}
