//! Checking a signature with a certificate's key.

use aws_lc_rs::digest::{self, Digest};
use aws_lc_rs::signature as algorithms;
use aws_lc_rs::signature::{UnparsedPublicKey, VerificationAlgorithm};
use x509_cert::der::asn1::ObjectIdentifier;
use x509_cert::spki::SubjectPublicKeyInfoOwned;

use crate::cose::Algorithm;

/// How a signature was made, as far as its algorithm identifier tells; the curve and the modulus
/// are the key's.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Scheme {
    Ecdsa(Hash),
    RsaPkcs1(Hash),
    Ed25519,
    /// ECDSA on P-256 with SHA-256, the signature not in DER but `r ‖ s`, as JOSE has it
    /// (`RFC 7518 §3.4`).
    Es256Jose,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Hash {
    /// For RS1 inside `tpm` statements alone; no certificate's signature is read with it.
    Sha1,
    Sha256,
    Sha384,
    Sha512,
}

const EC_PUBLIC_KEY: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.10045.2.1");
const P256: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.10045.3.1.7");
const P384: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.3.132.0.34");
const P521: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.3.132.0.35");
const RSA: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.113549.1.1.1");
const ED25519: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.3.101.112");

const X509_SCHEMES: [(ObjectIdentifier, Scheme); 7] = [
    (ObjectIdentifier::new_unwrap("1.2.840.10045.4.3.2"), Scheme::Ecdsa(Hash::Sha256)),
    (ObjectIdentifier::new_unwrap("1.2.840.10045.4.3.3"), Scheme::Ecdsa(Hash::Sha384)),
    (ObjectIdentifier::new_unwrap("1.2.840.10045.4.3.4"), Scheme::Ecdsa(Hash::Sha512)),
    (ObjectIdentifier::new_unwrap("1.2.840.113549.1.1.11"), Scheme::RsaPkcs1(Hash::Sha256)),
    (ObjectIdentifier::new_unwrap("1.2.840.113549.1.1.12"), Scheme::RsaPkcs1(Hash::Sha384)),
    (ObjectIdentifier::new_unwrap("1.2.840.113549.1.1.13"), Scheme::RsaPkcs1(Hash::Sha512)),
    (ED25519, Scheme::Ed25519),
];

impl Scheme {
    /// The scheme that an X.509 signature algorithm names.
    pub(crate) fn from_x509(id: ObjectIdentifier) -> Option<Self> {
        X509_SCHEMES.iter().find(|(known, _)| *known == id).map(|(_, scheme)| *scheme)
    }

    /// The scheme that a COSE algorithm names.
    pub(crate) fn from_cose(algorithm: Algorithm) -> Self {
        match algorithm {
            Algorithm::Es256 => Self::Ecdsa(Hash::Sha256),
            Algorithm::EdDsa => Self::Ed25519,
            Algorithm::Rs256 => Self::RsaPkcs1(Hash::Sha256),
        }
    }

    /// The hash function that the scheme applies to the message, where it names one.
    pub(crate) fn hash(self) -> Option<Hash> {
        match self {
            Self::Ecdsa(hash) | Self::RsaPkcs1(hash) => Some(hash),
            Self::Ed25519 => None,
            Self::Es256Jose => Some(Hash::Sha256),
        }
    }
}

impl Hash {
    pub(crate) fn digest(self, message: &[u8]) -> Digest {
        let algorithm = match self {
            Self::Sha1 => &digest::SHA1_FOR_LEGACY_USE_ONLY,
            Self::Sha256 => &digest::SHA256,
            Self::Sha384 => &digest::SHA384,
            Self::Sha512 => &digest::SHA512,
        };
        digest::digest(algorithm, message)
    }
}

/// Whether `key` made `signature` over `message` in this way. A key of another kind did not.
pub(super) fn verifies(
    key: &SubjectPublicKeyInfoOwned,
    scheme: Scheme,
    message: &[u8],
    signature: &[u8],
) -> bool {
    let (Some(algorithm), Some(bytes)) = (select(key, scheme), key.subject_public_key.as_bytes())
    else {
        return false;
    };
    UnparsedPublicKey::new(algorithm, bytes).verify(message, signature).is_ok()
}

fn select(
    key: &SubjectPublicKeyInfoOwned,
    scheme: Scheme,
) -> Option<&'static dyn VerificationAlgorithm> {
    let curve = || {
        let parameters = key.algorithm.parameters.as_ref()?;
        parameters.decode_as::<ObjectIdentifier>().ok()
    };
    match (key.algorithm.oid, scheme) {
        (EC_PUBLIC_KEY, Scheme::Ecdsa(hash)) => match (curve()?, hash) {
            (P256, Hash::Sha256) => Some(&algorithms::ECDSA_P256_SHA256_ASN1),
            (P256, Hash::Sha384) => Some(&algorithms::ECDSA_P256_SHA384_ASN1),
            (P256, Hash::Sha512) => Some(&algorithms::ECDSA_P256_SHA512_ASN1),
            (P384, Hash::Sha256) => Some(&algorithms::ECDSA_P384_SHA256_ASN1),
            (P384, Hash::Sha384) => Some(&algorithms::ECDSA_P384_SHA384_ASN1),
            (P384, Hash::Sha512) => Some(&algorithms::ECDSA_P384_SHA512_ASN1),
            (P521, Hash::Sha256) => Some(&algorithms::ECDSA_P521_SHA256_ASN1),
            (P521, Hash::Sha384) => Some(&algorithms::ECDSA_P521_SHA384_ASN1),
            (P521, Hash::Sha512) => Some(&algorithms::ECDSA_P521_SHA512_ASN1),
            _ => None,
        },
        (RSA, Scheme::RsaPkcs1(hash)) => Some(match hash {
            Hash::Sha1 => &algorithms::RSA_PKCS1_2048_8192_SHA1_FOR_LEGACY_USE_ONLY,
            Hash::Sha256 => &algorithms::RSA_PKCS1_2048_8192_SHA256,
            Hash::Sha384 => &algorithms::RSA_PKCS1_2048_8192_SHA384,
            Hash::Sha512 => &algorithms::RSA_PKCS1_2048_8192_SHA512,
        }),
        (EC_PUBLIC_KEY, Scheme::Es256Jose) if curve()? == P256 => {
            Some(&algorithms::ECDSA_P256_SHA256_FIXED)
        }
        (ED25519, Scheme::Ed25519) => Some(&algorithms::ED25519),
        _ => None,
    }
}
