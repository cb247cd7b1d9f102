//! Handover: the applicant takes the address from the voucher's screen, and then the match is made.

use firstkey_domain::{
    PersonId,
    challenge::{Purpose, Statement},
    enrollment::{
        ApprovalStatement, AttemptEnd, Checklist, CodeOutcome, Ended, Enrollment, EnrollmentEnd,
        EnrollmentEvent, HandOver, HandOverRefusal, Kind, Method, Proofing, Vouch, VouchRefusal,
        Voucher,
    },
    person::{Field, PersonEvent},
};

use crate::{
    story::Story,
    world::{
        DAY, FIRST, JOINER, LAPTOP, OFFICER, PHONE, SHOWN, SPONSOR, approval, attempt_closed,
        begin, begun, bound, by_officer, by_sponsor, hand_over, handed_over, invite, joiner,
        minute, newcomer, opened, profile, proofed, record, running, signed_by, sponsor,
        sponsors_proofing, subscriber, typing, vouch,
    },
};

/// The voucher types the code; the method of what they are to sign.
fn method(enrollment: &Enrollment, voucher: Voucher) -> Method {
    match enrollment.check_code(&typing(voucher, SHOWN), minute(0)) {
        Ok(CodeOutcome::Right(statement)) => statement.method,
        other => panic!("{other:?}"),
    }
}

fn taken(voucher: PersonId) -> EnrollmentEvent {
    EnrollmentEvent::HandedOver { attempt: LAPTOP, voucher }
}

/// What a voucher signs who claims this method for the laptop.
fn claiming(voucher: Voucher, method: Method) -> Vouch {
    let statement = approval(LAPTOP, method);
    let signed = Some(signed_by(SPONSOR, Purpose::Approval, statement.digest()));
    Vouch { voucher, statement, signed }
}

#[test]
fn rule_04_a_handover_is_the_match_by_whoever_handed_over() {
    let story = begun([LAPTOP]).when(|e, now| e.hand_over(&hand_over(LAPTOP, by_sponsor(e)), now));
    let story = story.then([taken(SPONSOR)]);
    assert!(running(&story).attempts[0].proofings.is_empty(), "by itself it counts for nothing");
    let statement = approval(LAPTOP, Method::Handover);
    let signed = signed_by(SPONSOR, Purpose::Approval, statement.digest());
    let proofing =
        Proofing { method: Method::Handover, signed: Some(signed), ..sponsors_proofing(minute(0)) };
    story
        .when(|e, now| e.vouch(vouch(e, by_sponsor(e)), now))
        .then([EnrollmentEvent::Proofed { attempt: LAPTOP, proofing }]);
}

#[test]
fn rule_04_somebody_elses_match_after_a_handover_is_a_match() {
    let enrollment = handed_over().state();
    assert_eq!(method(&enrollment, by_sponsor(&enrollment)), Method::Handover);
    assert_eq!(method(&enrollment, by_officer(&enrollment)), Method::Match);
    let proofed = handed_over().when(|e, now| e.vouch(vouch(e, by_officer(e)), now)).done();
    assert_eq!(running(&proofed).attempts[0].proofings[0].method, Method::Match);
}

#[test]
fn rule_04_nobody_claims_a_handover_that_was_none() {
    begun([LAPTOP])
        .when(|e, now| e.vouch(claiming(by_sponsor(e), Method::Handover), now))
        .refused(VouchRefusal::Moved);
    // Nor counts what was signed as a match before the applicant took the address: they type again.
    handed_over()
        .when(|e, now| e.vouch(claiming(by_sponsor(e), Method::Match), now))
        .refused(VouchRefusal::Moved);
}

#[test]
fn rule_04_who_only_matched_may_still_hand_over_and_counts_once() {
    let story = proofed()
        .when(|e, now| e.hand_over(&hand_over(LAPTOP, by_sponsor(e)), now))
        .done()
        .when(|e, now| e.vouch(vouch(e, by_sponsor(e)), now))
        .done();
    let attempt = running(&story).attempts[0].clone();
    let methods: Vec<_> = attempt.proofings.iter().map(|each| each.method).collect();
    assert_eq!(methods, [Method::Match, Method::Handover]);
    story.when(|e, now| e.vouch(vouch(e, by_sponsor(e)), now)).refused(VouchRefusal::Twice);
}

#[test]
pub(crate) fn rule_04_nothing_is_handed_over_while_two_browsers_are_at_it() {
    begun([LAPTOP, PHONE])
        .when(|e, now| e.hand_over(&hand_over(LAPTOP, by_sponsor(e)), now))
        .refused(HandOverRefusal::Contested);
}

#[test]
fn rule_04_a_second_browser_after_a_handover_stops_the_match() {
    handed_over()
        .when(|e, now| e.begin(&joiner(), begin(PHONE), now))
        .done()
        .when(|e, now| e.vouch(vouch(e, by_sponsor(e)), now))
        .refused(VouchRefusal::Contested)
        .when(|e, now| e.invite(&invite(now), now))
        .done()
        .when(|e, now| {
            e.begin(
                &joiner(),
                firstkey_domain::enrollment::Begin { generation: 2, ..begin(PHONE) },
                now,
            )
        })
        .done()
        .when(|e, _| assert_eq!(method(&on_the_phone(e), by_sponsor(e)), Method::Match));
}

/// The same, with the code shown by the phone.
fn on_the_phone(enrollment: &Enrollment) -> Enrollment {
    let mut enrollment = enrollment.clone();
    if let firstkey_domain::enrollment::Phase::Open(running) = &mut enrollment.phase {
        running.attempts[0].id = LAPTOP;
    }
    enrollment
}

#[test]
fn rule_04_a_handover_never_moves_to_a_new_key() {
    let moved = handed_over()
        .when(|e, now| {
            let replaces = Some(LAPTOP);
            let command = firstkey_domain::enrollment::Begin { replaces, ..begin(PHONE) };
            e.begin(&joiner(), command, now)
        })
        .done();
    assert_eq!(moved.state().ended[0].reason, Some(AttemptEnd::Moved));
    assert!(!running(&moved).attempts[0].was_handed_over_by(SPONSOR));
}

#[test]
pub(crate) fn rule_04_the_same_screen_twice_is_one_handover() {
    handed_over()
        .when(|e, now| e.hand_over(&hand_over(LAPTOP, by_sponsor(e)), now))
        .refused(HandOverRefusal::Already)
        .when(|e, now| e.hand_over(&hand_over(LAPTOP, by_officer(e)), now))
        .then([taken(OFFICER)]);
}

#[test]
pub(crate) fn rule_02_whoever_changed_the_address_hands_nothing_over() {
    let applicant = newcomer(JOINER, Some(SPONSOR))
        .and([PersonEvent::EnrollmentOpened { enrollment: FIRST }])
        .by(firstkey_domain::Actor::Person(SPONSOR))
        .and([PersonEvent::Changed {
            profile: profile(Some(SPONSOR)),
            changed: [Field::Address].into(),
            signed: None,
            record: record("anna"),
        }])
        .state();
    begun([LAPTOP])
        .when(|e, now| {
            let voucher = Voucher::person(&applicant, e, &sponsor(), None).expect("the sponsor");
            e.hand_over(&hand_over(LAPTOP, voucher), now)
        })
        .refused(HandOverRefusal::Barred);
}

#[test]
pub(crate) fn rule_03_nobody_hands_over_to_themselves() {
    let enrolled = subscriber(JOINER, Some(SPONSOR)).state();
    let first = begun([LAPTOP]).state();
    assert_eq!(Voucher::person(&enrolled, &first, &enrolled, None), None);
    let for_beginning = enrolled.clone();
    opened(Kind::Additional)
        .when(|e, now| e.invite(&invite(now), now))
        .done()
        .when(move |e, now| e.begin(&for_beginning, begin(LAPTOP), now))
        .done()
        .when(|e, now| {
            let oneself = Voucher::person(&enrolled, e, &enrolled, None).expect("they add a key");
            e.hand_over(&hand_over(LAPTOP, oneself), now)
        })
        .refused(HandOverRefusal::NotAMeeting)
        .when(|e, now| e.hand_over(&hand_over(LAPTOP, Voucher::host("root".into())), now))
        .refused(HandOverRefusal::NotAMeeting);
}

#[test]
pub(crate) fn an_attempt_that_ended_takes_nothing_over() {
    begun([LAPTOP])
        .and([attempt_closed(LAPTOP, AttemptEnd::WrongCodes)])
        .when(|e, now| e.hand_over(&hand_over(LAPTOP, by_sponsor(e)), now))
        .refused(HandOverRefusal::NoAttempt);
    begun([LAPTOP])
        .at(minute(DAY))
        .when(|e, now| e.hand_over(&hand_over(LAPTOP, by_sponsor(e)), now))
        .refused(HandOverRefusal::NoAttempt);
}

#[test]
pub(crate) fn nothing_is_handed_over_in_what_is_over() {
    let voucher = by_sponsor(&begun([LAPTOP]).state());
    bound()
        .when(|e, now| e.hand_over(&HandOver { attempt: LAPTOP, voucher }, now))
        .refused(HandOverRefusal::Ended(Ended(EnrollmentEnd::Bound)));
}

// Forged events

#[test]
fn a_forged_handover_does_not_fold() {
    let forged = Proofing { method: Method::Handover, ..sponsors_proofing(minute(0)) };
    begun([LAPTOP])
        .cannot_fold(EnrollmentEvent::Proofed { attempt: LAPTOP, proofing: forged.clone() });
    // Nor by whoever did not hand over themselves.
    let by_officer = Proofing { voucher: firstkey_domain::Actor::Person(OFFICER), ..forged };
    handed_over().cannot_fold(EnrollmentEvent::Proofed { attempt: LAPTOP, proofing: by_officer });
    handed_over().cannot_fold(taken(SPONSOR));
    begun([LAPTOP]).cannot_fold(EnrollmentEvent::HandedOver { attempt: PHONE, voucher: SPONSOR });
}

#[test]
fn what_nobody_was_asked_is_in_no_old_event() {
    let checklist = Checklist::ACQUAINTED;
    let proofing = Proofing { checklist, ..sponsors_proofing(minute(0)) };
    begun([LAPTOP]).cannot_fold(EnrollmentEvent::ProofedUnasked { attempt: LAPTOP, proofing });
    let story: Story<Enrollment> = begun([LAPTOP]).and([EnrollmentEvent::ProofedUnasked {
        attempt: LAPTOP,
        proofing: sponsors_proofing(minute(0)),
    }]);
    assert_eq!(running(&story).attempts[0].proofings.len(), 1);
}

#[test]
fn whether_they_knew_each_other_is_part_of_what_is_signed() {
    let unasked = approval(LAPTOP, Method::Match);
    let asked = ApprovalStatement { checklist: Checklist::ACQUAINTED, ..unasked };
    assert_ne!(asked.digest(), unasked.digest());
    // And what was signed before anybody was asked is what it was, to the letter.
    let json = serde_json::to_value(unasked).expect("json");
    assert_eq!(
        json["checklist"],
        serde_json::json!({ "started_by_me": true, "known_channel": true, "recognised": true })
    );
}
