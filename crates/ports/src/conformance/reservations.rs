//! Reservations: what can be taken once.

use std::sync::Arc;

use super::{
    Backend,
    samples::{at, put, reservation, reserving, uuid},
};
use crate::{Commit, CommitError, Reservation, ReservationKind};

pub(super) async fn what_is_held_is_taken(store: Arc<impl Backend>) {
    put(&*store, reserving(reservation("ana"))).await;
    let other = Reservation { owner: uuid(2), ..reservation("ana") };
    assert_eq!(store.commit(reserving(other)).await, Err(CommitError::Taken(other)));
    assert_eq!(store.commit(reserving(reservation("eve"))).await, Ok(()));
}

pub(super) async fn kinds_do_not_share_keys(store: Arc<impl Backend>) {
    put(&*store, reserving(reservation("ana"))).await;
    let other = Reservation { kind: ReservationKind::ExternalId, ..reservation("ana") };
    assert_eq!(store.commit(reserving(other)).await, Ok(()));
}

pub(super) async fn what_has_ended_can_be_taken_again(store: Arc<impl Backend>) {
    let brief = Reservation { ends: Some(at(60)), ..reservation("challenge") };
    put(&*store, reserving(brief)).await;
    let again = |seconds| Commit { at: Some(at(seconds)), ..reserving(brief) };
    assert_eq!(store.commit(again(59)).await, Err(CommitError::Taken(brief)));
    let longer = Reservation { ends: Some(at(120)), ..brief };
    put(&*store, Commit { at: Some(at(60)), ..reserving(longer) }).await;
    assert_eq!(store.commit(again(61)).await, Err(CommitError::Taken(brief)));
    assert_eq!(store.commit(again(120)).await, Ok(()));
}

pub(super) async fn without_a_time_nothing_has_ended(store: Arc<impl Backend>) {
    let brief = Reservation { ends: Some(at(60)), ..reservation("challenge") };
    put(&*store, reserving(brief)).await;
    let timeless = Commit { at: None, ..reserving(brief) };
    assert_eq!(store.commit(timeless).await, Err(CommitError::Taken(brief)));
}

pub(super) async fn what_is_released_can_be_taken(store: Arc<impl Backend>) {
    let held = reservation("ana");
    put(&*store, reserving(held)).await;
    let unknown = reservation("nobody has this");
    let releases = vec![(held.kind, held.key), (unknown.kind, unknown.key)];
    put(&*store, Commit { releases, ..Commit::default() }).await;
    assert_eq!(store.commit(reserving(held)).await, Ok(()));
}

pub(super) async fn one_commit_can_hand_a_thing_over(store: Arc<impl Backend>) {
    let held = reservation("ana");
    put(&*store, reserving(held)).await;
    let next = Reservation { owner: uuid(2), ..held };
    let releases = vec![(held.kind, held.key)];
    put(&*store, Commit { releases, ..reserving(next) }).await;
    assert_eq!(store.commit(reserving(held)).await, Err(CommitError::Taken(held)));
}

pub(super) async fn one_commit_cannot_take_a_thing_twice(store: Arc<impl Backend>) {
    let twice = Reservation { owner: uuid(2), ..reservation("ana") };
    let reservations = vec![reservation("ana"), twice];
    let refused = store.commit(Commit { reservations, ..Commit::default() }).await;
    assert_eq!(refused, Err(CommitError::Taken(twice)));
    assert_eq!(store.commit(reserving(reservation("ana"))).await, Ok(()));
}
