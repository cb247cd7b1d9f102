//! A proof is good for the one request it was made for.

use firstkey_proof::signing::{ProofSigner, Request};
use firstkey_proof::{Expected, NonceError, NonceKey, ProofError, UnverifiedProof, VerifiedProof};
use proptest::prelude::*;

const NOW: i64 = 1_800_000_000;
const URL: &str = "https://join.example.com/attempts?kind=first";
const BODY: &[u8] = br#"{"device":"laptop"}"#;

fn nonces() -> NonceKey {
    NonceKey::new([7; 32])
}

fn request(nonce: &str) -> Request<'_> {
    Request { method: "POST", url: URL, body: BODY, nonce: Some(nonce) }
}

fn expected(nonces: &NonceKey) -> Expected<'_> {
    Expected { method: "POST", url: URL, body: BODY, nonces, now: NOW }
}

fn verify(proof: &str, expected: &Expected<'_>) -> Result<VerifiedProof, ProofError> {
    UnverifiedProof::parse(proof)?.verify(expected)
}

#[test]
fn the_request_it_was_made_for_is_accepted() {
    let (nonces, signer) = (nonces(), ProofSigner::generate().unwrap());
    let proof = signer.prove(&request(&nonces.issue(NOW, [1; 8])), [2; 16]).unwrap();
    let verified = verify(&proof, &expected(&nonces)).unwrap();
    assert_eq!(verified.key(), signer.public_key());
    assert_eq!(verified.thumbprint(), signer.public_key().thumbprint());
    assert_eq!(verified.id().as_str(), "AgICAgICAgICAgICAgICAg");
    assert_eq!(verified.nonce_expires(), NOW + 300);
}

#[test]
fn a_request_without_a_body_proves_the_empty_one() {
    let (nonces, signer) = (nonces(), ProofSigner::generate().unwrap());
    let nonce = nonces.issue(NOW, [1; 8]);
    let get = Request { method: "GET", body: b"", ..request(&nonce) };
    let proof = signer.prove(&get, [2; 16]).unwrap();
    verify(&proof, &Expected { method: "GET", body: b"", ..expected(&nonces) }).unwrap();
}

#[test]
fn another_method_url_or_body_is_refused() {
    let (nonces, signer) = (nonces(), ProofSigner::generate().unwrap());
    let proof = signer.prove(&request(&nonces.issue(NOW, [1; 8])), [2; 16]).unwrap();
    let refused = |expected: Expected<'_>| verify(&proof, &expected).unwrap_err();

    for method in ["PUT", "post", ""] {
        let expected = Expected { method, ..expected(&nonces) };
        assert_eq!(refused(expected), ProofError::WrongMethod, "{method}");
    }
    for url in [
        "https://join.example.com/attempts",
        "https://join.example.com/attempts?kind=recovery",
        "https://join.example.com/attempts?kind=first&",
        "https://join.example.com:443/attempts?kind=first",
        "http://join.example.com/attempts?kind=first",
        "https://console.example.com/attempts?kind=first",
    ] {
        let expected = Expected { url, ..expected(&nonces) };
        assert_eq!(refused(expected), ProofError::WrongUrl, "{url}");
    }
    for body in [&b""[..], br#"{"device":"phone"}"#] {
        let expected = Expected { body, ..expected(&nonces) };
        assert_eq!(refused(expected), ProofError::WrongBody, "{body:?}");
    }
}

#[test]
fn without_a_fresh_nonce_of_ours_the_client_is_asked_to_try_again() {
    let (ours, signer) = (nonces(), ProofSigner::generate().unwrap());
    let theirs = NonceKey::new([8; 32]).issue(NOW, [1; 8]);
    let stale = ours.issue(NOW - 300, [1; 8]);
    for (nonce, reason) in [
        (None, ProofError::NonceMissing),
        (Some(stale.as_str()), ProofError::Nonce(NonceError::Expired)),
        (Some(theirs.as_str()), ProofError::Nonce(NonceError::NotOurs)),
        (Some(""), ProofError::Nonce(NonceError::NotOurs)),
    ] {
        let proof = signer.prove(&Request { nonce, ..request("") }, [2; 16]).unwrap();
        let refused = verify(&proof, &expected(&ours)).unwrap_err();
        assert_eq!(refused, reason);
        assert!(refused.asks_for_nonce());
    }
}

#[test]
fn no_nonce_is_offered_to_a_proof_with_something_else_wrong() {
    let (nonces, signer) = (nonces(), ProofSigner::generate().unwrap());
    let proof = signer.prove(&Request { nonce: None, ..request("") }, [2; 16]).unwrap();
    let refused = verify(&proof, &Expected { method: "PUT", ..expected(&nonces) }).unwrap_err();
    assert!(!refused.asks_for_nonce(), "{refused}");
}

proptest! {
    #[test]
    fn a_proof_fits_another_request_only_if_it_is_the_same_request(
        (method, other_method) in ("GET|POST|PUT", "GET|POST|PUT"),
        (path, other_path) in ("[a-c]{0,2}(\\?[a-c=&]{0,3})?", "[a-c]{0,2}(\\?[a-c=&]{0,3})?"),
        (body, other_body) in (proptest::collection::vec(any::<u8>(), 0..3), proptest::collection::vec(any::<u8>(), 0..3)),
    ) {
        let (nonces, signer) = (nonces(), ProofSigner::generate().unwrap());
        let (url, other_url) = (format!("https://a.example/{path}"), format!("https://a.example/{other_path}"));
        let nonce = nonces.issue(NOW, [1; 8]);
        let proof = signer
            .prove(&Request { method: &method, url: &url, body: &body, nonce: Some(&nonce) }, [2; 16])
            .unwrap();
        let other = Expected { method: &other_method, url: &other_url, body: &other_body, nonces: &nonces, now: NOW };
        let same = (method == other_method) && (url == other_url) && (body == other_body);
        prop_assert_eq!(verify(&proof, &other).is_ok(), same);
    }
}
