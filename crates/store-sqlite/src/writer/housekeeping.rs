//! What the writer does between batches, when the answers are out.

use rusqlite::Connection;

use super::scrub::scrub;
use crate::sql;

/// After so many pieces of work the WAL is moved into the database. Each leaves about ten pages, so
/// that the WAL stays near 20 MB.
const TIDY_EVERY: usize = 500;

/// How many ended reservations are forgotten at a time: more than can have been made meanwhile.
const FORGET: usize = 4 * TIDY_EVERY;

#[derive(Debug, Default)]
pub(super) struct Housekeeping {
    since: usize,
    /// Whether the files may still hold what was erased.
    to_scrub: bool,
}

impl Housekeeping {
    /// Something was erased.
    pub(super) const fn erased(&mut self) {
        self.to_scrub = true;
    }

    /// Cleans the files, if something was erased. When that could not be done, it is tried again after
    /// a while, and the WAL is emptied at the latest when the store is closed or opened.
    pub(super) fn scrub(&mut self, connection: &Connection) {
        if self.to_scrub {
            self.to_scrub = !scrub(connection);
        }
    }

    pub(super) fn after(&mut self, connection: &Connection, written: usize) {
        self.since += written;
        if self.since >= TIDY_EVERY {
            self.since = 0;
            self.scrub(connection);
            forget_ended(connection);
            checkpoint(connection, "PRAGMA wal_checkpoint(PASSIVE)");
        }
    }
}

/// A reservation that has ended counts for nothing, so that nobody can tell whether it is there.
fn forget_ended(connection: &Connection) {
    let forgotten = connection
        .prepare_cached(sql::RESERVATIONS_FORGET_ENDED)
        .and_then(|mut forget| forget.execute([FORGET]));
    if let Err(error) = forgotten {
        tracing::warn!(event = "store.forget_failed", error = %error);
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
        commit::{self, Prepared},
        schema,
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
}
