//! A copy of the database as it is at one moment, also while it is being written.

use std::path::Path;

use firstkey_ports::StoreError;
use rusqlite::{
    Connection,
    backup::{Backup, StepResult},
};

use crate::{OpenError, Options, SqliteStore, connection, schema};

impl SqliteStore {
    /// Copies the database into a new file (SQLite's backup API). Writers go on meanwhile; the copy
    /// holds what was committed before it began. It is one file, without journals.
    pub async fn snapshot(&self, to: &Path) -> Result<(), StoreError> {
        let to = to.to_path_buf();
        self.long_read(move |connection| copy(connection, &to)).await
    }

    /// Copies a database of this or an older schema into a new file, and brings the copy up to date as the
    /// next start would the database; answers with the schema that it had and the one that it has. The
    /// database is only read.
    pub fn rehearse(
        from: &Path,
        to: &Path,
        options: &Options,
    ) -> Result<(usize, usize), OpenError> {
        copy(&connection::reading(from, options)?, to)?;
        let mut copied = connection::writing(to, options)?;
        let found = schema::version(&copied)?;
        schema::migrate(&mut copied)?;
        let now = schema::version(&copied)?;
        copied.close().map_err(|(_, error)| error)?;
        Ok((found, now))
    }
}

fn copy(connection: &Connection, to: &Path) -> Result<(), rusqlite::Error> {
    let mut copy = Connection::open(to)?;
    // Whoever asked for the copy uses none that was not finished.
    copy.pragma_update(None, "synchronous", "OFF")?;
    {
        let backup = Backup::new(connection, &mut copy)?;
        // All pages in one step, which is one read transaction: in many, each commit meanwhile
        // would begin the copy anew.
        if backup.step(-1)? != StepResult::Done {
            let busy = rusqlite::ffi::Error::new(rusqlite::ffi::SQLITE_BUSY);
            return Err(rusqlite::Error::SqliteFailure(busy, None));
        }
    }
    copy.pragma_update(None, "journal_mode", "DELETE")?;
    copy.close().map_err(|(_, error)| error)
}
