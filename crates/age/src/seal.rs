//! Writing a file that only its recipients can open.

use std::io::{self, Write};

use zeroize::Zeroizing;

use crate::{
    header,
    key::{Identity, Recipient},
    keys_of_file::{FILE_KEY_BYTES, of_payload},
    stream::{CHUNK, Stream, TAG},
};

/// Why a file cannot be begun.
#[derive(Debug, thiserror::Error)]
pub enum SealError {
    /// It cannot be written.
    #[error(transparent)]
    Io(#[from] io::Error),
    /// Nobody could open it.
    #[error("name a recipient")]
    NoRecipient,
    /// A recipient's key has low order: what is encrypted to it is not secret.
    #[error("a recipient's key is none that can be encrypted to")]
    Recipient,
}

/// Begins a file to these recipients. `random` fills a buffer with secret random bytes.
pub fn seal<W: Write>(
    mut to: W,
    recipients: &[Recipient],
    mut random: impl FnMut(&mut [u8]),
) -> Result<Sealing<W>, SealError> {
    if recipients.is_empty() {
        return Err(SealError::NoRecipient);
    }
    let mut file_key = Zeroizing::new([0; FILE_KEY_BYTES]);
    random(&mut *file_key);
    let ephemeral = || {
        let mut secret = [0; 32];
        random(&mut secret);
        Identity::new(secret)
    };
    let header = header::write(recipients, &file_key, ephemeral).ok_or(SealError::Recipient)?;
    let mut nonce = [0; 16];
    random(&mut nonce);
    let key = of_payload(&file_key, &nonce).ok_or(SealError::Recipient)?;
    to.write_all(header.as_bytes())?;
    to.write_all(&nonce)?;
    Ok(Sealing { to, stream: Stream::new(key), chunk: Vec::with_capacity(CHUNK + TAG) })
}

/// A file that is being written. It can be opened only after [`Sealing::finish`].
pub struct Sealing<W> {
    to: W,
    stream: Stream,
    chunk: Vec<u8>,
}

impl<W: Write> Sealing<W> {
    /// Writes the last chunk, without which the file counts as cut off.
    pub fn finish(mut self) -> io::Result<W> {
        self.pass(true)?;
        self.to.flush()?;
        Ok(self.to)
    }

    fn pass(&mut self, is_last: bool) -> io::Result<()> {
        let sealed = self.stream.seal(&mut self.chunk, is_last);
        sealed.ok_or_else(|| io::Error::other("a chunk cannot be sealed"))?;
        self.to.write_all(&self.chunk)?;
        self.chunk.clear();
        Ok(())
    }
}

impl<W: Write> Write for Sealing<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        // A full chunk waits: whether it is the last is known when more comes, or nothing.
        if self.chunk.len() == CHUNK {
            self.pass(false)?;
        }
        let taken = bytes.len().min(CHUNK - self.chunk.len());
        self.chunk.extend_from_slice(&bytes[..taken]);
        Ok(taken)
    }

    /// What is not a full chunk yet stays.
    fn flush(&mut self) -> io::Result<()> {
        self.to.flush()
    }
}
