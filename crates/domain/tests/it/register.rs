//! The registration ceremony.

use firstkey_domain::{
    challenge::{Purpose, Statement},
    enrollment::{
        AttemptEnd, Ended, EnrollmentEnd, EnrollmentEvent, Mint, Register, RegisterRefusal,
        RegistrationStatement,
    },
};

use crate::world::{
    DAY, FIRST, LAPTOP, NEXT_PASS, PASS, PHONE, attempt_closed, begin, begun, bound, credential_of,
    joiner, mint, minted, minute, proofed, register, running, verified,
};

#[test]
fn what_was_registered_is_kept_and_bound_to_nobody() {
    let story = minted().when(|e, now| e.verify_credential(register(LAPTOP), now)).then([
        EnrollmentEvent::CredentialVerified {
            attempt: LAPTOP,
            pass: PASS,
            credential: credential_of(LAPTOP),
            challenge: register(LAPTOP).challenge,
        },
    ]);
    assert_eq!(running(&story).attempts[0].verified, Some(credential_of(LAPTOP)));
}

#[test]
pub(crate) fn rule_11_only_the_attempt_that_holds_the_pass_may_register() {
    minted()
        .when(|e, now| e.begin(&joiner(), begin(PHONE), now))
        .done()
        .when(|e, now| {
            assert_eq!(e.registering(PHONE, now), Err(RegisterRefusal::NoPass));
            assert_eq!(e.registering(LAPTOP, now).map(|pass| pass.id), Ok(PASS));
            e.verify_credential(register(PHONE), now)
        })
        .refused(RegisterRefusal::NoPass);
    proofed()
        .when(|e, now| e.verify_credential(register(LAPTOP), now))
        .refused(RegisterRefusal::NoPass);
}

#[test]
fn rule_22_a_pass_whose_minutes_are_over_registers_nothing() {
    minted()
        .at(minute(10))
        .when(|e, now| e.verify_credential(register(LAPTOP), now))
        .refused(RegisterRefusal::NoPass);
}

#[test]
pub(crate) fn rule_11_a_verified_credential_is_confirmed_and_not_made_again() {
    verified()
        .when(|e, now| e.verify_credential(register(LAPTOP), now))
        .refused(RegisterRefusal::AlreadyVerified);
}

#[test]
fn rule_11_a_verified_credential_outlives_its_pass() {
    let story = verified().at(minute(10));
    let version = story.version();
    let story =
        story.when(|e, now| e.mint(Mint { pass: NEXT_PASS, ..mint(LAPTOP, version) }, now)).done();
    assert_eq!(running(&story).attempts[0].verified, Some(credential_of(LAPTOP)));
}

#[test]
pub(crate) fn rule_13_a_registration_answers_the_challenge_of_its_own_pass() {
    let of = |purpose, attempt, pass| {
        let mut command = register(LAPTOP);
        command.challenge.purpose = purpose;
        command.challenge.context =
            RegistrationStatement { enrollment: FIRST, attempt, pass }.digest();
        command
    };
    for wrong in [
        of(Purpose::SignIn, LAPTOP, PASS),
        of(Purpose::Binding, LAPTOP, PASS),
        of(Purpose::Registration, PHONE, PASS),
        of(Purpose::Registration, LAPTOP, NEXT_PASS),
    ] {
        minted()
            .when(|e, now| e.verify_credential(wrong, now))
            .refused(RegisterRefusal::WrongChallenge);
    }
    let right: Register = of(Purpose::Registration, LAPTOP, PASS);
    minted().when(|e, now| e.verify_credential(right, now)).done();
}

#[test]
pub(crate) fn nothing_is_registered_in_what_is_over() {
    bound()
        .when(|e, now| e.verify_credential(register(LAPTOP), now))
        .refused(RegisterRefusal::Ended(Ended(EnrollmentEnd::Bound)));
}

#[test]
pub(crate) fn nothing_is_registered_by_an_attempt_that_ended() {
    begun([LAPTOP])
        .when(|e, now| e.verify_credential(register(PHONE), now))
        .refused(RegisterRefusal::NoAttempt)
        .at(minute(DAY))
        .when(|e, now| e.fail_ceremony(LAPTOP, "signature", now))
        .refused(RegisterRefusal::NoAttempt);
}

#[test]
fn rule_11_the_fifth_rejected_response_closes_the_attempt_and_until_then_the_pass_stays() {
    let failed = || EnrollmentEvent::CeremonyFailed { attempt: LAPTOP, step: "attestation".into() };
    let story = (0..4).fold(minted(), |story, _| {
        story.when(|e, now| e.fail_ceremony(LAPTOP, "attestation", now)).then([failed()])
    });
    assert!(running(&story).attempts[0].open_pass(minute(0)).is_some());
    let story = story
        .when(|e, now| e.fail_ceremony(LAPTOP, "attestation", now))
        .then([failed(), attempt_closed(LAPTOP, AttemptEnd::FailedCeremonies)]);
    assert!(running(&story).attempts.is_empty());
}
