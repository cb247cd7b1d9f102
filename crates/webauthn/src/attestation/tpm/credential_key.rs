//! Whether a public area is the credential's public key, "identical" as the specification says.

use super::TpmError;
use super::structures::{Key, KeyScheme, Public};
use crate::cose::{Algorithm, CosePublicKey, KeyMaterial};
use crate::ensure;
use crate::x509::Hash;

/// `TPM_ECC_CURVE` (`TPM 2.0 part 2 §6.4`).
const P256: u16 = 0x0003;
const P384: u16 = 0x0004;
const P521: u16 = 0x0005;

/// An exponent of zero stands for this one (`TPM 2.0 part 2 §12.2.3.5`).
const DEFAULT_EXPONENT: u32 = 65537;

pub(super) fn check(public: &Public<'_>, key: &CosePublicKey) -> Result<(), TpmError> {
    match (&public.key, key.material()) {
        (Key::Rsa { bits, exponent, modulus }, KeyMaterial::Rsa { modulus: n, exponent: e }) => {
            let exponent = if *exponent == 0 { DEFAULT_EXPONENT } else { *exponent };
            let sized = usize::from(*bits) == bit_length(modulus);
            ensure(exponent == e && sized, TpmError::RsaParameters)?;
            ensure(*modulus == n, TpmError::PublicKey)?;
        }
        (Key::Ecc { curve, x, y }, KeyMaterial::P256(point)) => {
            check_point((*curve, x, y), P256, point)?;
        }
        (Key::Ecc { curve, x, y }, KeyMaterial::P384(point)) => {
            check_point((*curve, x, y), P384, point)?;
        }
        (Key::Ecc { curve, x, y }, KeyMaterial::P521(point)) => {
            check_point((*curve, x, y), P521, point)?;
        }
        _ => return Err(TpmError::KeyType),
    }
    ensure(fits(public.scheme, key.algorithm()), TpmError::Scheme)
}

/// Whether the TPM's point is this uncompressed one, `04 ‖ x ‖ y`.
fn check_point(
    (curve, x, y): (u16, &[u8], &[u8]),
    expected: u16,
    point: &[u8],
) -> Result<(), TpmError> {
    ensure(curve == expected, TpmError::Curve)?;
    let coordinates = point.get(1..).unwrap_or_default();
    let (cose_x, cose_y) = coordinates.split_at(coordinates.len() / 2);
    // A TPM may leave out a coordinate's leading zeros.
    let same = trim(x) == trim(cose_x) && trim(y) == trim(cose_y);
    ensure(same, TpmError::PublicKey)
}

/// Whether a key that is bound to the scheme makes signatures of this algorithm.
fn fits(bound: KeyScheme, algorithm: Algorithm) -> bool {
    match bound {
        KeyScheme::Any => true,
        KeyScheme::RsaPkcs1(hash) => algorithm == Algorithm::Rs256 && hash == Hash::Sha256,
        KeyScheme::RsaPss(hash) => algorithm == Algorithm::Ps256 && hash == Hash::Sha256,
        KeyScheme::Ecdsa(Hash::Sha256) => algorithm == Algorithm::Es256,
        KeyScheme::Ecdsa(Hash::Sha384) => algorithm == Algorithm::Es384,
        KeyScheme::Ecdsa(Hash::Sha512) => algorithm == Algorithm::Es512,
        KeyScheme::Ecdsa(Hash::Sha1) => false,
    }
}

fn trim(number: &[u8]) -> &[u8] {
    let zeros = number.iter().take_while(|byte| **byte == 0).count();
    number.get(zeros..).unwrap_or_default()
}

fn bit_length(number: &[u8]) -> usize {
    let number = trim(number);
    let zeros = number.first().map_or(0, |first| first.leading_zeros());
    number.len().saturating_mul(8).saturating_sub(zeros as usize)
}
