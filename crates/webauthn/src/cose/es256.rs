//! ES256: ECDSA on P-256 with SHA-256.

use aws_lc_rs::signature::{ECDSA_P256_SHA256_ASN1, EcdsaVerificationAlgorithm};

use super::ec2::{Curve, Point};

pub(super) type PublicKey = Point<65>;

impl Curve for PublicKey {
    const CRV: i64 = 1;
    const VERIFICATION: &'static EcdsaVerificationAlgorithm = &ECDSA_P256_SHA256_ASN1;
    const BEFORE_X: &'static [u8] = &[0xa5, 0x01, 0x02, 0x03, 0x26, 0x20, 0x01, 0x21];
}
