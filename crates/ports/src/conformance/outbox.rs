//! The outbox: claimed for a while, settled, tried again, given up, revived.

use std::sync::Arc;

use tokio::task::JoinSet;
use uuid::Uuid;

use super::{
    Backend,
    samples::{at, message, put, sending, uuid},
};
use crate::{Claimed, Commit, Delivery, OutboxState};

async fn claim(store: &impl Backend, now: i64, lease: i64) -> Vec<Claimed> {
    store.claim(at(now), at(lease), 10).await.expect("writable")
}

fn ids(claimed: &[Claimed]) -> Vec<Uuid> {
    claimed.iter().map(|message| message.id).collect()
}

fn retry(seconds: i64) -> Delivery {
    Delivery::Retry { at: at(seconds), error: "connection refused".into() }
}

pub(super) async fn a_message_is_claimed_when_it_is_due(store: Arc<impl Backend>) {
    let messages = [message(1, at(30)), message(2, at(10)), message(3, at(20))];
    put(&*store, sending(messages)).await;
    assert!(claim(&*store, 9, 99).await.is_empty());
    let claimed = claim(&*store, 20, 99).await;
    assert_eq!(ids(&claimed), [uuid(2), uuid(3)], "oldest first");
    let first = &claimed[0];
    assert_eq!(first.message, message(2, at(10)).message);
    assert_eq!((first.due, first.tries, &first.last_error), (at(10), 0, &None));
    let limited = store.claim(at(99), at(199), 1).await.expect("writable");
    assert_eq!(limited.len(), 1);
}

pub(super) async fn a_lease_that_is_over_frees_the_message(store: Arc<impl Backend>) {
    put(&*store, sending([message(1, at(0))])).await;
    assert_eq!(claim(&*store, 1, 60).await.len(), 1);
    assert!(claim(&*store, 59, 120).await.is_empty());
    let again = claim(&*store, 60, 120).await;
    assert_eq!(again[0].tries, 1, "whoever held it may have tried");
}

pub(super) async fn a_message_that_is_done_is_gone(store: Arc<impl Backend>) {
    put(&*store, sending([message(1, at(0))])).await;
    claim(&*store, 1, 60).await;
    for _ in 0..2 {
        assert_eq!(store.settle(uuid(1), Delivery::Done).await, Ok(()));
    }
    assert_eq!(store.settle(uuid(1), retry(2)).await, Ok(()), "too late, and no matter");
    assert!(claim(&*store, 99, 199).await.is_empty());
    assert!(store.messages(OutboxState::Waiting, 10).await.expect("readable").is_empty());
}

pub(super) async fn a_failed_message_is_tried_again_later(store: Arc<impl Backend>) {
    put(&*store, sending([message(1, at(0))])).await;
    claim(&*store, 1, 60).await;
    assert_eq!(store.settle(uuid(1), retry(300)).await, Ok(()));
    assert!(claim(&*store, 299, 400).await.is_empty());
    let again = claim(&*store, 300, 400).await;
    assert_eq!((again[0].due, again[0].tries), (at(0), 1));
    assert_eq!(again[0].last_error.as_deref(), Some("connection refused"));
}

pub(super) async fn a_dead_message_waits_for_an_operator(store: Arc<impl Backend>) {
    put(&*store, sending([message(1, at(0)), message(2, at(5))])).await;
    claim(&*store, 1, 60).await;
    let dead = Delivery::Dead { error: "no such mailbox".into() };
    assert_eq!(store.settle(uuid(1), dead).await, Ok(()));
    let listed = |state| store.messages(state, 10);
    assert_eq!(ids(&listed(OutboxState::Waiting).await.expect("readable")), [uuid(2)]);
    let buried = listed(OutboxState::Dead).await.expect("readable");
    assert_eq!(ids(&buried), [uuid(1)]);
    assert_eq!(buried[0].last_error.as_deref(), Some("no such mailbox"));
    assert_eq!(ids(&claim(&*store, 999, 1999).await), [uuid(2)]);

    let revivals = vec![uuid(1), uuid(2), uuid(3)];
    put(&*store, Commit { at: Some(at(1000)), revivals, ..Commit::default() }).await;
    let revived = claim(&*store, 1000, 1999).await;
    assert_eq!(ids(&revived), [uuid(1)], "a message that lives is not revived");
    assert_eq!(revived[0].tries, 0);
}

pub(super) async fn two_workers_never_hold_the_same_message<S: Backend>(store: Arc<S>) {
    put(&*store, sending((1..=100).map(|number| message(number, at(0))))).await;
    let mut workers = JoinSet::new();
    for _ in 0..8 {
        let store = Arc::clone(&store);
        workers.spawn(async move {
            let mut mine = Vec::new();
            loop {
                let claimed = store.claim(at(1), at(60), 7).await.expect("writable");
                if claimed.is_empty() {
                    return mine;
                }
                mine.extend(ids(&claimed));
            }
        });
    }
    let mut all: Vec<Uuid> = workers.join_all().await.into_iter().flatten().collect();
    all.sort_unstable();
    assert_eq!(all, (1..=100).map(uuid).collect::<Vec<_>>());
}
