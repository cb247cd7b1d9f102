//! ES384: ECDSA on P-384 with SHA-384.

use aws_lc_rs::signature::{ECDSA_P384_SHA384_ASN1, EcdsaVerificationAlgorithm};

use super::ec2::{Curve, Point};

pub(super) type PublicKey = Point<97>;

impl Curve for PublicKey {
    const CRV: i64 = 2;
    const VERIFICATION: &'static EcdsaVerificationAlgorithm = &ECDSA_P384_SHA384_ASN1;
    const BEFORE_X: &'static [u8] = &[0xa5, 0x01, 0x02, 0x03, 0x38, 0x22, 0x20, 0x02, 0x21];
}
