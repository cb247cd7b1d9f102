//! ES256: ECDSA on P-256 with SHA-256 (`RFC 9053 §2.1`, `§7.1.1`).

use aws_lc_rs::signature::{ECDSA_P256_SHA256_ASN1, ParsedPublicKey, UnparsedPublicKey};

use super::{CoseError, Parameters};

const KTY_EC2: i64 = 2;
const CRV_P256: i64 = 1;

/// Everything of the COSE key before x, and between x and y.
const BEFORE_X: [u8; 10] = [0xa5, 0x01, 0x02, 0x03, 0x26, 0x20, 0x01, 0x21, 0x58, 0x20];
const BEFORE_Y: [u8; 3] = [0x22, 0x58, 0x20];

/// The uncompressed point, `04 ‖ x ‖ y`: the form from which verification starts fastest.
#[derive(Clone, PartialEq, Eq)]
pub(super) struct PublicKey([u8; 65]);

impl PublicKey {
    pub(super) fn read(key_type: i64, mut rest: Parameters<'_, '_>) -> Result<Self, CoseError> {
        if key_type != KTY_EC2 {
            return Err(CoseError::Shape);
        }
        if rest.integer(-1)? != CRV_P256 {
            return Err(CoseError::NotOnCurve);
        }
        // A compressed point has a boolean y, which is not a byte string and fails here, as
        // WebAuthn requires.
        let x: &[u8; 32] = rest.bytes(-2)?.try_into().map_err(|_| CoseError::Shape)?;
        let y: &[u8; 32] = rest.bytes(-3)?.try_into().map_err(|_| CoseError::Shape)?;
        rest.finish()?;
        let mut point = [4; 65];
        point[1..33].copy_from_slice(x);
        point[33..].copy_from_slice(y);
        Ok(Self(point))
    }

    pub(super) fn encode(&self) -> Vec<u8> {
        [&BEFORE_X, &self.0[1..33], &BEFORE_Y, &self.0[33..]].concat()
    }

    pub(super) fn check_group(&self) -> Result<(), CoseError> {
        ParsedPublicKey::new(&ECDSA_P256_SHA256_ASN1, self.0)
            .map(drop)
            .map_err(|_| CoseError::NotOnCurve)
    }

    pub(super) fn verifies(&self, message: &[u8], signature: &[u8]) -> bool {
        UnparsedPublicKey::new(&ECDSA_P256_SHA256_ASN1, &self.0).verify(message, signature).is_ok()
    }
}
