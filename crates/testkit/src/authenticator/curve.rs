//! The curves of ECDSA keys.

use aws_lc_rs::signature::{
    ECDSA_P256_SHA256_ASN1_SIGNING, ECDSA_P384_SHA384_ASN1_SIGNING, ECDSA_P521_SHA512_ASN1_SIGNING,
    EcdsaKeyPair, EcdsaSigningAlgorithm,
};

use super::der;
use super::entropy::Entropy;
use super::key::Algorithm;

/// A curve: how it signs, its COSE number, and `RFC 5915` around a private key of which the public
/// one is computed.
pub(super) struct Curve {
    signing: &'static EcdsaSigningAlgorithm,
    pub(super) crv: u8,
    pub(super) scalar: usize,
    oid: &'static [u8],
}

const P256: Curve = Curve {
    signing: &ECDSA_P256_SHA256_ASN1_SIGNING,
    crv: 1,
    scalar: 32,
    oid: &[0x2a, 0x86, 0x48, 0xce, 0x3d, 0x03, 0x01, 0x07],
};
const P384: Curve = Curve {
    signing: &ECDSA_P384_SHA384_ASN1_SIGNING,
    crv: 2,
    scalar: 48,
    oid: &[0x2b, 0x81, 0x04, 0x00, 0x22],
};
const P521: Curve = Curve {
    signing: &ECDSA_P521_SHA512_ASN1_SIGNING,
    crv: 3,
    scalar: 66,
    oid: &[0x2b, 0x81, 0x04, 0x00, 0x23],
};

impl Curve {
    pub(super) const fn of(algorithm: Algorithm) -> Self {
        match algorithm {
            Algorithm::Es384 => P384,
            Algorithm::Es512 => P521,
            _ => P256,
        }
    }

    pub(super) fn generate(&self, entropy: &mut Entropy) -> EcdsaKeyPair {
        let mut scalar = Vec::new();
        while scalar.len() < self.scalar {
            scalar.extend(entropy.block());
        }
        scalar.truncate(self.scalar);
        if self.scalar == P521.scalar {
            // 521 bits are one more than 65 bytes; without it the scalar is below the order.
            scalar[0] = 0;
        }
        let curve = der::tlv(0xa0, &der::tlv(0x06, self.oid));
        let key = [der::tlv(0x02, &[1]), der::tlv(0x04, &scalar), curve].concat();
        EcdsaKeyPair::from_private_key_der(self.signing, &der::tlv(0x30, &key))
            .expect("a random scalar is below the curve's order but once in 2^32")
    }
}
