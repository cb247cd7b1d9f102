//! Which file is ours, and how an older one becomes a newer one.

use rusqlite::{Connection, TransactionBehavior};

use crate::recount;

/// `Fkey`, in the file's header: says whose file it is.
const APPLICATION_ID: i32 = 0x466b_6579;

/// Migrations in order; the schema's version is how many were applied. Never edited once landed.
const MIGRATIONS: [&str; 5] = [
    include_str!("../migrations/0001_first.sql"),
    include_str!("../migrations/0002_metadata.sql"),
    include_str!("../migrations/0003_moved.sql"),
    include_str!("../migrations/0004_answers.sql"),
    include_str!("../migrations/0005_figures.sql"),
];

/// The store cannot be opened.
#[derive(Debug, thiserror::Error)]
pub enum OpenError {
    /// SQLite says why.
    #[error("the database cannot be opened: {0}")]
    Sqlite(#[from] rusqlite::Error),
    /// A database of something else.
    #[error("the database belongs to another program")]
    NotOurs,
    /// Written by a newer version of this program.
    #[error("the database has schema {found}; this version knows {known} and older")]
    TooNew {
        /// The file's schema.
        found: usize,
        /// The newest that is known here.
        known: usize,
    },
    /// Opened for reading, but it has not been migrated.
    #[error("the database has schema {found}; start the server once to bring it to {known}")]
    TooOld {
        /// The file's schema.
        found: usize,
        /// The schema that is needed.
        known: usize,
    },
    /// The writer's thread cannot be started.
    #[error("the writer cannot be started: {0}")]
    Thread(#[from] std::io::Error),
}

/// Brings the schema up to date.
pub(crate) fn migrate(connection: &mut Connection) -> Result<(), OpenError> {
    let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
    let found = version(&transaction)?;
    if found > MIGRATIONS.len() {
        return Err(OpenError::TooNew { found, known: MIGRATIONS.len() });
    }
    for migration in &MIGRATIONS[found..] {
        transaction.execute_batch(migration)?;
    }
    recount::when_due(&transaction)?;
    if found < MIGRATIONS.len() {
        transaction.pragma_update(None, "application_id", APPLICATION_ID)?;
        transaction.pragma_update(None, "user_version", MIGRATIONS.len())?;
    }
    transaction.commit()?;
    Ok(())
}

/// Fails unless the schema is exactly ours: a reader changes nothing.
pub(crate) fn require_current(connection: &Connection) -> Result<(), OpenError> {
    let (found, known) = (version(connection)?, MIGRATIONS.len());
    match found {
        _ if found > known => Err(OpenError::TooNew { found, known }),
        _ if found < known => Err(OpenError::TooOld { found, known }),
        _ => Ok(()),
    }
}

/// The schema's version; zero for an empty file.
pub(crate) fn version(connection: &Connection) -> Result<usize, OpenError> {
    let pragma = |name| connection.pragma_query_value(None, name, |row| row.get::<_, i32>(0));
    let tables: i64 =
        connection.query_row("SELECT count(*) FROM sqlite_schema", [], |row| row.get(0))?;
    if tables == 0 && pragma("application_id")? == 0 {
        return Ok(0);
    }
    if pragma("application_id")? != APPLICATION_ID {
        return Err(OpenError::NotOurs);
    }
    usize::try_from(pragma("user_version")?).map_err(|_| OpenError::NotOurs)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_newer_schema_is_not_touched() {
        let mut connection = Connection::open_in_memory().unwrap();
        migrate(&mut connection).unwrap();
        connection.pragma_update(None, "user_version", MIGRATIONS.len() + 1).unwrap();
        let refused = migrate(&mut connection);
        assert!(
            matches!(refused, Err(OpenError::TooNew { found, .. }) if found > MIGRATIONS.len())
        );
    }

    #[test]
    fn somebody_elses_database_is_not_touched() {
        let mut connection = Connection::open_in_memory().unwrap();
        connection.execute_batch("CREATE TABLE theirs (x)").unwrap();
        assert!(matches!(migrate(&mut connection), Err(OpenError::NotOurs)));
    }

    #[test]
    fn an_older_schema_is_brought_up_to_date() {
        let mut connection = Connection::open_in_memory().unwrap();
        connection.execute_batch(MIGRATIONS[0]).unwrap();
        connection.pragma_update(None, "application_id", APPLICATION_ID).unwrap();
        connection.pragma_update(None, "user_version", 1).unwrap();
        let old = require_current(&connection);
        assert!(matches!(old, Err(OpenError::TooOld { found: 1, .. })));
        migrate(&mut connection).unwrap();
        require_current(&connection).unwrap();
        let files: i64 = connection
            .query_row("SELECT count(*) FROM metadata_file", [], |row| row.get(0))
            .unwrap();
        assert_eq!(files, 0);
    }

    #[test]
    fn migrating_twice_changes_nothing() {
        let mut connection = Connection::open_in_memory().unwrap();
        migrate(&mut connection).unwrap();
        migrate(&mut connection).unwrap();
        require_current(&connection).unwrap();
    }

    #[test]
    fn an_upgrade_is_rehearsed_on_a_copy() {
        let folder = tempfile::tempdir().unwrap();
        let (database, copy) = (folder.path().join("database"), folder.path().join("copy"));
        let older = Connection::open(&database).unwrap();
        for migration in &MIGRATIONS[..MIGRATIONS.len() - 1] {
            older.execute_batch(migration).unwrap();
        }
        older.pragma_update(None, "application_id", APPLICATION_ID).unwrap();
        older.pragma_update(None, "user_version", MIGRATIONS.len() - 1).unwrap();
        let rehearsed = crate::SqliteStore::rehearse(&database, &copy, &crate::Options::default());
        assert_eq!(rehearsed.unwrap(), (MIGRATIONS.len() - 1, MIGRATIONS.len()));
        assert!(require_current(&Connection::open(&copy).unwrap()).is_ok());
        assert_eq!(version(&older).unwrap(), MIGRATIONS.len() - 1, "it was only read");
    }
}
