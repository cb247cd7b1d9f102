//! A copy of the database as it is at one moment, also while it is being written.

use std::path::Path;

use firstkey_ports::StoreError;
use rusqlite::{
    Connection,
    backup::{Backup, StepResult},
};

use crate::SqliteStore;

impl SqliteStore {
    /// Copies the database into a new file (SQLite's backup API). Writers go on meanwhile; the copy
    /// holds what was committed before it began. It is one file, without journals.
    pub async fn snapshot(&self, to: &Path) -> Result<(), StoreError> {
        let to = to.to_path_buf();
        self.long_read(move |connection| {
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
        })
        .await
    }
}
