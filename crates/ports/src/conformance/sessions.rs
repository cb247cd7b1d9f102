//! Sessions: what every request checks, and how they end.

use std::sync::Arc;

use firstkey_domain::Role;
use jiff::{SignedDuration, Timestamp};

use super::{
    Backend,
    samples::{
        at, authenticator, authenticator_id, person, person_id, put, role, rows, session,
        session_id,
    },
};
use crate::{Row, SessionRow, SessionView};

/// Two people with an authenticator each; the first has two sessions.
async fn signed_in(store: &impl Backend) {
    put(
        store,
        rows([
            Row::Person(person(1)),
            Row::Person(person(2)),
            Row::Roles(person_id(1), vec![role(1, Role::Officer)]),
            Row::Authenticators(person_id(1), vec![authenticator(1, 1)]),
            Row::Authenticators(person_id(2), vec![authenticator(2, 2)]),
            Row::Session(session(1, 1, 1)),
            Row::Session(session(2, 1, 1)),
            Row::Session(session(3, 2, 2)),
        ]),
    )
    .await;
}

async fn sessions(store: &impl Backend, person: u128) -> Vec<u128> {
    let rows = store.sessions(person_id(person)).await.expect("readable");
    rows.iter().map(|row| row.id.uuid().as_u128()).collect()
}

pub(super) async fn a_session_comes_with_what_must_be_checked(store: Arc<impl Backend>) {
    signed_in(&*store).await;
    let view = SessionView {
        session: session(1, 1, 1),
        person: person(1),
        roles: vec![role(1, Role::Officer)],
        authenticator: Some(authenticator(1, 1)),
    };
    assert_eq!(store.session(session_id(1)).await, Ok(Some(view)));
    assert_eq!(store.session(session_id(9)).await, Ok(None));
    assert_eq!(sessions(&*store, 1).await, [2, 1], "newest first");
}

pub(super) async fn a_session_shows_that_its_authenticator_is_gone(store: Arc<impl Backend>) {
    signed_in(&*store).await;
    put(&*store, rows([Row::Authenticators(person_id(1), Vec::new())])).await;
    let view = store.session(session_id(1)).await.expect("readable").expect("still there");
    assert_eq!(view.authenticator, None);
}

pub(super) async fn a_session_without_its_owner_is_none(store: Arc<impl Backend>) {
    put(&*store, rows([Row::Session(session(1, 1, 1))])).await;
    assert_eq!(store.session(session_id(1)).await, Ok(None));
}

pub(super) async fn sessions_are_seen_and_ended(store: Arc<impl Backend>) {
    signed_in(&*store).await;
    put(&*store, rows([Row::SessionSeen(session_id(1), at(60))])).await;
    let seen = SessionRow { seen: at(60), ..session(1, 1, 1) };
    assert_eq!(store.sessions(person_id(1)).await, Ok(vec![session(2, 1, 1), seen]));
    put(&*store, rows([Row::SessionEnded(session_id(1))])).await;
    assert_eq!(sessions(&*store, 1).await, [2]);
    assert_eq!(store.session(session_id(1)).await, Ok(None));
}

pub(super) async fn sessions_end_with_their_person(store: Arc<impl Backend>) {
    signed_in(&*store).await;
    put(&*store, rows([Row::SessionsEnded(person_id(1))])).await;
    assert_eq!(sessions(&*store, 1).await, [0; 0]);
    assert_eq!(sessions(&*store, 2).await, [3]);
}

pub(super) async fn sessions_are_found_once_their_end_has_come(store: Arc<impl Backend>) {
    signed_in(&*store).await;
    let ends = session(1, 1, 1).expires;
    let sooner = ends.saturating_sub(SignedDuration::from_micros(1)).unwrap_or(Timestamp::MIN);
    put(&*store, rows([Row::Session(SessionRow { expires: sooner, ..session(4, 2, 2) })])).await;
    let over = |by, limit| {
        let store = Arc::clone(&store);
        async move {
            let rows = store.sessions_over(by, limit).await.expect("readable");
            rows.iter().map(|row| row.id.uuid().as_u128()).collect::<Vec<_>>()
        }
    };
    assert_eq!(over(sooner, 9).await, [4]);
    assert_eq!(over(ends, 9).await.len(), 4);
    assert_eq!(over(ends, 1).await, [4], "longest over first");
    assert_eq!(sessions(&*store, 1).await, [2, 1], "looking ends nothing");
}

pub(super) async fn sessions_end_with_their_authenticator(store: Arc<impl Backend>) {
    signed_in(&*store).await;
    put(&*store, rows([Row::Session(session(4, 1, 8))])).await;
    put(&*store, rows([Row::SessionsOfEnded(person_id(1), authenticator_id(1))])).await;
    assert_eq!(sessions(&*store, 1).await, [4]);
    assert_eq!(sessions(&*store, 2).await, [3]);
}
