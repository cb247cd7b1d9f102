//! Checking a signature with a certificate's key.

use aws_lc_rs::digest::{self, Digest};
use aws_lc_rs::signature as algorithms;
use aws_lc_rs::signature::{UnparsedPublicKey, VerificationAlgorithm};
use x509_cert::der::asn1::ObjectIdentifier;
use x509_cert::spki::SubjectPublicKeyInfoOwned;

use super::key::{EC_PUBLIC_KEY, ED25519, P256, P384, P521, RSA, curve};
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
    /// As a COSE algorithm, which in WebAuthn also fixes the curve.
    Cose(Algorithm),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Hash {
    /// For RS1 inside `tpm` statements alone; no certificate's signature is read with it.
    Sha1,
    Sha256,
    Sha384,
    Sha512,
}

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
        Self::Cose(algorithm)
    }

    /// The hash function that the scheme applies to the message, where it names one.
    pub(crate) fn hash(self) -> Option<Hash> {
        match self {
            Self::Ecdsa(hash) | Self::RsaPkcs1(hash) => Some(hash),
            Self::Ed25519 => None,
            Self::Es256Jose => Some(Hash::Sha256),
            Self::Cose(algorithm) => match algorithm {
                Algorithm::Es256 | Algorithm::Rs256 | Algorithm::Ps256 => Some(Hash::Sha256),
                Algorithm::Es384 => Some(Hash::Sha384),
                Algorithm::Es512 => Some(Hash::Sha512),
                Algorithm::EdDsa => None,
            },
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
    // RFC 5480 §2.2: a point is compressed or not; the library also reads the hybrid of both.
    let is_point = || matches!(key.subject_public_key.raw_bytes().first(), Some(2..=4));
    match (key.algorithm.oid, scheme) {
        (EC_PUBLIC_KEY, _) if !is_point() => None,
        (EC_PUBLIC_KEY, Scheme::Ecdsa(hash)) => match (curve(key)?, hash) {
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
        (EC_PUBLIC_KEY, Scheme::Cose(algorithm)) => match (curve(key)?, algorithm) {
            (P256, Algorithm::Es256) => Some(&algorithms::ECDSA_P256_SHA256_ASN1),
            (P384, Algorithm::Es384) => Some(&algorithms::ECDSA_P384_SHA384_ASN1),
            (P521, Algorithm::Es512) => Some(&algorithms::ECDSA_P521_SHA512_ASN1),
            _ => None,
        },
        (RSA, Scheme::Cose(Algorithm::Rs256)) => Some(&algorithms::RSA_PKCS1_2048_8192_SHA256),
        (RSA, Scheme::Cose(Algorithm::Ps256)) => Some(&algorithms::RSA_PSS_2048_8192_SHA256),
        (RSA, Scheme::RsaPkcs1(hash)) => Some(match hash {
            Hash::Sha1 => &algorithms::RSA_PKCS1_2048_8192_SHA1_FOR_LEGACY_USE_ONLY,
            Hash::Sha256 => &algorithms::RSA_PKCS1_2048_8192_SHA256,
            Hash::Sha384 => &algorithms::RSA_PKCS1_2048_8192_SHA384,
            Hash::Sha512 => &algorithms::RSA_PKCS1_2048_8192_SHA512,
        }),
        (EC_PUBLIC_KEY, Scheme::Es256Jose) if curve(key)? == P256 => {
            Some(&algorithms::ECDSA_P256_SHA256_FIXED)
        }
        (ED25519, Scheme::Ed25519 | Scheme::Cose(Algorithm::EdDsa)) => Some(&algorithms::ED25519),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use aws_lc_rs::digest::{SHA256, digest};
    use aws_lc_rs::encoding::{AsDer, PublicKeyX509Der};
    use aws_lc_rs::signature::{
        ECDSA_P256_SHA256_ASN1_SIGNING, ECDSA_P521_SHA256_ASN1_SIGNING, EcdsaKeyPair, KeyPair,
    };
    use x509_cert::der::asn1::BitString;
    use x509_cert::der::{Any, Decode};
    use x509_cert::spki::AlgorithmIdentifier;

    use super::*;

    #[test]
    fn a_cose_algorithm_fixes_the_curve_and_an_x509_one_does_not() {
        // RFC 5915 around a private key of 2 on P-521, which signs with SHA-256.
        let scalar = [&[0; 65][..], &[2]].concat();
        let private = [&[0x30, 0x50, 0x02, 0x01, 0x01, 0x04, 0x42], &scalar[..]].concat();
        let curve = [0xa0, 0x07, 0x06, 0x05, 0x2b, 0x81, 0x04, 0x00, 0x23];
        let private = [&private[..], &curve].concat();
        let pair =
            EcdsaKeyPair::from_private_key_der(&ECDSA_P521_SHA256_ASN1_SIGNING, &private).unwrap();
        let der: PublicKeyX509Der<'_> = pair.public_key().as_der().unwrap();
        let key = SubjectPublicKeyInfoOwned::from_der(der.as_ref()).unwrap();
        let hash = digest(&SHA256, b"message");
        let signature = pair.sign_digest(&hash).unwrap();

        let made = |scheme| verifies(&key, scheme, b"message", signature.as_ref());
        assert!(made(Scheme::Ecdsa(Hash::Sha256)));
        for algorithm in Algorithm::ALL {
            assert!(!made(Scheme::from_cose(*algorithm)), "{algorithm:?}");
        }
    }

    #[test]
    fn a_point_has_one_of_the_two_forms_that_rfc_5480_knows() {
        let der = [
            &[0x30, 0x31, 0x02, 0x01, 0x01, 0x04, 0x20][..],
            &[7; 32],
            &[0xa0, 0x0a, 0x06, 0x08, 0x2a, 0x86, 0x48, 0xce, 0x3d, 0x03, 0x01, 0x07],
        ];
        let pair =
            EcdsaKeyPair::from_private_key_der(&ECDSA_P256_SHA256_ASN1_SIGNING, &der.concat());
        let pair = pair.unwrap();
        let signature = pair.sign_digest(&digest(&SHA256, b"message")).unwrap();
        let point = pair.public_key().as_ref();
        let odd = point[64] & 1;
        let verifies_under = |point: Vec<u8>| {
            let parameters = Some(Any::encode_from(&P256).unwrap());
            let key = SubjectPublicKeyInfoOwned {
                algorithm: AlgorithmIdentifier { oid: EC_PUBLIC_KEY, parameters },
                subject_public_key: BitString::from_bytes(&point).unwrap(),
            };
            verifies(&key, Scheme::Ecdsa(Hash::Sha256), b"message", signature.as_ref())
        };
        assert!(verifies_under(point.to_vec()));
        assert!(verifies_under([&[2 | odd], &point[1..33]].concat()));
        // What this test is about: the library itself would take it.
        let hybrid = [&[6 | odd], &point[1..]].concat();
        let library = UnparsedPublicKey::new(&algorithms::ECDSA_P256_SHA256_ASN1, &hybrid);
        assert!(library.verify(b"message", signature.as_ref()).is_ok());
        assert!(!verifies_under(hybrid));
        assert!(!verifies_under(vec![0]));
        assert!(!verifies_under(Vec::new()));
    }
}
