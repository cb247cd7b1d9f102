//! What the writer does between batches, when the answers are out.

use std::sync::{
    Arc,
    atomic::{AtomicBool, Ordering},
};

use rusqlite::{Connection, Result};

use super::scrub::{self, Patience};
use crate::sql;

/// After so many pieces of work the WAL is moved into the database, each page once however often it
/// was written. Each leaves about ten pages, so that the WAL stays near 40 MB.
const TIDY_EVERY: usize = 1000;

/// How many ended reservations are forgotten at a time: more than can have been made meanwhile.
const FORGET: usize = 4 * TIDY_EVERY;

#[derive(Debug)]
pub(crate) struct Housekeeping {
    since: usize,
    /// Whether the WAL may still hold what was erased, for whoever asks as well. Whether the database
    /// file may is in the database, so that it outlives this process.
    wal_kept: Arc<AtomicBool>,
}

impl Housekeeping {
    /// Does what a process before this one has left undone: it may have died between an erasure and
    /// its scrub, or had no room for it.
    pub(crate) fn begin(connection: &Connection) -> Result<Self> {
        let mut housekeeping = Self { since: 0, wal_kept: Arc::new(AtomicBool::new(true)) };
        if scrub::is_demanded(connection)? {
            housekeeping.scrub(connection);
        } else {
            housekeeping.empty_wal(connection, Patience::Usual);
        }
        Ok(housekeeping)
    }

    /// Something was erased: cleans the files. When the database cannot be written anew, that is tried
    /// again after the next erasure and when the store is opened, and not before: it costs much.
    pub(super) fn scrub(&mut self, connection: &Connection) {
        scrub::scrub(connection);
        // Also after a failure: what was overwritten in place counts once it is in the database.
        self.empty_wal(connection, Patience::Usual);
    }

    pub(super) fn after(&mut self, connection: &Connection, written: usize) {
        self.since += written;
        if self.since >= TIDY_EVERY {
            self.since = 0;
            if self.is_wal_kept() {
                self.empty_wal(connection, Patience::None);
            }
            forget_ended(connection);
            checkpoint(connection, "PRAGMA wal_checkpoint(PASSIVE)");
        }
    }

    pub(super) fn wal_kept(&self) -> Arc<AtomicBool> {
        Arc::clone(&self.wal_kept)
    }

    fn is_wal_kept(&self) -> bool {
        self.wal_kept.load(Ordering::Acquire)
    }

    fn empty_wal(&mut self, connection: &Connection, patience: Patience) {
        let is_empty = scrub::empty_wal(connection, patience);
        self.wal_kept.store(!is_empty, Ordering::Release);
    }
}

/// A reservation that has ended counts for nothing, so that nobody can tell whether it is there. Nor does
/// an answer.
fn forget_ended(connection: &Connection) {
    for ended in [sql::RESERVATIONS_FORGET_ENDED, sql::ANSWERS_FORGET_ENDED] {
        let forgotten =
            connection.prepare_cached(ended).and_then(|mut forget| forget.execute([FORGET]));
        if let Err(error) = forgotten {
            tracing::warn!(event = "store.forget_failed", error = %error);
        }
    }
}

/// Nothing is lost when this fails: the WAL stays and the next one tries again.
fn checkpoint(connection: &Connection, pragma: &str) {
    if let Err(error) = connection.query_row(pragma, [], |_| Ok(())) {
        tracing::warn!(event = "store.checkpoint_failed", error = %error);
    }
}

#[cfg(test)]
mod tests {
    use firstkey_domain::Digest;
    use firstkey_ports::{Commit, Entry, LogName, Note, Reservation, ReservationKind};
    use jiff::{SignedDuration, Timestamp};
    use uuid::Uuid;

    use super::*;
    use crate::{
        Options,
        commit::{self, Prepared},
        connection, schema,
    };

    fn count(connection: &Connection) -> i64 {
        connection.query_row("SELECT count(*) FROM reservations", [], |row| row.get(0)).unwrap()
    }

    /// Notes that something happened then.
    fn happened(connection: &Connection, at: Timestamp, reservations: Vec<Reservation>) {
        let entry = Entry { open: b"something".to_vec(), sealed: None };
        let notes = vec![Note { log: LogName::Lifecycle, entry }];
        let commit = Commit { at: Some(at), notes, reservations, ..Commit::default() };
        commit::write(connection, &Prepared::new(commit).unwrap()).unwrap();
    }

    #[test]
    fn only_what_ended_long_ago_is_forgotten() {
        let mut connection = Connection::open_in_memory().unwrap();
        schema::migrate(&mut connection).unwrap();
        forget_ended(&connection);
        let now = Timestamp::UNIX_EPOCH;
        let minutes = SignedDuration::from_mins;
        let reservation = |key: &[u8], ends| Reservation {
            kind: ReservationKind::Challenge,
            key: Digest::of(key),
            owner: Uuid::nil(),
            ends,
        };
        let held = vec![reservation(b"a", Some(now + minutes(5))), reservation(b"b", None)];
        happened(&connection, now, held);
        for (minute, expected) in [(64, 2), (65, 1), (10_000, 1)] {
            happened(&connection, now + minutes(minute), Vec::new());
            forget_ended(&connection);
            assert_eq!(count(&connection), expected, "after {minute} minutes");
        }
    }

    #[test]
    fn what_could_not_be_written_anew_is_not_tried_again_with_every_tidying() {
        let folder = tempfile::tempdir().unwrap();
        let options = Options { busy_timeout: std::time::Duration::ZERO, ..Options::default() };
        let open = || connection::writing(&folder.path().join("firstkey.db"), &options).unwrap();
        let mut connection = open();
        schema::migrate(&mut connection).unwrap();
        let mut housekeeping = Housekeeping::begin(&connection).unwrap();
        let is_demanded = || scrub::is_demanded(&connection).unwrap();

        connection.execute(sql::SCRUB_DEMAND, []).unwrap();
        let backup = open();
        backup.execute_batch("BEGIN IMMEDIATE").unwrap();
        housekeeping.scrub(&connection);
        assert!(is_demanded(), "another process had the lock");
        backup.execute_batch("COMMIT").unwrap();
        housekeeping.after(&connection, TIDY_EVERY);
        assert!(is_demanded(), "it costs too much to be tried with every tidying");
        assert!(!housekeeping.is_wal_kept(), "this costs little");

        Housekeeping::begin(&connection).unwrap();
        assert!(!is_demanded(), "done when the store is opened");
    }
}
