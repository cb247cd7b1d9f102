//! Sessions: what every request checks, and how they end.

use std::sync::Arc;

use firstkey_domain::Role;
use jiff::{SignedDuration, Timestamp};
use tokio::task::JoinSet;

use super::{
    Backend,
    samples::{
        append, appending, at, authenticator, authenticator_id, person, person_id, put, role, rows,
        session, session_id, stream,
    },
};
use crate::{Commit, CommitError, Row, SessionGuard, SessionRow, SessionView};

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

fn guarded(number: u128, owner: u128) -> SessionGuard {
    SessionGuard { session: session_id(number), person: person_id(owner) }
}

pub(super) async fn a_commit_that_rests_on_a_session_fails_once_it_has_ended(
    store: Arc<impl Backend>,
) {
    signed_in(&*store).await;
    let resting = |version, sessions: &[SessionGuard]| Commit {
        sessions: sessions.to_vec(),
        ..appending([append(stream(7), version, "rests on a session")])
    };
    assert_eq!(store.commit(resting(0, &[guarded(1, 1), guarded(3, 2)])).await, Ok(()));
    let stale = Err(CommitError::Stale(person_id(1).into()));
    // Somebody else's, one that never was, and one that has ended.
    assert_eq!(store.commit(resting(1, &[guarded(3, 1)])).await, stale);
    assert_eq!(store.commit(resting(1, &[guarded(9, 1)])).await, stale);
    put(&*store, rows([Row::SessionEnded(session_id(1))])).await;
    assert_eq!(store.commit(resting(1, &[guarded(1, 1)])).await, stale);
    assert_eq!(store.load(&[stream(7)]).await.expect("readable")[0].version, 1, "no trace");
    assert_eq!(store.commit(resting(1, &[guarded(2, 1)])).await, Ok(()));
}

pub(super) async fn of_a_sign_out_and_many_commits_on_its_session_none_comes_after<S: Backend>(
    store: Arc<S>,
) {
    signed_in(&*store).await;
    let mut racers = JoinSet::new();
    for number in 100..132 {
        let store = Arc::clone(&store);
        racers.spawn(async move {
            let commit = appending([append(stream(number), 0, "rests on a session")]);
            store.commit(Commit { sessions: vec![guarded(1, 1)], ..commit }).await.is_ok()
        });
    }
    put(&*store, rows([Row::SessionEnded(session_id(1))])).await;
    // Whatever is asked from now on comes too late, however the others fared.
    let late = appending([append(stream(200), 0, "too late")]);
    let late = store.commit(Commit { sessions: vec![guarded(1, 1)], ..late }).await;
    assert_eq!(late, Err(CommitError::Stale(person_id(1).into())));
    let won = racers.join_all().await.into_iter().filter(|won| *won).count();
    let asked: Vec<_> = (100..132).map(stream).collect();
    let loaded = store.load(&asked).await.expect("readable");
    assert_eq!(loaded.iter().filter(|stored| stored.version == 1).count(), won);
}
