//! RSASSA-PKCS1-v1_5 with SHA-1 (`RFC 8017 §8.2`). aws-lc-rs verifies such signatures and makes
//! none, so they are made by hand here, in a way that is fit for tests only.

use aws_lc_rs::digest::{SHA1_FOR_LEGACY_USE_ONLY, digest};
use aws_lc_rs::encoding::{AsDer, Pkcs8V1Der};
use num_bigint::BigUint;

use super::super::key::Key;

pub(super) const COSE_ID: i64 = -65535;

/// What precedes a SHA-1 digest in its `DigestInfo` (`RFC 8017 §9.2`).
const DIGEST_INFO: [u8; 15] =
    [0x30, 0x21, 0x30, 0x09, 0x06, 0x05, 0x2b, 0x0e, 0x03, 0x02, 0x1a, 0x05, 0x00, 0x04, 0x14];

pub(super) fn sign(key: &Key, message: &[u8]) -> Vec<u8> {
    let Key::Rsa(_, pair) = key else { panic!("RS1 needs an RSA key") };
    let der: Pkcs8V1Der<'_> = pair.as_der().expect("a key pair has a private key");
    let [modulus, exponent] = numbers(der.as_ref());

    let hash = digest(&SHA1_FOR_LEGACY_USE_ONLY, message);
    let length = modulus.len();
    let padding = length - 3 - DIGEST_INFO.len() - hash.as_ref().len();
    let padding = vec![0xff; padding];
    let encoded = [&[0, 1][..], &padding, &[0], &DIGEST_INFO, hash.as_ref()].concat();

    let number = BigUint::from_bytes_be;
    let power = number(&encoded).modpow(&number(exponent), &number(modulus)).to_bytes_be();
    [vec![0; length - power.len()], power].concat()
}

/// The modulus without leading zeros and the private exponent, from PKCS #8: version, algorithm,
/// and within an octet string version, modulus, public exponent, private exponent.
fn numbers(pkcs8: &[u8]) -> [&[u8]; 2] {
    let (info, _) = element(pkcs8);
    let (_, rest) = element(info);
    let (_, rest) = element(rest);
    let (octets, _) = element(rest);
    let (key, _) = element(octets);
    let (_, rest) = element(key);
    let (modulus, rest) = element(rest);
    let (_, rest) = element(rest);
    let (exponent, _) = element(rest);
    [modulus.strip_prefix(&[0]).unwrap_or(modulus), exponent]
}

/// The content of the first DER element, and what follows it.
fn element(der: &[u8]) -> (&[u8], &[u8]) {
    let (length, header) = match der[1] {
        0x81 => (usize::from(der[2]), 3),
        0x82 => (usize::from(u16::from_be_bytes([der[2], der[3]])), 4),
        short => (usize::from(short), 2),
    };
    (&der[header..header + length], &der[header + length..])
}
