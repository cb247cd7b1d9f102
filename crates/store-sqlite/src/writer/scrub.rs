//! Making sure that what was deleted cannot be read in the files any more.
//!
//! `secure_delete` overwrites a row where it is. But when SQLite splits a page it copies rows, and leaves
//! the old copies in the unused part of the page, where nothing finds them to be overwritten. So the
//! file is written anew, from what is still there, and the WAL is emptied.

use std::{
    path::Path,
    sync::{Mutex, PoisonError},
};

use rusqlite::{Connection, Result};

/// SQLite has one place for temporary files in a process.
static TEMPORARY: Mutex<()> = Mutex::new(());

/// Writes the file anew and empties the WAL; whether nothing is left of what was deleted.
pub(super) fn scrub(connection: &Connection) -> bool {
    if let Err(error) = rewrite(connection) {
        tracing::error!(event = "store.scrub_failed", error = %error, "the database file may still hold what was erased");
        return false;
    }
    empty_wal(connection)
}

/// `VACUUM` builds the file beside itself first. That goes into the same folder and not into memory,
/// which it may not fit, or into a common folder, where personal data has no business.
fn rewrite(connection: &Connection) -> Result<()> {
    let folder = connection.path().map(Path::new).and_then(Path::parent);
    let Some(folder) = folder.and_then(Path::to_str) else { return Ok(()) };
    let _alone = TEMPORARY.lock().unwrap_or_else(PoisonError::into_inner);
    connection.pragma_update(None, "temp_store_directory", folder)?;
    connection.pragma_update(None, "temp_store", "FILE")?;
    let rewritten = connection.execute_batch("VACUUM");
    connection.pragma_update(None, "temp_store", "MEMORY")?;
    connection.pragma_update(None, "temp_store_directory", "")?;
    rewritten
}

/// Leaves a database without a WAL to read, or begins with one: whether it could be cut. A reader of
/// an older snapshot keeps it from that.
pub(crate) fn empty_wal(connection: &Connection) -> bool {
    let pragma = "PRAGMA wal_checkpoint(TRUNCATE)";
    match connection.query_row(pragma, [], |row| row.get::<_, bool>(0)) {
        Ok(false) => true,
        Ok(true) => {
            tracing::warn!(event = "store.wal_kept", "a reader keeps the WAL from being emptied");
            false
        }
        Err(error) => {
            tracing::warn!(event = "store.checkpoint_failed", error = %error);
            false
        }
    }
}
