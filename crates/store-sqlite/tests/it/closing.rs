//! Closing writes what waits, and lets nothing more in.

use firstkey_domain::{PersonId, StreamId};
use firstkey_ports::{Append, Commit, CommitError, Entry, Store};
use firstkey_store_sqlite::{Options, SqliteStore};
use uuid::Uuid;

fn stream(number: u128) -> StreamId {
    PersonId::from_uuid(Uuid::from_u128(number)).into()
}

fn commit(number: u128) -> Commit {
    let entries = vec![Entry { open: b"something".to_vec(), sealed: None }];
    let append = Append { stream: stream(number), expected: 0, entries, state: Vec::new() };
    Commit { appends: vec![append], bulk: number.is_multiple_of(2), ..Commit::default() }
}

#[tokio::test]
async fn what_waits_is_written_and_nothing_after_it() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("firstkey.db");
    let store = SqliteStore::open(&file, Options::default()).unwrap();
    let waiting = (0..500).map(|number| {
        let store = store.clone();
        async move { store.commit(commit(number)).await }
    });
    // Polled once each, on one thread: all are queued before the store is closed.
    let mut waiting: Vec<_> = waiting.map(Box::pin).collect();
    for each in &mut waiting {
        let is_answered = std::future::poll_fn(|context| {
            std::task::Poll::Ready(each.as_mut().poll(context).is_ready())
        });
        assert!(!is_answered.await, "nothing is durable as soon as it is queued");
    }
    store.close().await;
    for each in waiting {
        assert_eq!(each.await, Ok(()));
    }
    let late = store.commit(commit(1000)).await;
    assert!(matches!(late, Err(CommitError::Unavailable(_))), "{late:?}");
    store.close().await;

    let wal = folder.path().join("firstkey.db-wal");
    assert_eq!(wal.metadata().map_or(0, |wal| wal.len()), 0, "everything is in the one file");
    let again = SqliteStore::open(&file, Options::default()).unwrap();
    let streams: Vec<_> = (0..500).map(stream).collect();
    assert!(again.load(&streams).await.unwrap().iter().all(|stored| stored.version == 1));
}
