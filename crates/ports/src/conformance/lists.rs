//! Enrollments: page by page, for their voucher, for the sweeper.

use std::sync::Arc;

use firstkey_domain::enrollment::EnrollmentEnd;

use super::{
    Backend,
    samples::{at, attempt, enrollment, enrollment_id, person, person_id, put, rows, uuid},
};
use crate::{After, AttemptRow, EnrollmentFilter, EnrollmentRow, PersonRow, Row, Stage, Waiting};

const BOUND: Stage = Stage::Closed(EnrollmentEnd::Bound);

fn numbers(list: &[Waiting]) -> Vec<u128> {
    list.iter().map(|each| each.enrollment.id.uuid().as_u128()).collect()
}

async fn page(store: &impl Backend, filter: EnrollmentFilter, after: Option<u128>) -> Vec<u128> {
    let page = store.enrollments(&filter, After(after.map(uuid)), 3).await;
    numbers(&page.expect("readable"))
}

pub(super) async fn pages_of_enrollments_go_from_the_newest(store: Arc<impl Backend>) {
    let all = (1..=4).map(|n| Row::Enrollment(enrollment(n, 50, Stage::Invited)));
    put(&*store, rows(all.chain([Row::Person(person(50))]))).await;
    let newest = store.enrollments(&EnrollmentFilter::default(), After(None), 1).await;
    let expected = Waiting { enrollment: enrollment(4, 50, Stage::Invited), person: person(50) };
    assert_eq!(newest, Ok(vec![expected]));
    assert_eq!(page(&*store, EnrollmentFilter::default(), None).await, [4, 3, 2]);
    assert_eq!(page(&*store, EnrollmentFilter::default(), Some(2)).await, [1]);
}

pub(super) async fn enrollments_are_filtered(store: Arc<impl Backend>) {
    let all = [
        enrollment(1, 50, BOUND),
        enrollment(2, 50, Stage::Begun),
        enrollment(3, 51, Stage::Begun),
        enrollment(4, 51, Stage::Pass),
        enrollment(5, 51, BOUND),
    ];
    let people = [person(50), person(51)].map(Row::Person);
    put(&*store, rows(people.into_iter().chain(all.map(Row::Enrollment)))).await;
    let filter = |stage, person: Option<u128>, open| EnrollmentFilter {
        search: String::new(),
        stage,
        person: person.map(person_id),
        open,
    };
    let begun = Some(Stage::Begun);
    for (filter, expected) in [
        (filter(begun, None, false), vec![3, 2]),
        (filter(begun, None, true), vec![3, 2]),
        (filter(Some(BOUND), None, false), vec![5, 1]),
        (filter(Some(BOUND), None, true), vec![]),
        (filter(None, None, true), vec![4, 3, 2]),
        (filter(None, Some(51), false), vec![5, 4, 3]),
        (filter(None, Some(51), true), vec![4, 3]),
        (filter(begun, Some(51), false), vec![3]),
        (filter(Some(BOUND), Some(51), true), vec![]),
        (filter(None, Some(52), false), vec![]),
    ] {
        assert_eq!(page(&*store, filter.clone(), None).await, expected, "{filter:?}");
    }
    assert_eq!(page(&*store, filter(begun, None, false), Some(3)).await, [2]);
    assert_eq!(page(&*store, filter(None, None, true), Some(4)).await, [3, 2]);
    assert_eq!(page(&*store, filter(None, Some(51), false), Some(5)).await, [4, 3]);
}

pub(super) async fn enrollments_are_found_by_their_person(store: Arc<impl Backend>) {
    let zoe = PersonRow { given_name: "Zoë".into(), family_name: "Müller".into(), ..person(51) };
    let all = [
        enrollment(1, 50, BOUND),
        enrollment(2, 51, BOUND),
        enrollment(3, 51, Stage::Begun),
        enrollment(4, 51, Stage::Pass),
        enrollment(5, 50, Stage::Begun),
    ];
    let people = [person(50), zoe].map(Row::Person);
    put(&*store, rows(people.into_iter().chain(all.map(Row::Enrollment)))).await;
    let found = |search: &str| EnrollmentFilter { search: search.into(), ..Default::default() };
    assert_eq!(page(&*store, found("muller zo"), None).await, [4, 3, 2]);
    assert_eq!(page(&*store, found("muller zo"), Some(4)).await, [3, 2]);
    assert_eq!(page(&*store, found("zoe bea"), None).await, [0; 0]);
    assert_eq!(page(&*store, found("nobody"), None).await, [0; 0]);
    let begun = EnrollmentFilter { stage: Some(Stage::Begun), ..found("zoe") };
    assert_eq!(page(&*store, begun, None).await, [3]);
    let open = EnrollmentFilter { open: true, ..found("zoe") };
    assert_eq!(page(&*store, open.clone(), None).await, [4, 3]);
    let of_ana = EnrollmentFilter { person: Some(person_id(50)), ..open };
    assert_eq!(page(&*store, of_ana, None).await, [0; 0], "Ana is no Zoë");
}

pub(super) async fn those_with_a_browser_wait_first(store: Arc<impl Backend>) {
    let sponsored = |number| PersonRow { sponsor: Some(person_id(1)), ..person(number) };
    let people = [sponsored(50), sponsored(51), person(52)].map(Row::Person);
    let enrollments = [
        enrollment(1, 50, Stage::Contested),
        enrollment(2, 50, Stage::Invited),
        enrollment(3, 51, Stage::Begun),
        enrollment(4, 51, Stage::Pass),
        enrollment(5, 51, BOUND),
        enrollment(6, 52, Stage::Begun),
    ];
    put(&*store, rows(people.into_iter().chain(enrollments.map(Row::Enrollment)))).await;
    let waiting = store.waiting_for(person_id(1), None, 9).await.expect("readable");
    assert_eq!(numbers(&waiting), [3, 1, 4, 2]);
    assert_eq!(waiting[0].person, sponsored(51));
    assert_eq!(store.waiting_for(person_id(2), None, 9).await, Ok(Vec::new()));
    for (last, row) in waiting.iter().enumerate() {
        let rest = store.waiting_for(person_id(1), Some(row.after()), 2).await.expect("readable");
        let expected = waiting[last + 1..].iter().take(2).cloned().collect::<Vec<_>>();
        assert_eq!(rest, expected, "after row {last}");
    }
}

pub(super) async fn what_ends_soonest_is_shown_first(store: Arc<impl Backend>) {
    let ending = |number, seconds| EnrollmentRow {
        expires: at(seconds),
        ..enrollment(number, 50, Stage::Invited)
    };
    let closed = EnrollmentRow { expires: at(1), ..enrollment(4, 50, BOUND) };
    let enrollments = [ending(1, 30), ending(2, 10), ending(3, 20), closed].map(Row::Enrollment);
    let with_pass =
        |number, seconds| AttemptRow { pass_expires: Some(at(seconds)), ..attempt(number, 1) };
    let attempts = vec![attempt(1, 1), with_pass(2, 60), with_pass(3, 40)];
    let others = [Row::Person(person(50)), Row::Attempts(enrollment_id(1), attempts)];
    put(&*store, rows(others.into_iter().chain(enrollments))).await;
    let open = store.open_now(10).await.expect("readable");
    assert_eq!(numbers(&open.enrollments), [2, 3, 1]);
    assert_eq!(open.attempts, [with_pass(3, 40), with_pass(2, 60), attempt(1, 1)]);
    let two = store.open_now(2).await.expect("readable");
    assert_eq!((numbers(&two.enrollments), two.attempts.len()), (vec![2, 3], 2));
}

pub(super) async fn overdue_enrollments_are_open_and_past_their_deadline(store: Arc<impl Backend>) {
    let due = |number, seconds| EnrollmentRow {
        deadline: Some(at(seconds)),
        ..enrollment(number, 50, Stage::Begun)
    };
    let all = [due(1, 30), due(2, 20), due(3, 31), enrollment(4, 50, BOUND)];
    put(&*store, rows(all.map(Row::Enrollment))).await;
    let overdue = store.overdue(at(30), 10).await;
    assert_eq!(overdue, Ok(vec![enrollment_id(2), enrollment_id(1)]));
    assert_eq!(store.overdue(at(30), 1).await, Ok(vec![enrollment_id(2)]));
    assert_eq!(store.overdue(at(10), 10).await, Ok(Vec::new()));
}

pub(super) async fn what_was_not_expected_is_listed_until_it_is_over(store: Arc<impl Backend>) {
    let open = [1, 2, 3].map(|number| Row::Enrollment(enrollment(number, 50, Stage::Invited)));
    let reports = [(1, 10), (2, 30), (3, 20)]
        .map(|(number, seconds)| Row::ReportedUnexpected(enrollment_id(number), at(seconds)));
    put(&*store, rows(open.into_iter().chain(reports).chain([Row::Person(person(50))]))).await;
    let listed = async |limit| {
        let found = store.reported_unexpected(limit).await.expect("readable");
        let number = |waiting: &Waiting| waiting.enrollment.id.uuid().as_u128();
        found.iter().map(|(waiting, at)| (number(waiting), *at)).collect::<Vec<_>>()
    };
    assert_eq!(listed(2).await, [(2, at(30)), (3, at(20))]);
    // Reported once more, of a newer invitation.
    put(&*store, rows([Row::ReportedUnexpected(enrollment_id(1), at(40))])).await;
    // Another change of an open one forgets nothing; its end does.
    let moved = Row::Enrollment(enrollment(3, 50, Stage::Begun));
    put(&*store, rows([Row::Enrollment(enrollment(2, 50, BOUND)), moved])).await;
    assert_eq!(listed(9).await, [(1, at(40)), (3, at(20))]);
}
