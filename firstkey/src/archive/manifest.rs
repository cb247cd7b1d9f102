//! What a backup says of itself: its first part.

use std::{
    fs::File,
    io::{self, Read},
    path::Path,
};

use aws_lc_rs::digest::{Context, SHA256};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

/// The format that this version writes and reads.
pub const FORMAT: &str = "firstkey backup/1";
/// Its name in the archive.
pub const MANIFEST: &str = "manifest.json";

/// What a backup says of itself.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Manifest {
    /// [`FORMAT`]. Read first: what follows may be otherwise in another.
    pub format: String,
    /// The version of firstkey that made it.
    pub version: String,
    /// When it was made.
    pub made: Timestamp,
    /// Where each log stood.
    pub logs: Vec<LogCut>,
    /// The files that follow, in this order.
    pub parts: Vec<Part>,
}

/// Where a log stood.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LogCut {
    /// Which log.
    pub log: String,
    /// Entries in its tree.
    pub entries: u64,
    /// How many of them were signed.
    pub signed: u64,
    /// Entries without a place in the tree yet.
    pub waiting: u64,
}

/// A file of the backup.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Part {
    /// Its name in the data folder.
    pub name: String,
    /// How long it is.
    pub bytes: u64,
    /// SHA-256 of it, in hexadecimal.
    pub sha256: String,
}

impl Part {
    /// Measures a file.
    pub fn of(folder: &Path, name: &str) -> io::Result<Self> {
        let mut file = File::open(folder.join(name))?;
        let (bytes, sha256) = copy_and_measure(&mut file, &mut io::sink())?;
        Ok(Self { name: name.to_owned(), bytes, sha256 })
    }
}

/// Copies everything; answers with how much that was, and its SHA-256.
pub fn copy_and_measure(
    from: &mut impl Read,
    to: &mut impl io::Write,
) -> io::Result<(u64, String)> {
    let mut digest = Context::new(&SHA256);
    let mut buffer = vec![0; 64 * 1024];
    let mut bytes = 0;
    loop {
        let read = from.read(&mut buffer)?;
        if read == 0 {
            break;
        }
        digest.update(&buffer[..read]);
        to.write_all(&buffer[..read])?;
        bytes += read as u64;
    }
    let digest = digest.finish();
    let hexadecimal = digest.as_ref().iter().map(|byte| format!("{byte:02x}"));
    Ok((bytes, hexadecimal.collect::<Vec<_>>().concat()))
}
