//! The log's side: no gap, no other order, no fork.

use std::sync::Arc;

use firstkey_domain::Digest;
use jiff::civil::date;

use super::{
    Backend,
    samples::{append, appending, entry, put, stream},
};
use crate::{Commit, CommitError, LogName, Note, Sequenced, TileRow};

const LOG: LogName = LogName::Lifecycle;

fn access() -> LogName {
    LogName::access(date(2026, 1, 5))
}

/// Three events and, between them, a note in another log.
async fn written(store: &impl Backend) {
    put(store, appending([append(stream(1), 0, "one")])).await;
    let notes = vec![Note { log: access(), entry: entry("noted") }];
    put(store, Commit { notes, ..Commit::default() }).await;
    put(store, appending([append(stream(2), 0, "two"), append(stream(1), 1, "three")])).await;
}

async fn pending(store: &impl Backend, log: LogName) -> Vec<u64> {
    let pending = store.pending(log, 10).await.expect("readable");
    pending.iter().map(|entry| entry.sequence).collect()
}

fn batch(first: u64, entries: &[u64]) -> Sequenced {
    Sequenced { log: LOG, first, entries: entries.to_vec(), tiles: Vec::new() }
}

async fn is_refused(store: &impl Backend, batch: Sequenced) {
    let before = store.logs().await;
    let refused = store.sequence(batch).await;
    assert!(matches!(refused, Err(CommitError::Refused(_))), "{refused:?}");
    assert_eq!(store.logs().await, before);
}

pub(super) async fn entries_wait_in_commit_order(store: Arc<impl Backend>) {
    assert_eq!(store.logs().await, Ok(Vec::new()));
    written(&*store).await;
    let waiting = store.pending(LOG, 2).await.expect("readable");
    assert!(waiting[0].sequence < waiting[1].sequence);
    let digests: Vec<_> = waiting.iter().map(|entry| entry.digest).collect();
    assert_eq!(digests, [entry("one").digest(), entry("two").digest()]);
    assert_eq!(pending(&*store, access()).await.len(), 1);
    let mut logs = store.logs().await.expect("readable");
    logs.sort_unstable();
    assert_eq!(logs, [(LOG, 0), (access(), 0)]);
}

pub(super) async fn an_indexed_entry_waits_no_more(store: Arc<impl Backend>) {
    written(&*store).await;
    let waiting = pending(&*store, LOG).await;
    assert_eq!(store.sequence(batch(0, &waiting[..2])).await, Ok(()));
    assert_eq!(pending(&*store, LOG).await, waiting[2..]);
    assert_eq!(store.sequence(batch(2, &waiting[2..])).await, Ok(()));
    assert_eq!(store.logs_pending().await, Ok(vec![access()]));
    let mut logs = store.logs().await.expect("readable");
    logs.sort_unstable();
    assert_eq!(logs, [(LOG, 3), (access(), 0)]);

    let digests = ["one", "two", "three"].map(|text| entry(text).digest());
    assert_eq!(store.entry_digests(LOG, 0, 10).await, Ok(digests.to_vec()));
    assert_eq!(store.entry_digests(LOG, 1, 1).await, Ok(vec![digests[1]]));
    assert_eq!(store.entry_digests(LOG, 3, 10).await, Ok(Vec::new()));
    let leaves = store.entries(stream(1)).await.expect("readable");
    assert_eq!(leaves.iter().map(|entry| entry.leaf).collect::<Vec<_>>(), [Some(0), Some(2)]);
}

pub(super) async fn a_gap_is_refused(store: Arc<impl Backend>) {
    written(&*store).await;
    let waiting = pending(&*store, LOG).await;
    is_refused(&*store, batch(1, &waiting)).await;
    assert_eq!(store.sequence(batch(0, &waiting[..1])).await, Ok(()));
    is_refused(&*store, batch(0, &waiting[1..])).await;
    is_refused(&*store, batch(2, &waiting[1..])).await;
    is_refused(&*store, batch(1, &waiting[..1])).await;
    is_refused(&*store, batch(1, &[waiting[1], waiting[2], 999])).await;
}

pub(super) async fn another_order_is_refused(store: Arc<impl Backend>) {
    written(&*store).await;
    let waiting = pending(&*store, LOG).await;
    is_refused(&*store, batch(0, &[waiting[1], waiting[0]])).await;
    is_refused(&*store, batch(0, &[waiting[0], waiting[2]])).await;
    is_refused(&*store, batch(0, &[waiting[0], waiting[0]])).await;
}

pub(super) async fn another_logs_entries_are_refused(store: Arc<impl Backend>) {
    written(&*store).await;
    let waiting = pending(&*store, access()).await;
    is_refused(&*store, batch(0, &waiting)).await;
}

pub(super) async fn tiles_are_replaced(store: Arc<impl Backend>) {
    written(&*store).await;
    let waiting = pending(&*store, LOG).await;
    let tile = |hashes: &[u8]| TileRow { level: 0, index: 0, hashes: hashes.to_vec() };
    assert_eq!(store.tile(LOG, 0, 0).await, Ok(None));
    for (first, hashes) in [(0, [1; 32].as_slice()), (1, &[1; 64])] {
        let entries = &waiting[first..=first];
        let batch = Sequenced { tiles: vec![tile(hashes)], ..batch(first as u64, entries) };
        assert_eq!(store.sequence(batch).await, Ok(()));
        assert_eq!(store.tile(LOG, 0, 0).await, Ok(Some(tile(hashes))));
    }
    assert_eq!(store.tile(LOG, 0, 1).await, Ok(None));
    assert_eq!(store.tile(LOG, 1, 0).await, Ok(None));
    assert_eq!(store.tile(access(), 0, 0).await, Ok(None));
    let refused = Sequenced { tiles: vec![tile(&[2; 96])], ..batch(0, &waiting[2..]) };
    is_refused(&*store, refused).await;
    assert_eq!(store.tile(LOG, 0, 0).await, Ok(Some(tile(&[1; 64]))));
}

pub(super) async fn one_size_has_one_root(store: Arc<impl Backend>) {
    written(&*store).await;
    assert_eq!(store.sequence(batch(0, &pending(&*store, LOG).await)).await, Ok(()));
    let keep =
        |root: &[u8], note: &str| store.keep_checkpoint(LOG, 2, Digest::of(root), note.to_owned());
    assert_eq!(keep(b"root", "signed").await, Ok(()));
    let fork = keep(b"another", "signed too").await;
    assert!(matches!(fork, Err(CommitError::Refused(_))), "{fork:?}");
    assert_eq!(store.checkpoint(LOG).await, Ok(Some("signed".into())));
    assert_eq!(keep(b"root", "signed and cosigned").await, Ok(()));
    assert_eq!(store.checkpoint(LOG).await, Ok(Some("signed and cosigned".into())));
}

pub(super) async fn a_checkpoint_beyond_the_log_is_refused(store: Arc<impl Backend>) {
    written(&*store).await;
    let early = store.keep_checkpoint(LOG, 1, Digest::of(b"root"), "early".into()).await;
    assert!(matches!(early, Err(CommitError::Refused(_))), "{early:?}");
    assert_eq!(store.checkpoint(LOG).await, Ok(None));
}

pub(super) async fn the_newest_checkpoint_is_the_largest(store: Arc<impl Backend>) {
    written(&*store).await;
    assert_eq!(store.sequence(batch(0, &pending(&*store, LOG).await)).await, Ok(()));
    for size in [0, 3, 2] {
        let root = Digest::of(&[u8::try_from(size).expect("small")]);
        let kept = store.keep_checkpoint(LOG, size, root, format!("of {size}")).await;
        assert_eq!(kept, Ok(()));
    }
    assert_eq!(store.checkpoint(LOG).await, Ok(Some("of 3".into())));
    assert_eq!(store.checkpoint(access()).await, Ok(None));
}
