//! A log as lines of JSON for whoever keeps it elsewhere, and the check of such lines: offline, with nothing
//! but the lines, the checkpoint that covers them, and a key that one trusts already.
//!
//! What is confidential stays where it can be erased: of it, a line has only the digest that the log commits
//! to.

mod check;
mod line;
mod ocsf;

use std::io::{self, Write};

use firstkey_log::{checkpoint::OpenCheckpointError, note::NoteVerifier};
use firstkey_ports::{Archive, Ledger, LogName, Queries, StoreError};

pub use check::{CheckedExport, ExportCheck, ExportFlaw};
use line::Line;

use super::lineage::{Lineage, LineageError};

/// How many entries are read at a time.
const CHUNK: u32 = 1024;

/// How an entry is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// As it was logged, with what it takes to check it: [`ExportCheck`].
    Lines,
    /// As events of OCSF, for collectors.
    Ocsf,
}

/// What was written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Exported {
    /// How many lines.
    pub lines: u64,
    /// How many entries the checkpoint covers.
    pub size: u64,
    /// The checkpoint, as it was signed.
    pub checkpoint: String,
}

/// Why nothing was written, or not all.
#[derive(Debug, thiserror::Error)]
pub enum ExportError {
    /// The store cannot be read.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The lines cannot be written.
    #[error("the lines cannot be written: {0}")]
    Io(#[from] io::Error),
    /// No checkpoint of this log was signed yet.
    #[error("nothing of the log {0} is signed yet")]
    Unsigned(LogName),
    /// The newest checkpoint is not the log's.
    #[error("the newest checkpoint of the log is not as it was signed: {0}")]
    Checkpoint(#[from] OpenCheckpointError),
    /// Which keys follow each other is not as it was logged.
    #[error(transparent)]
    Lineage(#[from] LineageError),
    /// Entries that were signed are not there.
    #[error("{missing} entries of the log that were signed are missing; run `firstkey log check`")]
    Missing {
        /// How many.
        missing: u64,
    },
    /// An entry is not UTF-8 JSON, and so none of ours.
    #[error("entry {0} of the log is not as it was written; run `firstkey log check`")]
    Entry(u64),
}

/// Writes the signed entries of a log from the leaf index `from` on, one a line, in the log's order. Reads a
/// chunk at a time, however long the log is.
pub async fn export<S: Archive + Ledger + Queries>(
    store: &S,
    (log, from): (LogName, u64),
    format: Format,
    key: &NoteVerifier,
    mut to: impl Write,
) -> Result<Exported, ExportError> {
    let checkpoint = store.checkpoint(log).await?.ok_or(ExportError::Unsigned(log))?;
    // A month that was closed before the key was replaced is signed by the one before.
    let size = Lineage::read(store, key).await?.open(&checkpoint)?.checkpoint.size();
    let (mut sequence, mut lines) = (0, 0);
    loop {
        let chunk = store.entries_after(sequence, CHUNK).await?;
        let Some((_, last)) = chunk.last() else { break };
        sequence = last.sequence;
        for (_, entry) in chunk.iter().filter(|(of, _)| *of == log) {
            let Some(index) = entry.leaf.filter(|leaf| (from..size).contains(leaf)) else {
                continue;
            };
            let line = match format {
                Format::Lines => Line::of(index, entry),
                Format::Ocsf => ocsf::line(log, index, entry),
            };
            let line = line.ok_or(ExportError::Entry(index))?;
            to.write_all(line.as_bytes())?;
            lines += 1;
        }
    }
    to.flush()?;
    match size.saturating_sub(from).saturating_sub(lines) {
        0 => {}
        missing => return Err(ExportError::Missing { missing }),
    }
    Ok(Exported { lines, size, checkpoint })
}
