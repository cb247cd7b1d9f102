//! Checking a signature with a certificate's key.

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
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Hash {
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
    // RFC 5480 §2.2: a point is compressed or not; the library also reads the hybrid of both.
    let is_point = || matches!(key.subject_public_key.raw_bytes().first(), Some(2..=4));
    match (key.algorithm.oid, scheme) {
        (EC_PUBLIC_KEY, Scheme::Ecdsa(hash)) if is_point() => match (curve()?, hash) {
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
            Hash::Sha256 => &algorithms::RSA_PKCS1_2048_8192_SHA256,
            Hash::Sha384 => &algorithms::RSA_PKCS1_2048_8192_SHA384,
            Hash::Sha512 => &algorithms::RSA_PKCS1_2048_8192_SHA512,
        }),
        (ED25519, Scheme::Ed25519) => Some(&algorithms::ED25519),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use aws_lc_rs::digest::{SHA256, digest};
    use aws_lc_rs::signature::{ECDSA_P256_SHA256_ASN1_SIGNING, EcdsaKeyPair, KeyPair as _};
    use x509_cert::der::Any;
    use x509_cert::der::asn1::BitString;
    use x509_cert::spki::AlgorithmIdentifier;

    use super::*;

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
