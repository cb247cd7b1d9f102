//! The BLOB's envelope: a JWS in compact form (`RFC 7515 §7.1`).

use ::base64::Engine as _;
use ::base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use serde::Deserialize;
use serde_json::value::RawValue;

use super::MetadataError;
use crate::ensure;
use crate::x509::{Certificate, Hash, Scheme};

/// More certificates than anybody sends.
const MAX_CERTIFICATES: usize = 8;

/// The three parts, decoded, and what was signed.
pub(super) struct Jws<'a> {
    pub(super) header: Header,
    pub(super) payload: Vec<u8>,
    pub(super) signature: Vec<u8>,
    pub(super) signed: &'a [u8],
}

/// `RFC 7515 §4.1`, as far as it matters here.
#[derive(Deserialize)]
pub(super) struct Header {
    alg: String,
    x5c: Option<Vec<String>>,
    x5u: Option<Box<RawValue>>,
    crit: Option<Box<RawValue>>,
}

impl<'a> Jws<'a> {
    pub(super) fn parse(token: &'a [u8]) -> Result<Self, MetadataError> {
        Self::split(token).ok_or(MetadataError::Token)
    }

    fn split(token: &'a [u8]) -> Option<Self> {
        let mut parts = token.split(|byte| *byte == b'.');
        let (header, payload, signature) = (parts.next()?, parts.next()?, parts.next()?);
        if parts.next().is_some() {
            return None;
        }
        let signed = token.get(..header.len() + 1 + payload.len())?;
        let decode = |part| URL_SAFE_NO_PAD.decode(part).ok();
        let header = serde_json::from_slice(&decode(header)?).ok()?;
        Some(Self { header, payload: decode(payload)?, signature: decode(signature)?, signed })
    }
}

impl Header {
    /// How the token says that it was signed.
    pub(super) fn scheme(&self) -> Result<Scheme, MetadataError> {
        // Extensions that must be understood are not.
        ensure(self.crit.is_none(), MetadataError::Token)?;
        match self.alg.as_str() {
            "RS256" => Ok(Scheme::RsaPkcs1(Hash::Sha256)),
            "ES256" => Ok(Scheme::Es256Jose),
            _ => Err(MetadataError::Algorithm(self.alg.chars().take(16).collect())),
        }
    }

    /// The signer's certificate and those above it.
    pub(super) fn chain(&self) -> Result<Vec<Certificate>, MetadataError> {
        ensure(self.x5u.is_none(), MetadataError::Remote)?;
        // Without x5c the root itself would have signed. It never has, and a root that can
        // sign anything is no proof that this was meant as metadata.
        let x5c = self.x5c.as_deref().unwrap_or_default();
        ensure((1..=MAX_CERTIFICATES).contains(&x5c.len()), MetadataError::NoChain)?;
        x5c.iter()
            .map(|text| {
                let der = STANDARD.decode(text).map_err(|_| crate::CertificateError)?;
                Ok(Certificate::from_der(&der)?)
            })
            .collect()
    }
}
