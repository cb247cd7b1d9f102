//! Joiners from a file of comma- or semicolon-separated values (RFC 4180).
//!
//! The first row names the columns, in any order: `external_id`, `given_name`, `family_name`,
//! `personal_email`, `mobile`, `language`, `sponsor` (an e-mail address or an external id), `start_date`
//! (`2026-03-31`), `time_zone` (`Europe/Madrid`), `worker_type`, `department`, `groups` (separated by
//! semicolons; in a file that separates its cells by semicolons, quoted). UTF-8, with or without a
//! byte-order mark.
//!
//! Reading is a stream: memory holds one row, and in the first reading eight bytes for every row, by
//! which a second row for the same person is found.

mod error;
#[cfg(any(fuzzing, test))]
pub mod fuzzing;
mod header;
mod repeated;
mod rows;
mod source;

use std::{collections::HashMap, io::Read};

use repeated::Names;

pub use error::{HeaderError, RowError, RowFault};
pub use repeated::Repeated;
pub use rows::{Row, Rows};

/// The most bytes a cell may have.
pub const CELL_LIMIT: usize = 1024;
/// The most bytes a row may have. It is what reading stops at when a quotation mark is never closed.
pub const ROW_LIMIT: usize = 64 * 1024;

/// Reads a file for the first time: its header, and then its rows.
///
/// None of them may be used yet: one far down may be the second for the same person. When all were read,
/// [`Rows::repeated`] says what to give to [`read_again`].
pub fn read<R: Read>(reader: R) -> Result<Rows<R>, HeaderError> {
    Rows::begin(reader, Names::First(Vec::new()))
}

/// Reads the same file again. Of several rows for the same person, all but the first are faults.
pub fn read_again<R: Read>(reader: R, repeated: Repeated) -> Result<Rows<R>, HeaderError> {
    Rows::begin(reader, Names::Again(repeated, HashMap::new()))
}
