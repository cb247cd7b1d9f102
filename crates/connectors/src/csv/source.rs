//! A file's bytes as the parser gets them: with one kind of line end, and no more than one row may
//! take.

use std::io::{self, Read};

/// Hands out a file's bytes with every line end, the last one included, as `\n`, so that lines can be
/// counted; and only until the allowance is spent. The allowance is renewed before every row, so a
/// row that never ends fails early instead of being collected.
pub(super) struct Source<R> {
    inner: R,
    allowance: usize,
    after_cr: bool,
    ended: bool,
}

impl<R> Source<R> {
    pub(super) const fn new(inner: R) -> Self {
        Self { inner, allowance: 0, after_cr: false, ended: false }
    }

    pub(super) const fn allow(&mut self, bytes: usize) {
        self.allowance = bytes;
    }

    /// Unifies line ends in place and returns how many bytes are left.
    fn unify(&mut self, bytes: &mut [u8]) -> usize {
        let mut kept = 0;
        for index in 0..bytes.len() {
            let byte = bytes[index];
            let is_second_half = byte == b'\n' && self.after_cr;
            self.after_cr = byte == b'\r';
            if !is_second_half {
                bytes[kept] = if byte == b'\r' { b'\n' } else { byte };
                kept += 1;
            }
        }
        kept
    }
}

impl<R: Read> Read for Source<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if buffer.is_empty() || self.ended {
            return Ok(0);
        }
        loop {
            let wanted = buffer.len().min(self.allowance);
            if wanted == 0 {
                return Err(io::Error::other(RowTooLong));
            }
            let read = self.inner.read(&mut buffer[..wanted])?;
            self.allowance -= read;
            if read == 0 {
                self.ended = true;
                buffer[0] = b'\n';
                return Ok(1);
            }
            let kept = self.unify(&mut buffer[..read]);
            if kept > 0 {
                return Ok(kept);
            }
        }
    }
}

/// The allowance is spent.
#[derive(Debug, thiserror::Error)]
#[error("the row is too long")]
pub(super) struct RowTooLong;

impl RowTooLong {
    pub(super) fn caused(error: &io::Error) -> bool {
        error.get_ref().is_some_and(<dyn std::error::Error + Send + Sync>::is::<Self>)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn line_ends_are_unified_wherever_pieces_break() {
        for piece in 1..8 {
            let mut source = Source::new(&b"a\r\nb\rc\n\r\n\nd"[..]);
            source.allow(1000);
            let (mut all, mut buffer) = (Vec::new(), vec![0; piece]);
            loop {
                match source.read(&mut buffer).unwrap() {
                    0 => break,
                    read => all.extend_from_slice(&buffer[..read]),
                }
            }
            assert_eq!(all, b"a\nb\nc\n\n\nd\n", "in pieces of {piece}");
        }
    }
}
