//! Entries: what the log commits to stays as it was written.

use std::sync::Arc;

use jiff::civil::date;

use super::{
    Backend,
    samples::{entry, put, sealed_entry, stream},
};
use crate::{Append, Commit, Entry, LogName, Note, Sealed};

pub(super) async fn bytes_are_kept_as_written(store: Arc<impl Backend>) {
    // Not JSON, not even text: the store does not look.
    let odd = Entry { open: vec![0, 255, b'{', 0], sealed: None };
    let empty = sealed_entry("", "");
    let sealed = sealed_entry("{ \"a\" :1}", "{\"name\": \"Ana\"}");
    let entries = vec![odd.clone(), empty.clone(), sealed.clone()];
    let append = Append { stream: stream(1), expected: 0, entries, state: Vec::new() };
    put(&*store, Commit { appends: vec![append], ..Commit::default() }).await;

    let stored = store.entries(stream(1)).await.expect("readable");
    let written = [odd, empty, sealed];
    assert_eq!(stored.len(), written.len());
    for ((stored, written), version) in stored.into_iter().zip(written).zip(1..) {
        assert_eq!(stored.stream, Some((stream(1), version)));
        assert_eq!(stored.digest, written.digest());
        assert_eq!(stored.inner, written.sealed.as_ref().map(Sealed::digest));
        assert_eq!((stored.open, stored.sealed), (written.open, written.sealed));
        assert_eq!(stored.leaf, None);
    }
    assert_eq!(store.entries(stream(2)).await, Ok(Vec::new()));
}

pub(super) async fn a_note_has_no_stream_and_its_own_log(store: Arc<impl Backend>) {
    let log = LogName::access(date(2026, 1, 31));
    let notes = vec![Note { log, entry: entry("a session began") }];
    put(&*store, Commit { notes, ..Commit::default() }).await;
    let all = store.entries_after(0, 10).await.expect("readable");
    let [(stored_log, stored)] = all.as_slice() else { panic!("one entry: {all:?}") };
    assert_eq!((*stored_log, stored.stream), (log, None));
    assert_eq!(store.logs().await, Ok(vec![(log, 0)]));
    assert_eq!(store.logs_pending().await, Ok(vec![log]));
}
