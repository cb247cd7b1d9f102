//! Making sure that what was deleted cannot be read in the files any more.
//!
//! `secure_delete` overwrites a row where it is. But when SQLite splits a page it copies rows, and leaves
//! the old copies in the unused part of the page, where nothing finds them to be overwritten. So the
//! file is written anew, from what is still there, and the WAL is emptied.
//!
//! That it is due is a row, written with the erasure and deleted when it is done: no crash forgets it.

use std::{
    path::Path,
    sync::{Mutex, PoisonError},
    time::Duration,
};

use rusqlite::{Connection, Result};

use crate::sql;

/// SQLite has one place for temporary files in a process.
static TEMPORARY: Mutex<()> = Mutex::new(());

/// Why the file was not written anew.
#[derive(Debug, thiserror::Error)]
enum ScrubError {
    /// SQLite takes no other name for the place of its temporary files.
    #[error("the path of its folder is not UTF-8")]
    Folder,
    #[error(transparent)]
    Sqlite(#[from] rusqlite::Error),
}

/// How long to wait for readers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Patience {
    /// Not at all.
    None,
    /// As long as for any other lock.
    Usual,
}

/// Whether something was erased since the file was written anew.
pub(super) fn is_demanded(connection: &Connection) -> Result<bool> {
    connection.query_row(sql::SCRUB_IS_DEMANDED, [], |row| row.get(0))
}

/// Writes the file anew. What was deleted is in the WAL until that is emptied.
pub(super) fn scrub(connection: &Connection) {
    let done =
        rewrite(connection).and_then(|()| Ok(connection.execute(sql::SCRUB_DONE, []).map(drop)?));
    if let Err(error) = done {
        tracing::error!(event = "store.scrub_failed", error = %error, "the database file may still hold what was erased");
    }
}

/// `VACUUM` builds the file beside itself first. That goes into the same folder and not into memory,
/// which it may not fit, or into a common folder, where personal data has no business.
fn rewrite(connection: &Connection) -> Result<(), ScrubError> {
    let folder = connection.path().map(Path::new).and_then(Path::parent);
    let folder = folder.and_then(Path::to_str).ok_or(ScrubError::Folder)?;
    let _alone = TEMPORARY.lock().unwrap_or_else(PoisonError::into_inner);
    connection.pragma_update(None, "temp_store_directory", folder)?;
    connection.pragma_update(None, "temp_store", "FILE")?;
    let rewritten = connection.execute_batch("VACUUM");
    connection.pragma_update(None, "temp_store", "MEMORY")?;
    connection.pragma_update(None, "temp_store_directory", "")?;
    Ok(rewritten?)
}

/// Leaves a database without a WAL to read, or begins with one: whether it could be cut. A reader of
/// an older snapshot keeps it from that.
pub(super) fn empty_wal(connection: &Connection, patience: Patience) -> bool {
    let outcome = match patience {
        Patience::None => at_once(connection, cut),
        Patience::Usual => cut(connection),
    };
    match outcome {
        Ok(is_whole) => {
            if !is_whole {
                tracing::warn!(
                    event = "store.wal_kept",
                    "a reader keeps the WAL from being emptied"
                );
            }
            is_whole
        }
        Err(error) => {
            tracing::warn!(event = "store.checkpoint_failed", error = %error);
            false
        }
    }
}

fn cut(connection: &Connection) -> Result<bool> {
    let pragma = "PRAGMA wal_checkpoint(TRUNCATE)";
    connection.query_row(pragma, [], |row| row.get::<_, bool>(0)).map(|is_busy| !is_busy)
}

/// Does something without waiting for anybody's lock.
fn at_once<T>(connection: &Connection, work: impl FnOnce(&Connection) -> Result<T>) -> Result<T> {
    let usual = connection.pragma_query_value(None, "busy_timeout", |row| row.get(0))?;
    connection.busy_timeout(Duration::ZERO)?;
    let done = work(connection);
    connection.busy_timeout(Duration::from_millis(usual))?;
    done
}
