//! Streams: versions, states, guards.

use std::sync::Arc;

use firstkey_domain::{StreamId, StreamKind};
use jiff::Timestamp;

use super::{
    Backend,
    samples::{append, appending, at, entry, guard, put, stream, uuid},
};
use crate::{Append, Commit, CommitError, Stored};

pub(super) async fn an_unknown_stream_is_at_version_zero(store: Arc<impl Backend>) {
    let loaded = store.load(&[stream(1)]).await;
    let nothing =
        Stored { stream: stream(1), version: 0, at: Timestamp::UNIX_EPOCH, state: Vec::new() };
    assert_eq!(loaded, Ok(vec![nothing]));
    assert_eq!(store.load(&[]).await, Ok(Vec::new()));
}

pub(super) async fn events_move_the_version_and_the_state(store: Arc<impl Backend>) {
    put(&*store, appending([append(stream(1), 0, "first")])).await;
    let entries = vec![entry("second"), entry("third")];
    let two = Append { stream: stream(1), expected: 1, entries, state: b"after".to_vec() };
    put(&*store, Commit { at: Some(at(7)), ..appending([two]) }).await;
    let loaded = store.load(&[stream(1)]).await;
    let after = Stored { stream: stream(1), version: 3, at: at(7), state: b"after".to_vec() };
    assert_eq!(loaded, Ok(vec![after]));
}

pub(super) async fn several_streams_come_in_the_order_asked(store: Arc<impl Backend>) {
    let numbers: Vec<u128> = (1..=40).rev().chain([7, 99]).collect();
    put(&*store, appending((1..=40).map(|n| append(stream(n), 0, &n.to_string())))).await;
    let asked: Vec<_> = numbers.iter().map(|number| stream(*number)).collect();
    let loaded = store.load(&asked).await.expect("readable");
    assert_eq!(loaded.iter().map(|stored| stored.stream).collect::<Vec<_>>(), asked);
    let states: Vec<_> = loaded.into_iter().map(|stored| stored.state).collect();
    assert_eq!(states[0], b"40");
    assert_eq!(states[40], b"7");
    assert_eq!(states[41], b"");
}

pub(super) async fn a_guard_that_moved_is_stale(store: Arc<impl Backend>) {
    put(&*store, appending([append(stream(1), 0, "moved")])).await;
    let mut commit = appending([append(stream(2), 0, "decided before")]);
    commit.guards = vec![guard(stream(2), 0), guard(stream(1), 0)];
    assert_eq!(store.commit(commit.clone()).await, Err(CommitError::Stale(stream(1))));
    commit.guards = vec![guard(stream(2), 0), guard(stream(1), 1)];
    assert_eq!(store.commit(commit).await, Ok(()));
}

pub(super) async fn an_expected_version_that_moved_is_stale(store: Arc<impl Backend>) {
    put(&*store, appending([append(stream(1), 0, "first")])).await;
    let behind = store.commit(appending([append(stream(1), 0, "again")])).await;
    assert_eq!(behind, Err(CommitError::Stale(stream(1))));
    let ahead = store.commit(appending([append(stream(1), 2, "too early")])).await;
    assert_eq!(ahead, Err(CommitError::Stale(stream(1))));
}

pub(super) async fn a_stream_that_must_not_exist_is_guarded_by_zero(store: Arc<impl Backend>) {
    let only_guards =
        |version| Commit { guards: vec![guard(stream(1), version)], ..Commit::default() };
    assert_eq!(store.commit(only_guards(0)).await, Ok(()));
    assert_eq!(store.commit(only_guards(1)).await, Err(CommitError::Stale(stream(1))));
}

pub(super) async fn a_stream_appended_twice_is_stale(store: Arc<impl Backend>) {
    let twice = appending([append(stream(1), 0, "one"), append(stream(1), 0, "other")]);
    assert_eq!(store.commit(twice).await, Err(CommitError::Stale(stream(1))));
}

pub(super) async fn the_last_event_never_goes_back(store: Arc<impl Backend>) {
    assert_eq!(store.last_event().await, Ok(None));
    for (version, seconds) in [(0, 5), (1, 3)] {
        let mut commit = appending([append(stream(1), version, "something")]);
        commit.at = Some(at(seconds));
        put(&*store, commit).await;
        assert_eq!(store.last_event().await, Ok(Some(at(5))));
    }
    put(&*store, Commit { at: Some(at(9)), ..Commit::default() }).await;
    assert_eq!(store.last_event().await, Ok(Some(at(5))), "a commit without events is none");
}

pub(super) async fn the_states_of_one_kind_come_by_themselves(store: Arc<impl Backend>) {
    let of = |kind, number| StreamId::new(kind, uuid(number));
    let streams = [
        of(StreamKind::Person, 1),
        of(StreamKind::MachineKey, 3),
        of(StreamKind::MachineKey, 2),
        of(StreamKind::Policy, 4),
    ];
    put(&*store, appending(streams.map(|stream| append(stream, 0, "state")))).await;
    let mut found = store.states_of(StreamKind::MachineKey, 10).await.expect("a read");
    found.sort_by_key(|stored| stored.stream);
    let keys = [of(StreamKind::MachineKey, 2), of(StreamKind::MachineKey, 3)];
    assert_eq!(found, store.load(&keys).await.expect("a read"));
    assert_eq!(store.states_of(StreamKind::MachineKey, 1).await.map(|few| few.len()), Ok(1));
    assert_eq!(store.states_of(StreamKind::Metadata, 10).await, Ok(Vec::new()));
}
