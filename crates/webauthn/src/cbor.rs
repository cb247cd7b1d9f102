//! A reader for the one dialect of CBOR that authenticators may speak.
//!
//! CTAP2 canonical form (`FIDO CTAP 2.2 §8`, required by
//! [WebAuthn §2 conformance](https://www.w3.org/TR/webauthn-3/#sctn-conforming-all-classes)):
//! shortest lengths, definite lengths only, no tags, map keys in ascending order (which also
//! rules out duplicates), at most four levels deep. Everything is borrowed from the input;
//! a claimed length is never allocated, only compared with what is left.

use thiserror::Error;

/// The deepest nesting that CTAP2 canonical CBOR allows.
const MAX_DEPTH: u8 = 4;

/// Why bytes are not the CBOR that was expected.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum CborError {
    /// The input ends inside an item.
    #[error("CBOR ends inside an item")]
    Truncated,
    /// Bytes follow the last item.
    #[error("bytes follow the CBOR item")]
    TrailingBytes,
    /// A length or integer is not in its shortest form, or a length is indefinite.
    #[error("CBOR is not in canonical form")]
    NotCanonical,
    /// Map keys are out of order or repeated.
    #[error("CBOR map keys are repeated or out of order")]
    KeyOrder,
    /// Tags, or simple values other than false, true, null and undefined.
    #[error("CBOR has a tag or a simple value that canonical form does not allow")]
    Forbidden,
    /// More than four levels of arrays and maps.
    #[error("CBOR is nested too deeply")]
    TooDeep,
    /// Another type of item stands where this one was expected.
    #[error("CBOR item has an unexpected type")]
    UnexpectedType,
    /// A text string is not UTF-8.
    #[error("CBOR text is not UTF-8")]
    NotUtf8,
}

type Result<T> = core::result::Result<T, CborError>;

/// CBOR major types, `RFC 8949 §3.1`.
mod major {
    pub(super) const UNSIGNED: u8 = 0;
    pub(super) const NEGATIVE: u8 = 1;
    pub(super) const BYTES: u8 = 2;
    pub(super) const TEXT: u8 = 3;
    pub(super) const ARRAY: u8 = 4;
    pub(super) const MAP: u8 = 5;
    pub(super) const TAG: u8 = 6;
}

/// A cursor over canonical CBOR.
#[derive(Debug, Clone)]
pub(crate) struct Reader<'a> {
    rest: &'a [u8],
}

impl<'a> Reader<'a> {
    pub(crate) fn new(input: &'a [u8]) -> Self {
        Self { rest: input }
    }

    /// Fails unless everything was read.
    pub(crate) fn finish(self) -> Result<()> {
        if self.rest.is_empty() { Ok(()) } else { Err(CborError::TrailingBytes) }
    }

    /// What has not been read yet.
    pub(crate) fn rest(&self) -> &'a [u8] {
        self.rest
    }

    pub(crate) fn integer(&mut self) -> Result<i64> {
        let (major, argument) = self.head()?;
        let magnitude = i64::try_from(argument).map_err(|_| CborError::UnexpectedType)?;
        match major {
            major::UNSIGNED => Ok(magnitude),
            // -1 - n cannot overflow: n is at most i64::MAX.
            major::NEGATIVE => Ok(-1 - magnitude),
            _ => Err(CborError::UnexpectedType),
        }
    }

    pub(crate) fn boolean(&mut self) -> Result<bool> {
        match self.take_array()? {
            [0xf4] => Ok(false),
            [0xf5] => Ok(true),
            _ => Err(CborError::UnexpectedType),
        }
    }

    pub(crate) fn bytes(&mut self) -> Result<&'a [u8]> {
        let length = self.length_of(major::BYTES)?;
        self.take(length)
    }

    pub(crate) fn text(&mut self) -> Result<&'a str> {
        let length = self.length_of(major::TEXT)?;
        core::str::from_utf8(self.take(length)?).map_err(|_| CborError::NotUtf8)
    }

    /// Opens an array; its elements follow.
    pub(crate) fn array(&mut self) -> Result<u64> {
        self.length_of(major::ARRAY)
    }

    /// Opens a map, whose entries follow and are counted and ordered by [`Entries`].
    pub(crate) fn map(&mut self) -> Result<Entries<'a>> {
        Ok(Entries { left: self.length_of(major::MAP)?, last: &[] })
    }

    /// Reads one whole item of any allowed type and returns its bytes.
    pub(crate) fn item(&mut self) -> Result<&'a [u8]> {
        let before = self.rest;
        self.skip(MAX_DEPTH)?;
        Ok(&before[..before.len() - self.rest.len()])
    }

    fn skip(&mut self, depth: u8) -> Result<()> {
        let (major, argument) = self.head()?;
        match major {
            major::BYTES => self.take(argument).map(drop),
            major::TEXT => {
                core::str::from_utf8(self.take(argument)?).map(drop).map_err(|_| CborError::NotUtf8)
            }
            major::ARRAY => {
                let depth = depth.checked_sub(1).ok_or(CborError::TooDeep)?;
                // Each round consumes at least one byte or ends the loop with an error.
                (0..argument).try_for_each(|_| self.skip(depth))
            }
            major::MAP => {
                let depth = depth.checked_sub(1).ok_or(CborError::TooDeep)?;
                let mut entries = Entries { left: argument, last: &[] };
                while entries.next_key(self)?.is_some() {
                    self.skip(depth)?;
                }
                Ok(())
            }
            major::TAG => Err(CborError::Forbidden),
            // Integers, simple values and floats: `head` has already read all of them.
            _ => Ok(()),
        }
    }

    fn length_of(&mut self, expected: u8) -> Result<u64> {
        let (major, argument) = self.head()?;
        if major == expected { Ok(argument) } else { Err(CborError::UnexpectedType) }
    }

    /// Reads an item's head: its major type and argument.
    fn head(&mut self) -> Result<(u8, u64)> {
        let initial = self.take_array::<1>()?[0];
        let (major, low) = (initial >> 5, initial & 0x1f);
        if major == 7 {
            return self.simple(low).map(|()| (major, 0));
        }
        let (argument, least) = match low {
            0..=23 => (u64::from(low), 0),
            24 => (u64::from(self.take_array::<1>()?[0]), 24),
            25 => (u64::from(u16::from_be_bytes(self.take_array()?)), 1 << 8),
            26 => (u64::from(u32::from_be_bytes(self.take_array()?)), 1 << 16),
            27 => (u64::from_be_bytes(self.take_array()?), 1 << 32),
            _ => return Err(CborError::NotCanonical),
        };
        if argument < least { Err(CborError::NotCanonical) } else { Ok((major, argument)) }
    }

    fn simple(&mut self, low: u8) -> Result<()> {
        match low {
            20..=23 => Ok(()),
            25 => self.take(2).map(drop),
            26 => self.take(4).map(drop),
            27 => self.take(8).map(drop),
            _ => Err(CborError::Forbidden),
        }
    }

    fn take(&mut self, length: u64) -> Result<&'a [u8]> {
        let length = usize::try_from(length).map_err(|_| CborError::Truncated)?;
        let (taken, rest) = self.rest.split_at_checked(length).ok_or(CborError::Truncated)?;
        self.rest = rest;
        Ok(taken)
    }

    fn take_array<const N: usize>(&mut self) -> Result<[u8; N]> {
        let (taken, rest) = self.rest.split_first_chunk().ok_or(CborError::Truncated)?;
        self.rest = rest;
        Ok(*taken)
    }
}

/// A map key. Only integers and text serve as keys in WebAuthn and COSE.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Key<'a> {
    Integer(i64),
    Text(&'a str),
}

/// The entries of an open map: hands out keys, and the caller reads the value after each.
#[derive(Debug)]
pub(crate) struct Entries<'a> {
    left: u64,
    last: &'a [u8],
}

impl<'a> Entries<'a> {
    /// How many entries are still to come.
    pub(crate) fn left(&self) -> u64 {
        self.left
    }

    /// The next key, or `None` after the last entry.
    pub(crate) fn next_key(&mut self, reader: &mut Reader<'a>) -> Result<Option<Key<'a>>> {
        let Some(left) = self.left.checked_sub(1) else { return Ok(None) };
        self.left = left;
        let before = reader.rest;
        let major = before.first().ok_or(CborError::Truncated)? >> 5;
        let key = if major == major::TEXT {
            Key::Text(reader.text()?)
        } else {
            Key::Integer(reader.integer()?)
        };
        let encoded = &before[..before.len() - reader.rest.len()];
        if !self.last.is_empty() && sort_key(self.last) >= sort_key(encoded) {
            return Err(CborError::KeyOrder);
        }
        self.last = encoded;
        Ok(Some(key))
    }
}

/// CTAP2 order: major type, then length of the encoded key, then its bytes.
fn sort_key(encoded: &[u8]) -> (u8, usize, &[u8]) {
    (encoded.first().map_or(0, |initial| initial >> 5), encoded.len(), encoded)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn item(input: &[u8]) -> Result<usize> {
        let mut reader = Reader::new(input);
        let length = reader.item()?.len();
        reader.finish().map(|()| length)
    }

    #[test]
    fn whole_items_are_measured() {
        for input in [
            &[0x00][..],
            &[0x18, 24],
            &[0x39, 0x01, 0x00],
            &[0x43, 1, 2, 3],
            &[0x62, b'o', b'k'],
            &[0x82, 0x01, 0xf5],
            &[0xa2, 0x01, 0xf6, 0x61, b'a', 0xf9, 0x3c, 0x00],
            &[0xa2, 0x01, 0x00, 0x20, 0x00],
            &[0x81, 0x81, 0x81, 0x80],
        ] {
            assert_eq!(item(input), Ok(input.len()), "{input:02x?}");
        }
    }

    #[test]
    fn other_encodings_are_refused() {
        use CborError::*;
        let refused: [(&[u8], CborError); 18] = [
            (&[], Truncated),
            (&[0x18], Truncated),
            (&[0x42, 0x00], Truncated),
            (&[0x5b, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff], Truncated),
            (&[0x9b, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff], Truncated),
            (&[0xbb, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff], Truncated),
            (&[0x00, 0x00], TrailingBytes),
            (&[0x18, 23], NotCanonical),
            (&[0x19, 0x00, 0xff], NotCanonical),
            (&[0x1a, 0x00, 0x00, 0xff, 0xff], NotCanonical),
            (&[0x5f, 0xff], NotCanonical),
            (&[0xa2, 0x02, 0x00, 0x01, 0x00], KeyOrder),
            (&[0xa2, 0x01, 0x00, 0x01, 0x00], KeyOrder),
            (&[0xa2, 0x62, b'a', b'a', 0x00, 0x61, b'b', 0x00], KeyOrder),
            (&[0xa1, 0x41, 0x00, 0x00], UnexpectedType),
            (&[0xc0, 0x00], Forbidden),
            (&[0x81, 0x81, 0x81, 0x81, 0x80], TooDeep),
            (&[0x61, 0xff], NotUtf8),
        ];
        for (input, error) in refused {
            assert_eq!(item(input), Err(error), "{input:02x?}");
        }
    }

    #[test]
    fn integers_beyond_64_bits_signed_are_refused() {
        let mut reader = Reader::new(&[0x1b, 0x80, 0, 0, 0, 0, 0, 0, 0]);
        assert_eq!(reader.integer(), Err(CborError::UnexpectedType));
        let mut reader = Reader::new(&[0x3b, 0x7f, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff]);
        assert_eq!(reader.integer(), Ok(i64::MIN));
    }
}
