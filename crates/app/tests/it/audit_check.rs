//! `log check` over a database that somebody edited by hand: it names what was altered, removed,
//! inserted or reordered.

use std::path::{Path, PathBuf};

use firstkey_app::{
    Fault,
    audit::{
        Check, CheckError, CheckReport, Tampering, check,
        check::{Change, RowName},
    },
    signing_in::SignInFault,
};
use firstkey_domain::{Digest, Role, StreamId};
use firstkey_log::{hash::leaf_hash, note::NoteSigner};
use firstkey_ports::{Entry, Ledger, LogName};
use firstkey_store_sqlite::{Options, SqliteStore};
use rusqlite::{Connection, Params, params};
use tempfile::TempDir;

use crate::world::{Member, World, keys};

const LIFECYCLE: LogName = LogName::Lifecycle;
const ACCESS: LogName = LogName::Access { year: 2026, month: 3 };
/// The event of the joiner's enrollment in which the sponsor vouched.
const PROOFED: u64 = 4;

pub struct Story {
    pub world: World<SqliteStore>,
    pub admin: Member,
    pub joiner: Member,
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
        let folder = tempfile::tempdir().unwrap();
        let copy = folder.path().join("copy.db");
        let original = Connection::open(self.world.path()).unwrap();
        original.execute("VACUUM INTO ?1", [copy.to_str().unwrap()]).unwrap();
        (folder, copy)
    }

    pub fn enrollment(&self) -> StreamId {
        self.joiner.enrollment.into()
    }

    pub fn person(&self) -> StreamId {
        self.joiner.id.into()
    }

    async fn last_checkpoint(&self) -> String {
        self.world.app.store().checkpoint(LIFECYCLE).await.unwrap().unwrap()
    }
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
fn edit_state(sql: &Connection, stream: StreamId, from: &str, to: &str) {
    let read = "SELECT state FROM streams WHERE id = ?1";
    let state: Vec<u8> = sql.query_row(read, [id(stream)], |row| row.get(0)).unwrap();
    let state = String::from_utf8(state).unwrap();
    assert!(state.contains(from), "{state}");
    let state = state.replacen(from, to, 1).into_bytes();
    run(sql, "UPDATE streams SET state = ?2 WHERE id = ?1", params![id(stream), state]);
}

#[tokio::test]
async fn an_honest_database_is_as_it_was_signed() {
    let story = story().await;
    story.world.import(Some(story.admin.id)).await;
    let report = story.edited(|_| ()).await.unwrap();
    assert_eq!((report.people, report.enrollments), (4, 4));
    assert_eq!((report.authenticators, report.roles), (3, 1));
    assert!(report.seals);
    let lifecycle = report.logs.iter().find(|log| log.log == LIFECYCLE).unwrap();
    assert_eq!(lifecycle.signed, lifecycle.entries);
    assert_eq!(lifecycle.waiting, 4, "joined, opened, noted and invited wait for their place");
    assert_eq!(report.events, lifecycle.entries + lifecycle.waiting);
    assert_eq!(report.logs.len(), 2);

    let key = keys().log().verifier();
    let copy = SqliteStore::open_read_only(story.world.path(), Options::default()).unwrap();
    let auditor = check(&copy, Check { key: &key, rows: None, against: None }).await.unwrap();
    assert!(!auditor.seals, "an auditor has no key of seals");
    assert!(auditor.to_string().contains("not checked"), "{auditor}");
}

#[tokio::test]
async fn an_edited_event_is_named_however_far_the_editor_went() {
    let story = story().await;
    let stream = story.enrollment();
    let altered = Tampering::EventAltered { stream, version: PROOFED };
    let edit = |sql: &Connection| edit_event(sql, stream, PROOFED, "\"match\"", "\"handover\"");

    assert_eq!(story.found(|sql| _ = edit(sql)).await, altered);
    // With its digest, so that only the tree remembers.
    assert_eq!(story.found(|sql| set_digest(sql, stream, PROOFED, edit(sql))).await, altered);
    // With its leaf in the tile, so that only the signature remembers.
    let rebuilt = story.found(|sql| {
        let digest = edit(sql);
        set_digest(sql, stream, PROOFED, digest);
        let read = "SELECT leaf FROM entries WHERE stream_id = ?1 AND version = ?2";
        let leaf: usize =
            sql.query_row(read, params![id(stream), PROOFED], |row| row.get(0)).unwrap();
        let read = "SELECT hashes FROM log_tiles WHERE log = 'lifecycle' AND level = 0";
        let mut hashes: Vec<u8> = sql.query_row(read, [], |row| row.get(0)).unwrap();
        hashes[leaf * 32..][..32].copy_from_slice(&leaf_hash(digest.as_bytes()).0);
        run(
            sql,
            "UPDATE log_tiles SET hashes = ?1 WHERE log = 'lifecycle' AND level = 0",
            [hashes],
        );
    });
    assert!(matches!(rebuilt.await, Tampering::TreeRebuilt { log: LIFECYCLE, .. }));
}

#[tokio::test]
async fn confidential_bytes_are_what_was_logged_or_were_erased_by_an_event() {
    let story = story().await;
    let stream = story.person();
    let of = "WHERE stream_id = ?1 AND version = 1";
    for column in ["salt", "confidential", "inner_digest"] {
        let found = story.found(|sql| {
            let flip = format!("UPDATE entries SET {column} = zeroblob(32) {of}");
            run(sql, &flip, [id(stream)]);
        });
        let altered = Tampering::ConfidentialAltered { stream, version: 1 };
        assert_eq!(found.await, altered, "{column}");
    }
    let found = story.found(|sql| {
        let erase = format!("UPDATE entries SET salt = NULL, confidential = NULL {of}");
        run(sql, &erase, [id(stream)]);
    });
    assert_eq!(found.await, Tampering::ConfidentialRemoved { stream, version: 1 });
}

#[tokio::test]
async fn a_removed_event_is_named() {
    let story = story().await;
    let remove = "DELETE FROM entries WHERE stream_id = ?1 AND version = ?2";
    for (stream, version) in [
        (story.enrollment(), PROOFED),
        (story.enrollment(), 7),
        (story.person(), 1),
        // The very last entry of the log.
        (story.person(), 3),
    ] {
        let found = story.found(|sql| run(sql, remove, params![id(stream), version])).await;
        assert_eq!(found, Tampering::EventRemoved { stream, version });
    }
    let all = "DELETE FROM entries WHERE stream_id = ?1";
    let stream = story.enrollment();
    let found = story.found(|sql| run(sql, all, [id(stream)])).await;
    assert_eq!(found, Tampering::StateInserted(stream));

    let note = "DELETE FROM entries WHERE log LIKE 'access/%' AND leaf = ?1";
    let found = story.found(|sql| run(sql, note, [0])).await;
    assert_eq!(found, Tampering::LeafRemoved { log: ACCESS, index: 0 });
    let found = story.found(|sql| run(sql, note, [1])).await;
    assert_eq!(found, Tampering::RolledBack { log: ACCESS, signed: 2, stored: 1 });
    let edit = "UPDATE entries SET open = zeroblob(9) WHERE log LIKE 'access/%' AND leaf = 0";
    let found = story.found(|sql| run(sql, edit, [])).await;
    assert!(matches!(found, Tampering::NoteAltered { log: ACCESS, .. }), "{found}");
}

/// Writes an event that grants the joiner a role, as the host would.
fn insert_grant(sql: &Connection, stream: StreamId, version: u64) {
    let open = format!(
        "{{\"stream\":\"{stream}\",\"version\":{version},\"at\":\"2026-03-02T09:00:00Z\",\"by\":\
         {{\"host\":\"root\"}},\"event\":{{\"kind\":\"person.role_granted/1\",\"data\":\
         {{\"role\":\"administrator\",\"signed\":null}}}}}}"
    );
    let insert = "INSERT INTO entries (log, stream_kind, stream_id, version, open, digest) \
                  VALUES ('lifecycle', 'person', ?1, ?2, ?3, ?4)";
    let digest = Entry::digest_of(open.as_bytes(), None);
    run(sql, insert, params![id(stream), version, open.as_bytes(), digest.as_bytes()]);
}

#[tokio::test]
async fn an_inserted_event_is_named() {
    let story = story().await;
    let stream = story.person();
    let found = story.found(|sql| insert_grant(sql, stream, 4)).await;
    assert_eq!(found, Tampering::EventInserted { stream, version: 4 });

    // With the state that it leads to, and the row: what is missing is the state's seal.
    let with_state = |sql: &Connection| {
        insert_grant(sql, stream, 4);
        edit_state(sql, stream, "\"roles\":[]", "\"roles\":[\"administrator\"]");
        run(sql, "UPDATE streams SET version = 4 WHERE id = ?1", [id(stream)]);
    };
    let altered = Tampering::StateAltered { stream, version: 4 };
    assert_eq!(story.found(with_state).await, altered);
    let found = story.found(|sql| {
        with_state(sql);
        run(sql, "INSERT INTO roles VALUES (?1, 'administrator', zeroblob(32))", [id(stream)]);
    });
    assert_eq!(found.await, altered);

    // One that no state allows.
    let found = story.found(|sql| {
        let stream = story.enrollment();
        let again = "INSERT INTO entries (log, stream_kind, stream_id, version, open, digest) \
                     SELECT log, stream_kind, stream_id, 8, \
                     CAST(replace(CAST(open AS TEXT), '\"version\":7', '\"version\":8') AS BLOB), \
                     digest FROM entries WHERE stream_id = ?1 AND version = 7";
        run(sql, again, [id(stream)]);
        let digest = edit_event(sql, stream, 8, "version", "version");
        set_digest(sql, stream, 8, digest);
    });
    assert_eq!(found.await, Tampering::EventUnfit { stream: story.enrollment(), version: 8 });
}

#[tokio::test]
async fn swapped_events_are_named() {
    let story = story().await;
    let stream = story.enrollment();
    let swap = |column: &'static str, between: [u64; 2]| {
        move |sql: &Connection| {
            let [one, other] = between;
            let set = |to: u64, from: u64| {
                let set = format!(
                    "UPDATE entries SET {column} = ?3 WHERE stream_id = ?1 AND version = ?2"
                );
                run(sql, &set, params![id(stream), from, to]);
            };
            set(1000, one);
            set(one, other);
            set(other, 1000);
        }
    };
    // Each under the other's version.
    let found = story.found(swap("version", [3, PROOFED])).await;
    assert_eq!(found, Tampering::EventReordered { stream, version: PROOFED });
    // Each in the other's place in commit order.
    let found = story.found(|sql| {
        let place = |version: u64| -> u64 {
            let read = "SELECT sequence FROM entries WHERE stream_id = ?1 AND version = ?2";
            sql.query_row(read, params![id(stream), version], |row| row.get(0)).unwrap()
        };
        let (one, other) = (place(3), place(PROOFED));
        let set = "UPDATE entries SET sequence = ?2 WHERE sequence = ?1";
        run(sql, set, params![one, 1_000_000]);
        run(sql, set, params![other, one]);
        run(sql, set, params![1_000_000, other]);
    });
    assert_eq!(found.await, Tampering::EventReordered { stream, version: PROOFED });
    // Each in the other's place in the tree.
    let found = story.found(|sql| {
        let leaf = |version: u64| -> u64 {
            let read = "SELECT leaf FROM entries WHERE stream_id = ?1 AND version = ?2";
            sql.query_row(read, params![id(stream), version], |row| row.get(0)).unwrap()
        };
        let (one, other) = (leaf(3), leaf(PROOFED));
        let set = "UPDATE entries SET leaf = ?2 WHERE log = 'lifecycle' AND leaf = ?1";
        run(sql, set, params![one, 1_000_000]);
        run(sql, set, params![other, one]);
        run(sql, set, params![1_000_000, other]);
    });
    assert_eq!(found.await, Tampering::EventReordered { stream, version: PROOFED });
}

#[tokio::test]
async fn an_edited_state_is_named() {
    let story = story().await;
    let stream = story.person();
    let altered = Tampering::StateAltered { stream, version: 3 };
    let role = ("\"roles\":[]", "\"roles\":[\"administrator\"]");
    let name = ("\"given_name\":\"Given", "\"given_name\":\"Taken");
    let space = ("\"roles\":[]", "\"roles\": []");
    for (from, to) in [role, name, space, ("{", "?")] {
        assert_eq!(story.found(|sql| edit_state(sql, stream, from, to)).await, altered, "{to}");
    }
    let older = story.found(|sql| {
        run(sql, "UPDATE streams SET version = 2 WHERE id = ?1", [id(stream)]);
    });
    assert_eq!(older.await, altered);
    let newer = story.found(|sql| {
        run(sql, "UPDATE streams SET version = 4 WHERE id = ?1", [id(stream)]);
    });
    assert_eq!(newer.await, Tampering::EventRemoved { stream, version: 4 });
    let removed = story.found(|sql| run(sql, "DELETE FROM streams WHERE id = ?1", [id(stream)]));
    assert_eq!(removed.await, Tampering::StateRemoved(stream));
    let inserted = story.found(|sql| {
        let copy = "INSERT INTO streams SELECT kind, zeroblob(16), version, state FROM streams \
                    WHERE id = ?1";
        run(sql, copy, [id(stream)]);
    });
    let stranger = StreamId::new(stream.kind(), uuid::Uuid::nil());
    assert_eq!(inserted.await, Tampering::StateInserted(stranger));
}

#[tokio::test]
async fn an_edited_authenticator_is_named_and_signs_nobody_in() {
    let mut story = story().await;
    let row = RowName::Authenticator(story.joiner.authenticator, story.joiner.id);
    let of = [*story.joiner.authenticator.uuid().as_bytes()];
    let not = |change| Tampering::Row { row, change };
    for set in [
        "public_key = zeroblob(77)",
        "backup_eligible = 1",
        "active = 0",
        "name = 'mine'",
        "person = zeroblob(16)",
    ] {
        let edit = format!("UPDATE authenticators SET {set} WHERE id = ?1");
        let found = story.found(|sql| run(sql, &edit, of)).await;
        let change = if set.starts_with("person") { Change::Removed } else { Change::Altered };
        assert_eq!(found, not(change), "{set}");
    }
    let reseal = "UPDATE authenticators SET seal = zeroblob(32) WHERE id = ?1";
    assert_eq!(story.found(|sql| run(sql, reseal, of)).await, not(Change::SealBroken));
    let remove = "DELETE FROM authenticators WHERE id = ?1";
    assert_eq!(story.found(|sql| run(sql, remove, of)).await, not(Change::Removed));
    let used = "UPDATE authenticators SET last_used = 5, sign_count = 99 WHERE id = ?1";
    story.edited(|sql| run(sql, used, of)).await.unwrap();

    story.world.sign_in(&mut story.joiner).await.unwrap();
    // The joiner's key now claims to be the administrator's.
    let live = Connection::open(story.world.path()).unwrap();
    let claim = "UPDATE authenticators SET person = ?2 WHERE id = ?1";
    run(&live, claim, params![of[0], story.admin.id.uuid().as_bytes()]);
    let refused = story.world.sign_in(&mut story.joiner).await;
    assert!(matches!(refused, Err(Fault::Refused(SignInFault::BrokenSeal))), "{refused:?}");
}

#[tokio::test]
async fn an_edited_role_is_named() {
    let story = story().await;
    let give = "INSERT INTO roles VALUES (?1, 'officer', zeroblob(32))";
    let found = story.found(|sql| run(sql, give, [id(story.person())])).await;
    let row = RowName::Role(story.joiner.id, Role::Officer);
    assert_eq!(found, Tampering::Row { row, change: Change::Inserted });

    let admin = [id(story.admin.id.into())];
    let row = RowName::Role(story.admin.id, Role::Administrator);
    let found = story.found(|sql| run(sql, "DELETE FROM roles WHERE person = ?1", admin)).await;
    assert_eq!(found, Tampering::Row { row, change: Change::Removed });
    let reseal = "UPDATE roles SET seal = zeroblob(32) WHERE person = ?1";
    let found = story.found(|sql| run(sql, reseal, admin)).await;
    assert_eq!(found, Tampering::Row { row, change: Change::SealBroken });
}

#[tokio::test]
async fn rows_that_follow_from_nothing_are_named() {
    let story = story().await;
    let nobody = uuid::Uuid::nil();
    let inserted = |row| Tampering::Row { row, change: Change::Inserted };
    let role = "INSERT INTO roles VALUES (zeroblob(16), 'officer', zeroblob(32))";
    let found = story.found(|sql| run(sql, role, [])).await;
    let nobody_id = firstkey_domain::PersonId::from_uuid(nobody);
    assert_eq!(found, inserted(RowName::Role(nobody_id, Role::Officer)));

    let altered = |row| Tampering::Row { row, change: Change::Altered };
    let mail = "UPDATE people SET personal_email = 'eve@evil.example' WHERE id = ?1";
    let found = story.found(|sql| run(sql, mail, [id(story.person())])).await;
    assert_eq!(found, altered(RowName::Person(story.joiner.id)));
    let stage = "UPDATE enrollments SET stage = 'withdrawn' WHERE id = ?1";
    let found = story.found(|sql| run(sql, stage, [id(story.enrollment())])).await;
    assert_eq!(found, altered(RowName::Enrollment(story.joiner.enrollment)));
    let person = "UPDATE people SET id = zeroblob(16) WHERE id = ?1";
    let found = story.found(|sql| run(sql, person, [id(story.person())])).await;
    let row = RowName::Person(story.joiner.id);
    assert_eq!(found, Tampering::Row { row, change: Change::Removed });
}

#[tokio::test]
async fn forged_tiles_sizes_and_checkpoints_are_named() {
    let story = story().await;
    let path = |found: &Tampering| match found {
        Tampering::TileAltered { log: LIFECYCLE, path } => path.starts_with("tile/0/000.p/"),
        _ => false,
    };
    for forge in [
        "UPDATE log_tiles SET hashes = zeroblob(length(hashes)) WHERE log = 'lifecycle'",
        "UPDATE log_tiles SET hashes = substr(hashes, 1, 64) WHERE log = 'lifecycle'",
        "DELETE FROM log_tiles WHERE log = 'lifecycle'",
    ] {
        let found = story.found(|sql| run(sql, forge, [])).await;
        assert!(path(&found), "{forge}: {found}");
    }
    let size = "UPDATE logs SET size = size + 1 WHERE name = 'lifecycle'";
    let found = story.found(|sql| run(sql, size, [])).await;
    assert!(matches!(found, Tampering::SizeAltered { log: LIFECYCLE, .. }), "{found}");

    let remove = "DELETE FROM log_checkpoints WHERE log = 'lifecycle'";
    let found = story.found(|sql| run(sql, remove, [])).await;
    assert_eq!(found, Tampering::CheckpointRemoved(LIFECYCLE));
    let edit = "UPDATE log_checkpoints SET note = replace(note, 'lifecycle', 'lifecycls')";
    let swap = "UPDATE log_checkpoints SET note = (SELECT note FROM log_checkpoints \
                WHERE log = 'lifecycle')";
    for (edit, log) in [(edit, LIFECYCLE), (swap, ACCESS)] {
        let found = story.found(|sql| run(sql, edit, [])).await;
        assert!(
            matches!(found, Tampering::CheckpointAltered { log: of, .. } if of == log),
            "{edit}: {found}"
        );
    }
    let other = NoteSigner::from_seed("console.example.org/log".parse().unwrap(), &[8; 32]);
    let other = other.unwrap().verifier();
    let store = SqliteStore::open_read_only(story.world.path(), Options::default()).unwrap();
    let refused = check(&store, Check { key: &other, rows: None, against: None }).await;
    assert!(matches!(tampering(refused), Tampering::CheckpointAltered { .. }));
}

#[tokio::test]
async fn an_old_backup_does_not_pass_for_the_present() {
    let story = story().await;
    let old = story.last_checkpoint().await;
    let receipt = story.world.app.receipt(story.joiner.enrollment).await.unwrap().unwrap();
    let receipt = serde_json::to_string(&receipt).unwrap();
    let (_folder, backup) = story.copy();
    let stored = checked(&backup, Some(&old)).await.unwrap().against.unwrap();

    story.world.import(Some(story.admin.id)).await;
    story.world.app.sequence_once().await.unwrap();
    let new = story.last_checkpoint().await;
    // By itself the backup is sound; beside the newer checkpoint it is not the present.
    checked(&backup, None).await.unwrap();
    let found = tampering(checked(&backup, Some(&new)).await);
    let signed = stored + 4;
    assert_eq!(found, Tampering::RolledBack { log: LIFECYCLE, signed, stored });
    // The present continues what was signed before.
    for older in [old.as_str(), &receipt] {
        let report = checked(&story.world.path(), Some(older)).await.unwrap();
        assert_eq!(report.against, Some(stored));
        assert!(report.to_string().contains(&format!("had signed at size {stored}")), "{report}");
    }

    // Another history under the same key, at least as long.
    let fork = World::on_disk().await;
    let mut size = 0;
    while size < signed {
        fork.import(None).await;
        fork.app.sequence_once().await.unwrap();
        let report = checked(&fork.path(), None).await.unwrap();
        size = report.logs.iter().find(|log| log.log == LIFECYCLE).unwrap().signed;
    }
    let found = tampering(checked(&fork.path(), Some(&new)).await);
    assert_eq!(found, Tampering::Forked { log: LIFECYCLE, size: signed });

    let unreadable = tampering(checked(&backup, Some("{}")).await);
    assert_eq!(unreadable, Tampering::AgainstUnreadable);
    let forged = new.replacen(&signed.to_string(), &stored.to_string(), 1);
    let unbelievable = tampering(checked(&backup, Some(&forged)).await);
    assert!(matches!(unbelievable, Tampering::AgainstUnbelievable(_)), "{unbelievable}");
}
