//! Key pairs: a credential's, an attestation key's, an authority's.

use aws_lc_rs::digest::{Context, SHA256, SHA384, SHA512};
use aws_lc_rs::rsa::{KeyPair as RsaKeyPair, KeySize};
use aws_lc_rs::signature::{
    EcdsaKeyPair, Ed25519KeyPair, KeyPair as _, RSA_PKCS1_SHA256, RSA_PSS_SHA256,
};
use rcgen::{PublicKeyData, SignatureAlgorithm, SigningKey};

use super::curve::Curve;
use super::encode;
use super::entropy::Entropy;

/// What a [`SoftAuthenticator`](super::SoftAuthenticator) can sign with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Algorithm {
    /// ECDSA on P-256 with SHA-256, -7.
    Es256,
    /// Ed25519, -8.
    EdDsa,
    /// ECDSA on P-384 with SHA-384, -35.
    Es384,
    /// ECDSA on P-521 with SHA-512, -36.
    Es512,
    /// RSASSA-PSS with 2048 bits and SHA-256, -37. Slow to make, and not from the seed.
    Ps256,
    /// RSASSA-PKCS1-v1_5 with 2048 bits and SHA-256, -257. Slow to make, and not from the seed.
    Rs256,
}

impl Algorithm {
    /// The number in the IANA COSE registry.
    pub const fn cose_id(self) -> i64 {
        match self {
            Self::Es256 => -7,
            Self::EdDsa => -8,
            Self::Es384 => -35,
            Self::Es512 => -36,
            Self::Ps256 => -37,
            Self::Rs256 => -257,
        }
    }
}

/// A key pair. The algorithm of a variant says which of its family it is.
#[derive(Debug)]
pub(super) enum Key {
    Ec(Algorithm, EcdsaKeyPair),
    EdDsa(Ed25519KeyPair),
    Rsa(Algorithm, RsaKeyPair),
}

impl Key {
    pub(super) fn generate(algorithm: Algorithm, entropy: &mut Entropy) -> Self {
        match algorithm {
            Algorithm::Es256 | Algorithm::Es384 | Algorithm::Es512 => {
                Self::Ec(algorithm, Curve::of(algorithm).generate(entropy))
            }
            Algorithm::EdDsa => Self::EdDsa(
                Ed25519KeyPair::from_seed_unchecked(&entropy.block())
                    .expect("any 32 bytes are an Ed25519 seed"),
            ),
            Algorithm::Ps256 | Algorithm::Rs256 => Self::Rsa(
                algorithm,
                RsaKeyPair::generate(KeySize::Rsa2048).expect("RSA key generation"),
            ),
        }
    }

    pub(super) fn algorithm(&self) -> Algorithm {
        match self {
            Self::Ec(algorithm, _) | Self::Rsa(algorithm, _) => *algorithm,
            Self::EdDsa(_) => Algorithm::EdDsa,
        }
    }

    /// The public key as a certificate holds it: for a curve the uncompressed point.
    pub(super) fn public(&self) -> &[u8] {
        match self {
            Self::Ec(_, pair) => pair.public_key().as_ref(),
            Self::EdDsa(pair) => pair.public_key().as_ref(),
            Self::Rsa(_, pair) => pair.public_key().as_ref(),
        }
    }

    /// The public key as a canonical COSE key.
    pub(super) fn cose(&self) -> Vec<u8> {
        let public = self.public();
        let mut out = Vec::with_capacity(80);
        let head = |out: &mut Vec<u8>, entries: usize, key_type: u8| {
            encode::head(out, encode::MAP, entries);
            out.extend([0x01, key_type, 0x03]);
            encode::algorithm(out, self.algorithm().cose_id());
        };
        match self {
            Self::Ec(algorithm, _) => {
                let curve = Curve::of(*algorithm);
                let (x, y) = public[1..].split_at(curve.scalar);
                head(&mut out, 5, 2);
                out.extend([0x20, curve.crv, 0x21]);
                encode::bytes(&mut out, x);
                out.push(0x22);
                encode::bytes(&mut out, y);
            }
            Self::EdDsa(_) => {
                head(&mut out, 4, 1);
                out.extend([0x20, 6, 0x21]);
                encode::bytes(&mut out, public);
            }
            Self::Rsa(..) => {
                // RSAPublicKey in DER: for 2048 bits the modulus always starts at byte 9.
                head(&mut out, 4, 3);
                out.push(0x20);
                encode::bytes(&mut out, &public[9..265]);
                out.push(0x21);
                encode::bytes(&mut out, &public[267..]);
            }
        }
        out
    }

    /// Signs two parts as one message.
    pub(super) fn sign(&self, first: &[u8], second: &[u8]) -> Vec<u8> {
        let digest = |algorithm| {
            let mut context = Context::new(algorithm);
            context.update(first);
            context.update(second);
            context.finish()
        };
        match self {
            Self::Ec(algorithm, pair) => {
                let hash = match algorithm {
                    Algorithm::Es384 => &SHA384,
                    Algorithm::Es512 => &SHA512,
                    _ => &SHA256,
                };
                pair.sign_digest(&digest(hash)).expect("ECDSA signing").as_ref().to_vec()
            }
            Self::EdDsa(pair) => pair.sign(&[first, second].concat()).as_ref().to_vec(),
            Self::Rsa(algorithm, pair) => {
                let encoding = match algorithm {
                    Algorithm::Ps256 => &RSA_PSS_SHA256,
                    _ => &RSA_PKCS1_SHA256,
                };
                let mut signature = vec![0; pair.public_modulus_len()];
                pair.sign_digest(encoding, &digest(&SHA256), &mut signature).expect("RSA signing");
                signature
            }
        }
    }
}

impl PublicKeyData for Key {
    fn der_bytes(&self) -> &[u8] {
        self.public()
    }

    fn algorithm(&self) -> &'static SignatureAlgorithm {
        match self.algorithm() {
            Algorithm::Es256 => &rcgen::PKCS_ECDSA_P256_SHA256,
            Algorithm::Es384 => &rcgen::PKCS_ECDSA_P384_SHA384,
            Algorithm::Es512 => &rcgen::PKCS_ECDSA_P521_SHA512,
            Algorithm::EdDsa => &rcgen::PKCS_ED25519,
            // A key for PSS is certified as one for RSA.
            Algorithm::Ps256 | Algorithm::Rs256 => &rcgen::PKCS_RSA_SHA256,
        }
    }
}

impl SigningKey for Key {
    fn sign(&self, message: &[u8]) -> Result<Vec<u8>, rcgen::Error> {
        Ok(Self::sign(self, message, &[]))
    }
}
