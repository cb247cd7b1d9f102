//! ES512: ECDSA on P-521 with SHA-512. The curve has 521 bits, so a coordinate has 66 bytes.

use aws_lc_rs::signature::{ECDSA_P521_SHA512_ASN1, EcdsaVerificationAlgorithm};

use super::ec2::{Curve, Point};

pub(super) type PublicKey = Point<133>;

impl Curve for PublicKey {
    const CRV: i64 = 3;
    const VERIFICATION: &'static EcdsaVerificationAlgorithm = &ECDSA_P521_SHA512_ASN1;
    const BEFORE_X: &'static [u8] = &[0xa5, 0x01, 0x02, 0x03, 0x38, 0x23, 0x20, 0x03, 0x21];
}
