//! Opening an enrollment and sending its locator.

use firstkey_domain::{
    Actor, Private,
    enrollment::{
        AttemptEnd, Ended, Enrollment, EnrollmentEnd, EnrollmentEvent, Invite, Kind,
        OpenEnrollment, OpenRefusal,
    },
    person::PersonEvent,
};
use jiff::{SignedDuration, Timestamp};

use crate::{
    story::given,
    world::{
        DAY, FIRST, JOINER, LAPTOP, LIFETIME, PHONE, SECOND, SPONSOR, attempt_closed, begin, begun,
        bound, by_sponsor, invite, invited, joiner, minute, newcomer, opened, running, subscriber,
        typing,
    },
};

fn open(kind: Kind) -> OpenEnrollment {
    OpenEnrollment { kind, lifetime: LIFETIME, reason: Private::held("first day".into()) }
}

#[test]
fn opening_names_the_person_the_kind_and_the_end() {
    let events = Enrollment::open(&joiner(), None, open(Kind::First), minute(0)).expect("opens");
    let story = given::<Enrollment>(FIRST, events);
    let enrollment = story.by(Actor::Person(SPONSOR)).state();
    assert_eq!((enrollment.id, enrollment.person), (FIRST, JOINER));
    assert_eq!(enrollment.kind, Kind::First);
    assert!(enrollment.running(minute(14 * DAY - 1)).is_ok());
    assert_eq!(enrollment.running(minute(14 * DAY)), Err(Ended(EnrollmentEnd::Expired)));
}

#[test]
pub(crate) fn nothing_opens_for_somebody_who_left() {
    let left = newcomer(JOINER, Some(SPONSOR)).and([PersonEvent::Left]).state();
    let answer = Enrollment::open(&left, None, open(Kind::First), minute(0));
    assert_eq!(answer, Err(OpenRefusal::Left));
}

#[test]
pub(crate) fn one_door_at_a_time() {
    let open_one = invited().state();
    let answer = Enrollment::open(&joiner(), Some(&open_one), open(Kind::First), minute(0));
    assert_eq!(answer, Err(OpenRefusal::AlreadyOpen));
}

#[test]
fn rule_22_an_enrollment_whose_time_is_over_holds_the_door_for_nobody() {
    let unswept = invited().state();
    let answer = Enrollment::open(&joiner(), Some(&unswept), open(Kind::First), minute(14 * DAY));
    assert!(answer.is_ok(), "whether the sweeper has come by must not matter: {answer:?}");
}

#[test]
pub(crate) fn the_first_authenticator_is_bound_once() {
    let enrolled = subscriber(JOINER, Some(SPONSOR)).state();
    let answer = Enrollment::open(&enrolled, Some(&bound().state()), open(Kind::First), minute(0));
    assert_eq!(answer, Err(OpenRefusal::AlreadyEnrolled));
}

#[test]
pub(crate) fn rule_12_adding_an_authenticator_needs_one_and_opens_its_own_enrollment() {
    let answer = Enrollment::open(&joiner(), None, open(Kind::Additional), minute(0));
    assert_eq!(answer, Err(OpenRefusal::NotEnrolled));

    let enrolled = subscriber(JOINER, Some(SPONSOR)).state();
    let events =
        Enrollment::open(&enrolled, Some(&bound().state()), open(Kind::Additional), minute(0));
    let additional = given::<Enrollment>(SECOND, events.expect("opens"));
    // It has a door of its own: no attempt or pass comes along.
    assert!(running(&additional).attempts.is_empty());
}

#[test]
fn rule_04_sending_again_closes_every_attempt_and_starts_clean() {
    let story = begun([LAPTOP, PHONE]).when(|e, now| e.invite(&invite(now), now)).then([
        attempt_closed(LAPTOP, AttemptEnd::Reinvited),
        attempt_closed(PHONE, AttemptEnd::Reinvited),
        EnrollmentEvent::Invited {
            generation: 2,
            from: minute(0),
            expires: minute(14 * DAY),
            secret: None,
        },
    ]);
    assert!(running(&story).attempts.is_empty());
}

#[test]
fn sending_again_forgets_wrong_codes() {
    let story = begun([LAPTOP])
        .when(|e, now| match e.check_code(&typing(by_sponsor(e), "111111"), now) {
            Ok(firstkey_domain::enrollment::CodeOutcome::Wrong(events)) => Ok(events),
            other => Err(other),
        })
        .done();
    assert_eq!(running(&story).wrong_codes, 1);
    let story = story.when(|e, now| e.invite(&invite(now), now)).done();
    assert_eq!(running(&story).wrong_codes, 0);
}

#[test]
pub(crate) fn nothing_is_sent_for_what_is_over() {
    bound().when(|e, now| e.invite(&invite(now), now)).refused(Ended(EnrollmentEnd::Bound));
    invited()
        .at(minute(14 * DAY))
        .when(|e, now| e.invite(&invite(now), now))
        .refused(Ended(EnrollmentEnd::Expired));
}

#[test]
fn a_locator_scheduled_for_the_last_day_there_is_stops_nobody() {
    let never = Invite { from: Timestamp::MAX, lifetime: SignedDuration::MAX, secret: None };
    let story = opened(Kind::First).when(|e, now| e.invite(&never, now)).done();
    assert_eq!(running(&story).expires, Timestamp::MAX);
}

#[test]
fn whoever_opened_it_is_known() {
    let by = Actor::Person(SPONSOR);
    let events = Enrollment::open(&joiner(), None, open(Kind::First), minute(0)).expect("opens");
    let story = given::<Enrollment>(FIRST, []).by(by.clone()).and(events);
    assert_eq!(story.state().opened_by, by);
    // And the first locator opens it for the applicant.
    story
        .when(|e, now| e.invite(&invite(now), now))
        .done()
        .when(|e, now| e.begin(&joiner(), begin(LAPTOP), now))
        .done();
}
