//! PS256: RSASSA-PSS with SHA-256, MGF1 with SHA-256 and a salt of 32 bytes (`RFC 8230 §2`).

use aws_lc_rs::signature::{RSA_PSS_2048_8192_SHA256, RsaParameters};

use super::rsa::{self, Scheme};

pub(super) type PublicKey = rsa::PublicKey<Pss>;

#[derive(Clone, PartialEq, Eq)]
pub(super) struct Pss;

impl Scheme for Pss {
    const VERIFICATION: &'static RsaParameters = &RSA_PSS_2048_8192_SHA256;
    const BEFORE_N: &'static [u8] = &[0xa4, 0x01, 0x03, 0x03, 0x38, 0x24, 0x20];
}
