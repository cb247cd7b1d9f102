//! Connections for reading. WAL lets each read a snapshot while the writer writes.

use std::{
    path::PathBuf,
    sync::{Arc, Mutex, PoisonError},
};

use firstkey_ports::StoreError;
use rusqlite::{Connection, Result};

use crate::connection::{self, Options};

/// How many connections are kept when idle.
const MAX_IDLE: usize = 16;

/// Idle connections. There are never more in use than threads that read.
#[derive(Debug, Clone)]
pub(crate) struct Readers(Arc<Pool>);

#[derive(Debug)]
struct Pool {
    path: PathBuf,
    options: Options,
    /// One connection in one transaction: every read sees the same snapshot.
    pinned: bool,
    idle: Mutex<Vec<Connection>>,
}

impl Readers {
    /// Readers of the newest state.
    pub(crate) fn new(path: PathBuf, options: Options) -> Self {
        Self(Arc::new(Pool { path, options, pinned: false, idle: Mutex::default() }))
    }

    /// A reader of one snapshot, taken now.
    pub(crate) fn pinned(path: PathBuf, options: Options, connection: Connection) -> Result<Self> {
        connection.execute_batch("BEGIN; SELECT count(*) FROM sqlite_schema")?;
        let idle = Mutex::new(vec![connection]);
        Ok(Self(Arc::new(Pool { path, options, pinned: true, idle })))
    }

    /// A read of a few rows by key, on the calling thread: it takes microseconds, less than handing
    /// it to another thread would.
    pub(crate) fn point<T>(&self, read: impl FnOnce(&Connection) -> Result<T>) -> Answer<T> {
        self.read(read).map_err(unreadable)
    }

    /// A read that may take longer, on a thread for blocking work.
    pub(crate) async fn long<T: Send + 'static>(
        &self,
        read: impl FnOnce(&Connection) -> Result<T> + Send + 'static,
    ) -> Answer<T> {
        let readers = self.clone();
        match tokio::task::spawn_blocking(move || readers.read(read)).await {
            Ok(answer) => answer.map_err(unreadable),
            Err(error) => Err(StoreError(error.to_string())),
        }
    }

    fn read<T>(&self, read: impl FnOnce(&Connection) -> Result<T>) -> Result<T> {
        let mut idle = self.0.idle.lock().unwrap_or_else(PoisonError::into_inner);
        if self.0.pinned {
            // Never empty, and held while reading: there is one snapshot and one connection.
            return idle.first().map_or(Err(rusqlite::Error::InvalidQuery), read);
        }
        let taken = idle.pop();
        drop(idle);
        let connection = match taken {
            Some(connection) => connection,
            None => connection::reading(&self.0.path, &self.0.options)?,
        };
        let answer = read(&connection);
        let mut idle = self.0.idle.lock().unwrap_or_else(PoisonError::into_inner);
        if idle.len() < MAX_IDLE && connection.is_autocommit() {
            idle.push(connection);
        }
        answer
    }
}

/// What a read answers.
pub(crate) type Answer<T> = std::result::Result<T, StoreError>;

#[expect(clippy::needless_pass_by_value, reason = "used with map_err")]
fn unreadable(error: rusqlite::Error) -> StoreError {
    StoreError(error.to_string())
}

/// Several statements that must see one snapshot.
pub(crate) fn snapshot<T>(
    connection: &Connection,
    read: impl FnOnce(&Connection) -> Result<T>,
) -> Result<T> {
    if !connection.is_autocommit() {
        return read(connection);
    }
    connection.prepare_cached("BEGIN")?.execute([])?;
    let answer = read(connection);
    // A transaction that only read ends the same either way.
    connection.prepare_cached("COMMIT")?.execute([])?;
    answer
}
