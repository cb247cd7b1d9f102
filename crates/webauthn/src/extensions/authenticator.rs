//! What authenticators answer at registration, in authenticator data.

use crate::cbor::{CborError, Key, Reader};

/// The outputs of a new credential's authenticator that are understood
/// (<https://www.w3.org/TR/webauthn-3/#authdata-extensions>; the extensions are those of `FIDO
/// CTAP 2.2`). An output of another type than its extension defines refuses the registration.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct AuthenticatorExtensions {
    /// `credProtect`: when the credential is of use without user verification.
    pub protection: Option<CredentialProtection>,
    /// `hmac-secret`: whether the credential can evaluate the function behind PRF.
    pub hmac_secret: Option<bool>,
    /// `minPinLength`: how many characters a PIN must have, where the authenticator is configured
    /// to tell this relying party.
    pub min_pin_length: Option<u32>,
}

/// The levels of `credProtect`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CredentialProtection {
    /// 1: always of use.
    Optional,
    /// 2: without verification only for those who know its id.
    OptionalWithId,
    /// 3: never without verification.
    Required,
}

impl AuthenticatorExtensions {
    /// Reads a map of outputs, which the reader of authenticator data has found to be one.
    pub(crate) fn read(outputs: &[u8]) -> Result<Self, CborError> {
        let mut reader = Reader::new(outputs);
        let mut entries = reader.map()?;
        let mut read = Self::default();
        while let Some(key) = entries.next_key(&mut reader)? {
            match key {
                Key::Text("credProtect") => {
                    read.protection = Some(CredentialProtection::from_level(reader.integer()?)?);
                }
                Key::Text("hmac-secret") => read.hmac_secret = Some(reader.boolean()?),
                Key::Text("minPinLength") => {
                    let length = u32::try_from(reader.integer()?);
                    read.min_pin_length = Some(length.map_err(|_| CborError::UnexpectedType)?);
                }
                _ => drop(reader.item()?),
            }
        }
        Ok(read)
    }
}

impl CredentialProtection {
    fn from_level(level: i64) -> Result<Self, CborError> {
        match level {
            1 => Ok(Self::Optional),
            2 => Ok(Self::OptionalWithId),
            3 => Ok(Self::Required),
            _ => Err(CborError::UnexpectedType),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn map(entries: &[(&str, &[u8])]) -> Vec<u8> {
        let mut bytes = vec![0xa0 | u8::try_from(entries.len()).unwrap()];
        for (name, value) in entries {
            bytes.push(0x60 | u8::try_from(name.len()).unwrap());
            bytes.extend(name.as_bytes());
            bytes.extend(*value);
        }
        bytes
    }

    #[test]
    fn known_outputs_are_read_and_others_passed_over() {
        let outputs = map(&[
            ("credProtect", &[0x03]),
            ("hmac-secret", &[0xf5]),
            ("minPinLength", &[0x08]),
            ("somethingElse", &[0x81, 0xf6]),
        ]);
        let expected = AuthenticatorExtensions {
            protection: Some(CredentialProtection::Required),
            hmac_secret: Some(true),
            min_pin_length: Some(8),
        };
        assert_eq!(AuthenticatorExtensions::read(&outputs), Ok(expected));
        assert_eq!(AuthenticatorExtensions::read(&[0xa0]), Ok(AuthenticatorExtensions::default()));
        for (level, protection) in
            [(1, CredentialProtection::Optional), (2, CredentialProtection::OptionalWithId)]
        {
            let read = AuthenticatorExtensions::read(&map(&[("credProtect", &[level])])).unwrap();
            assert_eq!(read.protection, Some(protection));
        }
    }

    #[test]
    fn a_known_output_of_another_type_is_refused() {
        for (name, value) in [
            ("credProtect", &[0x00][..]),
            ("credProtect", &[0x04]),
            ("credProtect", &[0xf5]),
            ("credProtect", &[0x22]),
            ("hmac-secret", &[0x01]),
            ("hmac-secret", &[0xf6]),
            ("hmac-secret", &[0x41, 0x00]),
            ("minPinLength", &[0x20]),
            ("minPinLength", &[0x1b, 0, 0, 0, 1, 0, 0, 0, 0]),
            ("minPinLength", &[0xf9, 0x3c, 0x00]),
        ] {
            let read = AuthenticatorExtensions::read(&map(&[(name, value)]));
            assert_eq!(read, Err(CborError::UnexpectedType), "{name} {value:02x?}");
        }
    }
}
