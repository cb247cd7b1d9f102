//! What a commit demands of the store before anything of it is written.

use firstkey_domain::StreamId;
use firstkey_ports::{Commit, CommitError, NOTHING_TO_ERASE, Reservation};
use rusqlite::{Connection, params};

use crate::{columns::micros, sql, streams, writer::Failure};

pub(super) fn check(connection: &Connection, commit: &Commit) -> Result<(), Failure> {
    for guard in &commit.guards {
        demand_version(connection, guard.stream, guard.version)?;
    }
    for (position, append) in commit.appends.iter().enumerate() {
        // A stream twice: the second cannot have seen what the first wrote.
        if commit.appends[..position].iter().any(|before| before.stream == append.stream) {
            return Err(Failure::Refused(CommitError::Stale(append.stream)));
        }
        let is_guarded = commit
            .guards
            .iter()
            .any(|guard| guard.stream == append.stream && guard.version == append.expected);
        if !is_guarded {
            demand_version(connection, append.stream, append.expected)?;
        }
    }
    for guard in &commit.sessions {
        let (session, person) = (guard.session.uuid(), guard.person.uuid());
        let whose = params![session.as_bytes(), person.as_bytes()];
        let mut held = connection.prepare_cached(sql::SESSIONS_HELD)?;
        if !held.query_row(whose, |row| row.get::<_, bool>(0))? {
            return Err(Failure::Refused(CommitError::Stale(guard.person.into())));
        }
    }
    for erasure in &commit.erasures {
        let (kind, id) = (erasure.stream.kind().name(), erasure.stream.uuid());
        let place = params![kind, id.as_bytes(), erasure.version];
        let mut exists = connection.prepare_cached(sql::ENTRIES_EXISTS)?;
        if !exists.query_row(place, |row| row.get::<_, bool>(0))? {
            return Err(Failure::Refused(CommitError::Refused(NOTHING_TO_ERASE)));
        }
    }
    for (position, wanted) in commit.reservations.iter().enumerate() {
        let is_same = |other: &&Reservation| (other.kind, other.key) == (wanted.kind, wanted.key);
        if commit.reservations[..position].iter().any(|other| is_same(&other))
            || is_held(connection, commit, wanted)?
        {
            return Err(Failure::Refused(CommitError::Taken(*wanted)));
        }
    }
    Ok(())
}

fn demand_version(connection: &Connection, stream: StreamId, version: u64) -> Result<(), Failure> {
    if streams::version(connection, stream)? == version {
        Ok(())
    } else {
        Err(Failure::Refused(CommitError::Stale(stream)))
    }
}

/// Whether somebody holds it, has not let go by this very commit, and its time is not over.
fn is_held(
    connection: &Connection,
    commit: &Commit,
    wanted: &Reservation,
) -> rusqlite::Result<bool> {
    if commit.releases.contains(&(wanted.kind, wanted.key)) {
        return Ok(false);
    }
    connection.prepare_cached(sql::RESERVATIONS_HELD)?.query_row(
        params![wanted.kind.name(), wanted.key.as_bytes(), commit.at.map(micros)],
        |row| row.get(0),
    )
}
