//! Machine keys: registered with a press, for something, until some day.

use firstkey_domain::{
    Actor, KeyThumbprint,
    challenge::{Purpose, Statement},
    machine_key::{
        EndRefusal, EndStatement, Grant, LONGEST_LIFE, MachineKey, MachineKeyEvent,
        RegisterRefusal, Scope,
    },
    person::{Change, Field, Person, PersonEvent, RoleRefusal},
};
use jiff::Timestamp;

use crate::{
    story::{Story, given},
    world::{
        ADMIN, DAY, FIRST, JOINER, OFFICER, minute, newcomer, profile, record, signed_by,
        subscriber,
    },
};

fn key() -> KeyThumbprint {
    KeyThumbprint::from_bytes([9; 32])
}

fn grant() -> Grant {
    let name = "HR feed".to_owned();
    Grant {
        key: key(),
        owner: ADMIN,
        name,
        scopes: [Scope::Joiners].into(),
        ends: minute(90 * DAY),
    }
}

fn register(grant: Grant, now: Timestamp) -> Result<Vec<MachineKeyEvent>, RegisterRefusal> {
    let signed = signed_by(ADMIN, Purpose::Act, grant.digest());
    MachineKey::register(None, grant, &Actor::Person(ADMIN), signed, now)
}

fn registered() -> Story<MachineKey> {
    given(MachineKey::stream(key()), [])
        .by(Actor::Person(ADMIN))
        .and(register(grant(), minute(0)).expect("it is registered"))
}

#[test]
fn rule_07_a_machine_key_has_an_owner_a_scope_and_an_end() {
    let state = registered().state();
    assert_eq!(state.grant, grant());
    assert!(state.is_good_at(minute(90 * DAY - 1)));
    assert!(!state.is_good_at(minute(90 * DAY)));
    assert_eq!(state.actor(), Actor::Machine { key: key(), owner: ADMIN });

    let now = minute(0);
    let nothing = Grant { scopes: [].into(), ..grant() };
    assert_eq!(register(nothing, now), Err(RegisterRefusal::NoScope));
    for ends in [now, now + LONGEST_LIFE + jiff::SignedDuration::from_secs(1)] {
        assert_eq!(register(Grant { ends, ..grant() }, now), Err(RegisterRefusal::End));
    }
    assert!(register(Grant { ends: now + LONGEST_LIFE, ..grant() }, now).is_ok());
    for name in ["", " HR", "HR\n", "Ana\u{202e}", &"x".repeat(61)] {
        let named = Grant { name: name.into(), ..grant() };
        assert_eq!(register(named, now), Err(RegisterRefusal::Name), "{name:?}");
    }
}

#[test]
fn rule_01_a_machine_key_is_registered_by_a_press_of_its_owner_over_that_very_key() {
    let signed = signed_by(ADMIN, Purpose::Act, grant().digest());
    let other = Grant { scopes: Scope::ALL.into(), ..grant() };
    let attempts = [
        // Another grant than the one that was shown, another owner, the host, and another purpose.
        MachineKey::register(None, other, &Actor::Person(ADMIN), signed.clone(), minute(0)),
        MachineKey::register(None, grant(), &Actor::Person(OFFICER), signed.clone(), minute(0)),
        MachineKey::register(None, grant(), &Actor::Host("root".into()), signed, minute(0)),
        MachineKey::register(
            None,
            grant(),
            &Actor::Person(ADMIN),
            signed_by(ADMIN, Purpose::SignIn, grant().digest()),
            minute(0),
        ),
    ];
    for attempt in attempts {
        assert_eq!(attempt, Err(RegisterRefusal::NeedsSignature));
    }
}

#[test]
fn rule_01_a_machine_key_is_ended_by_a_press_and_never_comes_back() {
    let end = EndStatement { key: key() }.digest();
    let signed = signed_by(OFFICER, Purpose::Act, end);
    let by = Actor::Person(OFFICER);
    let elsewhere = EndStatement { key: KeyThumbprint::from_bytes([8; 32]) }.digest();
    registered()
        .when(|key, _| key.end(&by, signed_by(OFFICER, Purpose::Act, elsewhere)))
        .refused(EndRefusal::NeedsSignature)
        .when(|key, _| key.end(&Actor::Host("root".into()), signed.clone()))
        .refused(EndRefusal::NeedsSignature);
    let ended =
        registered().by(by.clone()).and([MachineKeyEvent::Ended { signed: signed.clone() }]);
    assert!(!ended.state().is_good_at(minute(1)));
    ended
        .clone()
        .when(|key, _| key.end(&by, signed.clone()))
        .then([])
        .when(|key, now| {
            let signed = signed_by(ADMIN, Purpose::Act, grant().digest());
            MachineKey::register(Some(key), grant(), &Actor::Person(ADMIN), signed, now)
        })
        .refused(RegisterRefusal::Known);
    ended.cannot_fold(MachineKeyEvent::Ended { signed });
}

#[test]
fn events_of_a_machine_key_fold_in_its_own_stream_only() {
    let event = register(grant(), minute(0)).expect("it is registered").remove(0);
    let elsewhere = MachineKey::stream(KeyThumbprint::from_bytes([8; 32]));
    given::<MachineKey>(elsewhere, []).by(Actor::Person(ADMIN)).cannot_fold(event.clone());
    given::<MachineKey>(MachineKey::stream(key()), []).cannot_fold(event.clone());
    registered().cannot_fold(event);
}

#[test]
fn rule_02_whoever_owns_the_key_that_brought_or_changed_somebody_may_not_vouch() {
    let machine = registered().state().actor();
    let brought = given::<Person>(JOINER, [])
        .by(machine.clone())
        .and([PersonEvent::Joined {
            profile: profile(None),
            signed: None,
            record: record("ana"),
            blind: firstkey_domain::Private::erased(),
        }])
        .state();
    assert_eq!(brought.barred, [ADMIN].into());

    let change = || Change {
        profile: profile(Some(OFFICER)),
        record: record("ana"),
        personal: [Field::Address].into(),
    };
    let opened = newcomer(JOINER, None)
        .and([PersonEvent::EnrollmentOpened { enrollment: FIRST }])
        .by(machine.clone());
    let events = opened.state().change(change(), &machine).expect("a feed signs nothing");
    assert_eq!(opened.and(events).state().barred, [ADMIN].into());
}

#[test]
fn rule_01_machine_keys_never_set_roles() {
    let machine = registered().state().actor();
    for held in [true, false] {
        subscriber(JOINER, None)
            .when(|person, _| person.set_role(firstkey_domain::Role::Officer, held, &machine, None))
            .refused(RoleRefusal::Feed);
    }
}

#[test]
fn rule_21_a_restore_ends_a_machine_key_for_good() {
    let host = Actor::Host("root".into());
    let ended = registered().by(host).and([MachineKeyEvent::EndedByRestore {}]);
    assert!(!ended.state().is_good_at(minute(1)));
    ended.clone().when(|key, _| Ok::<_, EndRefusal>(key.end_restored())).then([]);
    ended.cannot_fold(MachineKeyEvent::EndedByRestore {});
    // Only the host restores.
    registered().by(Actor::Person(OFFICER)).cannot_fold(MachineKeyEvent::EndedByRestore {});
}
