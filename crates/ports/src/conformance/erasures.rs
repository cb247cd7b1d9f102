//! Erasures: confidential bytes go, and what the log commits to stays.

use std::sync::Arc;

use super::{
    Backend,
    samples::{append, appending, at, guard, message, put, sealed_entry, sending, stream, uuid},
};
use crate::{
    Append, Commit, CommitError, Delivery, Erasure, LogName, Message, NOTHING_TO_ERASE, NewMessage,
    NoticeKind, OutboxState, Row, Sealed, StoredEntry,
};

/// Two events with a confidential part.
async fn two_secrets(store: &impl Backend) {
    let entries = vec![sealed_entry("joined", "Ana"), sealed_entry("moved", "Ana Lopes")];
    let append = Append { stream: stream(1), expected: 0, entries, state: b"Ana Lopes".to_vec() };
    put(store, appending([append])).await;
}

fn erasing(version: u64) -> Commit {
    let mut commit = appending([append(stream(1), 2, "erased")]);
    commit.erasures = vec![Erasure { stream: stream(1), version }];
    commit
}

async fn entries(store: &impl Backend) -> Vec<StoredEntry> {
    store.entries(stream(1)).await.expect("readable")
}

pub(super) async fn erased_bytes_are_gone_and_their_digest_stays(store: Arc<impl Backend>) {
    two_secrets(&*store).await;
    let before = entries(&*store).await;
    put(&*store, erasing(1)).await;
    let after = entries(&*store).await;
    assert_eq!(after.len(), 3);
    assert_eq!(after[0], StoredEntry { sealed: None, ..before[0].clone() });
    assert_eq!(after[0].inner, before[0].sealed.as_ref().map(Sealed::digest));
    assert_eq!(after[1], before[1], "nothing else is touched");
    let pending = store.pending(LogName::Lifecycle, 10).await.expect("readable");
    assert_eq!(pending[0].digest, before[0].digest);

    // What is gone can be named again, as when a request is repeated.
    let again =
        Commit { erasures: vec![Erasure { stream: stream(1), version: 1 }], ..Commit::default() };
    put(&*store, again).await;
    assert_eq!(entries(&*store).await, after);
}

pub(super) async fn an_erasure_of_no_event_is_refused_whole(store: Arc<impl Backend>) {
    two_secrets(&*store).await;
    let before = entries(&*store).await;
    // Nor of one that this very commit appends.
    for version in [0, 3, 4] {
        let mut commit = erasing(1);
        commit.erasures.push(Erasure { stream: stream(1), version });
        let refused = store.commit(commit).await;
        assert_eq!(refused, Err(CommitError::Refused(NOTHING_TO_ERASE)), "{version}");
        assert_eq!(entries(&*store).await, before);
    }
}

pub(super) async fn a_refused_commit_erases_nothing(store: Arc<impl Backend>) {
    two_secrets(&*store).await;
    let before = entries(&*store).await;
    let mut commit = erasing(1);
    commit.guards = vec![guard(stream(9), 1)];
    assert_eq!(store.commit(commit).await, Err(CommitError::Stale(stream(9))));
    assert_eq!(entries(&*store).await, before);
}

fn notice(number: u128, to: u128) -> NewMessage {
    let message = Message::Notice {
        notice: NoticeKind::Bound,
        to: super::samples::person_id(to),
        about: super::samples::person_id(1),
        authenticator: None,
        address: Some("old@mail.example".into()),
    };
    NewMessage { id: uuid(number), message, due: at(0) }
}

pub(super) async fn what_is_not_to_be_sent_is_gone_dead_or_alive(store: Arc<impl Backend>) {
    let messages = [message(1, at(0)), message(2, at(0)), notice(3, 1), notice(4, 2), notice(5, 1)];
    put(&*store, sending(messages)).await;
    let claimed = store.claim(at(0), at(60), 10).await.expect("writable");
    assert_eq!(claimed.len(), 5);
    let dead = Delivery::Dead { error: "no such mailbox".into() };
    store.settle(uuid(5), dead).await.expect("writable");

    let to = super::samples::person_id(1);
    let unsent = Row::Unsent { to, enrollments: vec![super::samples::enrollment_id(1)] };
    put(&*store, super::samples::rows([unsent])).await;
    let waiting = store.messages(OutboxState::Waiting, 10).await.expect("readable");
    let ids: Vec<_> = waiting.iter().map(|message| message.id).collect();
    assert_eq!(ids, [uuid(2), uuid(4)]);
    assert!(store.messages(OutboxState::Dead, 10).await.expect("readable").is_empty());
    // The worker that held one may still say what became of it.
    assert_eq!(store.settle(uuid(3), Delivery::Done).await, Ok(()));
}
