//! The few CBOR items that authenticators write, always in canonical form.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;

pub(super) const NEGATIVE: u8 = 1;
pub(super) const BYTES: u8 = 2;
pub(super) const TEXT: u8 = 3;
pub(super) const ARRAY: u8 = 4;
pub(super) const MAP: u8 = 5;

/// The head of an item, `RFC 8949 §3`.
pub(super) fn head(out: &mut Vec<u8>, major: u8, argument: usize) {
    let major = major << 5;
    let bytes = (argument as u64).to_be_bytes();
    match argument {
        0..24 => out.push(major | bytes[7]),
        24..0x100 => out.extend([major | 0x18, bytes[7]]),
        0x100..0x1_0000 => out.extend([major | 0x19, bytes[6], bytes[7]]),
        _ => {
            out.push(major | 0x1a);
            out.extend(&bytes[4..]);
        }
    }
}

pub(super) fn bytes(out: &mut Vec<u8>, value: &[u8]) {
    head(out, BYTES, value.len());
    out.extend(value);
}

pub(super) fn text(out: &mut Vec<u8>, value: &str) {
    head(out, TEXT, value.len());
    out.extend(value.as_bytes());
}

/// A negative integer, as the COSE numbers of algorithms are.
pub(super) fn algorithm(out: &mut Vec<u8>, id: i64) {
    let argument = usize::try_from(-1 - id).expect("COSE algorithms in use are negative");
    head(out, NEGATIVE, argument);
}

/// <https://www.w3.org/TR/webauthn-3/#attestation-object>
pub(super) fn attestation_object(format: &str, statement: &[u8], auth_data: &[u8]) -> Vec<u8> {
    let mut object = Vec::with_capacity(64 + statement.len() + auth_data.len());
    head(&mut object, MAP, 3);
    text(&mut object, "fmt");
    text(&mut object, format);
    text(&mut object, "attStmt");
    object.extend(statement);
    text(&mut object, "authData");
    bytes(&mut object, auth_data);
    object
}

pub(super) fn base64url(value: &[u8]) -> String {
    URL_SAFE_NO_PAD.encode(value)
}
