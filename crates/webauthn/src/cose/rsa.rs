//! What the RSA algorithms share: a key is a modulus and an exponent (`RFC 8230 §4`).

use core::marker::PhantomData;

use aws_lc_rs::rsa::PublicKeyComponents;
use aws_lc_rs::signature::RsaParameters;

use super::{CoseError, KeyMaterial, Parameters};

const KTY_RSA: i64 = 3;
const MODULUS_BITS: core::ops::RangeInclusive<u32> = 2048..=4096;

/// How signatures are padded and hashed.
pub(super) trait Scheme {
    /// How they are verified. The modulus is of our size long before this looks at its own limits.
    const VERIFICATION: &'static RsaParameters;
    /// Everything of the COSE key before n.
    const BEFORE_N: &'static [u8];
}

#[derive(Clone, PartialEq, Eq)]
pub(super) struct PublicKey<S> {
    /// Big-endian, without leading zeros.
    modulus: Box<[u8]>,
    exponent: u32,
    scheme: PhantomData<S>,
}

impl<S: Scheme> PublicKey<S> {
    pub(super) fn read(key_type: i64, mut rest: Parameters<'_, '_>) -> Result<Self, CoseError> {
        if key_type != KTY_RSA {
            return Err(CoseError::Shape);
        }
        let modulus = rest.bytes(-1)?;
        let exponent = rest.bytes(-2)?;
        rest.finish()?;
        check_modulus(modulus)?;
        let exponent = read_exponent(exponent)?;
        Ok(Self { modulus: modulus.into(), exponent, scheme: PhantomData })
    }

    pub(super) fn encode(&self) -> Vec<u8> {
        // The modulus has 256 to 512 bytes, so its length always takes two bytes.
        let [.., high, low] = self.modulus.len().to_be_bytes();
        let exponent = self.exponent.to_be_bytes();
        let exponent = trim(&exponent);
        // An exponent has three or four bytes.
        let head = if exponent.len() == 3 { 0x43 } else { 0x44 };
        [S::BEFORE_N, &[0x59, high, low], &self.modulus, &[0x21, head], exponent].concat()
    }

    pub(super) fn material(&self) -> KeyMaterial<'_> {
        KeyMaterial::Rsa { modulus: &self.modulus, exponent: self.exponent }
    }

    pub(super) fn verifies(&self, message: &[u8], signature: &[u8]) -> bool {
        let exponent = self.exponent.to_be_bytes();
        PublicKeyComponents { n: &*self.modulus, e: trim(&exponent) }
            .verify(S::VERIFICATION, message, signature)
            .is_ok()
    }
}

fn check_modulus(modulus: &[u8]) -> Result<(), CoseError> {
    let [first, .., last] = modulus else { return Err(CoseError::ModulusSize) };
    let bits = u32::try_from(modulus.len())
        .ok()
        .and_then(|bytes| bytes.checked_mul(8))
        .and_then(|bits| bits.checked_sub(first.leading_zeros()))
        .ok_or(CoseError::ModulusSize)?;
    // A leading zero byte is not canonical (RFC 8230 §4).
    if *first == 0 {
        Err(CoseError::Shape)
    } else if !MODULUS_BITS.contains(&bits) {
        Err(CoseError::ModulusSize)
    } else if last % 2 == 0 {
        // The product of two odd primes is odd.
        Err(CoseError::EvenModulus)
    } else {
        Ok(())
    }
}

/// FIPS 186-5 §5.1 wants an odd exponent above 2^16; nobody uses one beyond 32 bits.
fn read_exponent(bytes: &[u8]) -> Result<u32, CoseError> {
    if bytes.len() > 4 || bytes.first() == Some(&0) {
        return Err(CoseError::Exponent);
    }
    let value = bytes.iter().fold(0_u32, |value, byte| value << 8 | u32::from(*byte));
    if value > 0x1_0000 && value % 2 == 1 { Ok(value) } else { Err(CoseError::Exponent) }
}

fn trim(bytes: &[u8; 4]) -> &[u8] {
    let zeros = bytes.iter().take_while(|byte| **byte == 0).count();
    &bytes[zeros..]
}
