//! Minting the pass.

use firstkey_domain::{
    Action, Digest, Permit,
    enrollment::{
        Ended, EnrollmentEnd, EnrollmentEvent, MAX_PASS_LIFETIME, Mint, MintRefusal, PassEnd,
    },
};
use jiff::SignedDuration;

use crate::world::{
    DAY, LAPTOP, NEXT_PASS, PASS, PHONE, SECOND, bound, mint, minted, minute, permit, proofed,
    running, verified,
};

#[test]
fn a_permit_for_this_version_mints_a_pass() {
    let story = proofed();
    let version = story.version();
    let story = story.when(|e, now| e.mint(mint(LAPTOP, version), now)).then([
        EnrollmentEvent::PassMinted {
            attempt: LAPTOP,
            pass: PASS,
            expires: minute(10),
            permit: permit(Action::Mint, version),
        },
    ]);
    let attempt = running(&story).attempts.remove(0);
    assert!(attempt.open_pass(minute(9)).is_some());
    assert!(attempt.open_pass(minute(10)).is_none());
}

#[test]
fn no_configuration_makes_a_pass_live_longer_than_its_cap() {
    let story = proofed();
    let version = story.version();
    let story = story
        .when(|e, now| e.mint(Mint { lifetime: SignedDuration::MAX, ..mint(LAPTOP, version) }, now))
        .done();
    let pass = running(&story).attempts[0].pass.expect("a pass");
    assert_eq!(pass.expires, minute(0) + MAX_PASS_LIFETIME);
}

#[test]
pub(crate) fn no_pass_is_minted_in_what_is_over() {
    bound()
        .when(|e, now| e.mint(mint(LAPTOP, 1), now))
        .refused(MintRefusal::Ended(Ended(EnrollmentEnd::Bound)));
}

#[test]
pub(crate) fn no_pass_is_minted_for_an_attempt_that_ended() {
    let story = proofed();
    let version = story.version();
    story
        .when(|e, now| e.mint(mint(PHONE, version), now))
        .refused(MintRefusal::NoAttempt)
        .at(minute(DAY))
        .when(|e, now| e.mint(mint(LAPTOP, version), now))
        .refused(MintRefusal::NoAttempt);
}

#[test]
pub(crate) fn an_attempt_holds_one_open_pass() {
    let story = minted();
    let version = story.version();
    story
        .when(|e, now| e.mint(Mint { pass: NEXT_PASS, ..mint(LAPTOP, version) }, now))
        .refused(MintRefusal::AlreadyOpen);
}

#[test]
pub(crate) fn rule_17_a_permit_of_another_version_action_or_enrollment_mints_nothing() {
    let story = proofed();
    let version = story.version();
    let good = permit(Action::Mint, version);
    let mut elsewhere = good.clone();
    elsewhere.enrollment = SECOND;
    for permit in [
        permit(Action::Mint, version - 1),
        permit(Action::Mint, version + 1),
        permit(Action::Bind, version),
        elsewhere,
    ] {
        story
            .clone()
            .when(|e, now| e.mint(Mint { permit, ..mint(LAPTOP, version) }, now))
            .refused(MintRefusal::NotPermitted);
    }
}

#[test]
fn rule_17_a_pass_of_another_policy_gives_way_to_one_of_the_policy_in_force() {
    let story = minted();
    let version = story.version();
    let moved = Permit { policy_revision: 2, ..permit(Action::Mint, version) };
    let again = Mint { pass: NEXT_PASS, permit: moved.clone(), ..mint(LAPTOP, version) };
    let story = story.when(|e, now| e.mint(again, now)).then([
        EnrollmentEvent::PassEnded { attempt: LAPTOP, pass: PASS, reason: PassEnd::Outdated },
        EnrollmentEvent::PassMinted {
            attempt: LAPTOP,
            pass: NEXT_PASS,
            expires: minute(10),
            permit: moved,
        },
    ]);
    assert_eq!(running(&story).attempts[0].pass.expect("a pass").policy_revision, 2);
}

#[test]
fn rule_22_a_pass_whose_minutes_are_over_gives_way_to_the_next_before_it_is_swept() {
    let story = minted().at(minute(10));
    let version = story.version();
    story.when(|e, now| e.mint(Mint { pass: NEXT_PASS, ..mint(LAPTOP, version) }, now)).then([
        EnrollmentEvent::PassEnded { attempt: LAPTOP, pass: PASS, reason: PassEnd::Expired },
        EnrollmentEvent::PassMinted {
            attempt: LAPTOP,
            pass: NEXT_PASS,
            expires: minute(20),
            permit: permit(Action::Mint, version),
        },
    ]);
}

#[test]
fn rule_17_a_pass_is_voided_when_policy_or_a_fact_moved() {
    let story = verified().when(|e, now| e.end_outdated_pass(LAPTOP, now)).then([
        EnrollmentEvent::PassEnded { attempt: LAPTOP, pass: PASS, reason: PassEnd::Outdated },
    ]);
    let attempt = running(&story).attempts.remove(0);
    assert!(attempt.pass.is_none());
    assert!(attempt.verified.is_some(), "what was registered waits for the next pass (rule 11)");
    story.when(|e, now| e.end_outdated_pass(LAPTOP, now)).then([]);
}

#[test]
fn a_pass_that_ended_by_itself_did_not_end_because_it_was_outdated() {
    minted().at(minute(10)).when(|e, now| e.end_outdated_pass(LAPTOP, now)).then([]);
}

#[test]
fn a_pass_lives_in_its_attempt_and_is_not_worth_anything_to_another() {
    let story = minted();
    let permit = firstkey_domain::Permit {
        facts: Digest::of(b"other facts"),
        ..permit(Action::Mint, story.version())
    };
    let version = story.version();
    story
        .when(|e, now| e.mint(Mint { permit, ..mint(PHONE, version) }, now))
        .refused(MintRefusal::NoAttempt);
}
