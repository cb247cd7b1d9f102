//! What an operator corrects in the console.

use std::collections::BTreeSet;

use firstkey_domain::{
    Actor, Digest, PersonId, Private,
    challenge::{Purpose, Statement},
    person::{
        ChangeRefusal, Correction, CorrectionStatement, Field, Person, PersonEvent, Profile,
        Record, RecordSignature, SignedRecord,
    },
};

use crate::{
    story::Story,
    world::{FIRST, JOINER, OFFICER, SPONSOR, newcomer, profile, record, signed_by, subscriber},
};

const BLIND: Digest = Digest::from_bytes([0xb1; 32]);
const REASON: &str = "T-4711: a letter was missing";

fn ana() -> Story<Person> {
    newcomer(JOINER, Some(SPONSOR))
        .and([PersonEvent::EnrollmentOpened { enrollment: FIRST }])
        .by(Actor::Person(OFFICER))
}

fn corrected_record() -> Private<Record> {
    record("anna")
}

fn signature(person: PersonId, purpose: Purpose, profile: &Profile) -> RecordSignature {
    let described = corrected_record().expose().expect("held").corrected(REASON, &BLIND);
    let statement = CorrectionStatement { person, profile, record: described };
    RecordSignature { signed: signed_by(OFFICER, purpose, statement.digest()), described }
}

/// The address of somebody who has this sponsor from now on.
fn correction(sponsor: PersonId) -> Correction {
    let profile = profile(Some(sponsor));
    let signature = signature(JOINER, Purpose::Act, &profile);
    Correction {
        profile,
        record: corrected_record(),
        personal: [Field::Address].into(),
        reason: Private::held(REASON.into()),
        signed: SignedRecord { signature, blind: BLIND },
    }
}

#[test]
pub(crate) fn rule_01_a_correction_is_signed_for_this_person_and_this_record() {
    let by = Actor::Person(OFFICER);
    let with = |signature| {
        let signed = SignedRecord { signature, blind: BLIND };
        Correction { signed, ..correction(SPONSOR) }
    };
    let profile = profile(Some(SPONSOR));
    let other = crate::world::profile(Some(OFFICER));
    for forged in [
        signature(SPONSOR, Purpose::Act, &profile),
        signature(JOINER, Purpose::SignIn, &profile),
        signature(JOINER, Purpose::Act, &other),
        RecordSignature {
            described: Digest::of(b"another record"),
            ..signature(JOINER, Purpose::Act, &profile)
        },
    ] {
        ana().when(|p, _| p.correct(with(forged), &by)).refused(ChangeRefusal::NeedsSignature);
    }
    for nobody in [Actor::Source("hr".into()), Actor::Host("root".into()), Actor::Clock] {
        let signed = correction(SPONSOR);
        ana().when(|p, _| p.correct(signed, &nobody)).refused(ChangeRefusal::NeedsSignature);
    }
    ana().when(|p, _| p.correct(correction(SPONSOR), &by)).done();
}

#[test]
fn a_correction_says_what_differs_and_keeps_its_reason_to_itself() {
    let by = Actor::Person(OFFICER);
    let expected = correction(OFFICER);
    let story =
        ana().when(|p, _| p.correct(correction(OFFICER), &by)).then([PersonEvent::Corrected {
            profile: expected.profile.clone(),
            changed: [Field::Address, Field::Sponsor].into(),
            signature: expected.signed.signature.clone(),
            record: corrected_record(),
            reason: Private::held(REASON.into()),
            blind: Private::held(BLIND),
        }]);
    assert_eq!(story.state().record, corrected_record());
    assert_eq!(story.state().profile.sponsor, Some(OFFICER));
    let same = Correction { personal: BTreeSet::new(), ..correction(OFFICER) };
    story.when(|p, _| p.correct(same, &by)).then([]);
}

#[test]
pub(crate) fn rule_02_whoever_corrects_a_trust_path_may_not_vouch_until_a_passkey_is_bound() {
    let by = Actor::Person(OFFICER);
    let story = ana().when(|p, _| p.correct(correction(SPONSOR), &by)).done();
    assert_eq!(story.state().barred, [OFFICER].into());
    // Nobody is barred by what trust does not rest on.
    let details = Correction { personal: BTreeSet::new(), ..correction(SPONSOR) };
    let story = ana().when(|p, _| p.correct(details, &by)).done();
    assert!(story.state().barred.is_empty());
}

#[test]
fn what_is_signed_tells_nobody_whether_they_guessed_the_correction() {
    let record = corrected_record();
    let record = record.expose().expect("held");
    let described = record.corrected(REASON, &BLIND);
    assert_ne!(described, record.corrected(REASON, &Digest::from_bytes([0xb2; 32])));
    assert_ne!(described, record.corrected("another reason", &BLIND));
    assert_ne!(described, record.described(&BLIND), "nor is it somebody who joins");
}

#[test]
fn nobody_who_left_is_corrected_and_nobody_sponsors_themselves() {
    let by = Actor::Person(OFFICER);
    ana()
        .and([PersonEvent::Left])
        .when(|p, _| p.correct(correction(SPONSOR), &by))
        .refused(ChangeRefusal::Left);
    ana().when(|p, _| p.correct(correction(JOINER), &by)).refused(ChangeRefusal::OwnSponsor);
    let left = subscriber(JOINER, None).and([PersonEvent::Left]);
    let Correction { profile, record, reason, signed, .. } = correction(SPONSOR);
    left.cannot_fold(PersonEvent::Corrected {
        profile,
        changed: [Field::Address].into(),
        signature: signed.signature,
        record,
        reason,
        blind: Private::held(BLIND),
    });
}
