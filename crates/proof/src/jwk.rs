//! Public keys as JSON Web Keys.

use std::fmt;

use aws_lc_rs::digest;
use aws_lc_rs::signature::{ECDSA_P256_SHA256_FIXED, ParsedPublicKey};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::Thumbprint;
use crate::encoding::{array_from_base64url, object, object_from_json, present, to_base64url};

/// A P-256 public key in the form of RFC 7518 §6.2.1: always a point on the curve.
///
/// Reading one refuses any other curve or key type, and any text that gives a private member away.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct PublicJwk {
    x: [u8; 32],
    y: [u8; 32],
}

impl PublicJwk {
    /// The key with these affine coordinates, big-endian.
    pub fn from_coordinates(x: [u8; 32], y: [u8; 32]) -> Result<Self, JwkError> {
        let key = Self { x, y };
        ParsedPublicKey::new(&ECDSA_P256_SHA256_FIXED, key.uncompressed_point())
            .map_err(|_| JwkError::NotOnCurve)?;
        Ok(key)
    }

    /// The key in uncompressed form (SEC 1 §2.3.3): `0x04`, then `x`, then `y`.
    pub fn from_uncompressed_point(point: &[u8]) -> Result<Self, JwkError> {
        let (&form, coordinates) = point.split_first().ok_or(JwkError::Coordinate)?;
        let (x, y) = coordinates.split_at_checked(32).ok_or(JwkError::Coordinate)?;
        match (form, x.try_into(), y.try_into()) {
            (4, Ok(x), Ok(y)) => Self::from_coordinates(x, y),
            _ => Err(JwkError::Coordinate),
        }
    }

    /// Reads a key from the text of a JWK.
    pub fn from_json(json: &str) -> Result<Self, JwkError> {
        let members: Members = object_from_json(json.as_bytes()).ok_or(JwkError::Malformed)?;
        members.into_key()
    }

    /// The key in uncompressed form (SEC 1 §2.3.3).
    pub fn uncompressed_point(&self) -> [u8; 65] {
        let mut point = [4; 65];
        point[1..33].copy_from_slice(&self.x);
        point[33..].copy_from_slice(&self.y);
        point
    }

    /// The JWK with its required members only, in the order that RFC 7638 §3 hashes.
    pub fn to_json(&self) -> String {
        let (x, y) = (to_base64url(&self.x), to_base64url(&self.y));
        format!(r#"{{"crv":"P-256","kty":"EC","x":"{x}","y":"{y}"}}"#)
    }

    /// The name of this key (RFC 7638, with SHA-256).
    pub fn thumbprint(&self) -> Thumbprint {
        let digest = digest::digest(&digest::SHA256, self.to_json().as_bytes());
        let mut bytes = [0; 32];
        bytes.copy_from_slice(digest.as_ref());
        Thumbprint::from_bytes(bytes)
    }
}

impl fmt::Debug for PublicJwk {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "PublicJwk({})", self.thumbprint())
    }
}

impl Serialize for PublicJwk {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        #[derive(Serialize)]
        struct Jwk<'a> {
            crv: &'a str,
            kty: &'a str,
            x: String,
            y: String,
        }
        let (x, y) = (to_base64url(&self.x), to_base64url(&self.y));
        Jwk { crv: "P-256", kty: "EC", x, y }.serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for PublicJwk {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let members: Members = object(deserializer)?;
        members.into_key().map_err(serde::de::Error::custom)
    }
}

/// The members of a JWK that matter here; public metadata such as `kid`, `use` or `ext` is ignored.
#[derive(Deserialize)]
pub(crate) struct Members {
    kty: String,
    crv: Option<String>,
    x: Option<String>,
    y: Option<String>,
    #[serde(default, rename = "d", deserialize_with = "present")]
    has_private_key: bool,
    #[serde(default, rename = "k", deserialize_with = "present")]
    has_symmetric_key: bool,
}

impl Members {
    pub(crate) fn into_key(self) -> Result<PublicJwk, JwkError> {
        if self.has_private_key || self.has_symmetric_key {
            return Err(JwkError::Private);
        }
        if self.kty != "EC" || self.crv.as_deref() != Some("P-256") {
            return Err(JwkError::WrongKind);
        }
        let coordinate = |text: Option<String>| {
            text.as_deref().and_then(array_from_base64url).ok_or(JwkError::Coordinate)
        };
        PublicJwk::from_coordinates(coordinate(self.x)?, coordinate(self.y)?)
    }
}

/// Why a text or a point is no acceptable public key.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum JwkError {
    /// It is not a JSON object with the members of a JWK.
    #[error("the key is not a JWK")]
    Malformed,
    /// It holds private or symmetric key material, which must never have been sent.
    #[error("the key holds a private member")]
    Private,
    /// Its type or curve is not EC and P-256.
    #[error("the key is not a P-256 key")]
    WrongKind,
    /// A coordinate is missing or is not 32 bytes (RFC 7518 §6.2.1.2).
    #[error("a coordinate of the key is not 32 bytes")]
    Coordinate,
    /// The coordinates name no point on the curve.
    #[error("the key is not a point on the curve")]
    NotOnCurve,
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The key of RFC 9449 §4.2's example proof.
    const X: &str = "l8tFrhx-34tV3hRICRDY9zCkDlpBhF42UQUfWVAWBFs";
    const Y: &str = "9VE4jf_Ok_o64zbTTlcuNJajHmt6v9TDVrU0CdvGRDA";

    fn read(members: &str) -> Result<PublicJwk, JwkError> {
        PublicJwk::from_json(&format!("{{{members}}}"))
    }

    #[test]
    fn the_thumbprint_is_the_one_that_rfc_9449_prints_for_this_key() {
        let key = read(&format!(r#""kty":"EC","crv":"P-256","x":"{X}","y":"{Y}""#)).unwrap();
        // The `jkt` of RFC 9449 §6.1.
        assert_eq!(key.thumbprint().to_string(), "0ZcOCORZNYy-DWpqq30jZyJGHTN0d2HglBV3uiguA4I");
    }

    #[test]
    fn order_and_public_metadata_do_not_change_the_key() {
        let plain = read(&format!(r#""crv":"P-256","kty":"EC","x":"{X}","y":"{Y}""#)).unwrap();
        let exported = read(&format!(
            r#""y":"{Y}","x":"{X}","key_ops":["verify"],"ext":true,"kty":"EC","crv":"P-256""#
        ));
        assert_eq!(exported, Ok(plain));
        assert_eq!(PublicJwk::from_json(&plain.to_json()), Ok(plain));
        assert_eq!(serde_json::to_string(&plain).unwrap(), plain.to_json());
        assert_eq!(PublicJwk::from_uncompressed_point(&plain.uncompressed_point()), Ok(plain));
    }

    #[test]
    fn a_key_that_is_not_exactly_a_public_p256_point_is_refused() {
        let kind = r#""kty":"EC","crv":"P-256""#;
        let y_off_curve = format!("8{}", &Y[1..]);
        let cases = [
            (format!(r#"{kind},"x":"{X}","y":"{Y}","d":"{X}""#), JwkError::Private),
            (format!(r#"{kind},"x":"{X}","y":"{Y}","d":null"#), JwkError::Private),
            (format!(r#"{kind},"x":"{X}","y":"{Y}","k":"AA""#), JwkError::Private),
            (format!(r#""kty":"EC","crv":"P-384","x":"{X}","y":"{Y}""#), JwkError::WrongKind),
            (format!(r#""kty":"EC","x":"{X}","y":"{Y}""#), JwkError::WrongKind),
            (format!(r#""kty":"OKP","crv":"P-256","x":"{X}","y":"{Y}""#), JwkError::WrongKind),
            (format!(r#"{kind},"x":"{X}""#), JwkError::Coordinate),
            (format!(r#"{kind},"x":"{X}","y":"{Y}=""#), JwkError::Coordinate),
            (format!(r#"{kind},"x":"{X}","y":"AA{Y}""#), JwkError::Coordinate),
            (format!(r#"{kind},"x":"{X}","y":"{X}""#), JwkError::NotOnCurve),
            (format!(r#"{kind},"x":"{X}","y":"{y_off_curve}""#), JwkError::NotOnCurve),
            (format!(r#"{kind},"x":"{X}","x":"{X}","y":"{Y}""#), JwkError::Malformed),
            (r#""crv":"P-256""#.to_owned(), JwkError::Malformed),
        ];
        for (members, error) in cases {
            assert_eq!(read(&members), Err(error), "{members}");
        }
        assert_eq!(PublicJwk::from_json(r#"["EC","P-256"]"#), Err(JwkError::Malformed));
    }
}
