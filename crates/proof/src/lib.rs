//! Signed proofs that a request comes from the holder of one particular key.
//!
//! A client makes a P-256 key that it cannot export, and signs every request with it: method, whole
//! URL, digest of the body, a nonce from the server and an identifier of its own. The shape is that of
//! DPoP (RFC 9449) with the body added; the envelope is a compact JWS (RFC 7515) whose header carries
//! the public key; the key is named by its thumbprint (RFC 7638).
//!
//! There is one algorithm, ES256, and one media type, so nothing is negotiated. The crate reads no
//! clock, keeps no state and knows nothing about what the requests mean: remembering which
//! [`ProofId`] was seen before is the caller's duty.
//!
//! ```
//! use firstkey_proof::signing::{ProofSigner, Request};
//! use firstkey_proof::{Expected, NonceKey, UnverifiedProof};
//!
//! let nonces = NonceKey::new([7; 32]);
//! let signer = ProofSigner::generate()?;
//! let url = "https://join.example.com/attempts?kind=first";
//! let now = 1_800_000_000;
//!
//! let nonce = nonces.issue(now, [1; 8]);
//! let proof = signer.prove(&Request { method: "POST", url, body: b"{}", nonce: Some(&nonce) }, [2; 16])?;
//!
//! let expected = Expected { method: "POST", url, body: b"{}", nonces: &nonces, now };
//! let verified = UnverifiedProof::parse(&proof)?.verify(&expected)?;
//! assert_eq!(verified.thumbprint(), signer.public_key().thumbprint());
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

mod claims;
mod encoding;
#[cfg(any(fuzzing, test))]
pub mod fuzzing;
mod jwk;
mod jws;
mod mac;
mod nonce;
mod proof;
mod proof_id;
pub mod signing;
mod statement;
mod thumbprint;

pub use jwk::{JwkError, PublicJwk};
pub use nonce::{NONCE_LIFETIME_SECONDS, NonceError, NonceKey};
pub use proof::{
    Expected, MAX_PROOF_BYTES, PROOF_TYPE, ProofError, UnverifiedProof, VerifiedProof,
};
pub use proof_id::{ProofId, ProofIdError};
pub use statement::{Statement, StatementError, StatementKey};
pub use thumbprint::{Thumbprint, ThumbprintError};
