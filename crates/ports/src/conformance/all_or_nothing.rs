//! A refused commit leaves no trace.

use std::sync::Arc;

use firstkey_domain::Role;

use super::{
    Backend,
    samples::{
        append, appending, at, authenticator, entry, guard, message, person, person_id, put,
        reservation, reserving, role, stream, uuid,
    },
};
use crate::{
    Commit, CommitError, Figure, Holding, LogName, Note, OutboxState, Part, PartKind, Reservation,
    Row, Tally,
};

fn a_figure() -> Figure {
    Figure::Now { of: Part::new(PartKind::Site, "Madrid"), holding: Holding::Any }
}

/// One of everything.
fn everything() -> Commit {
    Commit {
        at: Some(at(0)),
        guards: vec![guard(stream(2), 0)],
        sessions: Vec::new(),
        appends: vec![append(stream(1), 0, "joined"), append(stream(3), 0, "opened")],
        reservations: vec![reservation("ana")],
        releases: Vec::new(),
        rows: vec![
            Row::Person(person(1)),
            Row::Authenticators(person_id(1), vec![authenticator(1, 1)]),
            Row::Roles(person_id(1), vec![role(1, Role::Officer)]),
        ],
        tallies: vec![(Tally::People, 1)],
        figures: vec![(a_figure(), 1)],
        outbox: vec![message(1, at(0))],
        revivals: Vec::new(),
        erasures: Vec::new(),
        notes: vec![Note { log: LogName::Lifecycle, entry: entry("noted") }],
        bulk: false,
    }
}

async fn is_untouched(store: &impl Backend) {
    let states = store.load(&[stream(1), stream(3)]).await.expect("readable");
    assert!(states.iter().all(|stored| stored.version == 0));
    assert_eq!(store.entries(stream(1)).await, Ok(Vec::new()));
    assert_eq!(store.logs_pending().await, Ok(Vec::new()));
    assert_eq!(store.person(person_id(1)).await, Ok(None));
    assert_eq!(store.authenticators(person_id(1)).await, Ok(Vec::new()));
    assert_eq!(store.roles(person_id(1)).await, Ok(Vec::new()));
    let tallies = store.tallies().await.expect("readable");
    assert!(tallies.iter().all(|(_, count)| *count == 0));
    assert_eq!(store.figures().await, Ok(Vec::new()));
    assert!(store.messages(OutboxState::Waiting, 10).await.expect("readable").is_empty());
    assert_eq!(store.last_event().await, Ok(None));
}

async fn is_all_there(store: &impl Backend) {
    assert_eq!(store.load(&[stream(3)]).await.expect("readable")[0].version, 1);
    assert_eq!(store.pending(LogName::Lifecycle, 10).await.expect("readable").len(), 3);
    assert_eq!(store.person(person_id(1)).await, Ok(Some(person(1))));
    assert_eq!(store.authenticators(person_id(1)).await, Ok(vec![authenticator(1, 1)]));
    assert_eq!(store.roles(person_id(1)).await, Ok(vec![role(1, Role::Officer)]));
    assert_eq!(store.tallies().await.expect("readable")[0], (Tally::People, 1));
    assert!(store.figures().await.expect("readable").contains(&(a_figure(), 1)));
    assert_eq!(store.messages(OutboxState::Waiting, 10).await.expect("readable").len(), 1);
    let taken = store.commit(reserving(reservation("ana"))).await;
    assert_eq!(taken, Err(CommitError::Taken(reservation("ana"))));
}

pub(super) async fn a_stale_guard_leaves_no_trace(store: Arc<impl Backend>) {
    let mut commit = everything();
    commit.guards.push(guard(stream(4), 1));
    assert_eq!(store.commit(commit).await, Err(CommitError::Stale(stream(4))));
    is_untouched(&*store).await;
    put(&*store, everything()).await;
    is_all_there(&*store).await;
}

pub(super) async fn a_taken_reservation_leaves_no_trace(store: Arc<impl Backend>) {
    let held = Reservation { owner: uuid(9), ..reservation("held") };
    put(&*store, reserving(held)).await;
    let mut commit = everything();
    commit.reservations.push(held);
    assert_eq!(store.commit(commit).await, Err(CommitError::Taken(held)));
    is_untouched(&*store).await;
    put(&*store, everything()).await;
    is_all_there(&*store).await;
}

pub(super) async fn bulk_work_is_written_like_any_other(store: Arc<impl Backend>) {
    put(&*store, Commit { bulk: true, ..everything() }).await;
    is_all_there(&*store).await;
    let again = appending([append(stream(1), 0, "again")]);
    let refused = store.commit(Commit { bulk: true, ..again }).await;
    assert_eq!(refused, Err(CommitError::Stale(stream(1))));
}
