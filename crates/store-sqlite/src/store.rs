//! The handle.

use std::{
    path::{Path, PathBuf},
    sync::Arc,
};

use firstkey_ports::{CommitError, StoreError};
use rusqlite::Connection;

use crate::{
    connection::{self, Options},
    readers::{Answer, Readers},
    schema::{self, OpenError},
    writer::{Failure, Housekeeping, Lane, Writer},
};

/// The store on an SQLite file. Cheap to clone; all clones are one store.
#[derive(Debug, Clone)]
pub struct SqliteStore {
    readers: Readers,
    /// Absent in a store that was opened to be read only.
    writer: Option<Arc<Writer>>,
}

impl SqliteStore {
    /// Opens the file, makes it when there is none, and brings its schema up to date. Writes it anew
    /// when that was due after an erasure and was not done, which takes a while with a large one.
    pub fn open(path: impl AsRef<Path>, options: Options) -> Result<Self, OpenError> {
        let path = path.as_ref().to_path_buf();
        let mut connection = connection::writing(&path, &options)?;
        schema::migrate(&mut connection)?;
        let housekeeping = Housekeeping::begin(&connection)?;
        let writer = Writer::start(connection, housekeeping)?;
        Ok(Self { readers: Readers::new(path, options), writer: Some(Arc::new(writer)) })
    }

    /// Opens one snapshot of the file to be read, also while a server writes it. Commits are
    /// unavailable.
    pub fn open_read_only(path: impl AsRef<Path>, options: Options) -> Result<Self, OpenError> {
        let path: PathBuf = path.as_ref().to_path_buf();
        let connection = connection::reading(&path, &options)?;
        schema::require_current(&connection)?;
        Ok(Self { readers: Readers::pinned(path, options, connection)?, writer: None })
    }

    /// Writes what waits, and stops writing: later commits are unavailable. Reads go on.
    pub async fn close(&self) {
        let Some(writer) = self.writer.clone() else { return };
        writer.close();
        // Fails only when the runtime is being torn down, and then nobody waits any more.
        let _ = tokio::task::spawn_blocking(move || writer.join()).await;
    }

    /// What is wrong with the file itself; empty when it is sound (`PRAGMA quick_check`).
    pub async fn quick_check(&self) -> Result<Vec<String>, StoreError> {
        self.long_read(|connection| {
            let mut check = connection.prepare("PRAGMA quick_check")?;
            let lines: Vec<String> = crate::columns::firsts(&mut check, [])?;
            Ok(lines.into_iter().filter(|line| line != "ok").collect())
        })
        .await
    }

    pub(crate) fn point_read<T>(
        &self,
        read: impl FnOnce(&Connection) -> rusqlite::Result<T>,
    ) -> Answer<T> {
        self.readers.point(read)
    }

    pub(crate) async fn long_read<T: Send + 'static>(
        &self,
        read: impl FnOnce(&Connection) -> rusqlite::Result<T> + Send + 'static,
    ) -> Answer<T> {
        self.readers.long(read).await
    }

    pub(crate) async fn write<T: Send + 'static>(
        &self,
        lane: Lane,
        work: impl FnMut(&Connection) -> Result<T, Failure> + Send + 'static,
    ) -> Result<T, CommitError> {
        self.writer()?.submit(lane, false, work).await
    }

    /// The same; before it answers, the files hold nothing any more of what the work deleted, or the
    /// log says that they may, and the store does it later.
    pub(crate) async fn erase<T: Send + 'static>(
        &self,
        work: impl FnMut(&Connection) -> Result<T, Failure> + Send + 'static,
    ) -> Result<T, CommitError> {
        self.writer()?.submit(Lane::Interactive, true, work).await
    }

    /// Whether the WAL could not be emptied since something may have been erased. One who only reads
    /// does not know.
    pub(crate) fn is_wal_kept(&self) -> bool {
        self.writer.as_deref().is_some_and(Writer::is_wal_kept)
    }

    fn writer(&self) -> Result<&Writer, CommitError> {
        let read_only = || CommitError::Unavailable("the store was opened to be read".into());
        self.writer.as_deref().ok_or_else(read_only)
    }
}
