//! A store that is opened to be read shows one snapshot and changes nothing.

use firstkey_domain::{PersonId, StreamId};
use firstkey_ports::{Append, Archive, Commit, CommitError, Entry, Store};
use firstkey_store_sqlite::{OpenError, Options, SqliteStore};
use uuid::Uuid;

fn stream() -> StreamId {
    PersonId::from_uuid(Uuid::from_u128(1)).into()
}

fn commit(expected: u64) -> Commit {
    let entries = vec![Entry { open: b"something".to_vec(), sealed: None }];
    let append = Append { stream: stream(), expected, entries, state: Vec::new() };
    Commit { appends: vec![append], ..Commit::default() }
}

#[tokio::test]
async fn a_reader_sees_one_moment_while_the_server_writes() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("firstkey.db");
    let server = SqliteStore::open(&file, Options::default()).unwrap();
    server.commit(commit(0)).await.unwrap();
    let reader = SqliteStore::open_read_only(&file, Options::default()).unwrap();
    server.commit(commit(1)).await.unwrap();

    assert_eq!(reader.load(&[stream()]).await.unwrap()[0].version, 1);
    assert_eq!(reader.entries_after(0, 10).await.unwrap().len(), 1);
    assert_eq!(reader.quick_check().await, Ok(Vec::new()));
    let refused = reader.commit(commit(1)).await;
    assert!(matches!(refused, Err(CommitError::Unavailable(_))), "{refused:?}");
    assert_eq!(server.load(&[stream()]).await.unwrap()[0].version, 2);
}

#[tokio::test]
async fn a_stopped_servers_file_can_be_read() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("firstkey.db");
    let server = SqliteStore::open(&file, Options::default()).unwrap();
    server.commit(commit(0)).await.unwrap();
    server.close().await;
    drop(server);
    let reader = SqliteStore::open_read_only(&file, Options::default()).unwrap();
    assert_eq!(reader.load(&[stream()]).await.unwrap()[0].version, 1);
}

#[test]
fn no_file_is_made_to_be_read() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("firstkey.db");
    let refused = SqliteStore::open_read_only(&file, Options::default());
    assert!(matches!(refused, Err(OpenError::Sqlite(_))));
    assert!(!file.exists());
}
