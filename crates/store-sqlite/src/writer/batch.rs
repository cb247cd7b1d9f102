//! One transaction for many pieces of work.

use firstkey_ports::CommitError;
use rusqlite::{Connection, Error, ErrorCode, ffi};

use super::task::Job;

/// Does the jobs in one transaction. When one of them breaks it, each gets a transaction of its own:
/// that is rare, and costs less than a savepoint around every job.
pub(super) fn write(connection: &Connection, jobs: &mut [Box<dyn Job>]) {
    if !together(connection, jobs) && jobs.len() > 1 {
        for job in jobs {
            together(connection, std::slice::from_mut(job));
        }
    }
}

/// False when a job broke off and nothing was written. Its outcome is set; those of the others in
/// the batch are not.
fn together(connection: &Connection, jobs: &mut [Box<dyn Job>]) -> bool {
    if let Err(error) = execute(connection, "BEGIN IMMEDIATE") {
        fail_all(jobs, &CommitError::Unavailable(error.to_string()));
        return true;
    }
    let whole = jobs.iter_mut().all(|job| job.run(connection));
    if !whole {
        roll_back(connection);
        return false;
    }
    if let Err(error) = execute(connection, "COMMIT") {
        roll_back(connection);
        tracing::error!(event = "store.commit_failed", error = %error);
        fail_all(jobs, &commit_failure(&error));
    }
    true
}

fn fail_all(jobs: &mut [Box<dyn Job>], error: &CommitError) {
    for job in jobs {
        job.fail(error);
    }
}

fn execute(connection: &Connection, sql: &str) -> rusqlite::Result<()> {
    connection.prepare_cached(sql)?.execute([]).map(drop)
}

/// Ends the transaction, unless SQLite has ended it by itself.
fn roll_back(connection: &Connection) {
    if !connection.is_autocommit()
        && let Err(error) = execute(connection, "ROLLBACK")
    {
        tracing::error!(event = "store.rollback_failed", error = %error);
    }
}

/// What a failed COMMIT means. A frame of the WAL that could not be written has no valid checksum,
/// and the one that commits is the last: nothing happened. After anything else, such as an fsync
/// that failed, a crash may yet bring the transaction back.
fn commit_failure(error: &Error) -> CommitError {
    let why = error.to_string();
    let is_surely_nothing = error.sqlite_error().is_some_and(|failure| {
        matches!(failure.code, ErrorCode::DatabaseBusy | ErrorCode::DiskFull)
            || failure.extended_code == ffi::SQLITE_IOERR_WRITE
    });
    if is_surely_nothing { CommitError::Unavailable(why) } else { CommitError::Unknown(why) }
}
