//! What statements have in common: members in canonical order, and certificates.

use super::AttestationError;
use crate::cbor::{Entries, Key, Reader};
use crate::cose::Algorithm;
use crate::ensure;
use crate::x509::Certificate;

/// More certificates than any authenticator sends.
const MAX_CERTIFICATES: u64 = 8;

/// A statement whose members are read one after the other.
pub(super) struct Members<'a> {
    entries: Entries<'a>,
    reader: Reader<'a>,
}

impl<'a> Members<'a> {
    pub(super) fn open(statement: &'a [u8]) -> Result<Self, AttestationError> {
        let mut reader = Reader::new(statement);
        Ok(Self { entries: reader.map()?, reader })
    }

    /// How many members are still to come.
    pub(super) fn left(&self) -> u64 {
        self.entries.left()
    }

    /// `alg`, when it is supported.
    pub(super) fn algorithm(&mut self) -> Result<Algorithm, AttestationError> {
        let id = self.algorithm_id()?;
        Algorithm::from_cose_id(id).ok_or(AttestationError::UnsupportedAlgorithm(id))
    }

    /// `alg`, whatever it names.
    pub(super) fn algorithm_id(&mut self) -> Result<i64, AttestationError> {
        self.expect("alg")?;
        Ok(self.reader.integer()?)
    }

    /// `sig`.
    pub(super) fn signature(&mut self) -> Result<&'a [u8], AttestationError> {
        self.bytes("sig")
    }

    /// A byte string of this name.
    pub(super) fn bytes(&mut self, name: &str) -> Result<&'a [u8], AttestationError> {
        self.expect(name)?;
        Ok(self.reader.bytes()?)
    }

    /// A text of this name.
    pub(super) fn text(&mut self, name: &str) -> Result<&'a str, AttestationError> {
        self.expect(name)?;
        Ok(self.reader.text()?)
    }

    /// `x5c`, with one certificate at least.
    pub(super) fn certificates(&mut self) -> Result<Vec<Certificate>, AttestationError> {
        self.expect("x5c")?;
        let count = self.reader.array()?;
        ensure((1..=MAX_CERTIFICATES).contains(&count), AttestationError::Shape)?;
        (0..count).map(|_| Ok(Certificate::from_der(self.reader.bytes()?)?)).collect()
    }

    /// Fails unless every member was read and nothing follows.
    pub(super) fn finish(self) -> Result<(), AttestationError> {
        ensure(self.entries.left() == 0, AttestationError::Shape)?;
        Ok(self.reader.finish()?)
    }

    fn expect(&mut self, name: &str) -> Result<(), AttestationError> {
        let key = self.entries.next_key(&mut self.reader)?;
        ensure(key == Some(Key::Text(name)), AttestationError::Shape)
    }
}
