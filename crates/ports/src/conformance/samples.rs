//! Things to put into a store. Ids and times count up from one, so that their order is plain.

use firstkey_domain::{
    AttemptId, AuthenticatorId, CredentialId, Digest, EnrollmentId, KeyThumbprint, PersonId, Role,
    SessionId, StreamId, enrollment::Kind,
};
use jiff::{SignedDuration, Timestamp, civil::date};
use uuid::Uuid;

use crate::{
    Append, AttemptRow, AuthenticatorRow, Commit, EnrollmentRow, Entry, Guard, Message, NewMessage,
    PersonRow, Reservation, ReservationKind, RoleRow, Row, RowSeal, Sealed, SessionRow, Stage,
    Store,
};

pub(super) fn uuid(number: u128) -> Uuid {
    Uuid::from_u128(number)
}

pub(super) fn person_id(number: u128) -> PersonId {
    PersonId::from_uuid(uuid(number))
}

pub(super) fn enrollment_id(number: u128) -> EnrollmentId {
    EnrollmentId::from_uuid(uuid(number))
}

pub(super) fn authenticator_id(number: u128) -> AuthenticatorId {
    AuthenticatorId::from_uuid(uuid(number))
}

pub(super) fn session_id(number: u128) -> SessionId {
    SessionId::from_uuid(uuid(number))
}

pub(super) fn stream(number: u128) -> StreamId {
    person_id(number).into()
}

/// So many seconds after some noon.
pub(super) fn at(seconds: i64) -> Timestamp {
    Timestamp::UNIX_EPOCH + SignedDuration::from_secs(1_767_268_800 + seconds)
}

pub(super) fn entry(text: &str) -> Entry {
    Entry { open: text.into(), sealed: None }
}

pub(super) fn sealed_entry(text: &str, confidential: &str) -> Entry {
    let sealed = Sealed { salt: [7; 32], bytes: confidential.into() };
    Entry { open: text.into(), sealed: Some(sealed) }
}

/// One event that leaves the text as the state.
pub(super) fn append(stream: StreamId, expected: u64, text: &str) -> Append {
    Append { stream, expected, entries: vec![entry(text)], state: text.into() }
}

pub(super) fn appending(appends: impl IntoIterator<Item = Append>) -> Commit {
    Commit { at: Some(at(0)), appends: appends.into_iter().collect(), ..Commit::default() }
}

pub(super) fn guard(stream: StreamId, version: u64) -> Guard {
    Guard { stream, version }
}

pub(super) fn reservation(key: &str) -> Reservation {
    Reservation {
        kind: ReservationKind::UserName,
        key: Digest::of(key.as_bytes()),
        owner: uuid(1),
        ends: None,
    }
}

pub(super) fn reserving(wanted: Reservation) -> Commit {
    Commit { at: Some(at(0)), reservations: vec![wanted], ..Commit::default() }
}

pub(super) fn rows(rows: impl IntoIterator<Item = Row>) -> Commit {
    Commit { at: Some(at(0)), rows: rows.into_iter().collect(), ..Commit::default() }
}

/// Commits what no store may refuse.
pub(super) async fn put(store: &impl Store, commit: Commit) {
    store.commit(commit).await.expect("nothing is in the way of this commit");
}

pub(super) fn person(number: u128) -> PersonRow {
    PersonRow {
        id: person_id(number),
        external_id: format!("E-{number}"),
        given_name: "Ana".into(),
        family_name: "Núñez Prado".into(),
        user_name: format!("ana.nunez{number}"),
        personal_email: format!("Ana{number}@Example.org"),
        sponsor: None,
        start_date: date(2026, 1, 5),
        worker_type: "employee".into(),
        department: Some("Payments".into()),
        groups: ["staff".into()].into(),
        active: true,
        authenticators: 0,
        enrollment: None,
    }
}

pub(super) fn enrollment(number: u128, person: u128, stage: Stage) -> EnrollmentRow {
    let is_open = !stage.is_closed();
    EnrollmentRow {
        id: enrollment_id(number),
        person: person_id(person),
        kind: Kind::First,
        stage,
        opened: at(0),
        invited_from: is_open.then(|| at(1)),
        expires: at(1000),
        deadline: is_open.then(|| at(1000)),
    }
}

pub(super) fn attempt(number: u128, enrollment: u128) -> AttemptRow {
    AttemptRow {
        id: AttemptId::from_uuid(uuid(number)),
        enrollment: enrollment_id(enrollment),
        key: KeyThumbprint::from_bytes([9; 32]),
        began: at(0),
        expires: at(500),
        pass_expires: None,
    }
}

pub(super) fn authenticator(number: u128, person: u128) -> AuthenticatorRow {
    AuthenticatorRow {
        id: authenticator_id(number),
        person: person_id(person),
        credential: CredentialId::new(number.to_be_bytes().to_vec()),
        public_key: vec![1, 2, 3],
        backup_eligible: true,
        aaguid: uuid(0xaa),
        transports: vec!["internal".into(), "hybrid".into()],
        name: Some("Laptop".into()),
        active: true,
        bound: at(0),
        last_used: None,
        sign_count: 0,
        seal: RowSeal([3; 32]),
    }
}

pub(super) fn role(person: u128, role: Role) -> RoleRow {
    RoleRow { person: person_id(person), role, seal: RowSeal([4; 32]) }
}

pub(super) fn session(number: u128, person: u128, authenticator: u128) -> SessionRow {
    SessionRow {
        id: session_id(number),
        person: person_id(person),
        authenticator: authenticator_id(authenticator),
        secret: Digest::of(b"secret"),
        began: at(0),
        expires: at(900),
        seen: at(0),
        browser: "Firefox on Linux".into(),
    }
}

pub(super) fn message(number: u128, due: Timestamp) -> NewMessage {
    let message = Message::Invitation { enrollment: enrollment_id(number), generation: 1 };
    NewMessage { id: uuid(number), message, due }
}

pub(super) fn sending(messages: impl IntoIterator<Item = NewMessage>) -> Commit {
    Commit { at: Some(at(0)), outbox: messages.into_iter().collect(), ..Commit::default() }
}
