//! Credential public keys in COSE form (`RFC 9052 §7`, `RFC 9053`), with the shape that
//! [WebAuthn §5.8.5](https://www.w3.org/TR/webauthn-3/#sctn-alg-identifier) demands of each.
//!
//! One file per algorithm, over what its family shares (`ec2`, `rsa`). To add one: its file, a
//! variant of [`Algorithm`], a variant of [`CosePublicKey`], and an arm in each `match` that the
//! compiler then asks for.

mod algorithm;
mod ec2;
mod ed25519;
mod error;
mod es256;
mod es384;
mod es512;
mod material;
mod ps256;
mod rs256;
mod rsa;

use core::fmt;

use crate::cbor::{Entries, Key, Reader};

pub use algorithm::Algorithm;
pub use error::CoseError;
pub(crate) use material::KeyMaterial;

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
    Es384(es384::PublicKey),
    Es512(es512::PublicKey),
    Ps256(ps256::PublicKey),
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
            Some(Algorithm::Es384) => Kind::Es384(es384::PublicKey::read(key_type, parameters)?),
            Some(Algorithm::Es512) => Kind::Es512(es512::PublicKey::read(key_type, parameters)?),
            Some(Algorithm::Ps256) => Kind::Ps256(ps256::PublicKey::read(key_type, parameters)?),
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
            Kind::Es384(key) => key.encode(),
            Kind::Es512(key) => key.encode(),
            Kind::Ps256(key) => key.encode(),
            Kind::Rs256(key) => key.encode(),
        }
    }

    /// The algorithm its signatures use.
    pub fn algorithm(&self) -> Algorithm {
        match &self.0 {
            Kind::Es256(_) => Algorithm::Es256,
            Kind::EdDsa(_) => Algorithm::EdDsa,
            Kind::Es384(_) => Algorithm::Es384,
            Kind::Es512(_) => Algorithm::Es512,
            Kind::Ps256(_) => Algorithm::Ps256,
            Kind::Rs256(_) => Algorithm::Rs256,
        }
    }

    /// Whether `signature` is this key's over `message`.
    #[must_use]
    pub fn verifies(&self, message: &[u8], signature: &[u8]) -> bool {
        match &self.0 {
            Kind::Es256(key) => key.verifies(message, signature),
            Kind::EdDsa(key) => key.verifies(message, signature),
            Kind::Es384(key) => key.verifies(message, signature),
            Kind::Es512(key) => key.verifies(message, signature),
            Kind::Ps256(key) => key.verifies(message, signature),
            Kind::Rs256(key) => key.verifies(message, signature),
        }
    }

    /// Its numbers.
    pub(crate) fn material(&self) -> KeyMaterial<'_> {
        match &self.0 {
            Kind::Es256(key) => KeyMaterial::P256(key.uncompressed()),
            Kind::Es384(key) => KeyMaterial::P384(key.uncompressed()),
            Kind::Es512(key) => KeyMaterial::P521(key.uncompressed()),
            Kind::EdDsa(key) => KeyMaterial::Ed25519(key.encoded()),
            Kind::Ps256(key) => key.material(),
            Kind::Rs256(key) => key.material(),
        }
    }

    /// What only needs checking once, when the key is new: that it is a usable point.
    pub(crate) fn check_group(&self) -> Result<(), CoseError> {
        match &self.0 {
            Kind::Es256(key) => key.check_group(),
            Kind::EdDsa(key) => key.check_group(),
            Kind::Es384(key) => key.check_group(),
            Kind::Es512(key) => key.check_group(),
            // A modulus cannot be checked beyond its size and its last bit.
            Kind::Ps256(_) | Kind::Rs256(_) => Ok(()),
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
