//! `log check` over events that somebody altered, removed, inserted or reordered.

use firstkey_app::audit::Tampering;
use firstkey_domain::StreamId;
use firstkey_log::hash::leaf_hash;
use firstkey_ports::Entry;
use rusqlite::{Connection, params};

use crate::edited_database::{
    ACCESS, LIFECYCLE, edit_event, edit_state, id, run, set_digest, story,
};

/// The event of the joiner's enrollment in which the sponsor vouched.
const PROOFED: u64 = 4;

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
