//! Connections and their settings.

use std::{path::Path, time::Duration};

use rusqlite::{Connection, OpenFlags, Result};

/// More than the statements there are, so that none is prepared twice.
const STATEMENTS: usize = 128;

/// How the store uses the file.
#[derive(Debug, Clone)]
pub struct Options {
    /// How long to wait for another process that writes, such as a backup.
    pub busy_timeout: Duration,
    /// Page cache of each connection, in KiB.
    pub cache_kib: u32,
}

impl Default for Options {
    fn default() -> Self {
        Self { busy_timeout: Duration::from_secs(5), cache_kib: 8192 }
    }
}

/// Opens the connection that writes; makes the file when there is none.
pub(crate) fn writing(path: &Path, options: &Options) -> Result<Connection> {
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE
        | OpenFlags::SQLITE_OPEN_CREATE
        | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let connection = Connection::open_with_flags(path, flags)?;
    configure(&connection, options)?;
    // FULL makes a commit durable before it is answered; WAL lets readers go on meanwhile.
    connection.pragma_update(None, "journal_mode", "WAL")?;
    connection.pragma_update(None, "synchronous", "FULL")?;
    // What is deleted is overwritten with zeros, from the first day: an erasure cannot reach copies that
    // earlier changes left lying about in the file.
    connection.pragma_update(None, "secure_delete", true)?;
    // The writer moves the WAL into the database itself, after it has answered.
    connection.pragma_update(None, "wal_autocheckpoint", 0)?;
    connection.pragma_update(None, "journal_size_limit", 64 << 20)?;
    Ok(connection)
}

/// Opens a connection that reads.
pub(crate) fn reading(path: &Path, options: &Options) -> Result<Connection> {
    let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let connection = Connection::open_with_flags(path, flags)?;
    configure(&connection, options)?;
    Ok(connection)
}

fn configure(connection: &Connection, options: &Options) -> Result<()> {
    connection.busy_timeout(options.busy_timeout)?;
    connection.set_prepared_statement_cache_capacity(STATEMENTS);
    connection.pragma_update(None, "cache_size", -i64::from(options.cache_kib))?;
    connection.pragma_update(None, "foreign_keys", true)?;
    connection.pragma_update(None, "temp_store", "MEMORY")?;
    // A schema that calls functions or keeps its promises badly was not made by us.
    connection.pragma_update(None, "trusted_schema", false)
}
