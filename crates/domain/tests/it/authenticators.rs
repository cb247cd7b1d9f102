//! A person's authenticators.

use firstkey_domain::{
    AuthenticatorId, PersonId, Private,
    challenge::{Purpose, Signed, Statement},
    person::{
        AuthenticatorRefusal, AuthenticatorStanding, Person, PersonEvent, Removal,
        RemovalStatement, StopStatement,
    },
};

use crate::{
    story::Story,
    world::{
        FIRST, JOINER, PASSKEY, SECOND, SPARE, SPONSOR, authenticator_of, credential, minute,
        newcomer, signed, subscriber,
    },
};

/// Ana, with a passkey and a spare.
fn ana() -> Story<Person> {
    newcomer(JOINER, Some(SPONSOR))
        .when(|p, _| p.bind(PASSKEY, credential(1), FIRST))
        .done()
        .when(|p, _| p.bind(SPARE, credential(2), SECOND))
        .done()
}

fn removal(of: AuthenticatorId, by: AuthenticatorId) -> Removal {
    let statement = RemovalStatement { person: JOINER, authenticator: of };
    Removal { authenticator: of, signed: press(by, Purpose::Act, statement) }
}

fn press(by: AuthenticatorId, purpose: Purpose, statement: RemovalStatement) -> Signed {
    signed(purpose, statement.digest(), by, &credential(1))
}

fn suspended(story: Story<Person>, authenticator: AuthenticatorId) -> Story<Person> {
    story.when(|p, _| p.suspend_authenticator(authenticator)).done()
}

#[test]
fn a_bound_authenticator_remembers_its_enrollment_and_makes_a_subscriber() {
    let story = newcomer(JOINER, Some(SPONSOR)).at(minute(4));
    assert!(!story.state().is_enrolled());
    let story = story.when(|p, _| p.bind(PASSKEY, credential(1), FIRST)).then([
        PersonEvent::AuthenticatorBound {
            authenticator: PASSKEY,
            credential: credential(1),
            enrollment: FIRST,
        },
    ]);
    let person = story.state();
    assert!(person.is_enrolled());
    let bound = person.usable_authenticator(PASSKEY).expect("usable");
    assert_eq!((bound.enrollment, bound.bound), (FIRST, minute(4)));
}

#[test]
pub(crate) fn one_credential_is_one_authenticator() {
    ana()
        .when(|p, _| p.bind(authenticator_of(JOINER), credential(1), SECOND))
        .refused(AuthenticatorRefusal::AlreadyBound);
}

#[test]
pub(crate) fn nothing_is_bound_to_somebody_who_left() {
    newcomer(JOINER, None)
        .and([PersonEvent::Left])
        .when(|p, _| p.bind(PASSKEY, credential(1), FIRST))
        .refused(AuthenticatorRefusal::Left);
}

#[test]
fn nothing_of_somebody_who_left_is_usable() {
    let person = ana().and([PersonEvent::Left]).state();
    assert!(person.usable_authenticator(PASSKEY).is_none());
    ana()
        .and([PersonEvent::Left])
        .when(|p, _| p.remove_authenticator(removal(SPARE, PASSKEY)))
        .refused(AuthenticatorRefusal::Left);
}

#[test]
fn naming_says_it_once() {
    let name = || Private::held("work laptop".to_owned());
    ana()
        .when(|p, _| p.name_authenticator(PASSKEY, name()))
        .then([PersonEvent::AuthenticatorNamed { authenticator: PASSKEY, name: name() }])
        .when(|p, _| p.name_authenticator(PASSKEY, name()))
        .then([]);
}

#[test]
pub(crate) fn what_is_not_theirs_cannot_be_named_suspended_or_removed() {
    let other = authenticator_of(SPONSOR);
    let unknown = AuthenticatorRefusal::Unknown;
    ana().when(|p, _| p.name_authenticator(other, Private::erased())).refused(unknown);
    ana().when(|p, _| p.suspend_authenticator(other)).refused(unknown);
    ana().when(|p, _| p.remove_authenticator(removal(other, PASSKEY))).refused(unknown);
}

#[test]
fn rule_15_a_stop_is_signed_for_this_authenticator() {
    let over = |person, authenticator| {
        let statement = StopStatement { person, authenticator };
        signed(Purpose::Act, statement.digest(), authenticator_of(SPONSOR), &credential(3))
    };
    let refused = AuthenticatorRefusal::NeedsSignature;
    for (person, authenticator) in [(JOINER, SPARE), (SPONSOR, PASSKEY)] {
        let other = over(person, authenticator);
        ana().when(|p, _| p.stop_authenticator(PASSKEY, other.clone())).refused(refused);
    }
    let right = over(JOINER, PASSKEY);
    let stopped =
        PersonEvent::AuthenticatorStopped { authenticator: PASSKEY, signed: right.clone() };
    let story = ana()
        .when(|p, _| p.stop_authenticator(PASSKEY, right.clone()))
        .then([stopped])
        .when(|p, _| p.stop_authenticator(PASSKEY, right.clone()))
        .then([]);
    assert!(story.state().usable_authenticator(PASSKEY).is_none());
    assert!(story.state().usable_authenticator(SPARE).is_some());
}

#[test]
fn rule_15_a_suspended_authenticator_is_not_usable() {
    let story = ana()
        .when(|p, _| p.suspend_authenticator(PASSKEY))
        .then([PersonEvent::AuthenticatorSuspended { authenticator: PASSKEY }])
        .when(|p, _| p.suspend_authenticator(PASSKEY))
        .then([]);
    let person = story.state();
    assert_eq!(person.authenticators[0].standing, AuthenticatorStanding::Suspended);
    assert!(person.usable_authenticator(PASSKEY).is_none());
    assert!(person.usable_authenticator(SPARE).is_some());
}

#[test]
fn rule_12_removing_is_signed_by_another_or_by_the_one_that_goes() {
    for by in [PASSKEY, SPARE] {
        let command = removal(SPARE, by);
        let story = ana().when(|p, _| p.remove_authenticator(command.clone())).then([
            PersonEvent::AuthenticatorRemoved { authenticator: SPARE, signed: command.signed },
        ]);
        assert_eq!(story.state().authenticators.len(), 1);
    }
}

#[test]
pub(crate) fn rule_12_the_last_authenticator_is_never_removed() {
    subscriber(JOINER, None)
        .when(|p, _| {
            let last = authenticator_of(JOINER);
            p.remove_authenticator(removal(last, last))
        })
        .refused(AuthenticatorRefusal::Last);
    // A suspended one does not count as another.
    suspended(ana(), PASSKEY)
        .when(|p, _| p.remove_authenticator(removal(SPARE, SPARE)))
        .refused(AuthenticatorRefusal::Last);
}

#[test]
pub(crate) fn rule_12_removing_needs_a_fresh_signature_over_this_removal() {
    let statement = RemovalStatement { person: JOINER, authenticator: SPARE };
    let of = |person: PersonId, authenticator| RemovalStatement { person, authenticator };
    for signed in [
        press(PASSKEY, Purpose::SignIn, statement),
        press(PASSKEY, Purpose::Act, of(JOINER, PASSKEY)),
        press(PASSKEY, Purpose::Act, of(SPONSOR, SPARE)),
        press(authenticator_of(SPONSOR), Purpose::Act, statement),
    ] {
        ana()
            .when(|p, _| p.remove_authenticator(Removal { authenticator: SPARE, signed }))
            .refused(AuthenticatorRefusal::NeedsSignature);
    }
    suspended(ana(), SPARE)
        .when(|p, _| p.remove_authenticator(removal(SPARE, SPARE)))
        .refused(AuthenticatorRefusal::NeedsSignature);
}
