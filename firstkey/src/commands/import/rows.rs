//! Reading the file that the command brought, some thousand rows at a time.

use std::{
    fs::File,
    io::{self, BufReader},
    path::Path,
};

use firstkey_connectors::csv::{self, Repeated, Row, RowError};

/// Rows that are looked up together.
const CHUNK: usize = 2048;

pub(super) type Rows = csv::Rows<BufReader<File>>;

/// For the first time.
pub(super) fn first(file: &Path) -> Result<Rows, String> {
    csv::read(open(file)?).map_err(|error| error.to_string())
}

/// Again, knowing what it names more than once.
pub(super) fn again(file: &Path, repeated: &Repeated) -> Result<Rows, String> {
    csv::read_again(open(file)?, repeated.clone()).map_err(|error| error.to_string())
}

fn open(file: &Path) -> Result<BufReader<File>, String> {
    File::open(file).map(BufReader::new).map_err(|error: io::Error| error.to_string())
}

/// The next rows; `None` when there are no more.
pub(super) fn chunk(rows: &mut Rows) -> Option<Vec<Result<Row, RowError>>> {
    let chunk: Vec<_> = rows.by_ref().take(CHUNK).collect();
    (!chunk.is_empty()).then_some(chunk)
}
