//! What a TPM writes (`TPM 2.0 Library part 2`).

use aws_lc_rs::digest::{SHA256, digest};
use aws_lc_rs::signature::KeyPair as _;

use super::super::key::Key;

const TPM_ALG_NULL: [u8; 2] = [0x00, 0x10];
const TPM_ALG_SHA256: [u8; 2] = [0x00, 0x0b];

/// fixedTPM, fixedParent, sensitiveDataOrigin, userWithAuth, sign.
const ATTRIBUTES: [u8; 4] = [0x00, 0x04, 0x00, 0x72];

/// `TPMT_PUBLIC`: type, nameAlg, attributes, an empty policy, no symmetric algorithm, no scheme;
/// then what the type has.
pub(super) fn pub_area(key: &Key) -> Vec<u8> {
    let mut out = Vec::new();
    out.extend(match key {
        Key::Rs256(_) => [0x00, 0x01],
        _ => [0x00, 0x23],
    });
    out.extend(TPM_ALG_SHA256);
    out.extend(ATTRIBUTES);
    sized(&mut out, &[]);
    out.extend(TPM_ALG_NULL);
    out.extend(TPM_ALG_NULL);
    match key {
        Key::Rs256(pair) => {
            // 2048 bits, the default exponent; the modulus is at byte 9 of an RSAPublicKey.
            out.extend([0x08, 0x00, 0, 0, 0, 0]);
            sized(&mut out, &pair.public_key().as_ref()[9..265]);
        }
        Key::Es256(pair) => {
            // NIST P-256, no key derivation.
            out.extend([0x00, 0x03]);
            out.extend(TPM_ALG_NULL);
            let point = pair.public_key().as_ref();
            sized(&mut out, &point[1..33]);
            sized(&mut out, &point[33..]);
        }
        Key::EdDsa(_) => panic!("TPMs have no such keys"),
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
