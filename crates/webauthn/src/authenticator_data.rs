//! What the authenticator says it did
//! (<https://www.w3.org/TR/webauthn-3/#sctn-authenticator-data>).

use thiserror::Error;

use crate::cbor::{CborError, Key, Reader};
use crate::ids::{Aaguid, CredentialId};

/// Why bytes are not authenticator data.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum AuthenticatorDataError {
    /// The data ends too early.
    #[error("authenticator data ends too early")]
    Truncated,
    /// Bytes follow the parts that the flags announce.
    #[error("bytes follow the authenticator data")]
    TrailingBytes,
    /// The credential id is shorter than 16 or longer than 1023 bytes.
    #[error("the credential id has {0} bytes; 16 to 1023 are allowed")]
    CredentialIdLength(u16),
    /// A registration without attested credential data, or an assertion with it.
    #[error("attested credential data is missing from a registration or present in an assertion")]
    AttestedCredential,
    /// The public key or the extensions are not canonical CBOR of the expected shape.
    #[error("authenticator data: {0}")]
    Cbor(#[from] CborError),
}

/// The flags byte (<https://www.w3.org/TR/webauthn-3/#authdata-flags>).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Flags(u8);

impl Flags {
    /// UP: somebody was present.
    pub(crate) fn user_present(self) -> bool {
        self.0 & 0x01 != 0
    }

    /// UV: that somebody was verified, by PIN or biometrics.
    pub(crate) fn user_verified(self) -> bool {
        self.0 & 0x04 != 0
    }

    /// BE: the credential can be copied to other devices.
    pub(crate) fn backup_eligible(self) -> bool {
        self.0 & 0x08 != 0
    }

    /// BS: it has been.
    pub(crate) fn backed_up(self) -> bool {
        self.0 & 0x10 != 0
    }

    /// AT: attested credential data follows.
    fn attested(self) -> bool {
        self.0 & 0x40 != 0
    }

    /// ED: extension outputs follow.
    fn extensions(self) -> bool {
        self.0 & 0x80 != 0
    }
}

/// Authenticator data, split into its parts and borrowed from the response.
#[derive(Debug)]
pub(crate) struct AuthenticatorData<'a> {
    pub(crate) rp_id_hash: &'a [u8; 32],
    pub(crate) flags: Flags,
    pub(crate) sign_count: u32,
    pub(crate) attested: Option<AttestedCredential<'a>>,
    /// Extension outputs, one map with text keys, not yet looked into.
    pub(crate) extensions: Option<&'a [u8]>,
}

/// A new credential (<https://www.w3.org/TR/webauthn-3/#sctn-attested-credential-data>).
#[derive(Debug)]
pub(crate) struct AttestedCredential<'a> {
    pub(crate) aaguid: Aaguid,
    pub(crate) credential_id: &'a [u8],
    /// One whole CBOR item, not yet looked into.
    pub(crate) public_key: &'a [u8],
}

impl<'a> AuthenticatorData<'a> {
    /// Reads all of `bytes`.
    pub(crate) fn parse(bytes: &'a [u8]) -> Result<Self, AuthenticatorDataError> {
        let (rp_id_hash, rest) = chunk(bytes)?;
        let (&[flags], rest) = chunk(rest)?;
        let (&sign_count, mut rest) = chunk(rest)?;
        let flags = Flags(flags);

        let mut attested = None;
        if flags.attested() {
            let (credential, after) = AttestedCredential::split(rest)?;
            attested = Some(credential);
            rest = after;
        }
        let mut extensions = None;
        if flags.extensions() {
            let (outputs, after) = split_extensions(rest)?;
            extensions = Some(outputs);
            rest = after;
        }
        if !rest.is_empty() {
            return Err(AuthenticatorDataError::TrailingBytes);
        }
        let sign_count = u32::from_be_bytes(sign_count);
        Ok(Self { rp_id_hash, flags, sign_count, attested, extensions })
    }
}

impl<'a> AttestedCredential<'a> {
    fn split(bytes: &'a [u8]) -> Result<(Self, &'a [u8]), AuthenticatorDataError> {
        let (&aaguid, rest) = chunk(bytes)?;
        let (&length, rest) = chunk(rest)?;
        let length = u16::from_be_bytes(length);
        if !(CredentialId::MIN_LEN..=CredentialId::MAX_LEN).contains(&usize::from(length)) {
            return Err(AuthenticatorDataError::CredentialIdLength(length));
        }
        let (credential_id, rest) =
            rest.split_at_checked(usize::from(length)).ok_or(AuthenticatorDataError::Truncated)?;
        let mut reader = Reader::new(rest);
        let public_key = reader.item()?;
        Ok((Self { aaguid: Aaguid::new(aaguid), credential_id, public_key }, reader.rest()))
    }
}

/// Extension outputs are a map from identifiers to anything
/// (<https://www.w3.org/TR/webauthn-3/#authdata-extensions>). Unsolicited ones are allowed,
/// so only their form is checked here.
fn split_extensions(bytes: &[u8]) -> Result<(&[u8], &[u8]), AuthenticatorDataError> {
    let mut reader = Reader::new(bytes);
    let mut entries = reader.map()?;
    while let Some(key) = entries.next_key(&mut reader)? {
        if !matches!(key, Key::Text(_)) {
            return Err(CborError::UnexpectedType.into());
        }
        reader.item()?;
    }
    let rest = reader.rest();
    Ok((&bytes[..bytes.len() - rest.len()], rest))
}

fn chunk<const N: usize>(bytes: &[u8]) -> Result<(&[u8; N], &[u8]), AuthenticatorDataError> {
    bytes.split_first_chunk().ok_or(AuthenticatorDataError::Truncated)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn data(flags: u8, tail: &[u8]) -> Vec<u8> {
        [&[9; 32][..], &[flags], &[0, 0, 1, 2], tail].concat()
    }

    fn attested(id_length: u16, id: &[u8], rest: &[u8]) -> Vec<u8> {
        [&[1; 16][..], &id_length.to_be_bytes(), id, rest].concat()
    }

    #[test]
    fn the_fixed_part_is_enough_for_an_assertion() {
        let bytes = data(0x05, &[]);
        let parsed = AuthenticatorData::parse(&bytes).unwrap();
        assert_eq!(parsed.sign_count, 0x0102);
        assert!(parsed.flags.user_present() && parsed.flags.user_verified());
        assert!(!parsed.flags.backup_eligible() && !parsed.flags.backed_up());
        assert!(parsed.attested.is_none());
    }

    #[test]
    fn a_credential_and_extensions_follow_when_announced() {
        let tail = [attested(16, &[2; 16], &[0xa0]), b"\xa1\x63abc\xf5".to_vec()].concat();
        let bytes = data(0xc1, &tail);
        let parsed = AuthenticatorData::parse(&bytes).unwrap();
        assert_eq!(parsed.extensions.unwrap(), b"\xa1\x63abc\xf5");
        let credential = parsed.attested.unwrap();
        assert_eq!(credential.credential_id, [2; 16]);
        assert_eq!(credential.public_key, [0xa0]);
    }

    #[test]
    fn parts_must_match_the_flags_exactly() {
        use AuthenticatorDataError::*;
        for length in 0..37 {
            assert_eq!(AuthenticatorData::parse(&data(1, &[])[..length]).unwrap_err(), Truncated);
        }
        let refused = [
            (data(0x01, &[0]), TrailingBytes),
            (data(0x41, &[]), Truncated),
            (data(0x41, &attested(17, &[2; 16], &[])), Truncated),
            (data(0x41, &attested(15, &[2; 15], &[0xa0])), CredentialIdLength(15)),
            (data(0x41, &attested(1024, &[2; 1024], &[0xa0])), CredentialIdLength(1024)),
            (data(0x41, &attested(16, &[2; 16], &[])), Cbor(CborError::Truncated)),
            (data(0x41, &attested(16, &[2; 16], &[0xa0, 0xa0])), TrailingBytes),
            (data(0x81, &[]), Cbor(CborError::Truncated)),
            (data(0x81, &[0x80]), Cbor(CborError::UnexpectedType)),
            (data(0x81, &[0xa1, 0x01, 0x01]), Cbor(CborError::UnexpectedType)),
            (data(0x81, &[0xa0, 0x00]), TrailingBytes),
        ];
        for (bytes, error) in refused {
            assert_eq!(AuthenticatorData::parse(&bytes).unwrap_err(), error, "{bytes:02x?}");
        }
    }
}
