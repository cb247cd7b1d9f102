//! The whole store, chunk by chunk.

use std::{collections::BTreeSet, sync::Arc};

use firstkey_domain::{EnrollmentId, Role, StreamId};
use jiff::civil::date;

use super::{
    Backend,
    samples::{
        append, appending, at, attempt, authenticator, enrollment_id, entry, person, person_id,
        put, reservation, reserving, role, rows, session, session_id, stream, uuid,
    },
};
use crate::{Commit, LogName, Note, PersonRow, Reservation, ReservationKind, Row, person_words};

pub(super) async fn entries_come_in_commit_order(store: Arc<impl Backend>) {
    let access = LogName::access(date(2026, 1, 5));
    for number in 1..=5 {
        let mut commit = appending([append(stream(number), 0, &format!("event {number}"))]);
        commit.notes = vec![Note { log: access, entry: entry(&format!("note {number}")) }];
        put(&*store, commit).await;
    }
    put(&*store, Commit::default()).await;
    let mut after = 0;
    let mut texts = Vec::new();
    loop {
        let chunk = store.entries_after(after, 3).await.expect("readable");
        let Some((_, last)) = chunk.last() else { break };
        assert!(chunk.iter().all(|(_, entry)| entry.sequence > after));
        after = last.sequence;
        for (log, entry) in chunk {
            assert_eq!(log == access, entry.stream.is_none());
            texts.push(String::from_utf8(entry.open).expect("text"));
        }
    }
    let expected: Vec<String> =
        (1..=5).flat_map(|n| [format!("event {n}"), format!("note {n}")]).collect();
    assert_eq!(texts, expected);
}

pub(super) async fn states_come_each_once(store: Arc<impl Backend>) {
    let mut streams: Vec<StreamId> = (1..=4).map(stream).collect();
    streams.extend((3..=6).map(|number| StreamId::from(EnrollmentId::from_uuid(uuid(number)))));
    streams.push(StreamId::POLICY);
    put(&*store, appending(streams.iter().map(|id| append(*id, 0, &id.to_string())))).await;
    let mut after = None;
    let mut seen = Vec::new();
    loop {
        let chunk = store.states_after(after, 2).await.expect("readable");
        let Some(last) = chunk.last() else { break };
        assert_ne!(after, Some(last.stream), "a chunk goes on after the one before");
        after = Some(last.stream);
        for stored in chunk {
            assert_eq!((stored.version, stored.state), (1, stored.stream.to_string().into()));
            seen.push(stored.stream);
        }
    }
    assert_eq!(seen.len(), streams.len());
    assert_eq!(BTreeSet::from_iter(seen), BTreeSet::from_iter(streams));
}

pub(super) async fn sealed_rows_come_each_once(store: Arc<impl Backend>) {
    for person in 1..=3 {
        let held = vec![authenticator(person * 10, person), authenticator(person * 10 + 1, person)];
        let roles = vec![role(person, Role::Officer), role(person, Role::Approver)];
        let both =
            [Row::Authenticators(person_id(person), held), Row::Roles(person_id(person), roles)];
        put(&*store, rows(both)).await;
    }
    let (mut after, mut authenticators) = (None, Vec::new());
    loop {
        let chunk = store.authenticators_after(after, 4).await.expect("readable");
        let Some(last) = chunk.last() else { break };
        assert_ne!(after, Some(last.id));
        after = Some(last.id);
        authenticators.extend(chunk.into_iter().map(|row| row.id.uuid().as_u128()));
    }
    assert_eq!(authenticators, [10, 11, 20, 21, 30, 31]);
    let (mut after, mut roles) = (None, Vec::new());
    loop {
        let chunk = store.roles_after(after, 4).await.expect("readable");
        let Some(last) = chunk.last() else { break };
        assert_ne!(after, Some((last.person, last.role)));
        after = Some((last.person, last.role));
        roles.extend(chunk.into_iter().map(|row| (row.person, row.role)));
    }
    assert_eq!(roles.len(), 6);
    assert_eq!(BTreeSet::from_iter(roles).len(), 6);
}

pub(super) async fn attempts_come_each_once(store: Arc<impl Backend>) {
    for enrollment in 1..=2 {
        let open = (0..3).map(|number| attempt(enrollment * 10 + number, enrollment)).collect();
        put(&*store, rows([Row::Attempts(enrollment_id(enrollment), open)])).await;
    }
    let (mut after, mut seen) = (None, Vec::new());
    loop {
        let chunk = store.attempts_after(after, 4).await.expect("readable");
        let Some(last) = chunk.last() else { break };
        assert_ne!(after, Some(last.id));
        after = Some(last.id);
        seen.extend(chunk.into_iter().map(|row| row.id.uuid().as_u128()));
    }
    assert_eq!(seen, [10, 11, 12, 20, 21, 22]);
    let mut of_one = store.attempts_of(enrollment_id(1)).await.expect("readable");
    of_one.sort_by_key(|row| row.id);
    assert_eq!(of_one, [attempt(10, 1), attempt(11, 1), attempt(12, 1)]);
    assert_eq!(store.attempts_of(enrollment_id(3)).await, Ok(Vec::new()));
}

pub(super) async fn sessions_come_each_once_with_or_without_an_owner(store: Arc<impl Backend>) {
    put(&*store, rows([Row::Person(person(1))])).await;
    for number in 1..=5 {
        put(&*store, rows([Row::Session(session(number, number % 2, 1))])).await;
    }
    let (mut after, mut seen) = (None, Vec::new());
    loop {
        let chunk = store.sessions_after(after, 2).await.expect("readable");
        let Some(last) = chunk.last() else { break };
        assert_ne!(after, Some(last.id));
        after = Some(last.id);
        seen.extend(chunk);
    }
    let expected: Vec<_> = (1..=5).map(|number| session(number, number % 2, 1)).collect();
    assert_eq!(seen, expected);
    assert_eq!(store.session_row(session_id(2)).await, Ok(Some(session(2, 0, 1))));
    assert_eq!(store.session_row(session_id(6)).await, Ok(None));
}

pub(super) async fn reservations_come_each_once_by_kind(store: Arc<impl Backend>) {
    for name in ["ana", "ben", "eve"] {
        put(&*store, reserving(reservation(name))).await;
    }
    let ended = Reservation { ends: Some(at(-9)), ..reservation("old") };
    let other = Reservation { kind: ReservationKind::ExternalId, ..reservation("ana") };
    put(&*store, reserving(ended)).await;
    put(&*store, reserving(other)).await;
    let (mut after, mut seen) = (None, Vec::new());
    loop {
        let kind = ReservationKind::UserName;
        let chunk = store.reservations_after(kind, after, 3).await.expect("readable");
        let Some(last) = chunk.last() else { break };
        assert_ne!(after, Some(last.key));
        after = Some(last.key);
        seen.extend(chunk);
    }
    let mut expected = vec![reservation("ana"), reservation("ben"), reservation("eve"), ended];
    expected.sort_by_key(|row| row.key);
    assert_eq!(seen, expected);
    assert_eq!(store.reservation(other.kind, other.key).await, Ok(Some(other)));
    assert_eq!(store.reservation(ReservationKind::Credential, other.key).await, Ok(None));
}

pub(super) async fn the_words_of_a_person_are_those_of_their_row(store: Arc<impl Backend>) {
    put(&*store, rows([Row::Person(person(1))])).await;
    assert_eq!(store.words_of(person_id(1)).await, Ok(person_words(&person(1))));
    let erased = PersonRow {
        external_id: String::new(),
        given_name: String::new(),
        family_name: String::new(),
        user_name: String::new(),
        personal_email: String::new(),
        ..person(1)
    };
    put(&*store, rows([Row::Person(erased)])).await;
    assert_eq!(store.words_of(person_id(1)).await, Ok(BTreeSet::new()));
}
