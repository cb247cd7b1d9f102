//! What the ECDSA algorithms share: a key is a point on the algorithm's curve (`RFC 9053 §2.1`,
//! `§7.1.1`).

use aws_lc_rs::signature::{EcdsaVerificationAlgorithm, ParsedPublicKey, UnparsedPublicKey};

use super::{CoseError, Parameters};

const KTY_EC2: i64 = 2;

/// A curve and the hash that goes with it.
pub(super) trait Curve {
    /// `crv`, the one that WebAuthn §5.8.5 ties to the algorithm.
    const CRV: i64;
    /// How ASN.1 ECDSA signatures are verified.
    const VERIFICATION: &'static EcdsaVerificationAlgorithm;
    /// Everything of the COSE key before x.
    const BEFORE_X: &'static [u8];
}

/// The uncompressed point, `04 ‖ x ‖ y`: the form from which verification starts fastest.
#[derive(Clone, PartialEq, Eq)]
pub(super) struct Point<const LEN: usize>([u8; LEN]);

impl<const LEN: usize> Point<LEN>
where
    Self: Curve,
{
    /// The bytes of a coordinate, which always has its full length.
    const COORDINATE: usize = LEN / 2;

    pub(super) fn read(key_type: i64, mut rest: Parameters<'_, '_>) -> Result<Self, CoseError> {
        if key_type != KTY_EC2 {
            return Err(CoseError::Shape);
        }
        if rest.integer(-1)? != Self::CRV {
            return Err(CoseError::NotOnCurve);
        }
        // A compressed point has a boolean y, which is not a byte string and fails here, as
        // WebAuthn requires.
        let x = rest.bytes(-2)?;
        let y = rest.bytes(-3)?;
        rest.finish()?;
        if x.len() != Self::COORDINATE || y.len() != Self::COORDINATE {
            return Err(CoseError::Shape);
        }
        let mut point = [4; LEN];
        let (_, coordinates) = point.split_at_mut(1);
        let (to_x, to_y) = coordinates.split_at_mut(Self::COORDINATE);
        to_x.copy_from_slice(x);
        to_y.copy_from_slice(y);
        Ok(Self(point))
    }

    pub(super) fn encode(&self) -> Vec<u8> {
        let (x, y) = self.0.split_at(1).1.split_at(Self::COORDINATE);
        // A coordinate has 32, 48 or 66 bytes, so its length always takes one byte.
        let [.., length] = Self::COORDINATE.to_be_bytes();
        [Self::BEFORE_X, &[0x58, length], x, &[0x22, 0x58, length], y].concat()
    }

    pub(super) fn uncompressed(&self) -> &[u8] {
        &self.0
    }

    pub(super) fn check_group(&self) -> Result<(), CoseError> {
        ParsedPublicKey::new(Self::VERIFICATION, self.0)
            .map(drop)
            .map_err(|_| CoseError::NotOnCurve)
    }

    pub(super) fn verifies(&self, message: &[u8], signature: &[u8]) -> bool {
        UnparsedPublicKey::new(Self::VERIFICATION, &self.0).verify(message, signature).is_ok()
    }
}
