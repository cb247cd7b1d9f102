//! A signed database, and copies of it that somebody edited by hand.

use std::path::{Path, PathBuf};

use firstkey_app::audit::{Check, CheckError, CheckReport, Tampering, check};
use firstkey_domain::{Digest, StreamId};
use firstkey_ports::{Entry, Ledger, LogName};
use firstkey_store_sqlite::{Options, SqliteStore};
use rusqlite::{Connection, Params, params};
use tempfile::TempDir;

use crate::world::{Member, World, keys};

pub const LIFECYCLE: LogName = LogName::Lifecycle;
pub const ACCESS: LogName = LogName::Access { year: 2026, month: 3 };

pub struct Story {
    pub world: World<SqliteStore>,
    pub admin: Member,
    pub joiner: Member,
}

impl Story {
    /// Checks a copy of the database that somebody edited.
    pub async fn edited(&self, edit: impl FnOnce(&Connection)) -> Result<CheckReport, CheckError> {
        let (_folder, copy) = self.copy();
        edit(&Connection::open(&copy).unwrap());
        checked(&copy, None).await
    }

    /// What the check of an edited copy finds.
    pub async fn found(&self, edit: impl FnOnce(&Connection)) -> Tampering {
        tampering(self.edited(edit).await)
    }

    pub fn copy(&self) -> (TempDir, PathBuf) {
        copy(&self.world)
    }

    pub fn enrollment(&self) -> StreamId {
        self.joiner.enrollment.into()
    }

    pub fn person(&self) -> StreamId {
        self.joiner.id.into()
    }

    pub async fn last_checkpoint(&self) -> String {
        self.world.app.store().checkpoint(LIFECYCLE).await.unwrap().unwrap()
    }
}

/// A copy of the database, as a backup makes it.
pub fn copy(world: &World<SqliteStore>) -> (TempDir, PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    let copy = folder.path().join("copy.db");
    let original = Connection::open(world.path()).unwrap();
    original.execute("VACUUM INTO ?1", [copy.to_str().unwrap()]).unwrap();
    (folder, copy)
}

/// An administrator, a sponsor and a joiner, two sign-ins, and everything signed.
pub async fn story() -> Story {
    let world = World::on_disk().await;
    let mut admin = world.admin().await;
    let mut sponsor = world.sponsor(&mut admin).await;
    let joiner = world.joiner(&mut sponsor).await;
    world.sign_in(&mut admin).await.unwrap();
    world.sign_in(&mut sponsor).await.unwrap();
    world.app.sequence_once().await.unwrap();
    Story { world, admin, joiner }
}

pub async fn checked(path: &Path, against: Option<&str>) -> Result<CheckReport, CheckError> {
    let store = SqliteStore::open_read_only(path, Options::default()).unwrap();
    let keys = keys();
    let key = keys.log().verifier();
    check(&store, Check { key: &key, rows: Some(keys.rows()), against }).await
}

pub fn tampering(outcome: Result<CheckReport, CheckError>) -> Tampering {
    match outcome.expect_err("it was edited") {
        CheckError::Tampering(tampering) => tampering,
        CheckError::Store(error) => panic!("{error}"),
    }
}

/// Runs a statement that must change something.
pub fn run(sql: &Connection, statement: &str, params: impl Params) {
    assert!(sql.execute(statement, params).unwrap() > 0, "{statement}");
}

pub fn id(stream: StreamId) -> [u8; 16] {
    *stream.uuid().as_bytes()
}

/// Replaces text in an event's open bytes, and answers with the digest that it then should have.
pub fn edit_event(
    sql: &Connection,
    stream: StreamId,
    version: u64,
    from: &str,
    to: &str,
) -> Digest {
    let of = "WHERE stream_id = ?1 AND version = ?2";
    let read = format!("SELECT open, inner_digest FROM entries {of}");
    let (open, inner): (Vec<u8>, Option<[u8; 32]>) = sql
        .query_row(&read, params![id(stream), version], |row| Ok((row.get(0)?, row.get(1)?)))
        .unwrap();
    let open = String::from_utf8(open).unwrap();
    assert!(open.contains(from), "{open}");
    let open = open.replace(from, to).into_bytes();
    run(sql, &format!("UPDATE entries SET open = ?3 {of}"), params![id(stream), version, open]);
    Entry::digest_of(&open, inner.map(Digest::from_bytes))
}

pub fn set_digest(sql: &Connection, stream: StreamId, version: u64, digest: Digest) {
    let set = "UPDATE entries SET digest = ?3 WHERE stream_id = ?1 AND version = ?2";
    run(sql, set, params![id(stream), version, digest.as_bytes()]);
}

/// Replaces text in a state.
pub fn edit_state(sql: &Connection, stream: StreamId, from: &str, to: &str) {
    let read = "SELECT state FROM streams WHERE id = ?1";
    let state: Vec<u8> = sql.query_row(read, [id(stream)], |row| row.get(0)).unwrap();
    let state = String::from_utf8(state).unwrap();
    assert!(state.contains(from), "{state}");
    let state = state.replacen(from, to, 1).into_bytes();
    run(sql, "UPDATE streams SET state = ?2 WHERE id = ?1", params![id(stream), state]);
}
