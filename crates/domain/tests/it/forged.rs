//! Events that no decider produces do not fold, so that refolding the log shows them.

use firstkey_domain::{
    Action, Actor, Aggregate, Recorded, Role, StreamId,
    enrollment::{AttemptEnd, Enrollment, EnrollmentEnd, EnrollmentEvent as E, Kind, PassEnd},
    person::{Person, PersonEvent as P},
};
use jiff::Timestamp;

use crate::{
    story::{Story, given},
    world::{
        DAY, FIRST, JOINER, KIOSK, LAPTOP, NEXT_PASS, PASS, PASSKEY, PHONE, SECOND, SPONSOR,
        TABLET, attempt_closed, authenticator_of, begun, bind, bound, credential, credential_of,
        device, invited, joined, key, minted, minute, newcomer, opened, permit, profile, proofed,
        record, register, sponsors_proofing, subscriber, verified,
    },
};

fn opened_event() -> E {
    opened_by(Kind::First)
}

fn opened_by(kind: Kind) -> E {
    E::Opened {
        person: JOINER,
        enrollment: kind,
        expires: minute(DAY),
        reason: firstkey_domain::Private::erased(),
    }
}

fn attempt_begun(attempt: firstkey_domain::AttemptId) -> E {
    E::AttemptBegun { attempt, key: key(attempt), device: device() }
}

fn pass_minted(minutes: i64) -> E {
    E::PassMinted {
        attempt: LAPTOP,
        pass: NEXT_PASS,
        expires: minute(minutes),
        permit: permit(Action::Mint, 1),
    }
}

fn credential_verified(pass: firstkey_domain::PassId) -> E {
    E::CredentialVerified {
        attempt: LAPTOP,
        pass,
        credential: credential_of(LAPTOP),
        challenge: register(LAPTOP).challenge,
    }
}

fn bound_event(pass: firstkey_domain::PassId) -> E {
    let command = bind(LAPTOP, 1);
    E::Bound {
        attempt: LAPTOP,
        pass,
        authenticator: PASSKEY,
        statement: command.statement,
        signed: command.signed,
        permit: command.permit,
    }
}

fn proofed_event(attempt: firstkey_domain::AttemptId) -> E {
    E::Proofed { attempt, proofing: sponsors_proofing(minute(0)) }
}

fn invited_event(generation: u32) -> E {
    E::Invited { generation, from: minute(0), expires: minute(DAY), secret: None }
}

fn nothing() -> Story<Enrollment> {
    given(FIRST, [])
}

#[test]
fn a_stream_begins_with_its_opening_and_has_one() {
    nothing().cannot_fold(invited_event(1));
    invited().cannot_fold(opened_event());
    let elsewhere: Story<Enrollment> = given(StreamId::POLICY, []);
    elsewhere.cannot_fold(opened_event());
}

#[test]
fn an_event_of_another_stream_is_not_this_ones() {
    let foreign = Recorded {
        stream: SECOND.into(),
        version: 3,
        at: minute(1),
        by: Actor::Clock,
        event: E::Closed { reason: EnrollmentEnd::Withdrawn },
    };
    let folded = Enrollment::evolve(Some(invited().state()), &foreign);
    assert_eq!(folded, Err(foreign.unfoldable()));
    let foreign = Recorded {
        stream: SPONSOR.into(),
        version: 2,
        at: minute(1),
        by: Actor::Clock,
        event: P::Left,
    };
    let folded = Person::evolve(Some(newcomer(JOINER, None).state()), &foreign);
    assert_eq!(folded, Err(foreign.unfoldable()));
}

#[test]
fn nothing_follows_what_is_bound() {
    bound().cannot_fold(attempt_begun(PHONE));
    bound().cannot_fold(bound_event(PASS));
}

#[test]
fn locators_count_up_and_come_after_every_attempt_was_closed() {
    invited().cannot_fold(invited_event(1));
    invited().cannot_fold(invited_event(3));
    begun([LAPTOP]).cannot_fold(invited_event(2));
}

#[test]
fn nobody_begins_uninvited_too_early_too_late_twice_or_fourth() {
    opened(Kind::First).cannot_fold(attempt_begun(LAPTOP));
    let later = E::Invited { generation: 2, from: minute(9), expires: minute(DAY), secret: None };
    invited().and([later]).cannot_fold(attempt_begun(LAPTOP));
    invited().at(minute(14 * DAY)).cannot_fold(attempt_begun(LAPTOP));
    begun([LAPTOP]).cannot_fold(attempt_begun(LAPTOP));
    let same_key = E::AttemptBegun { attempt: PHONE, key: key(LAPTOP), device: device() };
    begun([LAPTOP]).cannot_fold(same_key);
    begun([LAPTOP, PHONE, TABLET]).cannot_fold(attempt_begun(KIOSK));
}

#[test]
fn what_is_not_there_does_not_end() {
    begun([LAPTOP]).cannot_fold(attempt_closed(PHONE, AttemptEnd::Expired));
    let ended = E::PassEnded { attempt: LAPTOP, pass: NEXT_PASS, reason: PassEnd::Expired };
    minted().cannot_fold(ended.clone());
    proofed().cannot_fold(ended);
    let failed = E::CeremonyFailed { attempt: PHONE, step: "signature".into() };
    begun([LAPTOP]).cannot_fold(failed);
}

#[test]
fn voiding_and_refusing_come_after_every_attempt_was_closed() {
    proofed().cannot_fold(E::Voided { changed_by: None });
    proofed().cannot_fold(E::Refused { voucher: Actor::Person(SPONSOR) });
}

#[test]
fn proofing_is_of_an_open_attempt_and_once_by_each_voucher() {
    begun([LAPTOP]).cannot_fold(proofed_event(PHONE));
    begun([LAPTOP]).at(minute(DAY)).cannot_fold(proofed_event(LAPTOP));
    proofed().cannot_fold(proofed_event(LAPTOP));
}

#[test]
fn a_pass_is_one_at_a_time_and_short() {
    minted().cannot_fold(pass_minted(10));
    proofed().cannot_fold(pass_minted(11));
    proofed().at(minute(DAY)).cannot_fold(pass_minted(DAY + 10));
    proofed().and([pass_minted(10)]);
}

#[test]
fn a_credential_is_verified_under_the_open_pass_and_once() {
    proofed().cannot_fold(credential_verified(PASS));
    minted().cannot_fold(credential_verified(NEXT_PASS));
    minted().at(minute(10)).cannot_fold(credential_verified(PASS));
    verified().cannot_fold(credential_verified(PASS));
}

#[test]
fn nothing_binds_without_a_verified_credential_under_the_open_pass() {
    minted().cannot_fold(bound_event(PASS));
    verified().cannot_fold(bound_event(NEXT_PASS));
    verified().at(minute(10)).cannot_fold(bound_event(PASS));
    verified().cannot_fold(E::Closed { reason: EnrollmentEnd::Bound });
}

#[test]
fn a_person_begins_by_joining_and_joins_once() {
    let nobody: Story<Person> = given(JOINER, []);
    nobody.cannot_fold(P::Left);
    let elsewhere: Story<Person> = given(FIRST, []);
    elsewhere.cannot_fold(joined(None));
    newcomer(JOINER, None).cannot_fold(joined(None));
}

#[test]
fn nothing_that_gives_a_way_in_follows_leaving() {
    let left = || subscriber(JOINER, None).and([P::Left]);
    left().cannot_fold(P::Left);
    left().cannot_fold(P::RoleGranted { role: Role::Officer, signed: None });
    left().cannot_fold(P::Changed {
        profile: profile(None),
        changed: [].into(),
        signed: None,
        record: record("ana"),
    });
    left().cannot_fold(P::AuthenticatorBound {
        authenticator: PASSKEY,
        credential: credential(1),
        enrollment: FIRST,
    });
}

#[test]
fn an_authenticator_is_bound_once_and_must_be_theirs() {
    let bound = |authenticator, number| P::AuthenticatorBound {
        authenticator,
        credential: credential(number),
        enrollment: FIRST,
    };
    let ana = || newcomer(JOINER, None).and([bound(PASSKEY, 1)]);
    ana().cannot_fold(bound(PASSKEY, 2));
    ana().cannot_fold(bound(authenticator_of(JOINER), 1));
    let other = authenticator_of(SPONSOR);
    ana().cannot_fold(P::AuthenticatorSuspended { authenticator: other });
    ana().cannot_fold(P::AuthenticatorNamed {
        authenticator: other,
        name: firstkey_domain::Private::erased(),
    });
    ana().cannot_fold(P::AuthenticatorRemoved {
        authenticator: other,
        signed: bind(LAPTOP, 1).signed,
    });
}

#[test]
fn altered_times_at_the_end_of_the_calendar_break_nothing() {
    let story = opened(Kind::First)
        .and([E::Invited { generation: 1, from: minute(0), expires: Timestamp::MAX, secret: None }])
        .at(Timestamp::MAX - jiff::SignedDuration::from_secs(1))
        .and([attempt_begun(LAPTOP), pass_minted_at_the_end()]);
    assert_eq!(story.state().next_deadline(), Some(Timestamp::MAX));
}

fn pass_minted_at_the_end() -> E {
    E::PassMinted {
        attempt: LAPTOP,
        pass: PASS,
        expires: Timestamp::MAX,
        permit: permit(Action::Mint, 1),
    }
}
