//! SMTP's bytes: lines and letters, each with a limit.

use std::io;

use tokio::io::{AsyncBufRead, AsyncBufReadExt, AsyncReadExt};

/// The most bytes of a command line; RFC 5321 §4.5.3.1.4 asks for 512.
const LINE_LIMIT: u64 = 1024;
/// The most bytes of a letter.
pub(super) const LETTER_LIMIT: usize = 1 << 20;

/// Reads a command line. `None` when the client hung up.
pub(super) async fn line<R: AsyncBufRead + Unpin>(reader: &mut R) -> io::Result<Option<String>> {
    let mut line = Vec::new();
    reader.take(LINE_LIMIT).read_until(b'\n', &mut line).await?;
    if line.is_empty() {
        return Ok(None);
    }
    let text = line.strip_suffix(b"\r\n").ok_or(io::ErrorKind::InvalidData)?;
    Ok(Some(String::from_utf8_lossy(text).into_owned()))
}

/// Reads a letter up to its end and undoes the stuffing of dots (RFC 5321 §4.5.2). `None` when it is
/// longer than the limit; it is then read to its end and forgotten.
///
/// Only a dot between two CRLF ends a letter: servers that also took a bare LF for a line end let
/// senders smuggle a second letter into the first.
pub(super) async fn letter<R: AsyncBufRead + Unpin>(reader: &mut R) -> io::Result<Option<Vec<u8>>> {
    let mut letter = Vec::new();
    let mut piece = Vec::new();
    let mut begins_line = true;
    let mut fits = true;
    loop {
        piece.clear();
        (&mut *reader).take(LETTER_LIMIT as u64).read_until(b'\n', &mut piece).await?;
        if piece.is_empty() {
            return Err(io::ErrorKind::UnexpectedEof.into());
        }
        if begins_line && piece == b".\r\n" {
            return Ok(fits.then_some(letter));
        }
        let content = match piece.as_slice() {
            [b'.', rest @ ..] if begins_line => rest,
            all => all,
        };
        fits = fits && letter.len() + content.len() <= LETTER_LIMIT;
        if fits {
            letter.extend_from_slice(content);
        } else {
            letter = Vec::new();
        }
        begins_line = piece.ends_with(b"\r\n");
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn stuffed_dots_are_taken_out_and_a_lone_dot_ends_the_letter() {
        let mut bytes = &b"a\r\n..\r\n..b\r\nc.\r\n.\r\nRSET\r\n"[..];
        assert_eq!(letter(&mut bytes).await.unwrap().unwrap(), b"a\r\n.\r\n.b\r\nc.\r\n");
        assert_eq!(line(&mut bytes).await.unwrap().as_deref(), Some("RSET"));
        assert_eq!(line(&mut bytes).await.unwrap(), None);
    }

    #[tokio::test]
    async fn a_bare_line_feed_smuggles_nothing() {
        let mut bytes = &b"a\n.\nMAIL FROM:<x@y>\n.\r\nstill\r\n.\r\n"[..];
        let letter = letter(&mut bytes).await.unwrap().unwrap();
        assert_eq!(letter, b"a\n.\nMAIL FROM:<x@y>\n.\r\nstill\r\n");
    }

    #[tokio::test]
    async fn what_is_too_long_is_not_kept() {
        let mut bytes = vec![b'x'; LETTER_LIMIT];
        bytes.extend(b"\r\n.\r\nQUIT\r\n");
        let mut reader = bytes.as_slice();
        assert_eq!(letter(&mut reader).await.unwrap(), None);
        assert_eq!(line(&mut reader).await.unwrap().as_deref(), Some("QUIT"));
        let long = vec![b'x'; 5000];
        let refused = line(&mut long.as_slice()).await.unwrap_err();
        assert_eq!(refused.kind(), io::ErrorKind::InvalidData);
    }

    #[tokio::test]
    async fn a_letter_that_breaks_off_is_no_letter() {
        let broken = letter(&mut &b"half a let"[..]).await.unwrap_err();
        assert_eq!(broken.kind(), io::ErrorKind::UnexpectedEof);
    }
}
