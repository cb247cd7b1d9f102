//! A pair in two files.

use std::{
    fs::{self, Metadata},
    io,
    os::unix::fs::MetadataExt as _,
    path::{Path, PathBuf},
};

use crate::{Pair, PairError};

/// Rights of everybody, in a file's mode.
const EVERYBODY: u32 = 0o007;

/// The two files of a pair. They may be the same.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Files {
    /// The chain of certificates, in PEM.
    pub certificate: PathBuf,
    /// The key, in PEM.
    pub key: PathBuf,
}

/// What the two files hold; compared to see whether they changed.
#[derive(PartialEq, Eq)]
pub struct Contents {
    chain: Vec<u8>,
    key: Vec<u8>,
}

/// The files hold no pair.
#[derive(Debug, thiserror::Error)]
pub enum FilesError {
    /// A file cannot be read.
    #[error("{0}: {1}")]
    Io(PathBuf, io::Error),
    /// Everybody on this machine can read the key.
    #[error("{0} can be read by everybody on this machine; run: chmod o-rwx {0}")]
    Open(PathBuf),
    /// What they hold is no pair.
    #[error("{0}: {1}")]
    Pair(PathBuf, PairError),
}

impl Files {
    /// Reads both, whatever is in them.
    pub fn contents(&self) -> Result<Contents, FilesError> {
        let read = |path: &Path| fs::read(path).map_err(|e| FilesError::Io(path.to_owned(), e));
        let metadata = fs::metadata(&self.key);
        let mode = metadata.as_ref().map_or(0, Metadata::mode);
        if mode & EVERYBODY != 0 {
            return Err(FilesError::Open(self.key.clone()));
        }
        Ok(Contents { chain: read(&self.certificate)?, key: read(&self.key)? })
    }

    /// The pair that is in these contents.
    pub fn pair(&self, contents: &Contents) -> Result<Pair, FilesError> {
        Pair::from_pem(&contents.chain, &contents.key).map_err(|error| {
            let file = match &error {
                PairError::NoCertificate | PairError::Certificate(_) => &self.certificate,
                PairError::NoKey | PairError::Key(_) | PairError::OtherKey => &self.key,
            };
            FilesError::Pair(file.clone(), error)
        })
    }
}
