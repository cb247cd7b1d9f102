//! Erasing what is known of somebody who left.

use firstkey_domain::{
    Actor, Digest, Private,
    person::{
        AuthenticatorRefusal, Erase, EraseRefusal, ErasedPart, Person, PersonEvent, Standing,
        Tombstones,
    },
};

use crate::{
    story::Story,
    world::{
        FIRST, JOINER, OFFICER, PASSKEY, SPONSOR, credential, minute, newcomer, profile, record,
    },
};

const TOMBSTONES: Tombstones =
    Tombstones { user_name: Digest::from_bytes([1; 32]), external_id: Digest::from_bytes([2; 32]) };

fn host() -> Actor {
    Actor::Host("root".into())
}

fn erase() -> Erase {
    Erase {
        reason: "request 4711".into(),
        parts: vec![ErasedPart { stream: JOINER.into(), versions: vec![1, 3] }],
        tombstones: TOMBSTONES,
    }
}

/// Ana, with a passkey that has a name.
fn ana() -> Story<Person> {
    newcomer(JOINER, Some(SPONSOR))
        .when(|p, _| p.bind(PASSKEY, credential(1), FIRST))
        .done()
        .when(|p, _| p.name_authenticator(PASSKEY, Private::held("Ana's phone".into())))
        .done()
}

fn gone() -> Story<Person> {
    ana().and([PersonEvent::Left])
}

fn erased() -> Story<Person> {
    gone().at(minute(9)).when(|p, _| p.erase(erase(), &host())).done()
}

#[test]
fn rule_18_erasure_leaves_nothing_personal_in_the_state() {
    let Erase { reason, parts, tombstones } = erase();
    let story = gone()
        .at(minute(9))
        .when(|p, _| p.erase(erase(), &host()))
        .then([PersonEvent::Erased { reason, parts, tombstones }]);
    let person = story.state();
    assert!(person.is_erased() && !person.is_active());
    assert_eq!(person.standing, Standing::Erased { at: minute(9), tombstones: TOMBSTONES });
    assert!(person.record.is_erased());
    assert!(person.authenticators.iter().all(|each| each.name.is_erased()));
    let json = serde_json::to_string(&person).unwrap();
    for known in ["ana", "Ana"] {
        assert!(!json.contains(known), "{json}");
    }
}

#[test]
fn rule_18_only_somebody_who_left_is_erased() {
    ana().when(|p, _| p.erase(erase(), &host())).refused(EraseRefusal::NotLeft);
    let Erase { reason, parts, tombstones } = erase();
    ana().cannot_fold(PersonEvent::Erased { reason, parts, tombstones });
}

#[test]
fn rule_18_nobody_is_erased_twice() {
    erased().when(|p, _| p.erase(erase(), &host())).refused(EraseRefusal::AlreadyErased);
    let Erase { reason, parts, tombstones } = erase();
    erased().cannot_fold(PersonEvent::Erased { reason, parts, tombstones });
}

#[test]
fn rule_18_an_erasure_says_why() {
    let silent = Erase { reason: " ".into(), ..erase() };
    gone().when(|p, _| p.erase(silent, &host())).refused(EraseRefusal::NoReason);
}

#[test]
fn rule_01_only_the_host_erases() {
    for by in [Actor::Person(OFFICER), Actor::Source("hr".into()), Actor::Clock] {
        gone().when(|p, _| p.erase(erase(), &by)).refused(EraseRefusal::NotTheHost);
    }
}

#[test]
fn rule_18_nothing_brings_personal_data_back() {
    let name = || Private::held("Ana's phone".into());
    erased().when(|p, _| p.name_authenticator(PASSKEY, name())).refused(AuthenticatorRefusal::Left);
    erased().cannot_fold(PersonEvent::AuthenticatorNamed { authenticator: PASSKEY, name: name() });
    erased().cannot_fold(PersonEvent::Changed {
        profile: profile(Some(SPONSOR)),
        changed: [firstkey_domain::person::Field::Name].into(),
        signed: None,
        record: record("ana"),
    });
    erased().cannot_fold(PersonEvent::Left);
}
