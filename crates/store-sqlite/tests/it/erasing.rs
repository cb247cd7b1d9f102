//! What is erased cannot be read in the files any more, however often it was moved about before.

use std::{fs, path::Path};

use firstkey_domain::{Digest, PersonId, StreamId};
use firstkey_ports::{
    Append, Commit, Entry, Erasure, Message, NewMessage, NoticeKind, PersonRow, Row, Sealed, Store,
};
use firstkey_store_sqlite::{Options, SqliteStore};
use jiff::{Timestamp, civil::date};
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

#[tokio::test]
async fn rule_18_what_is_erased_is_in_no_file_any_more() {
    let folder = tempfile::tempdir().unwrap();
    let store = SqliteStore::open(folder.path().join("firstkey.db"), Options::default()).unwrap();
    for version in 1..=3 {
        for number in 0..PEOPLE {
            let name = format!("{}{version}", name(number));
            let commit = Commit { bulk: true, ..known(number, version, &name) };
            store.commit(commit).await.unwrap();
        }
    }
    let ana = name(700);
    assert!(!holding(folder.path(), &ana).is_empty(), "it is there to be found");
    // Of some of these a page that was split keeps a copy, which only writing the file anew removes.
    for number in [0, 700, 1225, 1320, 1430, PEOPLE - 1] {
        store.commit(erased(number, 3)).await.unwrap();
        // While the store is open, and the answer has just been given.
        assert_eq!(holding(folder.path(), &name(number)), Vec::<String>::new(), "{number}");
    }
    assert!(!holding(folder.path(), &name(701)).is_empty(), "nobody else is touched");
    let files = fs::read_dir(folder.path()).unwrap().count();
    assert!(files <= 3, "nothing is left but the database, its WAL and its index");
    assert_eq!(store.quick_check().await, Ok(Vec::new()));
}
