//! How an enrollment ends without binding anything.

use firstkey_domain::{
    Actor, Aggregate,
    enrollment::{
        AttemptEnd, BeginRefusal, Ended, EndedAttempt, Enrollment, EnrollmentEnd, EnrollmentEvent,
        PassEnd, WithdrawRefusal,
    },
    person::{Person, PersonEvent},
};

use crate::world::{
    DAY, JOINER, LAPTOP, OFFICER, PASS, PHONE, SPONSOR, attempt_closed, begin, begun, bound,
    invite, invited, joiner, key, minted, minute, newcomer, running, verified,
};

fn left() -> Person {
    newcomer(JOINER, Some(SPONSOR)).and([PersonEvent::Left]).state()
}

#[test]
fn withdrawing_closes_the_enrollment_and_all_that_was_open() {
    let story = verified()
        .when(Enrollment::withdraw)
        .then([EnrollmentEvent::Closed { reason: EnrollmentEnd::Withdrawn }]);
    assert_eq!(story.state().running(minute(0)), Err(Ended(EnrollmentEnd::Withdrawn)));
}

#[test]
pub(crate) fn what_is_over_is_not_withdrawn() {
    bound().when(Enrollment::withdraw).refused(WithdrawRefusal::Ended(Ended(EnrollmentEnd::Bound)));
}

#[test]
fn rule_02_a_changed_sponsor_address_or_name_voids_what_was_begun() {
    let story = verified()
        .when(|e, now| e.void(&Actor::Person(OFFICER), now))
        .then([
            attempt_closed(LAPTOP, AttemptEnd::Voided),
            EnrollmentEvent::Voided { changed_by: Some(OFFICER) },
        ])
        .when(|e, now| e.begin(&joiner(), begin(PHONE), now))
        .refused(BeginRefusal::Replaced);
    assert!(running(&story).attempts.is_empty(), "proofing and passes went with the attempts");
    // A new locator starts clean.
    story
        .when(|e, now| e.invite(&invite(now), now))
        .done()
        .when(|e, now| {
            let begin = firstkey_domain::enrollment::Begin { generation: 2, ..begin(PHONE) };
            e.begin(&joiner(), begin, now)
        })
        .done();
}

#[test]
fn rule_02_a_feeds_change_voids_too_and_names_no_person() {
    begun([LAPTOP]).when(|e, now| e.void(&Actor::Source("hr".into()), now)).then([
        attempt_closed(LAPTOP, AttemptEnd::Voided),
        EnrollmentEvent::Voided { changed_by: None },
    ]);
}

#[test]
pub(crate) fn what_is_over_is_not_voided() {
    bound()
        .when(|e, now| e.void(&Actor::Person(OFFICER), now))
        .refused(Ended(EnrollmentEnd::Bound));
}

// Time

#[test]
fn rule_22_the_sweeper_records_the_end_of_a_pass() {
    minted()
        .at(minute(9))
        .when(|e, now| e.sweep(&joiner(), now))
        .then([])
        .at(minute(10))
        .when(|e, now| e.sweep(&joiner(), now))
        .then([EnrollmentEvent::PassEnded {
            attempt: LAPTOP,
            pass: PASS,
            reason: PassEnd::Expired,
        }])
        .when(|e, now| e.sweep(&joiner(), now))
        .then([]);
}

#[test]
fn rule_22_the_sweeper_records_the_end_of_an_attempt_and_its_pass_with_it() {
    minted()
        .at(minute(DAY))
        .when(|e, now| e.sweep(&joiner(), now))
        .then([attempt_closed(LAPTOP, AttemptEnd::Expired)]);
}

#[test]
fn rule_22_the_sweeper_records_the_end_of_the_enrollment() {
    verified()
        .at(minute(14 * DAY))
        .when(|e, now| e.sweep(&joiner(), now))
        .then([EnrollmentEvent::Closed { reason: EnrollmentEnd::Expired }]);
}

#[test]
fn leaving_closes_the_enrollment_whenever_the_sweeper_comes() {
    verified()
        .when(|e, now| e.sweep(&left(), now))
        .then([EnrollmentEvent::Closed { reason: EnrollmentEnd::Left }])
        .when(|e, now| e.sweep(&left(), now))
        .then([]);
}

#[test]
fn rule_22_the_deadline_is_the_next_thing_to_sweep() {
    let deadline = |e: &Enrollment| e.next_deadline();
    assert_eq!(deadline(&invited().state()), Some(minute(14 * DAY)));
    assert_eq!(deadline(&begun([LAPTOP]).state()), Some(minute(DAY)));
    assert_eq!(deadline(&minted().state()), Some(minute(10)));
    assert_eq!(deadline(&bound().state()), None);
}

#[test]
fn the_page_of_an_attempt_that_ended_can_say_why() {
    let ended =
        |attempt, reason| EndedAttempt { id: attempt, key: key(attempt), reason, unbound: None };
    let story = begun([LAPTOP, PHONE])
        .and([attempt_closed(PHONE, AttemptEnd::FailedCeremonies)])
        .when(Enrollment::withdraw)
        .done();
    assert_eq!(
        story.state().ended,
        [ended(PHONE, Some(AttemptEnd::FailedCeremonies)), ended(LAPTOP, None)]
    );
    // Whoever won did not end without success.
    assert_eq!(bound().state().ended, []);
}

#[test]
fn rule_11_an_attempt_that_lost_remembers_the_passkey_that_its_device_can_drop() {
    let made = verified().state().running(minute(0)).unwrap().attempts[0].verified.clone().unwrap();
    let [ended] = verified().when(Enrollment::withdraw).done().state().ended.try_into().unwrap();
    assert_eq!((ended.id, ended.unbound), (LAPTOP, Some(made.id)));
}

#[test]
fn once_closed_nothing_follows() {
    let closed = bound().state();
    let again = firstkey_domain::Recorded {
        stream: closed.id.into(),
        version: 99,
        at: minute(1),
        by: Actor::Clock,
        event: EnrollmentEvent::Closed { reason: EnrollmentEnd::Expired },
    };
    assert_eq!(Enrollment::evolve(Some(closed), &again), Err(again.unfoldable()));
}

#[test]
fn rule_21_a_restore_closes_what_is_open_and_leaves_what_is_over() {
    let closed = EnrollmentEvent::Closed { reason: EnrollmentEnd::Restored };
    let open = verified();
    assert_eq!(open.state().close_restored(), vec![closed.clone()]);
    assert_eq!(open.and([closed]).state().close_restored(), vec![]);
}
