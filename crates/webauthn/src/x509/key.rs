//! Whether a certificate's key is a credential's key.

use x509_cert::der::asn1::{ObjectIdentifier, UintRef};
use x509_cert::der::{Decode, Reader, SliceReader};
use x509_cert::spki::SubjectPublicKeyInfoOwned;

use crate::cose::KeyMaterial;

pub(super) const EC_PUBLIC_KEY: ObjectIdentifier =
    ObjectIdentifier::new_unwrap("1.2.840.10045.2.1");
pub(super) const P256: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.10045.3.1.7");
pub(super) const P384: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.3.132.0.34");
pub(super) const P521: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.3.132.0.35");
pub(super) const RSA: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.113549.1.1.1");
pub(super) const ED25519: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.3.101.112");

/// The named curve of an EC key.
pub(super) fn curve(key: &SubjectPublicKeyInfoOwned) -> Option<ObjectIdentifier> {
    if key.algorithm.oid != EC_PUBLIC_KEY {
        return None;
    }
    key.algorithm.parameters.as_ref()?.decode_as().ok()
}

/// Whether both are the same key.
pub(super) fn is(key: &SubjectPublicKeyInfoOwned, other: KeyMaterial<'_>) -> bool {
    let Some(bytes) = key.subject_public_key.as_bytes() else { return false };
    match other {
        KeyMaterial::P256(point) => curve(key) == Some(P256) && bytes == point,
        KeyMaterial::P384(point) => curve(key) == Some(P384) && bytes == point,
        KeyMaterial::P521(point) => curve(key) == Some(P521) && bytes == point,
        KeyMaterial::Ed25519(point) => key.algorithm.oid == ED25519 && bytes == point,
        KeyMaterial::Rsa { modulus, exponent } => {
            key.algorithm.oid == RSA && rsa_is(bytes, modulus, exponent) == Some(true)
        }
    }
}

/// `RSAPublicKey`, `RFC 8017 §A.1.1`. `None` when it is none.
fn rsa_is(der: &[u8], modulus: &[u8], exponent: u32) -> Option<bool> {
    let mut reader = SliceReader::new(der).ok()?;
    let (n, e) = reader
        .sequence(|inner| {
            Ok::<_, x509_cert::der::Error>((UintRef::decode(inner)?, UintRef::decode(inner)?))
        })
        .ok()?;
    reader.finish().ok()?;
    let exponent = exponent.to_be_bytes();
    let zeros = exponent.iter().take_while(|byte| **byte == 0).count();
    Some(n.as_bytes() == modulus && Some(e.as_bytes()) == exponent.get(zeros..))
}

#[cfg(test)]
mod tests {
    use x509_cert::der::Any;
    use x509_cert::der::asn1::BitString;
    use x509_cert::spki::AlgorithmIdentifierOwned;

    use super::*;

    fn certified(
        oid: ObjectIdentifier,
        parameters: Option<ObjectIdentifier>,
        bytes: &[u8],
    ) -> SubjectPublicKeyInfoOwned {
        SubjectPublicKeyInfoOwned {
            algorithm: AlgorithmIdentifierOwned { oid, parameters: parameters.map(Any::from) },
            subject_public_key: BitString::from_bytes(bytes).unwrap(),
        }
    }

    #[test]
    fn a_point_is_on_one_curve_only() {
        // The same bytes on every curve; brainpoolP384r1 has points of P-384's size.
        let other = ObjectIdentifier::new_unwrap("1.3.36.3.3.2.8.1.1.11");
        let point = [4; 97];
        let curves = [
            (Some(P256), KeyMaterial::P256(&point)),
            (Some(P384), KeyMaterial::P384(&point)),
            (Some(P521), KeyMaterial::P521(&point)),
        ];
        for (named, _) in
            curves.into_iter().chain([(Some(other), curves[0].1), (None, curves[0].1)])
        {
            let key = certified(EC_PUBLIC_KEY, named, &point);
            for (curve, material) in curves {
                assert_eq!(is(&key, material), named == curve);
            }
        }
        assert!(!is(&certified(EC_PUBLIC_KEY, Some(P256), &[5; 97]), curves[0].1));
        assert!(!is(&certified(RSA, Some(P256), &point), curves[0].1));
    }

    #[test]
    fn an_ed25519_key_is_named_as_one() {
        let material = KeyMaterial::Ed25519(&[7; 32]);
        assert!(is(&certified(ED25519, None, &[7; 32]), material));
        assert!(!is(&certified(ED25519, None, &[8; 32]), material));
        // X25519
        let other = ObjectIdentifier::new_unwrap("1.3.101.110");
        assert!(!is(&certified(other, None, &[7; 32]), material));
    }

    #[test]
    fn an_rsa_key_has_one_modulus_and_one_exponent() {
        let der = |modulus: &[u8], exponent: &[u8]| {
            let [modulus, exponent] = [modulus, exponent].map(|integer| {
                [&[0x02, u8::try_from(integer.len()).unwrap()][..], integer].concat()
            });
            let length = u8::try_from(modulus.len() + exponent.len()).unwrap();
            [&[0x30, length], &modulus[..], &exponent].concat()
        };
        let is_it = |bytes: &[u8]| {
            let material = KeyMaterial::Rsa { modulus: &[0x81, 0x23], exponent: 65_537 };
            is(&certified(RSA, None, bytes), material)
        };
        let whole = der(&[0x00, 0x81, 0x23], &[1, 0, 1]);
        assert!(is_it(&whole));
        assert!(!is_it(&der(&[0x00, 0x81, 0x24], &[1, 0, 1])));
        assert!(!is_it(&der(&[0x00, 0x81, 0x23], &[1, 0, 3])));
        // Negative, longer than need be, followed by a byte, cut off.
        assert!(!is_it(&der(&[0x81, 0x23], &[1, 0, 1])));
        assert!(!is_it(&der(&[0x00, 0x00, 0x81, 0x23], &[1, 0, 1])));
        assert!(!is_it(&[&whole[..], &[0]].concat()));
        assert!(!is_it(&whole[..whole.len() - 1]));
        assert!(!is(
            &certified(EC_PUBLIC_KEY, None, &whole),
            KeyMaterial::Rsa { modulus: &[0x81, 0x23], exponent: 65_537 }
        ));
    }
}
