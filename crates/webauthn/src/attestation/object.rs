//! The envelope (<https://www.w3.org/TR/webauthn-3/#attestation-object>).

use thiserror::Error;

use super::Format;
use crate::cbor::{CborError, Key, Reader};

/// Why bytes are not an attestation object.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum AttestationObjectError {
    /// Not canonical CBOR.
    #[error("attestation object: {0}")]
    Cbor(#[from] CborError),
    /// Not exactly `fmt`, `attStmt` and `authData`, or a format name that is not 1 to 32
    /// printable ASCII characters.
    #[error("the attestation object does not have fmt, attStmt and authData, and only those")]
    Shape,
}

/// Its three members, borrowed.
#[derive(Debug)]
pub(crate) struct AttestationObject<'a> {
    pub(crate) format_name: &'a str,
    pub(crate) statement: &'a [u8],
    pub(crate) auth_data: &'a [u8],
}

impl<'a> AttestationObject<'a> {
    pub(crate) fn parse(bytes: &'a [u8]) -> Result<Self, AttestationObjectError> {
        let mut reader = Reader::new(bytes);
        let mut entries = reader.map()?;
        // Canonical order is by length: fmt, attStmt, authData.
        let mut expect = |reader: &mut Reader<'a>, name| match entries.next_key(reader)? {
            Some(Key::Text(found)) if found == name => Ok(()),
            _ => Err(AttestationObjectError::Shape),
        };
        expect(&mut reader, "fmt")?;
        let format_name = reader.text()?;
        expect(&mut reader, "attStmt")?;
        let statement = reader.item()?;
        expect(&mut reader, "authData")?;
        let auth_data = reader.bytes()?;
        if entries.left() != 0 || !is_identifier(format_name) {
            return Err(AttestationObjectError::Shape);
        }
        reader.finish()?;
        Ok(Self { format_name, statement, auth_data })
    }

    /// The format, when it is one of ours.
    pub(crate) fn format(&self) -> Option<Format> {
        Format::from_identifier(self.format_name)
    }
}

/// <https://www.w3.org/TR/webauthn-3/#sctn-attstn-fmt-ids>
fn is_identifier(name: &str) -> bool {
    (1..=32).contains(&name.len())
        && name.bytes().all(|b| b.is_ascii_graphic() && b != b'\\' && b != b'"')
}
