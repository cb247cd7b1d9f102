//! Credential public keys in COSE form (`RFC 9052 §7`, `RFC 9053`), with the shape that
//! [WebAuthn §5.8.5](https://www.w3.org/TR/webauthn-3/#sctn-alg-identifier) demands of each.
//!
//! One file per algorithm. To add one: its file, a variant of [`Algorithm`], a variant of
//! [`CosePublicKey`], and an arm in each `match` that the compiler then asks for.

mod ed25519;
mod es256;
mod rs256;

use core::fmt;

use serde::{Serialize, Serializer};
use thiserror::Error;

use crate::cbor::{CborError, Entries, Key, Reader};

/// A signature algorithm that credentials may use, and its COSE number
/// (<https://www.w3.org/TR/webauthn-3/#typedefdef-cosealgorithmidentifier>).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Algorithm {
    /// ECDSA on P-256 with SHA-256, -7.
    Es256,
    /// `EdDSA` on Ed25519, -8.
    EdDsa,
    /// RSASSA-PKCS1-v1_5 with SHA-256 and 2048 to 4096 bits, -257.
    Rs256,
}

impl Algorithm {
    /// All of them, in the order in which they are offered to authenticators.
    pub const ALL: &'static [Self] = &[Self::Es256, Self::EdDsa, Self::Rs256];

    /// The number in the IANA COSE registry.
    pub const fn cose_id(self) -> i64 {
        match self {
            Self::Es256 => -7,
            Self::EdDsa => -8,
            Self::Rs256 => -257,
        }
    }

    /// The algorithm with this number, when it is one of ours.
    pub fn from_cose_id(id: i64) -> Option<Self> {
        Self::ALL.iter().copied().find(|algorithm| algorithm.cose_id() == id)
    }
}

/// As its COSE number.
impl Serialize for Algorithm {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_i64(self.cose_id())
    }
}

/// Why bytes are not a public key that we accept.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum CoseError {
    /// Not canonical CBOR.
    #[error("public key: {0}")]
    Cbor(#[from] CborError),
    /// Parameters are missing, superfluous or of the wrong kind for the algorithm.
    #[error("the public key does not have the parameters its algorithm needs, and only those")]
    Shape,
    /// An algorithm with this number is not supported.
    #[error("public key algorithm {0} is not supported")]
    UnsupportedAlgorithm(i64),
    /// The curve is not the algorithm's, or the point is not on it.
    #[error("the public key is not a point on its algorithm's curve")]
    NotOnCurve,
    /// An Ed25519 point under which one signature fits any message.
    #[error("the Ed25519 public key has small order")]
    SmallOrder,
    /// The RSA modulus has fewer than 2048 or more than 4096 bits.
    #[error("the RSA modulus must have 2048 to 4096 bits")]
    ModulusSize,
    /// The RSA exponent is even, smaller than 65537 or larger than 32 bits.
    #[error("the RSA exponent must be odd, at least 65537 and at most 32 bits")]
    Exponent,
}

/// A credential's public key.
///
/// Its stored form is the canonical COSE key, 77 bytes for ES256; there is exactly one for a key,
/// so equal keys have equal bytes. In memory it is what verification needs: for ES256 the
/// uncompressed point, which spares a square root, and reading it back allocates nothing.
#[derive(Clone, PartialEq, Eq)]
pub struct CosePublicKey(Kind);

#[derive(Clone, PartialEq, Eq)]
enum Kind {
    Es256(es256::PublicKey),
    EdDsa(ed25519::PublicKey),
    Rs256(rs256::PublicKey),
}

impl CosePublicKey {
    /// Reads a canonical COSE key; nothing may follow it.
    ///
    /// Checks the shape. That a point is on its curve is checked at registration and again by
    /// every verification, which makes reading a stored key cheap.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, CoseError> {
        let mut reader = Reader::new(bytes);
        let mut parameters = Parameters { entries: reader.map()?, reader: &mut reader };
        // Canonical order puts kty (1) and alg (3) first.
        let key_type = parameters.integer(1)?;
        let algorithm = parameters.integer(3)?;
        let key = match Algorithm::from_cose_id(algorithm) {
            Some(Algorithm::Es256) => Kind::Es256(es256::PublicKey::read(key_type, parameters)?),
            Some(Algorithm::EdDsa) => Kind::EdDsa(ed25519::PublicKey::read(key_type, parameters)?),
            Some(Algorithm::Rs256) => Kind::Rs256(rs256::PublicKey::read(key_type, parameters)?),
            None => return Err(CoseError::UnsupportedAlgorithm(algorithm)),
        };
        reader.finish()?;
        Ok(Self(key))
    }

    /// The canonical COSE key.
    pub fn to_bytes(&self) -> Vec<u8> {
        match &self.0 {
            Kind::Es256(key) => key.encode(),
            Kind::EdDsa(key) => key.encode(),
            Kind::Rs256(key) => key.encode(),
        }
    }

    /// The algorithm its signatures use.
    pub fn algorithm(&self) -> Algorithm {
        match &self.0 {
            Kind::Es256(_) => Algorithm::Es256,
            Kind::EdDsa(_) => Algorithm::EdDsa,
            Kind::Rs256(_) => Algorithm::Rs256,
        }
    }

    /// Whether `signature` is this key's over `message`.
    #[must_use]
    pub fn verifies(&self, message: &[u8], signature: &[u8]) -> bool {
        match &self.0 {
            Kind::Es256(key) => key.verifies(message, signature),
            Kind::EdDsa(key) => key.verifies(message, signature),
            Kind::Rs256(key) => key.verifies(message, signature),
        }
    }

    /// What only needs checking once, when the key is new: that it is a usable point.
    pub(crate) fn check_group(&self) -> Result<(), CoseError> {
        match &self.0 {
            Kind::Es256(key) => key.check_group(),
            Kind::EdDsa(key) => key.check_group(),
            // A modulus cannot be checked beyond its size.
            Kind::Rs256(_) => Ok(()),
        }
    }
}

impl fmt::Debug for CosePublicKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("CosePublicKey").field(&self.algorithm()).finish_non_exhaustive()
    }
}

/// The parameters of a key, read in canonical order. WebAuthn allows no optional ones, so each
/// must be the next
/// (<https://www.w3.org/TR/webauthn-3/#authdata-attestedcredentialdata-credentialpublickey>).
struct Parameters<'r, 'a> {
    entries: Entries<'a>,
    reader: &'r mut Reader<'a>,
}

impl<'a> Parameters<'_, 'a> {
    fn integer(&mut self, label: i64) -> Result<i64, CoseError> {
        self.expect(label)?;
        Ok(self.reader.integer()?)
    }

    fn bytes(&mut self, label: i64) -> Result<&'a [u8], CoseError> {
        self.expect(label)?;
        Ok(self.reader.bytes()?)
    }

    fn expect(&mut self, label: i64) -> Result<(), CoseError> {
        match self.entries.next_key(self.reader)? {
            Some(Key::Integer(found)) if found == label => Ok(()),
            _ => Err(CoseError::Shape),
        }
    }

    fn finish(self) -> Result<(), CoseError> {
        if self.entries.left() == 0 { Ok(()) } else { Err(CoseError::Shape) }
    }
}
