//! Somebody is to join: told by a feed, or added by an operator who signs for it.

use firstkey_domain::{
    Actor, Digest, PersonId, Private,
    challenge::{Purpose, Statement},
    enrollment::{Kind, Voucher},
    person::{
        ChangeRefusal, Join, JoinStatement, Person, PersonEvent, Record, RecordSignature,
        SignedRecord,
    },
};

use crate::{
    story::given,
    world::{
        FIRST, JOINER, OFFICER, SPONSOR, credential, joined, newcomer, officer, opened, profile,
        record, signed_by, sponsor,
    },
};

const BLIND: Digest = Digest::from_bytes([7; 32]);

fn typed() -> Record {
    record("ana").expose().expect("held").clone()
}

fn told() -> Join {
    let profile = profile(Some(SPONSOR));
    Join { person: JOINER, profile, record: record("ana"), signed: None }
}

/// What the officer signs for somebody whose sponsor they name.
fn signed(sponsor: PersonId) -> Join {
    let profile = profile(Some(sponsor));
    let described = typed().described(&BLIND);
    let statement = JoinStatement { person: JOINER, profile: &profile, record: described };
    let signed = signed_by(OFFICER, Purpose::Act, statement.digest());
    let signature = RecordSignature { signed, described };
    Join { profile, signed: Some(SignedRecord { signature, blind: BLIND }), ..told() }
}

fn by_officer() -> Actor {
    Actor::Person(OFFICER)
}

#[test]
fn joining_records_what_hr_said() {
    let events = Person::join(told(), &Actor::Source("hr".into())).expect("a feed");
    assert_eq!(events, [joined(Some(SPONSOR))]);
    assert_eq!(given::<Person>(JOINER, events).state(), newcomer(JOINER, Some(SPONSOR)).state());
}

#[test]
fn rule_01_adding_somebody_in_the_console_is_signed() {
    let refused = Err(ChangeRefusal::NeedsSignature);
    assert_eq!(Person::join(told(), &by_officer()), refused);
    let events = Person::join(signed(SPONSOR), &by_officer()).expect("signed");
    let [PersonEvent::Joined { signed: Some(_), blind, .. }] = events.as_slice() else {
        panic!("{events:?}")
    };
    assert_eq!(*blind, Private::held(BLIND));

    // The signature is over this sponsor, this record and this person.
    let mut other_sponsor = signed(SPONSOR);
    other_sponsor.profile.sponsor = Some(OFFICER);
    assert_eq!(Person::join(other_sponsor, &by_officer()), refused);
    let mut other_address = signed(SPONSOR);
    let elsewhere = Record { personal_email: "elsewhere@example.org".into(), ..typed() };
    other_address.signed.as_mut().expect("signed").signature.described =
        elsewhere.described(&BLIND);
    assert_eq!(Person::join(other_address, &by_officer()), refused);
    let other_person = Join { person: SPONSOR, ..signed(OFFICER) };
    assert_eq!(Person::join(other_person, &by_officer()), refused);
    let mut sign_in = signed(SPONSOR);
    sign_in.signed.as_mut().expect("signed").signature.signed.challenge.purpose = Purpose::SignIn;
    assert_eq!(Person::join(sign_in, &by_officer()), refused);
}

#[test]
fn what_is_signed_tells_nobody_whether_they_guessed_the_record() {
    let other_blind = Digest::from_bytes([8; 32]);
    assert_ne!(typed().described(&BLIND), typed().described(&other_blind));
    let renamed = Record { user_name: "another".into(), ..typed() };
    assert_eq!(typed().described(&BLIND), renamed.described(&BLIND), "the name is ours to plan");
}

#[test]
fn nobody_is_their_own_sponsor_from_the_start() {
    let own = Join { profile: profile(Some(JOINER)), ..told() };
    let refused = Person::join(own, &Actor::Host("root".into()));
    assert_eq!(refused, Err(ChangeRefusal::OwnSponsor));
}

#[test]
fn rule_02_whoever_adds_a_person_may_not_vouch_for_them() {
    let enrollment = opened(Kind::First).state();
    let is_barred = |applicant: &Person, voucher: &Person| {
        Voucher::person(applicant, &enrollment, voucher, None).expect("related").is_barred()
    };
    let events = Person::join(signed(SPONSOR), &by_officer()).expect("signed");
    let added = given::<Person>(JOINER, []).by(by_officer()).and(events);
    assert!(is_barred(&added.state(), &officer()));
    assert!(!is_barred(&added.state(), &sponsor()), "somebody else meets them");

    let bound = added.and([PersonEvent::AuthenticatorBound {
        authenticator: crate::world::authenticator_of(JOINER),
        credential: credential(1),
        enrollment: FIRST,
    }]);
    assert!(!is_barred(&bound.state(), &officer()), "it ends when an authenticator is bound");

    // Also when they named themselves as the sponsor.
    let events = Person::join(signed(OFFICER), &by_officer()).expect("signed");
    let own = given::<Person>(JOINER, []).by(by_officer()).and(events);
    assert!(is_barred(&own.state(), &officer()));
}
