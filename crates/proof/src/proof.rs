//! Proofs as a server reads them.

use crate::claims::{Claims, UncheckedHeader, body_digest};
use crate::encoding::object_from_json;
use crate::jws::{CompactJws, PayloadError};
use crate::{JwkError, NonceError, NonceKey, ProofId, ProofIdError, PublicJwk, Thumbprint};

/// The `typ` of a proof. Nothing else that an ES256 key signs carries it (RFC 8725 §3.11).
pub const PROOF_TYPE: &str = "firstkey-proof+jwt";

/// The longest text that is read as a proof.
pub const MAX_PROOF_BYTES: usize = 4096;

/// A proof that is well formed: it names a key, and whether that key signed it is not known yet.
#[derive(Debug)]
pub struct UnverifiedProof<'a> {
    jws: CompactJws<'a>,
    key: PublicJwk,
}

/// The request that a proof must be for.
#[derive(Debug)]
pub struct Expected<'a> {
    /// The HTTP method, in capitals.
    pub method: &'a str,
    /// The whole URL, query included, built from the configured public origin and never from the
    /// `Host` header. It is compared as text.
    pub url: &'a str,
    /// The bytes of the body; empty when there is none.
    pub body: &'a [u8],
    /// The key under which this server issues nonces.
    pub nonces: &'a NonceKey,
    /// The time, in Unix seconds.
    pub now: i64,
}

impl<'a> UnverifiedProof<'a> {
    /// Reads the header. Whatever it says is the sender's word only.
    pub fn parse(text: &'a str) -> Result<Self, ProofError> {
        if text.len() > MAX_PROOF_BYTES {
            return Err(ProofError::TooLong);
        }
        let jws = CompactJws::parse(text).ok_or(ProofError::NotCompact)?;
        let header: UncheckedHeader =
            jws.header().and_then(|json| object_from_json(&json)).ok_or(ProofError::Header)?;
        if header.typ.as_deref() != Some(PROOF_TYPE) {
            return Err(ProofError::WrongType);
        }
        if header.alg.as_deref() != Some("ES256") {
            return Err(ProofError::WrongAlgorithm);
        }
        if header.has_critical_extension {
            return Err(ProofError::CriticalExtension);
        }
        let key = header.jwk.ok_or(ProofError::KeyMissing)?.into_key()?;
        Ok(Self { jws, key })
    }

    /// Checks that the key signed exactly this request, and lately.
    ///
    /// The nonce comes last, so that *try again with this one* is the answer only to a proof with
    /// nothing else wrong.
    pub fn verify(self, expected: &Expected<'_>) -> Result<VerifiedProof, ProofError> {
        let payload = self.jws.verified_payload(&self.key)?;
        let claims: Claims = object_from_json(&payload).ok_or(ProofError::Claims)?;
        let id = ProofId::try_from(claims.jti)?;
        if claims.htm != expected.method {
            return Err(ProofError::WrongMethod);
        }
        if claims.htu != expected.url {
            return Err(ProofError::WrongUrl);
        }
        if claims.bsh != body_digest(expected.body) {
            return Err(ProofError::WrongBody);
        }
        let nonce = claims.nonce.ok_or(ProofError::NonceMissing)?;
        let nonce_expires = expected.nonces.check(&nonce, expected.now)?;
        Ok(VerifiedProof { key: self.key, thumbprint: self.key.thumbprint(), id, nonce_expires })
    }
}

/// The holder of this key made the expected request. Made by [`UnverifiedProof::verify`] only.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct VerifiedProof {
    key: PublicJwk,
    thumbprint: Thumbprint,
    id: ProofId,
    nonce_expires: i64,
}

impl VerifiedProof {
    /// The key that signed.
    pub fn key(&self) -> &PublicJwk {
        &self.key
    }

    /// The name of the key that signed.
    pub fn thumbprint(&self) -> Thumbprint {
        self.thumbprint
    }

    /// What the caller must see to it is used once.
    pub fn id(&self) -> &ProofId {
        &self.id
    }

    /// When the nonce expires (Unix seconds). From then on the proof is refused for its nonce, so
    /// [`Self::id`] need not be remembered longer.
    pub fn nonce_expires(&self) -> i64 {
        self.nonce_expires
    }
}

/// Why a proof is refused. The first reason found is the one given.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum ProofError {
    /// It is longer than [`MAX_PROOF_BYTES`].
    #[error("the proof is too long")]
    TooLong,
    /// It is not three parts, the last a 64-byte signature.
    #[error("the proof is not a compact JWS signed with ES256")]
    NotCompact,
    /// Its header is not a JSON object with members of the right types.
    #[error("the header of the proof cannot be read")]
    Header,
    /// Its `typ` is not [`PROOF_TYPE`].
    #[error("the proof is of another type")]
    WrongType,
    /// Its `alg` is not ES256.
    #[error("the proof is made with another algorithm")]
    WrongAlgorithm,
    /// It has `crit`: an extension that must be understood, and none is (RFC 7515 §4.1.11).
    #[error("the proof demands an extension")]
    CriticalExtension,
    /// It names no key.
    #[error("the proof names no key")]
    KeyMissing,
    /// The key it names is not acceptable.
    #[error(transparent)]
    Key(#[from] JwkError),
    /// The key it names did not sign it.
    #[error("the signature of the proof is wrong")]
    Signature,
    /// Its payload is not a JSON object with all claims.
    #[error("the claims of the proof cannot be read")]
    Claims,
    /// Its `jti` is not one.
    #[error(transparent)]
    Id(#[from] ProofIdError),
    /// Its `htm` is another method.
    #[error("the proof is for another method")]
    WrongMethod,
    /// Its `htu` is another URL, or the same one spelt differently.
    #[error("the proof is for another URL")]
    WrongUrl,
    /// Its `bsh` is the digest of another body.
    #[error("the proof is for another body")]
    WrongBody,
    /// It carries no nonce.
    #[error("the proof carries no nonce")]
    NonceMissing,
    /// Its nonce does not count.
    #[error(transparent)]
    Nonce(#[from] NonceError),
}

impl ProofError {
    /// Whether the client should be given a nonce and asked to try again (RFC 9449 §8). A nonce of
    /// somebody else's counts: it may be ours, from before the key changed.
    pub fn asks_for_nonce(&self) -> bool {
        matches!(self, Self::NonceMissing | Self::Nonce(_))
    }
}

impl From<PayloadError> for ProofError {
    fn from(error: PayloadError) -> Self {
        match error {
            PayloadError::Signature => Self::Signature,
            PayloadError::Encoding => Self::Claims,
        }
    }
}
