//! Begin: a browser key is bound to an attempt.

use firstkey_domain::{
    Clearance, Digest,
    enrollment::{
        AttemptEnd, Begin, BeginRefusal, Ended, Enrollment, EnrollmentEnd, EnrollmentEvent, Invite,
        Kind, SetupSecret,
    },
    person::PersonEvent,
};

use crate::{
    story::Story,
    world::{
        DAY, FIRST, HOUR, JOINER, KIOSK, LAPTOP, LIFETIME, PHONE, SECOND, SPONSOR, TABLET,
        attempt_closed, begin, begun, bound, device, invite, invited, joiner, key, minute,
        newcomer, opened, proofed, running,
    },
};

fn attempt_begun(command: &Begin) -> EnrollmentEvent {
    EnrollmentEvent::AttemptBegun { attempt: command.attempt, key: command.key, device: device() }
}

/// Setup: the terminal shows a link that carries a secret.
fn invited_with_secret() -> Story<Enrollment> {
    opened(Kind::First)
        .when(|e, now| {
            let secret = SetupSecret::new(Digest::of(b"setup"), now);
            e.invite(&Invite { from: now, lifetime: LIFETIME, secret: Some(secret) }, now)
        })
        .done()
}

fn begin_with_secret(secret: &[u8]) -> Begin {
    Begin { secret: Some(Digest::of(secret)), ..begin(LAPTOP) }
}

#[test]
fn pressing_begin_binds_the_browsers_key_to_an_attempt() {
    let story = invited()
        .at(minute(1))
        .when(|e, now| e.begin(&joiner(), begin(LAPTOP), now))
        .then([attempt_begun(&begin(LAPTOP))]);
    let attempts = running(&story).attempts;
    assert_eq!(attempts[0].key, key(LAPTOP));
    assert_eq!(attempts[0].expires, minute(1 + DAY));
    assert!(attempts[0].proofings.is_empty() && attempts[0].pass.is_none());
}

#[test]
pub(crate) fn nobody_begins_what_is_over() {
    bound()
        .when(|e, now| e.begin(&joiner(), begin(PHONE), now))
        .refused(BeginRefusal::Ended(Ended(EnrollmentEnd::Bound)));
}

#[test]
pub(crate) fn nobody_who_left_begins_even_before_their_leaving_is_swept() {
    let left = newcomer(JOINER, Some(SPONSOR)).and([PersonEvent::Left]).state();
    invited().when(|e, now| e.begin(&left, begin(LAPTOP), now)).refused(BeginRefusal::Left);
}

#[test]
pub(crate) fn an_older_locator_opens_nothing() {
    invited()
        .when(|e, now| e.invite(&invite(now), now))
        .done()
        .when(|e, now| e.begin(&joiner(), begin(LAPTOP), now))
        .refused(BeginRefusal::Replaced);
}

#[test]
fn before_anything_was_sent_no_locator_opens_anything() {
    let guess = Begin { generation: 0, ..begin(LAPTOP) };
    opened(Kind::First)
        .when(|e, now| e.begin(&joiner(), guess, now))
        .refused(BeginRefusal::Replaced);
}

#[test]
pub(crate) fn a_scheduled_locator_opens_at_its_hour_and_not_before() {
    opened(Kind::First)
        .when(|e, now| e.invite(&invite(minute(HOUR)), now))
        .done()
        .at(minute(HOUR - 1))
        .when(|e, now| e.begin(&joiner(), begin(LAPTOP), now))
        .refused(BeginRefusal::NotYet)
        .at(minute(HOUR))
        .when(|e, now| e.begin(&joiner(), begin(LAPTOP), now))
        .then([attempt_begun(&begin(LAPTOP))]);
}

#[test]
pub(crate) fn rule_03_begin_needs_the_consoles_word_for_this_enrollment_key_and_moment() {
    let with = |enrollment, attempt, ends| Begin {
        clearance: Clearance { enrollment, key: key(attempt), ends },
        ..begin(LAPTOP)
    };
    let for_another_enrollment = with(SECOND, LAPTOP, minute(DAY));
    let for_another_key = with(FIRST, PHONE, minute(DAY));
    let stale = with(FIRST, LAPTOP, minute(5));
    invited()
        .when(|e, now| e.begin(&joiner(), for_another_enrollment, now))
        .refused(BeginRefusal::NotCleared)
        .when(|e, now| e.begin(&joiner(), for_another_key, now))
        .refused(BeginRefusal::NotCleared)
        .at(minute(5))
        .when(|e, now| e.begin(&joiner(), stale, now))
        .refused(BeginRefusal::NotCleared);
}

#[test]
pub(crate) fn rule_08_a_fourth_browser_cannot_begin() {
    begun([LAPTOP, PHONE, TABLET])
        .when(|e, now| e.begin(&joiner(), begin(KIOSK), now))
        .refused(BeginRefusal::TooMany);
}

#[test]
fn rule_08_a_browser_that_replaces_another_is_not_a_fourth() {
    let moving = Begin { replaces: Some(PHONE), ..begin(KIOSK) };
    begun([LAPTOP, PHONE, TABLET])
        .when(|e, now| e.begin(&joiner(), moving.clone(), now))
        .then([attempt_closed(PHONE, AttemptEnd::Moved), attempt_begun(&moving)]);
}

#[test]
pub(crate) fn one_browser_key_is_one_attempt() {
    let again = Begin { attempt: PHONE, ..begin(LAPTOP) };
    let again = Begin { key: key(LAPTOP), ..again };
    begun([LAPTOP]).when(|e, now| e.begin(&joiner(), again, now)).refused(BeginRefusal::KeyInUse);
}

#[test]
fn rule_22_attempts_whose_day_is_over_hold_no_place_before_they_are_swept() {
    // The laptop comes back the next day with the same key, while three dead attempts stand.
    let again = Begin { attempt: KIOSK, ..begin(LAPTOP) };
    begun([LAPTOP, PHONE, TABLET])
        .at(minute(DAY))
        .when(|e, now| e.begin(&joiner(), again.clone(), now))
        .then([
            attempt_closed(LAPTOP, AttemptEnd::Expired),
            attempt_closed(PHONE, AttemptEnd::Expired),
            attempt_closed(TABLET, AttemptEnd::Expired),
            attempt_begun(&again),
        ]);
}

#[test]
pub(crate) fn a_setup_link_needs_its_secret() {
    invited_with_secret()
        .when(|e, now| e.begin(&joiner(), begin(LAPTOP), now))
        .refused(BeginRefusal::BadSecret)
        .when(|e, now| e.begin(&joiner(), begin_with_secret(b"guess"), now))
        .refused(BeginRefusal::BadSecret)
        .when(|e, now| e.begin(&joiner(), begin_with_secret(b"setup"), now))
        .then([attempt_begun(&begin(LAPTOP))]);
}

#[test]
fn a_setup_links_secret_ends_after_its_minutes() {
    invited_with_secret()
        .at(minute(15))
        .when(|e, now| e.begin(&joiner(), begin_with_secret(b"setup"), now))
        .refused(BeginRefusal::BadSecret);
}

#[test]
fn a_setup_links_secret_is_good_for_one_begin() {
    let second = Begin { secret: Some(Digest::of(b"setup")), ..begin(PHONE) };
    invited_with_secret()
        .when(|e, now| e.begin(&joiner(), begin_with_secret(b"setup"), now))
        .done()
        .when(|e, now| e.begin(&joiner(), second.clone(), now))
        .refused(BeginRefusal::BadSecret)
        // Not even when nothing of the first use is left.
        .and([attempt_closed(LAPTOP, AttemptEnd::WrongCodes)])
        .when(|e, now| e.begin(&joiner(), second, now))
        .refused(BeginRefusal::BadSecret);
}

#[test]
fn the_device_that_had_the_setup_secret_can_hand_over_and_no_other_can() {
    let from_nowhere = Begin { replaces: Some(TABLET), ..begin(PHONE) };
    let moving = Begin { replaces: Some(LAPTOP), ..begin(PHONE) };
    invited_with_secret()
        .when(|e, now| e.begin(&joiner(), from_nowhere.clone(), now))
        .refused(BeginRefusal::CannotMove)
        .when(|e, now| e.begin(&joiner(), begin_with_secret(b"setup"), now))
        .done()
        .when(|e, now| e.begin(&joiner(), from_nowhere, now))
        .refused(BeginRefusal::CannotMove)
        .when(|e, now| e.begin(&joiner(), moving.clone(), now))
        .then([attempt_closed(LAPTOP, AttemptEnd::Moved), attempt_begun(&moving)]);
}

#[test]
fn rule_10_continuing_on_another_device_replaces_the_first_attempt() {
    let moving = Begin { replaces: Some(LAPTOP), ..begin(PHONE) };
    let story = begun([LAPTOP])
        .when(|e, now| e.begin(&joiner(), moving.clone(), now))
        .then([attempt_closed(LAPTOP, AttemptEnd::Moved), attempt_begun(&moving)]);
    assert_eq!(running(&story).attempts.len(), 1, "the joiner is alone at the door again");
}

#[test]
pub(crate) fn rule_10_proofing_never_moves_to_a_new_key() {
    let moving = Begin { replaces: Some(LAPTOP), ..begin(PHONE) };
    proofed().when(|e, now| e.begin(&joiner(), moving, now)).refused(BeginRefusal::CannotMove);
}

#[test]
fn rule_10_an_attempt_whose_day_is_over_hands_nothing_over() {
    let moving = Begin { replaces: Some(LAPTOP), ..begin(PHONE) };
    begun([LAPTOP])
        .at(minute(DAY))
        .when(|e, now| e.begin(&joiner(), moving, now))
        .refused(BeginRefusal::CannotMove);
}

#[test]
fn a_fresh_begin_carries_nothing_over_from_the_key_that_was_lost() {
    let story = proofed().when(|e, now| e.begin(&joiner(), begin(PHONE), now)).done();
    let attempts = running(&story).attempts;
    assert!(!attempts[0].proofings.is_empty());
    assert!(attempts[1].proofings.is_empty());
}
