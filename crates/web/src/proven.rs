//! Requests that a key signed (rule 7): a browser's at the door, a program's at the API.

use axum::{body::Bytes, extract::Request};
use firstkey_app::{Backend, ProvenRequest};
use firstkey_domain::{Digest, KeyThumbprint};
use firstkey_proof::{Expected, ProofError, UnverifiedProof, VerifiedProof};
use jiff::Timestamp;

use crate::{
    Web,
    edge::{Origin, Recent, bytes, is_json},
    problem::{Kind, Problem},
};

/// The header that carries the proof.
const PROOF: &str = "firstkey-proof";

/// A request whose proof fits its method, address and body, and was not seen before.
pub(crate) struct Signed {
    pub(crate) request: ProvenRequest,
    pub(crate) body: Bytes,
}

impl Signed {
    /// Reads and verifies a request to this origin, whose proof is not among those seen.
    pub(crate) async fn read<S: Backend>(
        web: &Web<S>,
        (origin, seen): (&Origin, &Recent<Digest>),
        request: Request,
    ) -> Result<Self, Problem> {
        let proof = proof(&request)?;
        let method = request.method().clone();
        let url = origin.address(request.uri());
        let is_json = is_json(&request);
        let body = bytes(request, web).await?;
        if !body.is_empty() && !is_json {
            return Err(Problem::new(Kind::MediaType));
        }
        let now = web.app.now();
        let verified = UnverifiedProof::parse(&proof)
            .and_then(|unverified| {
                unverified.verify(&Expected {
                    method: method.as_str(),
                    url: &url,
                    body: &body,
                    nonces: web.app.keys().nonces(),
                    now: now.as_second(),
                })
            })
            .map_err(refused)?;
        let request = proven(&verified)?;
        if !seen.is_new(request.proof, web.since_epoch()) {
            return Err(Problem::new(Kind::Spent));
        }
        Ok(Self { request, body })
    }
}

/// The proof's text. Two are none.
fn proof(request: &Request) -> Result<String, Problem> {
    let mut proofs = request.headers().get_all(PROOF).iter();
    match (proofs.next().map(|proof| proof.to_str()), proofs.next()) {
        (Some(Ok(proof)), None) => Ok(proof.to_owned()),
        _ => Err(Problem::new(Kind::Proof)),
    }
}

fn refused(error: ProofError) -> Problem {
    // The reason names no value, and helps whoever writes a client.
    let kind = if error.asks_for_nonce() { Kind::UseNonce } else { Kind::Proof };
    Problem::new(kind).with("reason", error.to_string())
}

fn proven(proof: &VerifiedProof) -> Result<ProvenRequest, Problem> {
    let key = *proof.thumbprint().as_bytes();
    Ok(ProvenRequest {
        key: KeyThumbprint::from_bytes(key),
        // A `jti` is unique for its key only.
        proof: Digest::of_parts("firstkey proof id", &[&key, proof.id().as_str().as_bytes()]),
        ends: Timestamp::from_second(proof.nonce_expires())
            .map_err(|_| Problem::new(Kind::Proof))?,
    })
}
