//! Making proofs, for machine callers and for tests. Browsers do this with WebCrypto.

use std::fmt;

use aws_lc_rs::rand::SystemRandom;
use aws_lc_rs::signature::{ECDSA_P256_SHA256_FIXED_SIGNING, EcdsaKeyPair, KeyPair as _};

use crate::claims::{Claims, Header, body_digest};
use crate::encoding::to_base64url;
use crate::proof::PROOF_TYPE;
use crate::{JwkError, PublicJwk};

/// A private key that signs requests.
pub struct ProofSigner {
    key: EcdsaKeyPair,
    public: PublicJwk,
    header: String,
    random: SystemRandom,
}

/// The request to sign.
#[derive(Debug, Clone, Copy)]
pub struct Request<'a> {
    /// The HTTP method, in capitals.
    pub method: &'a str,
    /// The whole URL, query included, as the server knows itself.
    pub url: &'a str,
    /// The bytes of the body; empty when there is none.
    pub body: &'a [u8],
    /// The newest nonce that the server gave, if it gave one yet.
    pub nonce: Option<&'a str>,
}

impl ProofSigner {
    /// A signer with a new key. The key comes from the cryptographic library's own generator.
    pub fn generate() -> Result<Self, SigningError> {
        let key = EcdsaKeyPair::generate(&ECDSA_P256_SHA256_FIXED_SIGNING)
            .map_err(|_| SigningError::Generate)?;
        Self::new(key)
    }

    /// A signer with a P-256 key that was stored in PKCS #8 (RFC 5208), in DER.
    pub fn from_pkcs8(der: &[u8]) -> Result<Self, SigningError> {
        let key = EcdsaKeyPair::from_pkcs8(&ECDSA_P256_SHA256_FIXED_SIGNING, der)
            .map_err(|_| SigningError::Pkcs8)?;
        Self::new(key)
    }

    fn new(key: EcdsaKeyPair) -> Result<Self, SigningError> {
        let public = PublicJwk::from_uncompressed_point(key.public_key().as_ref())?;
        let header = Header { typ: PROOF_TYPE, alg: "ES256", jwk: &public };
        let header = to_base64url(&serde_json::to_vec(&header)?);
        #[expect(
            clippy::disallowed_methods,
            reason = "ECDSA's secret per signature is no decision"
        )]
        let random = SystemRandom::new();
        Ok(Self { key, public, header, random })
    }

    /// The key that servers will see.
    pub fn public_key(&self) -> &PublicJwk {
        &self.public
    }

    /// A proof for one request. `random` becomes its identifier, so give it once.
    pub fn prove(&self, request: &Request<'_>, random: [u8; 16]) -> Result<String, SigningError> {
        let claims = Claims {
            jti: to_base64url(&random),
            htm: request.method.to_owned(),
            htu: request.url.to_owned(),
            bsh: body_digest(request.body),
            nonce: request.nonce.map(ToOwned::to_owned),
        };
        let payload = to_base64url(&serde_json::to_vec(&claims)?);
        let mut proof = format!("{}.{payload}", self.header);
        let signature =
            self.key.sign(&self.random, proof.as_bytes()).map_err(|_| SigningError::Sign)?;
        proof.push('.');
        proof.push_str(&to_base64url(signature.as_ref()));
        Ok(proof)
    }
}

impl fmt::Debug for ProofSigner {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("ProofSigner").field("public", &self.public).finish_non_exhaustive()
    }
}

/// Why there is no signer or no proof.
#[derive(Debug, thiserror::Error)]
pub enum SigningError {
    /// The cryptographic library made no key.
    #[error("no key could be generated")]
    Generate,
    /// The bytes are no P-256 private key in PKCS #8.
    #[error("the private key is not a P-256 key in PKCS #8")]
    Pkcs8,
    /// The public half of the key is not acceptable.
    #[error(transparent)]
    Key(#[from] JwkError),
    /// The cryptographic library did not sign.
    #[error("the proof could not be signed")]
    Sign,
    /// The claims could not be written.
    #[error(transparent)]
    Json(#[from] serde_json::Error),
}
