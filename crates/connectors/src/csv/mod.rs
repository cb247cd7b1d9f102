//! Joiners from a file of comma- or semicolon-separated values (RFC 4180).
//!
//! The first row names the columns, in any order: `external_id`, `given_name`, `family_name`,
//! `personal_email`, `mobile`, `language`, `sponsor` (an e-mail address or an external id), `start_date`
//! (`2026-03-31`), `time_zone` (`Europe/Madrid`), `worker_type`, `department`, `groups` (separated by
//! semicolons; in a file that separates its cells by semicolons, quoted). UTF-8, with or without a
//! byte-order mark.
//!
//! Reading is a stream: memory holds one row, and 16 bytes and a line number for every identifier
//! seen, which is how a second row for the same person is found.

mod error;
mod header;
mod rows;
mod seen;
mod source;

use std::io::Read;

pub use error::{HeaderError, RowError, RowFault};
pub use rows::{Row, Rows};

/// The most bytes a cell may have.
pub const CELL_LIMIT: usize = 1024;
/// The most bytes a row may have. It is what reading stops at when a quotation mark is never closed.
pub const ROW_LIMIT: usize = 64 * 1024;

/// Reads the header and returns the rows.
///
/// All of them have to be read before any is used: a row far down may be the second one for the same
/// person. Reading twice costs little.
pub fn read<R: Read>(reader: R) -> Result<Rows<R>, HeaderError> {
    Rows::begin(reader)
}
