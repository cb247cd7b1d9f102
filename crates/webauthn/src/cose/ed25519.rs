//! `EdDSA`, which in WebAuthn means Ed25519 (`RFC 9053 §2.2`, `§7.2`).

use aws_lc_rs::signature::{ED25519, ParsedPublicKey, UnparsedPublicKey};

use super::{CoseError, Parameters};

const KTY_OKP: i64 = 1;
const CRV_ED25519: i64 = 6;

/// Everything of the COSE key before x.
const BEFORE_X: [u8; 10] = [0xa4, 0x01, 0x01, 0x03, 0x27, 0x20, 0x06, 0x21, 0x58, 0x20];

/// The y coordinates of the points whose order divides eight, in every encoding: 0, 1, the two of
/// order eight, p - 1, and 0 and 1 once more as p and p + 1.
///
/// Under such a key a signature can be made that fits any message, so it proves nothing.
const SMALL_ORDER: [[u8; 32]; 7] = [
    edge(0x00, 0x00, 0x00),
    edge(0x01, 0x00, 0x00),
    [
        0x26, 0xe8, 0x95, 0x8f, 0xc2, 0xb2, 0x27, 0xb0, 0x45, 0xc3, 0xf4, 0x89, 0xf2, 0xef, 0x98,
        0xf0, 0xd5, 0xdf, 0xac, 0x05, 0xd3, 0xc6, 0x33, 0x39, 0xb1, 0x38, 0x02, 0x88, 0x6d, 0x53,
        0xfc, 0x05,
    ],
    [
        0xc7, 0x17, 0x6a, 0x70, 0x3d, 0x4d, 0xd8, 0x4f, 0xba, 0x3c, 0x0b, 0x76, 0x0d, 0x10, 0x67,
        0x0f, 0x2a, 0x20, 0x53, 0xfa, 0x2c, 0x39, 0xcc, 0xc6, 0x4e, 0xc7, 0xfd, 0x77, 0x92, 0xac,
        0x03, 0x7a,
    ],
    edge(0xec, 0xff, 0x7f),
    edge(0xed, 0xff, 0x7f),
    edge(0xee, 0xff, 0x7f),
];

const fn edge(first: u8, middle: u8, last: u8) -> [u8; 32] {
    let mut bytes = [middle; 32];
    bytes[0] = first;
    bytes[31] = last;
    bytes
}

#[derive(Clone, PartialEq, Eq)]
pub(super) struct PublicKey([u8; 32]);

impl PublicKey {
    pub(super) fn read(key_type: i64, mut rest: Parameters<'_, '_>) -> Result<Self, CoseError> {
        if key_type != KTY_OKP {
            return Err(CoseError::Shape);
        }
        if rest.integer(-1)? != CRV_ED25519 {
            return Err(CoseError::NotOnCurve);
        }
        let x: [u8; 32] = rest.bytes(-2)?.try_into().map_err(|_| CoseError::Shape)?;
        rest.finish()?;
        if has_small_order(x) { Err(CoseError::SmallOrder) } else { Ok(Self(x)) }
    }

    pub(super) fn encode(&self) -> Vec<u8> {
        [&BEFORE_X[..], &self.0].concat()
    }

    pub(super) fn encoded(&self) -> &[u8] {
        &self.0
    }

    pub(super) fn check_group(&self) -> Result<(), CoseError> {
        ParsedPublicKey::new(&ED25519, self.0).map(drop).map_err(|_| CoseError::NotOnCurve)
    }

    pub(super) fn verifies(&self, message: &[u8], signature: &[u8]) -> bool {
        UnparsedPublicKey::new(&ED25519, &self.0).verify(message, signature).is_ok()
    }
}

/// The highest bit is the sign of the other coordinate, and does not matter here.
fn has_small_order(mut key: [u8; 32]) -> bool {
    key[31] &= 0x7f;
    SMALL_ORDER.contains(&key)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::CosePublicKey;

    #[test]
    fn a_key_that_fits_any_message_is_refused() {
        // Under the neutral element, R = neutral and S = 0 sign everything.
        let neutral = edge(0x01, 0x00, 0x00);
        let signature = [neutral, [0; 32]].concat();
        assert!(PublicKey(neutral).verifies(b"anything", &signature));

        for mut key in SMALL_ORDER {
            for sign in [0x00, 0x80] {
                key[31] |= sign;
                let cose = PublicKey(key).encode();
                assert_eq!(CosePublicKey::from_bytes(&cose), Err(CoseError::SmallOrder));
            }
        }
        let mut other = SMALL_ORDER[2];
        other[0] ^= 1;
        assert!(CosePublicKey::from_bytes(&PublicKey(other).encode()).is_ok());
    }
}
