//! The envelope: a JWS in compact serialization, signed with ES256 (RFC 7515 §7.1, RFC 7518 §3.4).

use aws_lc_rs::signature::{ECDSA_P256_SHA256_FIXED, UnparsedPublicKey};

use crate::PublicJwk;
use crate::encoding::{array_from_base64url, from_base64url};

/// Three parts that decode, and nothing said about the signature yet.
#[derive(Debug)]
pub(crate) struct CompactJws<'a> {
    signing_input: &'a str,
    header: &'a str,
    payload: &'a str,
    signature: [u8; 64],
}

impl<'a> CompactJws<'a> {
    /// Splits `header.payload.signature`; `None` unless there are three parts and the last is the
    /// 64 bytes of an ES256 signature.
    pub(crate) fn parse(text: &'a str) -> Option<Self> {
        let (signing_input, signature) = text.rsplit_once('.')?;
        let (header, payload) = signing_input.split_once('.')?;
        if payload.contains('.') {
            return None;
        }
        let signature = array_from_base64url(signature)?;
        Some(Self { signing_input, header, payload, signature })
    }

    /// The JSON text of the protected header.
    pub(crate) fn header(&self) -> Option<Vec<u8>> {
        from_base64url(self.header)
    }

    /// The payload, if `key` signed this envelope. There is no other way to read it.
    pub(crate) fn verified_payload(&self, key: &PublicJwk) -> Result<Vec<u8>, PayloadError> {
        UnparsedPublicKey::new(&ECDSA_P256_SHA256_FIXED, key.uncompressed_point())
            .verify(self.signing_input.as_bytes(), &self.signature)
            .map_err(|_| PayloadError::Signature)?;
        from_base64url(self.payload).ok_or(PayloadError::Encoding)
    }
}

/// Why there is no payload.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum PayloadError {
    Signature,
    Encoding,
}

#[cfg(test)]
mod tests {
    use super::*;

    /// RFC 7515 appendix A.3.
    const RFC_7515_A3: &str = "eyJhbGciOiJFUzI1NiJ9\
        .eyJpc3MiOiJqb2UiLA0KICJleHAiOjEzMDA4MTkzODAsDQogImh0dHA6Ly9leGFtcGxlLmNvbS9pc19yb290Ijp0cnVlfQ\
        .DtEhU3ljbEg8L38VWAfUAqOyKAM6-Xx-F4GawxaepmXFCgfTjDxw5djxLa8ISlSApmWQxfKTUJqPP3-Kg6NU1Q";

    fn key() -> PublicJwk {
        PublicJwk::from_json(
            r#"{"kty":"EC","crv":"P-256",
                "x":"f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU",
                "y":"x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0"}"#,
        )
        .unwrap()
    }

    #[test]
    fn the_example_of_rfc_7515_verifies() {
        let payload = CompactJws::parse(RFC_7515_A3).unwrap().verified_payload(&key()).unwrap();
        let text = String::from_utf8(payload).unwrap();
        assert!(text.starts_with(r#"{"iss":"joe","#), "{text}");
    }

    #[test]
    fn no_character_of_it_can_be_replaced() {
        for position in 0..RFC_7515_A3.len() {
            let mut altered = RFC_7515_A3.as_bytes().to_vec();
            altered[position] = if altered[position] == b'A' { b'B' } else { b'A' };
            let altered = String::from_utf8(altered).unwrap();
            let payload = CompactJws::parse(&altered).map(|jws| jws.verified_payload(&key()));
            assert!(!matches!(payload, Some(Ok(_))), "position {position}");
        }
    }

    #[test]
    fn four_parts_or_two_are_no_envelope() {
        let (two, signature) = RFC_7515_A3.rsplit_once('.').unwrap();
        assert!(CompactJws::parse(two).is_none());
        assert!(CompactJws::parse(&format!("{two}.e30.{signature}")).is_none());
        assert!(CompactJws::parse(&format!("{RFC_7515_A3}.")).is_none());
    }
}
