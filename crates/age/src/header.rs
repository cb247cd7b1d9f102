//! The header: a version, a stanza for each recipient, and a MAC over them.

use std::io::{self, BufRead, Read};

use aws_lc_rs::hmac;
use base64::{Engine, engine::general_purpose::STANDARD_NO_PAD};
use zeroize::Zeroizing;

use crate::{
    key::{Identity, Recipient},
    keys_of_file::{FILE_KEY_BYTES, of_header, unwrap, wrap, wrapping},
};

const VERSION: &str = "age-encryption.org/v1";
const X25519: &str = "X25519";
/// Letters of a full line of a stanza's body.
const COLUMNS: usize = 64;
/// More than any header has that was made for people.
const LONGEST: u64 = 64 * 1024;

/// The header is not to be used.
#[derive(Debug, thiserror::Error)]
pub enum HeaderError {
    /// It cannot be read.
    #[error(transparent)]
    Io(#[from] io::Error),
    /// Something else than an age file.
    #[error("it is not a file of the age format")]
    NotAge,
    /// A later version of the format.
    #[error("it is of another version of the age format than v1: {0}")]
    Version(String),
    /// The header breaks off or is not what the format says.
    #[error("its header is cut off or damaged")]
    Malformed,
    /// None of the keys opens it.
    #[error("it was not encrypted to this key")]
    NotForUs,
    /// The header's MAC is another.
    #[error("its header was altered")]
    Altered,
}

/// One recipient's part.
struct Stanza {
    arguments: Vec<String>,
    body: Vec<u8>,
}

/// The header for these recipients. `ephemeral` draws each stanza's secret key.
pub(crate) fn write(
    to: &[Recipient],
    file_key: &[u8; FILE_KEY_BYTES],
    mut ephemeral: impl FnMut() -> Identity,
) -> Option<String> {
    let mut header = format!("{VERSION}\n");
    for recipient in to {
        let identity = ephemeral();
        let share = identity.recipient()?;
        let secret = identity.share(recipient.bytes())?;
        let key = wrapping(&secret, share.bytes(), recipient.bytes())?;
        let body = STANDARD_NO_PAD.encode(wrap(&key, file_key)?);
        header.push_str("-> X25519 ");
        header.push_str(&STANDARD_NO_PAD.encode(share.bytes()));
        header.push('\n');
        // 32 wrapped bytes are 43 letters: one line, and not a full one.
        header.push_str(&body);
        header.push('\n');
    }
    header.push_str("---");
    let mac = hmac::sign(&of_header(file_key)?, header.as_bytes());
    header.push(' ');
    header.push_str(&STANDARD_NO_PAD.encode(mac));
    header.push('\n');
    Some(header)
}

/// Reads the header and opens it with the identity. What follows is the payload.
pub(crate) fn read(
    from: &mut impl BufRead,
    identity: &Identity,
) -> Result<Zeroizing<[u8; FILE_KEY_BYTES]>, HeaderError> {
    let mut from = from.take(LONGEST);
    let mut signed = Vec::new();
    let mut first = Vec::new();
    from.read_until(b'\n', &mut first)?;
    match first.strip_suffix(b"\n") {
        Some(line) if line == VERSION.as_bytes() => signed.extend_from_slice(&first),
        Some(line) if line.starts_with(b"age-encryption.org/") => {
            return Err(HeaderError::Version(String::from_utf8_lossy(line).into_owned()));
        }
        _ => return Err(HeaderError::NotAge),
    }
    let mut stanzas = Vec::new();
    let mac = loop {
        let line = line(&mut from)?;
        if let Some(mac) = line.strip_prefix("--- ") {
            signed.extend_from_slice(b"---");
            break decode(mac)?;
        }
        push_line(&mut signed, &line);
        let arguments = line.strip_prefix("-> ").ok_or(HeaderError::Malformed)?;
        let arguments: Vec<_> = arguments.split(' ').map(str::to_owned).collect();
        if arguments.iter().any(String::is_empty) {
            return Err(HeaderError::Malformed);
        }
        let body = body(&mut from, &mut signed)?;
        stanzas.push(Stanza { arguments, body });
    };
    if stanzas.is_empty() {
        return Err(HeaderError::Malformed);
    }
    let mut opened = None;
    for stanza in &stanzas {
        if let Some(key) = stanza.open(identity)? {
            opened.get_or_insert(key);
        }
    }
    let file_key = opened.ok_or(HeaderError::NotForUs)?;
    let key = of_header(&file_key).ok_or(HeaderError::Malformed)?;
    hmac::verify(&key, &signed, &mac).map_err(|_| HeaderError::Altered)?;
    Ok(file_key)
}

impl Stanza {
    /// The file key, when this is an X25519 stanza for the identity. One of that kind that is not what
    /// the format says spoils the file, whoever it is for.
    fn open(
        &self,
        identity: &Identity,
    ) -> Result<Option<Zeroizing<[u8; FILE_KEY_BYTES]>>, HeaderError> {
        let (kind, share) = match &self.arguments[..] {
            [kind, share] => (kind, share),
            [kind, ..] if kind == X25519 => return Err(HeaderError::Malformed),
            _ => return Ok(None),
        };
        if kind != X25519 {
            return Ok(None);
        }
        let share: [u8; 32] = decode(share)?.try_into().map_err(|_| HeaderError::Malformed)?;
        if self.body.len() != FILE_KEY_BYTES + 16 {
            return Err(HeaderError::Malformed);
        }
        let secret = identity.share(&share).ok_or(HeaderError::Malformed)?;
        let recipient = identity.recipient().ok_or(HeaderError::NotForUs)?;
        let key = wrapping(&secret, &share, recipient.bytes()).ok_or(HeaderError::Malformed)?;
        Ok(unwrap(&key, &self.body))
    }
}

/// A line without its end.
fn line(from: &mut impl BufRead) -> Result<String, HeaderError> {
    let mut line = Vec::new();
    from.read_until(b'\n', &mut line)?;
    let line = line.strip_suffix(b"\n").ok_or(HeaderError::Malformed)?;
    let is_plain = line.iter().all(|byte| (0x20..0x7f).contains(byte));
    let line = std::str::from_utf8(line).map_err(|_| HeaderError::Malformed)?;
    if is_plain { Ok(line.to_owned()) } else { Err(HeaderError::Malformed) }
}

/// Full lines, and then one that is not full.
fn body(from: &mut impl BufRead, signed: &mut Vec<u8>) -> Result<Vec<u8>, HeaderError> {
    let mut letters = String::new();
    loop {
        let line = line(from)?;
        push_line(signed, &line);
        if line.len() > COLUMNS {
            return Err(HeaderError::Malformed);
        }
        letters.push_str(&line);
        if line.len() < COLUMNS {
            return decode(&letters);
        }
    }
}

fn push_line(signed: &mut Vec<u8>, line: &str) {
    signed.extend_from_slice(line.as_bytes());
    signed.push(b'\n');
}

/// Canonical base64 without padding: the decoder refuses bits that say nothing.
fn decode(letters: &str) -> Result<Vec<u8>, HeaderError> {
    STANDARD_NO_PAD.decode(letters).map_err(|_| HeaderError::Malformed)
}
