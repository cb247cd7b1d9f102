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

#[cfg(test)]
mod tests {
    use aws_lc_rs::digest::{SHA256, digest};
    use aws_lc_rs::rsa::{KeyPair as RsaKeyPair, KeySize};
    use aws_lc_rs::signature::{KeyPair, RSA_PSS_SHA256, RsaPssSaltLength, RsaSignatureEncoding};

    use super::*;
    use crate::CosePublicKey;

    #[test]
    fn the_salt_has_the_length_of_the_hash() {
        let pair = RsaKeyPair::generate(KeySize::Rsa2048).unwrap();
        // RSAPublicKey in DER: a modulus of 2048 bits starts at byte 9, the exponent at 267.
        let der = pair.public_key().as_ref();
        let key = [Pss::BEFORE_N, &[0x59, 1, 0], &der[9..265], &[0x21, 0x43], &der[267..]].concat();
        let key = CosePublicKey::from_bytes(&key).unwrap();
        let verifies = |encoding: &'static RsaSignatureEncoding| {
            let mut signature = vec![0; pair.public_modulus_len()];
            pair.sign_digest(encoding, &digest(&SHA256, b"message"), &mut signature).unwrap();
            key.verifies(b"message", &signature)
        };
        assert!(verifies(&RSA_PSS_SHA256));
        assert!(!verifies(&const { RSA_PSS_SHA256.with_pss_salt_length(RsaPssSaltLength::Max) }));
        for shorter in [
            &const { RSA_PSS_SHA256.with_pss_salt_length(RsaPssSaltLength::Custom(0)) },
            &const { RSA_PSS_SHA256.with_pss_salt_length(RsaPssSaltLength::Custom(20)) },
        ] {
            assert!(!verifies(shorter));
        }
    }
}
