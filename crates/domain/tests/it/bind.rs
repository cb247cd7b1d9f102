//! Binding: the one way an authenticator comes to belong to a person.

use firstkey_domain::{
    Action, Digest, Permit,
    challenge::{Purpose, Statement},
    enrollment::{
        Bind, BindRefusal, BindingStatement, Ended, EnrollmentEnd, EnrollmentEvent, Mint, Phase,
        Winner,
    },
};

use crate::world::{
    DAY, LAPTOP, NEXT_PASS, PASS, PASSKEY, PHONE, SECOND, SPARE, begin, bind, binding_statement,
    bound, credential, credential_of, joiner, key, mint, minted, minute, permit, proofed, register,
    running, signed, verified,
};

fn winner() -> Winner {
    Winner {
        attempt: LAPTOP,
        key: key(LAPTOP),
        credential: credential_of(LAPTOP).id,
        authenticator: PASSKEY,
    }
}

/// The laptop's bind with another statement, properly signed.
fn bind_with(statement: BindingStatement, version: u64) -> Bind {
    let digest = statement.digest();
    Bind {
        signed: signed(Purpose::Binding, digest, PASSKEY, &credential_of(LAPTOP)),
        statement,
        ..bind(LAPTOP, version)
    }
}

#[test]
fn the_second_press_binds_and_closes_all_that_was_open() {
    let story = verified().when(|e, now| e.begin(&joiner(), begin(PHONE), now)).done();
    let version = story.version();
    let command = bind(LAPTOP, version);
    let story = story.at(minute(2)).when(|e, now| e.bind(command.clone(), now)).then([
        EnrollmentEvent::Bound {
            attempt: LAPTOP,
            pass: PASS,
            authenticator: PASSKEY,
            statement: command.statement,
            signed: command.signed,
            permit: command.permit,
        },
    ]);
    assert_eq!(
        story.state().phase,
        Phase::Closed { reason: EnrollmentEnd::Bound, at: minute(2), winner: Some(winner()) }
    );
}

#[test]
pub(crate) fn rule_24_what_is_bound_stays_known_so_that_a_repeated_request_gets_the_same_receipt() {
    let story = bound();
    let version = story.version();
    let story = story
        .when(|e, now| e.bind(bind(LAPTOP, version), now))
        .refused(BindRefusal::Ended(Ended(EnrollmentEnd::Bound)));
    let Phase::Closed { winner: known, .. } = story.state().phase else { panic!("open") };
    assert_eq!(known, Some(winner()));
}

#[test]
fn rule_24_a_repeated_bind_that_read_the_old_state_is_stopped_by_its_version_alone() {
    // Two copies of one request both read the version before. Each decides the same events, and the
    // store lets one of them append.
    let story = verified();
    let version = story.version();
    let decide = || story.state().bind(bind(LAPTOP, version), minute(1));
    assert_eq!(decide(), decide());
    assert_eq!(decide().map(|events| events.len()), Ok(1));
}

#[test]
pub(crate) fn an_attempt_that_ended_binds_nothing() {
    let story = verified();
    let version = story.version();
    story
        .when(|e, now| e.bind(bind(PHONE, version), now))
        .refused(BindRefusal::NoAttempt)
        .at(minute(DAY))
        .when(|e, now| e.bind(bind(LAPTOP, version), now))
        .refused(BindRefusal::NoAttempt);
}

#[test]
pub(crate) fn rule_22_nothing_is_bound_when_the_minutes_of_the_pass_are_over() {
    let story = verified();
    let version = story.version();
    story
        .clone()
        .at(minute(10))
        .when(|e, now| e.bind(bind(LAPTOP, version), now))
        .refused(BindRefusal::NoPass);
    story.at(minute(9)).when(|e, now| e.bind(bind(LAPTOP, version), now)).done();
}

#[test]
fn rule_11_the_assertion_is_retried_under_the_next_pass_without_a_new_credential() {
    let story = verified().at(minute(10));
    let version = story.version();
    let story =
        story.when(|e, now| e.mint(Mint { pass: NEXT_PASS, ..mint(LAPTOP, version) }, now)).done();
    let version = story.version();
    story.when(|e, now| e.bind(bind(LAPTOP, version), now)).done();
}

#[test]
fn nothing_is_bound_without_a_pass() {
    let story = proofed();
    let version = story.version();
    story.when(|e, now| e.bind(bind(LAPTOP, version), now)).refused(BindRefusal::NoPass);
}

#[test]
pub(crate) fn nothing_is_bound_before_something_was_registered() {
    let story = minted();
    let version = story.version();
    story.when(|e, now| e.bind(bind(LAPTOP, version), now)).refused(BindRefusal::NothingVerified);
}

#[test]
pub(crate) fn rule_17_a_permit_of_another_version_action_or_enrollment_binds_nothing() {
    let story = verified();
    let version = story.version();
    let mut elsewhere = permit(Action::Bind, version);
    elsewhere.enrollment = SECOND;
    for permit in [
        permit(Action::Bind, version - 1),
        permit(Action::Bind, version + 1),
        // Minting and binding are two actions.
        permit(Action::Mint, version),
        elsewhere,
    ] {
        story
            .clone()
            .when(|e, now| e.bind(Bind { permit, ..bind(LAPTOP, version) }, now))
            .refused(BindRefusal::NotPermitted);
    }
}

#[test]
fn rule_17_a_policy_that_moved_and_came_back_binds_nothing_with_the_pass_before() {
    let story = verified();
    let version = story.version();
    let permit = Permit { policy_revision: 3, ..permit(Action::Bind, version) };
    story
        .when(|e, now| e.bind(Bind { permit, ..bind(LAPTOP, version) }, now))
        .refused(BindRefusal::NotPermitted);
}

#[test]
fn rule_17_what_was_signed_is_what_policy_decided_on() {
    let story = verified();
    let version = story.version();
    let statement = binding_statement(LAPTOP);
    for moved in [
        BindingStatement { facts: Digest::of(b"other facts"), ..statement.clone() },
        BindingStatement { policy: Digest::of(b"other policy"), ..statement },
    ] {
        story
            .clone()
            .when(|e, now| e.bind(bind_with(moved, version), now))
            .refused(BindRefusal::NotPermitted);
    }
}

#[test]
pub(crate) fn rule_13_the_new_authenticator_signs_this_enrollment_key_and_credential() {
    let story = verified();
    let version = story.version();
    let good = || binding_statement(LAPTOP);
    let other = credential(0xee);
    for statement in [
        BindingStatement { enrollment: SECOND, ..good() },
        BindingStatement { attempt_key: key(PHONE), ..good() },
        BindingStatement { credential_id: other.id.clone(), ..good() },
        BindingStatement { public_key: other.public_key.clone(), ..good() },
        BindingStatement { proofing: Vec::new(), ..good() },
    ] {
        story
            .clone()
            .when(|e, now| e.bind(bind_with(statement, version), now))
            .refused(BindRefusal::NotSigned);
    }
}

#[test]
fn rule_13_a_sign_in_or_another_keys_signature_binds_nothing() {
    let story = verified();
    let version = story.version();
    let digest = binding_statement(LAPTOP).digest();
    let new = credential_of(LAPTOP);
    for signed in [
        signed(Purpose::SignIn, digest, PASSKEY, &new),
        signed(Purpose::Approval, digest, PASSKEY, &new),
        signed(Purpose::Binding, binding_statement(PHONE).digest(), PASSKEY, &new),
        signed(Purpose::Binding, digest, PASSKEY, &credential_of(PHONE)),
        signed(Purpose::Binding, digest, SPARE, &new),
    ] {
        story
            .clone()
            .when(|e, now| e.bind(Bind { signed, ..bind(LAPTOP, version) }, now))
            .refused(BindRefusal::NotSigned);
    }
}

#[test]
fn of_two_browsers_with_passes_one_wins_and_the_other_finds_the_door_closed() {
    let story = verified().when(|e, now| e.begin(&joiner(), begin(PHONE), now)).done();
    let version = story.version();
    let story = story
        .when(|e, now| e.mint(Mint { pass: NEXT_PASS, ..mint(PHONE, version) }, now))
        .done()
        .when(|e, now| {
            let mut command = register(PHONE);
            command.challenge.context = firstkey_domain::enrollment::RegistrationStatement {
                enrollment: e.id,
                attempt: PHONE,
                pass: NEXT_PASS,
            }
            .digest();
            e.verify_credential(command, now)
        })
        .done();
    assert_eq!(running(&story).attempts.len(), 2);
    let version = story.version();
    let story = story.when(|e, now| e.bind(bind(LAPTOP, version), now)).done();
    let version = story.version();
    story
        .when(|e, now| e.bind(bind(PHONE, version), now))
        .refused(BindRefusal::Ended(Ended(EnrollmentEnd::Bound)));
}
