//! The match code says which browser is in front of the voucher.

use firstkey_domain::{
    Actor,
    enrollment::{
        AttemptEnd, Checklist, CodeOutcome, Enrollment, EnrollmentEvent, Method, TryCode,
        VouchRefusal, Voucher,
    },
};

use crate::{
    story::Story,
    world::{
        LAPTOP, PHONE, SHOWN, SPONSOR, approval, attempt_closed, begin, begun, by_officer,
        by_sponsor, invited, joiner, running, typing,
    },
};

/// Types a code that must be wrong, and records it.
fn mistype(story: Story<Enrollment>, by: fn(&Enrollment) -> Voucher) -> Story<Enrollment> {
    story
        .when(|e, now| match e.check_code(&typing(by(e), "999999"), now) {
            Ok(CodeOutcome::Wrong(events)) => Ok(events),
            other => Err(other),
        })
        .done()
}

fn mismatch(story: Story<Enrollment>) -> Vec<EnrollmentEvent> {
    let mut answer = None;
    story.when(|e, now| answer = Some(e.check_code(&typing(by_sponsor(e), "999999"), now)));
    match answer.expect("asked") {
        Ok(CodeOutcome::Wrong(events)) => events,
        other => panic!("{other:?}"),
    }
}

#[test]
fn the_right_code_yields_the_statement_to_sign_and_records_nothing() {
    begun([LAPTOP]).when(|e, now| {
        let answer = e.check_code(&typing(by_sponsor(e), SHOWN), now);
        assert_eq!(answer, Ok(CodeOutcome::Right(approval(LAPTOP, Method::Match))));
    });
}

#[test]
fn a_wrong_code_is_recorded_with_who_typed_it() {
    let wrong = EnrollmentEvent::CodeMismatched { voucher: Actor::Person(SPONSOR) };
    assert_eq!(mismatch(begun([LAPTOP])), [wrong]);
}

#[test]
fn rule_08_third_wrong_code_closes_all_attempts() {
    let story = mistype(mistype(begun([LAPTOP]), by_sponsor), by_officer);
    assert_eq!(
        mismatch(story),
        [
            EnrollmentEvent::CodeMismatched { voucher: Actor::Person(SPONSOR) },
            attempt_closed(LAPTOP, AttemptEnd::WrongCodes),
        ]
    );
}

#[test]
fn rule_08_wrong_codes_count_for_the_enrollment_and_not_for_an_attempt() {
    let story = mistype(mistype(mistype(begun([LAPTOP]), by_sponsor), by_sponsor), by_sponsor);
    assert!(running(&story).attempts.is_empty());
    // The applicant begins again: there are no three new guesses until the invitation is sent again.
    let story = story.when(|e, now| e.begin(&joiner(), begin(LAPTOP), now)).done();
    let last = mismatch(story);
    assert_eq!(last[1..], [attempt_closed(LAPTOP, AttemptEnd::WrongCodes)]);
}

#[test]
fn a_thousand_wrong_codes_are_counted_without_breaking() {
    let story = (0..300).fold(invited(), |story, _| {
        let story = story.when(|e, now| e.begin(&joiner(), begin(LAPTOP), now)).done();
        let story = mistype(story, by_sponsor);
        if running(&story).attempts.is_empty() {
            story
        } else {
            story.and([attempt_closed(LAPTOP, AttemptEnd::Expired)])
        }
    });
    assert_eq!(running(&story).wrong_codes, u8::MAX);
}

#[test]
fn rule_08_another_attempts_code_is_a_wrong_code() {
    begun([LAPTOP]).when(|e, now| {
        let mut command = typing(by_sponsor(e), SHOWN);
        command.shown = vec![(PHONE, command.typed)];
        let answer = e.check_code(&command, now);
        assert!(matches!(answer, Ok(CodeOutcome::Wrong(_))), "{answer:?}");
    });
}

#[test]
fn rule_04_while_two_browsers_are_at_it_no_code_is_even_compared() {
    for typed in [SHOWN, "999999"] {
        begun([LAPTOP, PHONE]).when(|e, now| {
            let answer = e.check_code(&typing(by_sponsor(e), typed), now);
            assert_eq!(answer, Err(VouchRefusal::Contested));
        });
    }
}

#[test]
fn rule_04_an_unfinished_checklist_stops_before_the_code() {
    begun([LAPTOP]).when(|e, now| {
        let checklist = Checklist { started_by_me: false, ..Checklist::COMPLETE };
        let command = TryCode { checklist, ..typing(by_sponsor(e), SHOWN) };
        assert_eq!(e.check_code(&command, now), Err(VouchRefusal::Incomplete));
    });
}
