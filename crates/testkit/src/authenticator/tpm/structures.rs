//! What a TPM writes (`TPM 2.0 Library part 2`).

use aws_lc_rs::digest::{SHA256, digest};

use super::super::key::{Algorithm, Key};

const TPM_ALG_NULL: [u8; 2] = [0x00, 0x10];
const TPM_ALG_SHA256: [u8; 2] = [0x00, 0x0b];

/// fixedTPM, fixedParent, sensitiveDataOrigin, userWithAuth, sign.
const ATTRIBUTES: [u8; 4] = [0x00, 0x04, 0x00, 0x72];

/// `TPMT_PUBLIC`: type, nameAlg, attributes, an empty policy, no symmetric algorithm, no scheme;
/// then what the type has.
pub(super) fn pub_area(key: &Key) -> Vec<u8> {
    let mut out = Vec::new();
    out.extend(match key {
        Key::Rsa(..) => [0x00, 0x01],
        Key::Ec(..) => [0x00, 0x23],
        Key::EdDsa(_) => panic!("TPMs have no such keys"),
    });
    out.extend(TPM_ALG_SHA256);
    out.extend(ATTRIBUTES);
    sized(&mut out, &[]);
    out.extend(TPM_ALG_NULL);
    out.extend(TPM_ALG_NULL);
    if let Key::Rsa(..) = key {
        // 2048 bits, the default exponent; the modulus is at byte 9 of an RSAPublicKey.
        out.extend([0x08, 0x00, 0, 0, 0, 0]);
        sized(&mut out, &key.public()[9..265]);
    } else {
        let curve = match key.algorithm() {
            Algorithm::Es384 => 0x04,
            Algorithm::Es512 => 0x05,
            _ => 0x03,
        };
        // The curve, no key derivation.
        out.extend([0x00, curve]);
        out.extend(TPM_ALG_NULL);
        let point = &key.public()[1..];
        let (x, y) = point.split_at(point.len() / 2);
        sized(&mut out, x);
        sized(&mut out, y);
    }
    out
}

/// `TPMS_ATTEST` of type certify, about the key of `pub_area`.
pub(super) fn cert_info(extra_data: &[u8], pub_area: &[u8]) -> Vec<u8> {
    let mut out = vec![0xff, 0x54, 0x43, 0x47, 0x80, 0x17];
    sized(&mut out, &name(b"the attestation identity key"));
    sized(&mut out, extra_data);
    // clock, resetCount, restartCount, safe; firmwareVersion.
    out.extend(123_456_789_u64.to_be_bytes());
    out.extend([0, 0, 0, 7, 0, 0, 0, 1, 1]);
    out.extend(0x0001_0002_0003_0004_u64.to_be_bytes());
    sized(&mut out, &name(pub_area));
    sized(&mut out, &name(b"the key under its parent"));
    out
}

/// `nameAlg ‖ H(publicArea)`
fn name(area: &[u8]) -> Vec<u8> {
    [&TPM_ALG_SHA256, digest(&SHA256, area).as_ref()].concat()
}

/// A `TPM2B`.
fn sized(out: &mut Vec<u8>, bytes: &[u8]) {
    let length = u16::try_from(bytes.len()).expect("a TPM has no room for more");
    out.extend(length.to_be_bytes());
    out.extend(bytes);
}
