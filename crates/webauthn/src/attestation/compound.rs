//! `compound` (<https://www.w3.org/TR/webauthn-3/#sctn-compound-attestation>): several statements
//! about one credential.
//!
//! The specification leaves to the relying party how many of them must verify. Here all must: a
//! statement that is wrong is a sign of something wrong, and the whole is refused with the error
//! of the first that is. Which of them must lead to an accepted root is another question; one is
//! enough ([`Attestation::is_trusted`]), since that one alone would have been.

use std::time::SystemTime;

use super::{Attestation, AttestationError, Format, Input, SAFETY_NET, TrustPolicy};
use crate::cbor::{Key, Reader};
use crate::ensure;

/// The fewest statements that are compound.
const MIN_STATEMENTS: u64 = 2;
/// More statements than anybody has a use for; each costs a signature's verification.
const MAX_STATEMENTS: u64 = 8;

pub(super) fn verify(
    input: &Input<'_>,
    trust: &TrustPolicy<'_>,
    now: SystemTime,
) -> Result<Vec<Attestation>, AttestationError> {
    let mut reader = Reader::new(input.statement);
    let count = reader.array()?;
    ensure((MIN_STATEMENTS..=MAX_STATEMENTS).contains(&count), AttestationError::Shape)?;
    let mut statements = Vec::new();
    for index in 0..count {
        let (name, statement) = next(&mut reader)?;
        let verified = verify_one(name, &Input { statement, ..*input }, trust, now)
            .map_err(|error| AttestationError::Compound { index, error: Box::new(error) })?;
        statements.push(verified);
    }
    reader.finish()?;
    Ok(statements)
}

/// `{ fmt, attStmt }`
fn next<'a>(reader: &mut Reader<'a>) -> Result<(&'a str, &'a [u8]), AttestationError> {
    let mut entries = reader.map()?;
    let mut expect = |reader: &mut Reader<'a>, name| {
        let key = entries.next_key(reader)?;
        ensure(key == Some(Key::Text(name)), AttestationError::Shape)
    };
    expect(reader, "fmt")?;
    let name = reader.text()?;
    expect(reader, "attStmt")?;
    let statement = reader.item()?;
    ensure(entries.left() == 0, AttestationError::Shape)?;
    Ok((name, statement))
}

fn verify_one(
    name: &str,
    input: &Input<'_>,
    trust: &TrustPolicy<'_>,
    now: SystemTime,
) -> Result<Attestation, AttestationError> {
    ensure(name != SAFETY_NET, AttestationError::SafetyNet)?;
    match Format::from_identifier(name) {
        None => Err(AttestationError::UnsupportedFormat(name.to_owned())),
        Some(Format::Compound) => Err(AttestationError::Nested),
        Some(format) => super::verify(format, input, trust, now),
    }
}
