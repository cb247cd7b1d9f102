//! What can be wrong with a file. No message repeats a cell: they reach terminals and logs.

use std::{fmt, io};

use firstkey_ports::{FieldFault, JoinerField};

use super::{CELL_LIMIT, ROW_LIMIT};

/// What to do about text that is not UTF-8.
const SAVE_AS_UTF8: &str =
    "save the file as UTF-8 (in spreadsheets: “CSV UTF-8”) and import it again";

/// The first row is not a header that can be used.
#[derive(Debug, thiserror::Error)]
pub enum HeaderError {
    /// There is nothing in the file.
    #[error("the file is empty; its first row must name the columns: {}", known())]
    Empty,
    /// Spreadsheets write “Unicode text” so.
    #[error("the file is in UTF-16; {SAVE_AS_UTF8}")]
    Utf16,
    /// Most often Latin-1 or Windows-1252.
    #[error("line 1, column {column}: this is not UTF-8; {SAVE_AS_UTF8}")]
    NotUtf8 {
        /// The column, from 1.
        column: usize,
    },
    /// No header is as long.
    #[error("line 1: longer than {ROW_LIMIT} bytes; the first row must name the columns")]
    TooLong,
    /// Rule 1: a file never makes anybody an operator.
    #[error(
        "line 1, column {column}: the column `{name}` is refused: roles are never set by import; an \
         administrator grants them"
    )]
    Role {
        /// The column, from 1.
        column: usize,
        /// Its name.
        name: String,
    },
    /// A column that means nothing here. Guessing could lose data, so it is refused.
    #[error("line 1, column {column}: unknown column `{name}`; known columns are {}", known())]
    Unknown {
        /// The column, from 1.
        column: usize,
        /// Its name, shortened and without characters that a terminal would obey.
        name: String,
    },
    /// Two columns of the same name.
    #[error("line 1, column {column}: the column `{field}` is there twice")]
    Twice {
        /// The second one, from 1.
        column: usize,
        /// Its name.
        field: JoinerField,
    },
    /// Required columns are not there.
    #[error("line 1: missing {}", list(.0))]
    Missing(Vec<JoinerField>),
    /// The file cannot be read.
    #[error("the file cannot be read: {0}")]
    Unreadable(#[from] io::Error),
}

/// Something is wrong with a row. A row with several faults yields several of these.
#[derive(Debug)]
pub struct RowError {
    /// The line on which the row begins, from 1, the header included.
    pub line: u64,
    /// The column, from 1, when the fault lies in one.
    pub column: Option<usize>,
    /// That column's name.
    pub field: Option<JoinerField>,
    /// What is wrong.
    pub reason: RowFault,
}

/// What is wrong with a row.
#[derive(Debug, thiserror::Error)]
pub enum RowFault {
    /// A field did not pass its check.
    #[error("{0}")]
    Field(#[from] FieldFault),
    /// Most often Latin-1 or Windows-1252.
    #[error("is not UTF-8; {SAVE_AS_UTF8}")]
    NotUtf8,
    /// A cell is too long to be anything but a mistake.
    #[error("is longer than {CELL_LIMIT} bytes")]
    CellTooLong,
    /// More or fewer cells than columns.
    #[error("has {found} cells where the header has {expected} columns")]
    CellCount {
        /// Columns of the header.
        expected: usize,
        /// Cells of the row.
        found: usize,
    },
    /// A second row for the same person.
    #[error("is the same as on line {first}")]
    SameAs {
        /// The line of the first.
        first: u64,
    },
    /// The row is longer than any real one; nothing after it can be read.
    #[error(
        "is longer than {ROW_LIMIT} bytes: is a quotation mark not closed? Reading stopped here"
    )]
    RowTooLong,
    /// The file cannot be read any further.
    #[error("cannot be read: {0}. Reading stopped here")]
    Unreadable(io::Error),
}

impl RowError {
    /// Whether reading ended here, with rows left unread. Such a fault cannot be skipped.
    pub const fn ends_reading(&self) -> bool {
        matches!(self.reason, RowFault::RowTooLong | RowFault::Unreadable(_))
    }
}

impl fmt::Display for RowError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "line {}", self.line)?;
        if let Some(column) = self.column {
            write!(f, ", column {column}")?;
        }
        match self.field {
            Some(field) => write!(f, ": {field} {}", self.reason),
            None => write!(f, ": the row {}", self.reason),
        }
    }
}

impl std::error::Error for RowError {}

fn known() -> String {
    list(&JoinerField::ALL)
}

fn list(fields: &[JoinerField]) -> String {
    fields.iter().map(|field| field.name()).collect::<Vec<_>>().join(", ")
}
