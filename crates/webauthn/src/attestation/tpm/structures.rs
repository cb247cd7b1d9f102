//! Reading a TPM's structures (`TPM 2.0 Library part 2`, revision 1.38): big-endian integers and
//! byte strings with a 16-bit length. Everything is borrowed from the input, and nothing may
//! follow a structure.

use crate::x509::Hash;

use super::TpmError;

/// `TPM_GENERATED_VALUE` (§6.2) and `TPM_ST_ATTEST_CERTIFY` (§6.9).
const GENERATED: u32 = 0xff54_4347;
const ATTEST_CERTIFY: u16 = 0x8017;

/// `TPM_ALG_ID` (§6.3).
const ALG_RSA: u16 = 0x0001;
const ALG_NULL: u16 = 0x0010;
const ALG_RSASSA: u16 = 0x0014;
const ALG_RSAPSS: u16 = 0x0016;
const ALG_ECDSA: u16 = 0x0018;
const ALG_ECC: u16 = 0x0023;
const ALG_SHA256: u16 = 0x000b;
const ALG_SHA384: u16 = 0x000c;
const ALG_SHA512: u16 = 0x000d;

/// What is used of a `TPMS_ATTEST` (§10.12.8) that holds a `TPMS_CERTIFY_INFO` (§10.12.3).
#[derive(Debug)]
pub(super) struct Attest<'a> {
    pub(super) extra_data: &'a [u8],
    pub(super) name: &'a [u8],
}

impl<'a> Attest<'a> {
    pub(super) fn parse(bytes: &'a [u8]) -> Result<Self, TpmError> {
        let mut reader = Reader(bytes);
        match reader.u32() {
            Some(GENERATED) => {}
            Some(_) => return Err(TpmError::Magic),
            None => return Err(TpmError::CertInfo),
        }
        match reader.u16() {
            Some(ATTEST_CERTIFY) => {}
            Some(_) => return Err(TpmError::Type),
            None => return Err(TpmError::CertInfo),
        }
        Self::parse_rest(reader).ok_or(TpmError::CertInfo)
    }

    fn parse_rest(mut reader: Reader<'a>) -> Option<Self> {
        let _qualified_signer = reader.sized()?;
        let extra_data = reader.sized()?;
        // clockInfo, a TPMS_CLOCK_INFO (§10.11.1): clock, resetCount, restartCount, safe. It and
        // firmwareVersion may be obfuscated; WebAuthn has them ignored.
        let _clock_info = reader.take(17)?;
        let _firmware_version = reader.take(8)?;
        let name = reader.sized()?;
        let _qualified_name = reader.sized()?;
        reader.finish()?;
        Some(Self { extra_data, name })
    }
}

/// A `TPMT_PUBLIC` (§12.2.4) of a signing key.
#[derive(Debug)]
pub(super) struct Public<'a> {
    bytes: &'a [u8],
    name_algorithm: u16,
    /// `TPMA_OBJECT` (§8.3).
    pub(super) attributes: u32,
    pub(super) scheme: KeyScheme,
    pub(super) key: Key<'a>,
}

/// `parameters` and `unique`.
#[derive(Debug)]
pub(super) enum Key<'a> {
    Rsa { bits: u16, exponent: u32, modulus: &'a [u8] },
    Ecc { curve: u16, x: &'a [u8], y: &'a [u8] },
}

/// The signature scheme and hash function to which a key is bound (`TPMT_RSA_SCHEME`,
/// `TPMT_ECC_SCHEME`).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum KeyScheme {
    /// To none: each signature chooses.
    Any,
    RsaPkcs1(Hash),
    RsaPss(Hash),
    Ecdsa(Hash),
}

impl<'a> Public<'a> {
    pub(super) fn parse(bytes: &'a [u8]) -> Result<Self, TpmError> {
        Self::read(bytes).ok_or(TpmError::PubArea)
    }

    fn read(bytes: &'a [u8]) -> Option<Self> {
        let mut reader = Reader(bytes);
        let kind = reader.u16()?;
        let name_algorithm = reader.u16()?;
        let attributes = reader.u32()?;
        let _auth_policy = reader.sized()?;
        // symmetric: only storage keys have one (§12.2.3.5, §12.2.3.6).
        reader.null()?;
        let scheme = reader.key_scheme()?;
        let key = match kind {
            ALG_RSA => {
                Key::Rsa { bits: reader.u16()?, exponent: reader.u32()?, modulus: reader.sized()? }
            }
            ALG_ECC => {
                let curve = reader.u16()?;
                // kdf: no key has one (§12.2.3.6).
                reader.null()?;
                Key::Ecc { curve, x: reader.sized()?, y: reader.sized()? }
            }
            _ => return None,
        };
        reader.finish()?;
        Some(Self { bytes, name_algorithm, attributes, scheme, key })
    }

    /// The entity's name: `nameAlg ‖ H(publicArea)` (`part 1 §16`).
    pub(super) fn name(&self) -> Result<Vec<u8>, TpmError> {
        let hash = hash(self.name_algorithm).ok_or(TpmError::NameAlgorithm(self.name_algorithm))?;
        Ok([&self.name_algorithm.to_be_bytes(), hash.digest(self.bytes).as_ref()].concat())
    }
}

fn hash(algorithm: u16) -> Option<Hash> {
    match algorithm {
        ALG_SHA256 => Some(Hash::Sha256),
        ALG_SHA384 => Some(Hash::Sha384),
        ALG_SHA512 => Some(Hash::Sha512),
        _ => None,
    }
}

/// What is left of the input.
struct Reader<'a>(&'a [u8]);

impl<'a> Reader<'a> {
    fn take(&mut self, length: usize) -> Option<&'a [u8]> {
        let (taken, rest) = self.0.split_at_checked(length)?;
        self.0 = rest;
        Some(taken)
    }

    fn array<const N: usize>(&mut self) -> Option<[u8; N]> {
        let (taken, rest) = self.0.split_first_chunk()?;
        self.0 = rest;
        Some(*taken)
    }

    fn u16(&mut self) -> Option<u16> {
        self.array().map(u16::from_be_bytes)
    }

    fn u32(&mut self) -> Option<u32> {
        self.array().map(u32::from_be_bytes)
    }

    /// A `TPM2B`: a length and as many bytes.
    fn sized(&mut self) -> Option<&'a [u8]> {
        let length = self.u16()?;
        self.take(length.into())
    }

    /// The algorithm that is none.
    fn null(&mut self) -> Option<()> {
        (self.u16()? == ALG_NULL).then_some(())
    }

    fn key_scheme(&mut self) -> Option<KeyScheme> {
        let scheme = match self.u16()? {
            ALG_NULL => return Some(KeyScheme::Any),
            ALG_RSASSA => KeyScheme::RsaPkcs1,
            ALG_RSAPSS => KeyScheme::RsaPss,
            ALG_ECDSA => KeyScheme::Ecdsa,
            _ => return None,
        };
        Some(scheme(hash(self.u16()?)?))
    }

    fn finish(self) -> Option<()> {
        self.0.is_empty().then_some(())
    }
}

#[cfg(test)]
mod tests {
    use proptest::collection::vec;
    use proptest::prelude::*;

    use super::*;

    /// As a TPM writes them, the lengths being those of the content.
    fn certify(extra_data: &[u8], name: &[u8]) -> Vec<u8> {
        let sized = |bytes: &[u8]| {
            let length = u16::try_from(bytes.len()).unwrap_or_default();
            [&length.to_be_bytes()[..], bytes].concat()
        };
        let head = [&GENERATED.to_be_bytes()[..], &ATTEST_CERTIFY.to_be_bytes()].concat();
        let middle = [sized(b"signer"), sized(extra_data), vec![0; 25]].concat();
        [head, middle, sized(name), sized(b"")].concat()
    }

    proptest! {
        #[test]
        fn any_bytes_are_read_or_refused(bytes in vec(any::<u8>(), 0..300)) {
            // In their own way most are refused at once, so some begin as they should.
            let begun = certify(&bytes, &[]);
            for bytes in [&bytes[..], &begun, begun.get(..bytes.len()).unwrap_or_default()] {
                _ = Attest::parse(bytes);
                _ = Public::parse(bytes);
            }
        }

        #[test]
        fn what_was_written_is_read(extra in vec(any::<u8>(), 0..70), name in vec(any::<u8>(), 0..70)) {
            let bytes = certify(&extra, &name);
            let read = Attest::parse(&bytes).unwrap();
            prop_assert_eq!((read.extra_data, read.name), (&extra[..], &name[..]));
            // And from no part of it.
            for length in 0..bytes.len() {
                prop_assert!(Attest::parse(&bytes[..length]).is_err());
            }
        }
    }
}
