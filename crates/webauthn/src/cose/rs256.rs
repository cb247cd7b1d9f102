//! RS256: RSASSA-PKCS1-v1_5 with SHA-256 (`RFC 8812 §2`).

use aws_lc_rs::signature::{RSA_PKCS1_2048_8192_SHA256, RsaParameters};

use super::rsa::{self, Scheme};

pub(super) type PublicKey = rsa::PublicKey<Pkcs1>;

#[derive(Clone, PartialEq, Eq)]
pub(super) struct Pkcs1;

impl Scheme for Pkcs1 {
    const VERIFICATION: &'static RsaParameters = &RSA_PKCS1_2048_8192_SHA256;
    const BEFORE_N: &'static [u8] = &[0xa4, 0x01, 0x03, 0x03, 0x39, 0x01, 0x00, 0x20];
}
