//! Key pairs: a credential's, an attestation key's, an authority's.

use aws_lc_rs::digest::{Context, SHA256};
use aws_lc_rs::rsa::{KeyPair as RsaKeyPair, KeySize};
use aws_lc_rs::signature::{
    ECDSA_P256_SHA256_ASN1_SIGNING, EcdsaKeyPair, Ed25519KeyPair, KeyPair as _, RSA_PKCS1_SHA256,
};
use rcgen::{PublicKeyData, SignatureAlgorithm, SigningKey};

use super::encode;
use super::entropy::Entropy;

/// What a [`SoftAuthenticator`](super::SoftAuthenticator) can sign with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Algorithm {
    /// ECDSA on P-256 with SHA-256, -7.
    Es256,
    /// Ed25519, -8.
    EdDsa,
    /// RSA with 2048 bits and SHA-256, -257. Slow to make, and not from the seed.
    Rs256,
}

impl Algorithm {
    /// The number in the IANA COSE registry.
    pub const fn cose_id(self) -> i64 {
        match self {
            Self::Es256 => -7,
            Self::EdDsa => -8,
            Self::Rs256 => -257,
        }
    }
}

/// A key pair.
#[derive(Debug)]
pub(super) enum Key {
    Es256(EcdsaKeyPair),
    EdDsa(Ed25519KeyPair),
    Rs256(RsaKeyPair),
}

/// `RFC 5915` around 32 bytes of private key on P-256; the public key is computed from it.
const P256_PREFIX: [u8; 7] = [0x30, 0x31, 0x02, 0x01, 0x01, 0x04, 0x20];
const P256_SUFFIX: [u8; 12] =
    [0xa0, 0x0a, 0x06, 0x08, 0x2a, 0x86, 0x48, 0xce, 0x3d, 0x03, 0x01, 0x07];

impl Key {
    pub(super) fn generate(algorithm: Algorithm, entropy: &mut Entropy) -> Self {
        match algorithm {
            Algorithm::Es256 => {
                let der = [&P256_PREFIX[..], &entropy.block(), &P256_SUFFIX].concat();
                Self::Es256(
                    EcdsaKeyPair::from_private_key_der(&ECDSA_P256_SHA256_ASN1_SIGNING, &der)
                        .expect("a random scalar is below the order of P-256 but once in 2^32"),
                )
            }
            Algorithm::EdDsa => Self::EdDsa(
                Ed25519KeyPair::from_seed_unchecked(&entropy.block())
                    .expect("any 32 bytes are an Ed25519 seed"),
            ),
            Algorithm::Rs256 => {
                Self::Rs256(RsaKeyPair::generate(KeySize::Rsa2048).expect("RSA key generation"))
            }
        }
    }

    pub(super) fn algorithm(&self) -> Algorithm {
        match self {
            Self::Es256(_) => Algorithm::Es256,
            Self::EdDsa(_) => Algorithm::EdDsa,
            Self::Rs256(_) => Algorithm::Rs256,
        }
    }

    /// Appends the public key as a canonical COSE key.
    pub(super) fn write_cose(&self, out: &mut Vec<u8>) {
        match self {
            Self::Es256(pair) => {
                let point = pair.public_key().as_ref();
                out.extend([0xa5, 0x01, 0x02, 0x03, 0x26, 0x20, 0x01, 0x21]);
                encode::bytes(out, &point[1..33]);
                out.push(0x22);
                encode::bytes(out, &point[33..]);
            }
            Self::EdDsa(pair) => {
                out.extend([0xa4, 0x01, 0x01, 0x03, 0x27, 0x20, 0x06, 0x21]);
                encode::bytes(out, pair.public_key().as_ref());
            }
            Self::Rs256(pair) => {
                // RSAPublicKey in DER: for 2048 bits the modulus always starts at byte 9.
                let der = pair.public_key().as_ref();
                out.extend([0xa4, 0x01, 0x03, 0x03, 0x39, 0x01, 0x00, 0x20]);
                encode::bytes(out, &der[9..265]);
                out.push(0x21);
                encode::bytes(out, &der[267..]);
            }
        }
    }

    /// Signs two parts as one message.
    pub(super) fn sign(&self, first: &[u8], second: &[u8]) -> Vec<u8> {
        let digest = || {
            let mut context = Context::new(&SHA256);
            context.update(first);
            context.update(second);
            context.finish()
        };
        match self {
            Self::Es256(pair) => {
                pair.sign_digest(&digest()).expect("P-256 signing").as_ref().to_vec()
            }
            Self::EdDsa(pair) => pair.sign(&[first, second].concat()).as_ref().to_vec(),
            Self::Rs256(pair) => {
                let mut signature = vec![0; pair.public_modulus_len()];
                pair.sign_digest(&RSA_PKCS1_SHA256, &digest(), &mut signature)
                    .expect("RSA signing");
                signature
            }
        }
    }
}

impl PublicKeyData for Key {
    fn der_bytes(&self) -> &[u8] {
        match self {
            Self::Es256(pair) => pair.public_key().as_ref(),
            Self::EdDsa(pair) => pair.public_key().as_ref(),
            Self::Rs256(pair) => pair.public_key().as_ref(),
        }
    }

    fn algorithm(&self) -> &'static SignatureAlgorithm {
        match self {
            Self::Es256(_) => &rcgen::PKCS_ECDSA_P256_SHA256,
            Self::EdDsa(_) => &rcgen::PKCS_ED25519,
            Self::Rs256(_) => &rcgen::PKCS_RSA_SHA256,
        }
    }
}

impl SigningKey for Key {
    fn sign(&self, message: &[u8]) -> Result<Vec<u8>, rcgen::Error> {
        Ok(Self::sign(self, message, &[]))
    }
}
