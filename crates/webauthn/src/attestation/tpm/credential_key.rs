//! Whether a public area is the credential's public key, "identical" as the specification says.

use super::TpmError;
use super::structures::{Key as TpmKey, KeyScheme, Public};
use crate::cbor::{CborError, Key, Reader};
use crate::cose::CosePublicKey;
use crate::ensure;
use crate::x509::Scheme;

/// `TPM_ECC_CURVE` (`TPM 2.0 part 2 §6.4`) beside the COSE curve of the same name
/// (`RFC 9053 §7.1`): P-256, P-384 and P-521.
const CURVES: [(u16, i64); 3] = [(0x0003, 1), (0x0004, 2), (0x0005, 3)];

/// An exponent of zero stands for this one (`TPM 2.0 part 2 §12.2.3.5`).
const DEFAULT_EXPONENT: u32 = 65537;

/// The numbers of a COSE key.
enum Numbers {
    Rsa { modulus: Vec<u8>, exponent: Vec<u8> },
    Ec2 { curve: i64, x: Vec<u8>, y: Vec<u8> },
}

pub(super) fn check(public: &Public<'_>, key: &CosePublicKey) -> Result<(), TpmError> {
    let numbers = Numbers::of(key).ok_or(TpmError::KeyType)?;
    match (&public.key, numbers) {
        (TpmKey::Rsa { bits, exponent, modulus }, Numbers::Rsa { modulus: n, exponent: e }) => {
            let exponent = if *exponent == 0 { DEFAULT_EXPONENT } else { *exponent };
            let same = trim(&exponent.to_be_bytes()) == trim(&e);
            let sized = usize::from(*bits) == bit_length(modulus);
            ensure(same && sized, TpmError::RsaParameters)?;
            ensure(*modulus == n, TpmError::PublicKey)?;
        }
        (TpmKey::Ecc { curve, x, y }, Numbers::Ec2 { curve: cose_curve, x: cose_x, y: cose_y }) => {
            ensure(CURVES.contains(&(*curve, cose_curve)), TpmError::Curve)?;
            // A TPM may leave out a coordinate's leading zeros.
            let same = trim(x) == trim(&cose_x) && trim(y) == trim(&cose_y);
            ensure(same, TpmError::PublicKey)?;
        }
        _ => return Err(TpmError::KeyType),
    }
    let usable = fits(public.scheme, Scheme::from_cose(key.algorithm()));
    ensure(usable, TpmError::Scheme)
}

/// Whether a key that is bound to the one scheme makes signatures of the other.
fn fits(bound: KeyScheme, credential: Scheme) -> bool {
    match (bound, credential) {
        (KeyScheme::Any, _) => true,
        (KeyScheme::RsaPkcs1(bound), Scheme::RsaPkcs1(hash))
        | (KeyScheme::Ecdsa(bound), Scheme::Ecdsa(hash)) => bound == hash,
        // No credential here uses RSASSA-PSS.
        _ => false,
    }
}

impl Numbers {
    /// `None` for a key of a kind that TPMs do not have.
    fn of(key: &CosePublicKey) -> Option<Self> {
        Self::read(&key.to_bytes()).ok().flatten()
    }

    /// Reads what [`CosePublicKey`] has checked and written.
    fn read(cose: &[u8]) -> Result<Option<Self>, CborError> {
        let mut reader = Reader::new(cose);
        let mut entries = reader.map()?;
        let mut kind = 0;
        let mut curve = 0;
        let mut strings = Vec::new();
        while let Some(label) = entries.next_key(&mut reader)? {
            match label {
                Key::Integer(1) => kind = reader.integer()?,
                Key::Integer(-1) if kind == 2 => curve = reader.integer()?,
                Key::Integer(-3..=-1) if kind == 2 || kind == 3 => {
                    strings.push(reader.bytes()?.to_vec());
                }
                _ => drop(reader.item()?),
            }
        }
        Ok(match (kind, <[Vec<u8>; 2]>::try_from(strings)) {
            (2, Ok([x, y])) => Some(Self::Ec2 { curve, x, y }),
            (3, Ok([modulus, exponent])) => Some(Self::Rsa { modulus, exponent }),
            _ => None,
        })
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
