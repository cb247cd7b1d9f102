//! A passkey that was made and that policy takes no longer.

use firstkey_domain::{
    Action, Digest,
    challenge::Statement,
    enrollment::{
        BindRefusal, DropCredential, EnrollmentEvent, Mint, PassEnd, Register, RegisterRefusal,
        RegistrationStatement,
    },
};

use crate::world::{
    FIRST, LAPTOP, NEXT_PASS, PASS, PHONE, bind, bound, credential, credential_of, mint, minted,
    minute, permit, register, running, verified,
};

fn refused_under(policy_revision: u64) -> DropCredential {
    DropCredential {
        attempt: LAPTOP,
        policy_revision,
        policy: Digest::of(b"policy"),
        rules: vec!["revoked-models-are-refused".into()],
    }
}

fn dropped() -> EnrollmentEvent {
    EnrollmentEvent::CredentialDropped {
        attempt: LAPTOP,
        credential: credential_of(LAPTOP).id,
        policy: Digest::of(b"policy"),
        rules: vec!["revoked-models-are-refused".into()],
    }
}

#[test]
fn rule_17_a_refused_passkey_is_dropped_and_another_one_made_with_the_same_pass() {
    let story =
        verified().when(|e, now| e.drop_credential(refused_under(1), now)).then([dropped()]);
    let attempt = running(&story).attempts.remove(0);
    assert_eq!(attempt.verified, None);
    assert_eq!(attempt.failed_ceremonies, 0, "whoever made it did nothing wrong");
    assert_eq!(attempt.pass.map(|pass| pass.id), Some(PASS));
    assert_eq!(attempt.proofings.len(), 1, "nobody has to meet them again");

    let version = story.version();
    let story = story
        .when(|e, now| e.bind(bind(LAPTOP, version), now))
        .refused(BindRefusal::NothingVerified);
    let other = Register { credential: credential(0x77), ..register(LAPTOP) };
    let story = story.when(|e, now| e.verify_credential(other, now)).done();
    assert_eq!(running(&story).attempts[0].verified, Some(credential(0x77)));
}

#[test]
fn rule_17_under_another_policy_the_pass_ends_with_the_passkey() {
    let story = verified().when(|e, now| e.drop_credential(refused_under(2), now)).then([
        dropped(),
        EnrollmentEvent::PassEnded { attempt: LAPTOP, pass: PASS, reason: PassEnd::Outdated },
    ]);
    let version = story.version();
    let story = story
        .when(|e, now| e.verify_credential(register(LAPTOP), now))
        .refused(RegisterRefusal::NoPass);
    let mint = Mint {
        pass: NEXT_PASS,
        permit: firstkey_domain::Permit { policy_revision: 2, ..permit(Action::Mint, version) },
        ..mint(LAPTOP, version)
    };
    let mut again = Register { credential: credential(0x77), ..register(LAPTOP) };
    let statement = RegistrationStatement { enrollment: FIRST, attempt: LAPTOP, pass: NEXT_PASS };
    again.challenge.context = statement.digest();
    story
        .when(|e, now| e.mint(mint, now))
        .done()
        .when(|e, now| e.verify_credential(again, now))
        .done();
}

#[test]
fn a_pass_that_ended_by_itself_is_left_to_the_sweeper() {
    let story = verified().at(minute(10));
    story.when(|e, now| e.drop_credential(refused_under(2), now)).then([dropped()]);
}

#[test]
fn there_is_nothing_to_drop_where_nothing_waits() {
    let command = || refused_under(1);
    minted().when(|e, now| e.drop_credential(command(), now)).refused(BindRefusal::NothingVerified);
    verified()
        .when(|e, now| e.drop_credential(DropCredential { attempt: PHONE, ..command() }, now))
        .refused(BindRefusal::NoAttempt);
    bound().when(|e, now| assert!(e.drop_credential(command(), now).is_err()));
}

#[test]
fn what_was_dropped_is_what_waited() {
    minted().cannot_fold(dropped());
    let other = EnrollmentEvent::CredentialDropped {
        attempt: LAPTOP,
        credential: credential(0x77).id,
        policy: Digest::of(b"policy"),
        rules: Vec::new(),
    };
    verified().cannot_fold(other);
}
