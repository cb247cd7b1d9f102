//! What is erased cannot be read in the files any more, however often it was moved about before.

use std::{ffi::OsStr, fs, os::unix::ffi::OsStrExt, path::Path, time::Duration};

use firstkey_domain::{Digest, PersonId, StreamId};
use firstkey_ports::{
    Append, Commit, Entry, Erasure, Message, NewMessage, NoticeKind, PersonRow, Queries, Residue,
    Row, Sealed, Store,
};
use firstkey_store_sqlite::{Options, SqliteStore};
use jiff::{Timestamp, civil::date};
use rusqlite::{Connection, OpenFlags};
use uuid::Uuid;

/// Enough that every table and index is a tree, whose pages were split and merged.
const PEOPLE: u128 = 1500;

/// Ids and names in no order.
fn scattered(number: u128) -> String {
    let digest = Digest::of(&number.to_be_bytes());
    digest.as_bytes()[..6].iter().map(|byte| char::from(b'a' + byte % 26)).collect()
}

fn person_id(number: u128) -> PersonId {
    let digest = Digest::of(&number.to_le_bytes());
    PersonId::from_uuid(Uuid::from_slice(&digest.as_bytes()[..16]).unwrap())
}

/// A name of which no part is anybody else's.
fn name(number: u128) -> String {
    format!("{}{number}qz", scattered(number))
}

fn row(number: u128, name: &str) -> PersonRow {
    let or_empty = |text: String| if name.is_empty() { String::new() } else { text };
    PersonRow {
        id: person_id(number),
        external_id: or_empty(format!("hr-{name}")),
        given_name: name.to_owned(),
        family_name: or_empty(format!("family-{name}")),
        user_name: or_empty(format!("user.{name}")),
        personal_email: or_empty(format!("{name}@mail.example")),
        sponsor: None,
        start_date: date(2026, 1, 5),
        worker_type: "employee".into(),
        department: None,
        groups: ["staff".into()].into(),
        active: true,
        authenticators: 0,
        enrollment: None,
    }
}

/// One event that says the name in confidence, and every row that knows it.
fn known(number: u128, version: u64, name: &str) -> Commit {
    let stream = StreamId::from(person_id(number));
    let sealed = Sealed { salt: [7; 32], bytes: format!("{{\"name\":\"{name}\"}}").into() };
    let entries = vec![Entry { open: b"{}".to_vec(), sealed: Some(sealed) }];
    // States grow and spill over their page.
    let state =
        format!("{{\"name\":\"{name}\"}}{}", name.repeat(usize::try_from(version).unwrap() * 120))
            .into();
    let message = Message::Notice {
        notice: NoticeKind::RecordChanged,
        to: person_id(number),
        about: person_id(number),
        authenticator: None,
        address: Some(format!("old-{name}@mail.example")),
    };
    let id = Uuid::from_u128(number * 10 + u128::from(version));
    Commit {
        appends: vec![Append { stream, expected: version - 1, entries, state }],
        rows: vec![Row::Person(row(number, name))],
        outbox: vec![NewMessage { id, message, due: Timestamp::UNIX_EPOCH }],
        ..Commit::default()
    }
}

fn erased(number: u128, versions: u64) -> Commit {
    let stream = StreamId::from(person_id(number));
    let entries = vec![Entry { open: b"{\"erased\":true}".to_vec(), sealed: None }];
    let erasures = (1..=versions).map(|version| Erasure { stream, version }).collect();
    Commit {
        appends: vec![Append { stream, expected: versions, entries, state: b"{}".to_vec() }],
        erasures,
        rows: vec![
            Row::Person(row(number, "")),
            Row::Unsent { to: person_id(number), enrollments: Vec::new() },
        ],
        ..Commit::default()
    }
}

/// Files of the folder that hold the text, in any case.
fn holding(folder: &Path, text: &str) -> Vec<String> {
    let mut found = Vec::new();
    for file in fs::read_dir(folder).unwrap() {
        let path = file.unwrap().path();
        let bytes = fs::read(&path).unwrap().to_ascii_lowercase();
        if String::from_utf8_lossy(&bytes).contains(text) {
            found.push(path.display().to_string());
        }
    }
    found
}

/// Of some of these a page that was split keeps a copy, which only writing the file anew removes.
const LEAVERS: [u128; 6] = [0, 700, 1225, 1320, 1430, PEOPLE - 1];

/// Everybody, each changed twice.
async fn populated(folder: &Path) -> SqliteStore {
    // Nobody waits long for a reader here.
    let options = Options { busy_timeout: Duration::from_millis(20), ..Options::default() };
    let store = SqliteStore::open(folder.join("firstkey.db"), options).unwrap();
    for version in 1..=3 {
        for number in 0..PEOPLE {
            let name = format!("{}{version}", name(number));
            let commit = Commit { bulk: true, ..known(number, version, &name) };
            store.commit(commit).await.unwrap();
        }
    }
    store
}

/// How often the file was written anew and its schema changed.
fn rewrites(folder: &Path) -> u64 {
    let flags = OpenFlags::SQLITE_OPEN_READ_ONLY;
    let reader = Connection::open_with_flags(folder.join("firstkey.db"), flags).unwrap();
    reader.pragma_query_value(None, "schema_version", |row| row.get(0)).unwrap()
}

#[tokio::test]
async fn rule_18_what_is_erased_is_in_no_file_any_more() {
    let folder = tempfile::tempdir().unwrap();
    let store = populated(folder.path()).await;
    let ana = name(700);
    assert!(!holding(folder.path(), &ana).is_empty(), "it is there to be found");
    for number in LEAVERS {
        store.commit(erased(number, 3)).await.unwrap();
        // While the store is open, and the answer has just been given.
        assert_eq!(holding(folder.path(), &name(number)), Vec::<String>::new(), "{number}");
    }
    assert!(!holding(folder.path(), &name(701)).is_empty(), "nobody else is touched");
    let files = fs::read_dir(folder.path()).unwrap().count();
    assert!(files <= 3, "nothing is left but the database, its WAL and its index");
    assert_eq!(store.quick_check().await, Ok(Vec::new()));
}

#[tokio::test]
async fn rule_18_a_file_that_could_not_be_written_anew_is_when_it_is_opened_next() {
    let folder = tempfile::tempdir().unwrap();
    // SQLite takes no such name for the place of its temporary files.
    let before = folder.path().join(OsStr::from_bytes(b"caf\xe9"));
    fs::create_dir(&before).unwrap();
    let store = populated(&before).await;
    for number in LEAVERS {
        store.commit(erased(number, 3)).await.unwrap();
    }
    store.close().await;
    drop(store);
    let is_left =
        |folder: &Path| LEAVERS.iter().any(|each| !holding(folder, &name(*each)).is_empty());
    assert!(is_left(&before), "nothing would be shown if nothing were left");

    let after = folder.path().join("cafe");
    fs::rename(&before, &after).unwrap();
    let written = rewrites(&after);
    for _ in 0..2 {
        let store = SqliteStore::open(after.join("firstkey.db"), Options::default()).unwrap();
        assert!(!is_left(&after), "before anybody can ask the store for anything");
        assert_eq!(rewrites(&after), written + 1, "once");
        store.close().await;
    }
}

#[tokio::test]
async fn rule_18_a_reader_who_keeps_the_wal_does_not_have_the_file_written_again_and_again() {
    let folder = tempfile::tempdir().unwrap();
    let store = populated(folder.path()).await;
    let file = folder.path().join("firstkey.db");
    let auditor = SqliteStore::open_read_only(&file, Options::default()).unwrap();
    let written = rewrites(folder.path());
    store.commit(erased(700, 3)).await.unwrap();
    assert_eq!(rewrites(folder.path()), written + 1);
    let pass_by = async |numbers: std::ops::Range<u128>| {
        for number in numbers {
            let commit = known(number, 1, &name(number));
            store.commit(Commit { bulk: true, ..commit }).await.unwrap();
        }
    };
    pass_by(PEOPLE..PEOPLE + 1200).await;
    assert_eq!(rewrites(folder.path()), written + 1, "what is left to do is cheap");
    assert!(!holding(folder.path(), &name(700)).is_empty(), "the auditor still reads it");
    assert_eq!(store.residue().await.unwrap(), Residue::Journal);

    drop(auditor);
    pass_by(PEOPLE + 1200..PEOPLE + 1800).await;
    assert_eq!(holding(folder.path(), &name(700)), Vec::<String>::new());
    assert_eq!(store.residue().await.unwrap(), Residue::None);
    assert_eq!(rewrites(folder.path()), written + 1);
}
