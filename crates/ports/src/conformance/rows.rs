//! Rows that follow from states: replaced, or exactly those that are given.

use std::sync::Arc;

use firstkey_domain::{Digest, Role, enrollment::EnrollmentEnd};

use super::{
    Backend,
    samples::{
        append, appending, at, attempt, authenticator, authenticator_id, enrollment, enrollment_id,
        person, person_id, put, role, rows,
    },
};
use crate::{
    AnswerRow, AttemptRow, AuthenticatorRow, CredentialView, EnrollmentRow, MetadataFile,
    PersonRow, Row, RowSeal, Stage,
};

pub(super) async fn a_person_is_replaced(store: Arc<impl Backend>) {
    put(&*store, rows([Row::Person(person(1)), Row::Person(person(2))])).await;
    let changed = PersonRow {
        given_name: "Bea".into(),
        sponsor: Some(person_id(2)),
        department: None,
        groups: ["admins".into(), "payments".into()].into(),
        active: false,
        authenticators: 2,
        enrollment: Some(enrollment_id(7)),
        ..person(1)
    };
    put(&*store, rows([Row::Person(changed.clone())])).await;
    assert_eq!(store.person(person_id(1)).await, Ok(Some(changed)));
    assert_eq!(store.person(person_id(2)).await, Ok(Some(person(2))));
    assert_eq!(store.person(person_id(3)).await, Ok(None));
}

pub(super) async fn an_enrollment_is_replaced(store: Arc<impl Backend>) {
    for stage in Stage::ALL {
        let row = enrollment(1, 1, stage);
        put(&*store, rows([Row::Enrollment(row.clone())])).await;
        assert_eq!(store.enrollment(enrollment_id(1)).await, Ok(Some(row)));
    }
    let moved = EnrollmentRow {
        kind: firstkey_domain::enrollment::Kind::Additional,
        opened: at(5),
        invited_from: None,
        expires: at(6),
        deadline: None,
        ..enrollment(1, 1, Stage::Closed(EnrollmentEnd::Left))
    };
    put(&*store, rows([Row::Enrollment(moved.clone())])).await;
    assert_eq!(store.enrollment(enrollment_id(1)).await, Ok(Some(moved)));
    assert_eq!(store.enrollment(enrollment_id(2)).await, Ok(None));
}

pub(super) async fn attempts_are_exactly_those_of_the_enrollment(store: Arc<impl Backend>) {
    let of_one = vec![attempt(1, 1), attempt(2, 1)];
    put(
        &*store,
        rows([
            Row::Attempts(enrollment_id(1), of_one),
            Row::Attempts(enrollment_id(2), vec![attempt(3, 2)]),
        ]),
    )
    .await;
    let with_pass = AttemptRow { pass_expires: Some(at(90)), ..attempt(2, 1) };
    let now = vec![with_pass.clone(), attempt(4, 1)];
    put(&*store, rows([Row::Attempts(enrollment_id(1), now)])).await;
    let open = store.open_now(10).await.expect("readable").attempts;
    assert_eq!(open, vec![with_pass, attempt(3, 2), attempt(4, 1)]);
    put(&*store, rows([Row::Attempts(enrollment_id(1), Vec::new())])).await;
    assert_eq!(store.open_now(10).await.expect("readable").attempts, vec![attempt(3, 2)]);
}

pub(super) async fn authenticators_are_exactly_those_of_the_person(store: Arc<impl Backend>) {
    let later = AuthenticatorRow { bound: at(10), ..authenticator(1, 1) };
    let of_one = vec![later.clone(), authenticator(2, 1)];
    put(
        &*store,
        rows([
            Row::Authenticators(person_id(1), of_one),
            Row::Authenticators(person_id(2), vec![authenticator(3, 2)]),
        ]),
    )
    .await;
    let held = store.authenticators(person_id(1)).await;
    assert_eq!(held, Ok(vec![authenticator(2, 1), later.clone()]), "oldest first");

    put(&*store, rows([Row::Authenticators(person_id(1), vec![later.clone()])])).await;
    assert_eq!(store.authenticators(person_id(1)).await, Ok(vec![later.clone()]));
    assert_eq!(store.authenticators(person_id(2)).await, Ok(vec![authenticator(3, 2)]));
}

pub(super) async fn a_credential_comes_with_its_holders_state(store: Arc<impl Backend>) {
    let of = |person, held| Row::Authenticators(person_id(person), vec![held]);
    put(&*store, rows([of(1, authenticator(1, 1)), of(2, authenticator(2, 2))])).await;
    put(&*store, appending([append(person_id(2).into(), 0, "moved")])).await;
    let found = async |number, person| {
        let credential = authenticator(number, person).credential;
        store.credential(&credential).await.expect("readable")
    };
    for person in [1, 2] {
        let [holder] = &store.load(&[person_id(person).into()]).await.expect("readable")[..] else {
            panic!("one stream, one state");
        };
        let view =
            CredentialView { authenticator: authenticator(person, person), holder: holder.clone() };
        assert_eq!(found(person, person).await, Some(view));
    }
    assert_eq!(found(3, 1).await, None);
}

pub(super) async fn sign_ins_outlive_what_follows_from_states(store: Arc<impl Backend>) {
    put(&*store, rows([Row::Authenticators(person_id(1), vec![authenticator(1, 1)])])).await;
    let used = Row::AuthenticatorUsed { id: authenticator_id(1), at: at(30), sign_count: 12 };
    put(&*store, rows([used])).await;
    let renamed = AuthenticatorRow {
        name: None,
        active: false,
        transports: Vec::new(),
        seal: RowSeal([5; 32]),
        ..authenticator(1, 1)
    };
    put(&*store, rows([Row::Authenticators(person_id(1), vec![renamed.clone()])])).await;
    let expected = AuthenticatorRow { last_used: Some(at(30)), sign_count: 12, ..renamed };
    assert_eq!(store.authenticators(person_id(1)).await, Ok(vec![expected]));
}

pub(super) async fn roles_are_exactly_those_of_the_person(store: Arc<impl Backend>) {
    let both = vec![role(1, Role::Administrator), role(1, Role::Auditor)];
    put(
        &*store,
        rows([
            Row::Person(person(1)),
            Row::Person(person(2)),
            Row::Roles(person_id(1), both.clone()),
            Row::Roles(person_id(2), vec![role(2, Role::Auditor)]),
        ]),
    )
    .await;
    assert_eq!(store.roles(person_id(1)).await, Ok(both));
    let auditors = store.people_with_role(Role::Auditor).await;
    assert_eq!(auditors, Ok(vec![person(2), person(1)]));

    put(&*store, rows([Row::Roles(person_id(1), vec![role(1, Role::Officer)])])).await;
    assert_eq!(store.roles(person_id(1)).await, Ok(vec![role(1, Role::Officer)]));
    assert_eq!(store.people_with_role(Role::Auditor).await, Ok(vec![person(2)]));
    assert_eq!(store.people_with_role(Role::Administrator).await, Ok(Vec::new()));
}

pub(super) async fn one_file_of_metadata_is_kept_to_the_byte(store: Arc<impl Backend>) {
    assert_eq!(store.metadata_file().await, Ok(None));
    // As large as the published one, and of every byte there is.
    let large: Vec<u8> = (0..10_000_000_u32).map(|at| at.to_le_bytes()[0]).collect();
    for bytes in [large, b"newer".to_vec()] {
        let file = MetadataFile::new(bytes);
        put(&*store, rows([Row::Metadata(file.clone())])).await;
        assert_eq!(store.metadata_file().await, Ok(Some(file)));
    }
}

pub(super) async fn an_answer_is_kept_under_its_key(store: Arc<impl Backend>) {
    let answer = |number: u8, text: &str| AnswerRow {
        key: Digest::of(&[number]),
        request: Digest::of(text.as_bytes()),
        answer: text.into(),
        ends: at(60),
    };
    assert_eq!(store.answer(Digest::of(&[1])).await, Ok(None));
    put(&*store, rows([Row::Answer(answer(1, "one")), Row::Answer(answer(2, "two"))])).await;
    assert_eq!(store.answer(Digest::of(&[1])).await, Ok(Some(answer(1, "one"))));
    // Once it has ended, the key serves anew.
    put(&*store, rows([Row::Answer(answer(1, "anew"))])).await;
    assert_eq!(store.answer(Digest::of(&[1])).await, Ok(Some(answer(1, "anew"))));
    assert_eq!(store.answer(Digest::of(&[2])).await, Ok(Some(answer(2, "two"))));
}
