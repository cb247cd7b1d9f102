//! Columns as the types they hold.

use std::error::Error as StdError;

use firstkey_domain::Digest;
use firstkey_ports::LogName;
use jiff::Timestamp;
use rusqlite::{
    Error, Result, Row,
    types::{FromSql, Type},
};
use uuid::Uuid;

/// Reads typed columns.
pub(crate) trait Columns {
    /// An id.
    fn uuid(&self, index: usize) -> Result<Uuid>;
    /// An id or null.
    fn uuid_or_null(&self, index: usize) -> Result<Option<Uuid>>;
    /// A time.
    fn time(&self, index: usize) -> Result<Timestamp>;
    /// A time or null.
    fn time_or_null(&self, index: usize) -> Result<Option<Timestamp>>;
    /// 32 bytes.
    fn bytes32(&self, index: usize) -> Result<[u8; 32]>;
    /// A digest.
    fn digest(&self, index: usize) -> Result<Digest>;
    /// A digest or null.
    fn digest_or_null(&self, index: usize) -> Result<Option<Digest>>;
    /// A log's name.
    fn log(&self, index: usize) -> Result<LogName>;
    /// A word that `read` understands.
    fn word<T>(&self, index: usize, read: impl Fn(&str) -> Option<T>) -> Result<T>;
}

impl Columns for Row<'_> {
    fn uuid(&self, index: usize) -> Result<Uuid> {
        self.get(index).map(Uuid::from_bytes)
    }

    fn uuid_or_null(&self, index: usize) -> Result<Option<Uuid>> {
        self.get::<_, Option<_>>(index).map(|bytes| bytes.map(Uuid::from_bytes))
    }

    fn time(&self, index: usize) -> Result<Timestamp> {
        Timestamp::from_microsecond(self.get(index)?).map_err(|why| not_ours(index, why))
    }

    fn time_or_null(&self, index: usize) -> Result<Option<Timestamp>> {
        if is_null(self, index)? { Ok(None) } else { self.time(index).map(Some) }
    }

    fn bytes32(&self, index: usize) -> Result<[u8; 32]> {
        self.get(index)
    }

    fn digest(&self, index: usize) -> Result<Digest> {
        self.get(index).map(Digest::from_bytes)
    }

    fn digest_or_null(&self, index: usize) -> Result<Option<Digest>> {
        self.get::<_, Option<_>>(index).map(|bytes| bytes.map(Digest::from_bytes))
    }

    fn log(&self, index: usize) -> Result<LogName> {
        self.word(index, |name| name.parse().ok())
    }

    fn word<T>(&self, index: usize, read: impl Fn(&str) -> Option<T>) -> Result<T> {
        let text = self.get_ref(index)?.as_str()?;
        read(text).ok_or_else(|| not_ours(index, UnknownWord))
    }
}

fn is_null(row: &Row<'_>, index: usize) -> Result<bool> {
    Ok(row.get_ref(index)?.data_type() == Type::Null)
}

/// A value that this program never writes.
pub(crate) fn not_ours<E: StdError + Send + Sync + 'static>(index: usize, why: E) -> Error {
    Error::FromSqlConversionFailure(index, Type::Text, Box::new(why))
}

/// A word that names nothing. What it was is not repeated: it might be anything.
#[derive(Debug, thiserror::Error)]
#[error("the column holds a word that this version does not know")]
struct UnknownWord;

/// A time as it is stored.
pub(crate) fn micros(time: Timestamp) -> i64 {
    time.as_microsecond()
}

/// The first column of all rows.
pub(crate) fn firsts<T: FromSql>(
    statement: &mut rusqlite::Statement<'_>,
    params: impl rusqlite::Params,
) -> Result<Vec<T>> {
    statement.query_map(params, |row| row.get(0))?.collect()
}
