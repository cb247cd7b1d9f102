//! `none` (<https://www.w3.org/TR/webauthn-3/#sctn-none-attestation>): an empty map.

use super::{AttestationError, Input, Outcome};
use crate::cbor::Reader;

pub(super) fn verify(input: &Input<'_>) -> Result<Outcome, AttestationError> {
    let mut reader = Reader::new(input.statement);
    let entries = reader.map()?;
    if entries.left() == 0 { Ok(Outcome::None) } else { Err(AttestationError::Shape) }
}
