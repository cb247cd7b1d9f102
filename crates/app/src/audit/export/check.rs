//! Whether lines are those of a signed log.

use firstkey_domain::{Recorded, log::LogEvent};
use firstkey_log::{checkpoint::OpenCheckpointError, note::NoteVerifier, tree::Frontier};

use super::line::Line;
use crate::audit::{
    LogRef, VerifiedRotation,
    lineage::{open_signed, successors},
};

/// What is wrong with a line, or with all of them together.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ExportFlaw {
    /// It is none.
    #[error("line {0} is no line of an export")]
    Malformed(u64),
    /// It stands in the wrong place, or one before it is missing or is there twice.
    #[error(
        "line {line} is entry {found} where entry {expected} belongs: lines are missing, twice, or in \
         another order"
    )]
    Order {
        /// The line, from 1.
        line: u64,
        /// Which entry it has.
        found: u64,
        /// Which entry belongs there.
        expected: u64,
    },
    /// Its bytes are not those that its leaf was made of.
    #[error("line {line} (entry {index}) was altered")]
    Altered {
        /// The line, from 1.
        line: u64,
        /// The entry.
        index: u64,
    },
    /// No key that is believed signed the checkpoint.
    #[error("the checkpoint proves nothing: {0}")]
    Checkpoint(#[from] OpenCheckpointError),
    /// The checkpoint covers more or fewer.
    #[error("there are {lines} lines, and the checkpoint covers {size} entries")]
    Size {
        /// How many lines there are.
        lines: u64,
        /// How many entries were signed.
        size: u64,
    },
    /// All lines fit each other, and not what was signed.
    #[error("the lines are not those that were signed: at least one was replaced")]
    Root,
}

/// Goes over the lines of an export, or of several that follow each other, from the first entry on.
#[derive(Debug, Default)]
pub struct ExportCheck {
    frontier: Frontier,
    lines: u64,
    rotations: Vec<VerifiedRotation>,
}

/// Lines that are as they were signed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CheckedExport {
    /// How many.
    pub lines: u64,
    /// Of which log.
    pub log: LogRef,
}

impl ExportCheck {
    /// From the first entry.
    pub fn new() -> Self {
        Self::default()
    }

    /// The next line, without its break.
    pub fn line(&mut self, text: &str) -> Result<(), ExportFlaw> {
        let number = self.lines + 1;
        let line = Line::read(text).ok_or(ExportFlaw::Malformed(number))?;
        if line.index != self.lines {
            let (found, expected) = (line.index, self.lines);
            return Err(ExportFlaw::Order { line: number, found, expected });
        }
        let altered = ExportFlaw::Altered { line: number, index: line.index };
        self.frontier.push(line.leaf().ok_or(altered)?);
        if let Ok(Recorded { event: LogEvent::KeyRotated(rotation), .. }) = line.entry()
            && let Ok(rotation) = VerifiedRotation::verify(&rotation)
        {
            self.rotations.push(rotation);
        }
        self.lines = number;
        Ok(())
    }

    /// Whether they are all that this checkpoint covers, which `key` signed, or a key that followed it by a
    /// rotation that both signed and that is among the lines.
    pub fn finish(self, note: &str, key: &NoteVerifier) -> Result<CheckedExport, ExportFlaw> {
        let signed = open_signed(note, &successors(key, &self.rotations))?;
        let (lines, size) = (self.lines, signed.checkpoint.size());
        if lines != size {
            return Err(ExportFlaw::Size { lines, size });
        }
        if self.frontier.root() != signed.checkpoint.root() {
            return Err(ExportFlaw::Root);
        }
        Ok(CheckedExport { lines, log: signed.log })
    }
}
