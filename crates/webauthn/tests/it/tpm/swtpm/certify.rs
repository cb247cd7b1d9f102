//! `TPM2_Certify` (`TPM 2.0 Library part 3 §18.2`) as raw bytes: the `tpm2_certify` of Debian 12
//! has no way to say what to certify for.

use super::Swtpm;

const SESSIONS: u16 = 0x8002;
const CERTIFY: u32 = 0x0000_0148;
/// `TPM_RS_PW` with an empty password.
const NO_PASSWORD: [u8; 9] = [0x40, 0x00, 0x00, 0x09, 0x00, 0x00, 0x00, 0x00, 0x00];
/// The key's own scheme.
const ALG_NULL: [u8; 2] = [0x00, 0x10];
const ALG_ECDSA: u16 = 0x0018;

/// What the TPM says about the key at `object`, and the signature of the one at `signer`: in DER
/// for ECDSA, plain for RSA.
pub(super) fn certify(
    tpm: &Swtpm,
    (object, signer): (u32, u32),
    qualifying_data: &[u8],
) -> (Vec<u8>, Vec<u8>) {
    let mut body = Vec::new();
    body.extend(CERTIFY.to_be_bytes());
    body.extend(object.to_be_bytes());
    body.extend(signer.to_be_bytes());
    body.extend(18_u32.to_be_bytes());
    body.extend(NO_PASSWORD);
    body.extend(NO_PASSWORD);
    body.extend(u16::try_from(qualifying_data.len()).unwrap().to_be_bytes());
    body.extend(qualifying_data);
    body.extend(ALG_NULL);
    let size = u32::try_from(body.len() + 6).unwrap();
    tpm.write("command", &[&SESSIONS.to_be_bytes()[..], &size.to_be_bytes(), &body].concat());
    tpm.run("tpm2_send -o response command");

    let response = tpm.read("response");
    assert_eq!(response[..2], SESSIONS.to_be_bytes(), "{response:02x?}");
    // tag, size, response code, parameter size
    let mut rest = &response[14..];
    let cert_info = sized(&mut rest);
    let algorithm = u16::from_be_bytes([rest[0], rest[1]]);
    // algorithm, hash
    rest = &rest[4..];
    let first = sized(&mut rest);
    let signature =
        if algorithm == ALG_ECDSA { ecdsa_der(&first, &sized(&mut rest)) } else { first };
    (cert_info, signature)
}

/// A `TPM2B`.
fn sized(rest: &mut &[u8]) -> Vec<u8> {
    let (length, after) = rest.split_first_chunk::<2>().unwrap();
    let (content, after) = after.split_at(u16::from_be_bytes(*length).into());
    *rest = after;
    content.to_vec()
}

/// `Ecdsa-Sig-Value`, `RFC 3279 §2.2.3`
fn ecdsa_der(r: &[u8], s: &[u8]) -> Vec<u8> {
    let integer = |number: &[u8]| {
        let zeros = number.iter().take_while(|byte| **byte == 0).count();
        let number = &number[zeros..];
        let sign = if number[0] & 0x80 == 0 { &[][..] } else { &[0] };
        let length = u8::try_from(sign.len() + number.len()).unwrap();
        [&[0x02, length], sign, number].concat()
    };
    let content = [integer(r), integer(s)].concat();
    [vec![0x30, u8::try_from(content.len()).unwrap()], content].concat()
}
