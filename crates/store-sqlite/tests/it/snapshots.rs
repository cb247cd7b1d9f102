//! A copy of a database that is being written.

use firstkey_domain::PersonId;
use firstkey_ports::{Append, Archive, Commit, Entry, Store};
use firstkey_store_sqlite::{Options, SqliteStore};
use uuid::Uuid;

fn commit(number: u128) -> Commit {
    let entries = vec![Entry { open: b"something".to_vec(), sealed: None }];
    let stream = PersonId::from_uuid(Uuid::from_u128(number)).into();
    let append = Append { stream, expected: 0, entries, state: vec![7; 300] };
    Commit { appends: vec![append], ..Commit::default() }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_snapshot_among_commits_is_one_moment_and_one_file() {
    let folder = tempfile::tempdir().unwrap();
    let store = SqliteStore::open(folder.path().join("firstkey.db"), Options::default()).unwrap();
    let writing = {
        let store = store.clone();
        tokio::spawn(async move {
            for number in 1..=400 {
                store.commit(commit(number)).await.unwrap();
            }
        })
    };
    let mut seen = 0;
    for round in 0..5 {
        let to = folder.path().join(format!("copy-{round}.db"));
        store.snapshot(&to).await.unwrap();
        let copy = SqliteStore::open_read_only(&to, Options::default()).unwrap();
        assert_eq!(copy.quick_check().await, Ok(Vec::new()));
        let entries = copy.entries_after(0, 10_000).await.unwrap();
        let states = copy.states_after(None, 10_000).await.unwrap();
        assert_eq!(entries.len(), states.len(), "each commit is there whole or not at all");
        assert!(entries.len() >= seen, "and those of before are");
        seen = entries.len();
    }
    writing.await.unwrap();
    let names = std::fs::read_dir(folder.path()).unwrap();
    let journals = names.filter(|name| {
        let name = name.as_ref().unwrap().file_name().into_string().unwrap();
        name.starts_with("copy-") && name.ends_with("-journal")
    });
    assert_eq!(journals.count(), 0);
}
