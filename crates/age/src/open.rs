//! Reading a file with one of its recipients' secret keys.

use std::io::{self, BufRead, ErrorKind, Read};

use crate::{
    header::{self, HeaderError},
    key::Identity,
    keys_of_file::of_payload,
    stream::{CHUNK, Stream, TAG},
};

/// Why a file cannot be opened.
#[derive(Debug, thiserror::Error)]
pub enum OpenError {
    /// Its header does not open.
    #[error(transparent)]
    Header(#[from] HeaderError),
    /// It ends after its header.
    #[error("it is cut off after its header")]
    CutOff,
}

/// Opens a file. What is read from [`Opened`] is as it was sealed, up to where an error says that the
/// file was altered or cut off; only the end of reading says that it is whole.
pub fn open<R: BufRead>(mut from: R, identity: &Identity) -> Result<Opened<R>, OpenError> {
    let file_key = header::read(&mut from, identity)?;
    let mut nonce = [0; 16];
    from.read_exact(&mut nonce).map_err(|error| match error.kind() {
        ErrorKind::UnexpectedEof => OpenError::CutOff,
        _ => OpenError::Header(error.into()),
    })?;
    let key = of_payload(&file_key, &nonce).ok_or(HeaderError::Malformed)?;
    Ok(Opened {
        from,
        stream: Stream::new(key),
        chunk: Vec::new(),
        at: 0,
        is_over: false,
        broken: None,
    })
}

/// A file's contents.
pub struct Opened<R> {
    from: R,
    stream: Stream,
    chunk: Vec<u8>,
    at: usize,
    is_over: bool,
    /// What ended it early.
    broken: Option<(ErrorKind, String)>,
}

impl<R: BufRead> Opened<R> {
    fn next_chunk(&mut self) -> io::Result<()> {
        let broken = |why| Err(io::Error::new(ErrorKind::InvalidData, why));
        self.chunk.clear();
        self.at = 0;
        let most = (CHUNK + TAG) as u64;
        (&mut self.from).take(most).read_to_end(&mut self.chunk)?;
        let is_last = loop {
            match self.from.fill_buf() {
                Ok(left) => break left.is_empty(),
                // Whoever is told of it asks again, and the chunk that was read would be missing.
                Err(error) if error.kind() == ErrorKind::Interrupted => {}
                Err(error) => return Err(error),
            }
        };
        if self.chunk.len() < TAG {
            return broken("the file is cut off");
        }
        let is_first = self.stream.is_new();
        if self.stream.open(&mut self.chunk, is_last).is_none() {
            self.chunk.clear();
            return broken(if is_last {
                "the file was altered, or is cut off"
            } else {
                "the file was altered"
            });
        }
        if is_last && self.chunk.is_empty() && !is_first {
            return broken("the file was altered");
        }
        self.is_over = is_last;
        Ok(())
    }
}

impl<R: BufRead> Read for Opened<R> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        if into.is_empty() {
            return Ok(0);
        }
        while self.at == self.chunk.len() {
            if self.is_over {
                return Ok(0);
            }
            // After a chunk that is missing or wrong, none that follows it is given out.
            if let Some((kind, why)) = &self.broken {
                return Err(io::Error::new(*kind, why.clone()));
            }
            if let Err(error) = self.next_chunk() {
                self.chunk.clear();
                self.broken = Some((error.kind(), error.to_string()));
                return Err(error);
            }
        }
        let taken = into.len().min(self.chunk.len() - self.at);
        into[..taken].copy_from_slice(&self.chunk[self.at..self.at + taken]);
        self.at += taken;
        Ok(taken)
    }
}
