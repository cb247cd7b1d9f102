//! What HR and the host may change of a person.

use std::collections::BTreeSet;

use firstkey_domain::{
    Actor, AttemptId,
    person::{Change, ChangeRefusal, Field, Person, PersonEvent, Profile},
};
use uuid::Uuid;

use crate::{
    story::Story,
    world::{ADMIN, FIRST, JOINER, OFFICER, SPONSOR, minute, newcomer, profile, record},
};

fn ana() -> Story<Person> {
    newcomer(JOINER, Some(SPONSOR))
}

fn unchanged() -> Change {
    Change { profile: profile(Some(SPONSOR)), record: record("ana"), personal: BTreeSet::new() }
}

fn moved_house() -> Change {
    Change { record: record("anna"), personal: [Field::Address].into(), ..unchanged() }
}

fn with_profile(edit: impl FnOnce(&mut Profile)) -> Change {
    let mut change = unchanged();
    edit(&mut change.profile);
    change
}

fn fields(change: Change, by: &Actor) -> BTreeSet<Field> {
    match ana().state().change(change, by).expect("not refused").remove(0) {
        PersonEvent::Changed { changed, .. } => changed,
        other => panic!("{other:?}"),
    }
}

fn feed() -> Actor {
    Actor::Source("hr".into())
}

#[test]
fn importing_twice_changes_nothing() {
    ana().when(|p, _| p.change(unchanged(), &feed())).then([]);
}

#[test]
fn a_change_names_what_differs() {
    let by = feed();
    assert_eq!(fields(moved_house(), &by), [Field::Address].into());
    let sponsor = with_profile(|p| p.sponsor = Some(OFFICER));
    assert_eq!(fields(sponsor, &by), [Field::Sponsor].into());
    let groups = with_profile(|p| p.groups = ["payments".to_owned()].into());
    assert_eq!(fields(groups, &by), [Field::Groups].into());
    let worker = with_profile(|p| p.worker_type = "contractor".into());
    assert_eq!(fields(worker, &by), [Field::WorkerType].into());
    let details = with_profile(|p| p.department = Some("Sales".into()));
    assert_eq!(fields(details, &by), [Field::Details].into());
    let language = Change { record: record("other"), ..unchanged() };
    assert_eq!(fields(language, &by), [Field::Details].into());
}

#[test]
fn rule_02_only_sponsor_address_and_name_void_an_open_enrollment() {
    for (field, voids) in [
        (Field::Name, true),
        (Field::Address, true),
        (Field::Sponsor, true),
        (Field::Groups, false),
        (Field::WorkerType, false),
        (Field::Details, false),
    ] {
        assert_eq!(field.voids_enrollment(), voids, "{field:?}");
    }
}

#[test]
fn rule_01_a_feed_and_the_command_line_are_logged_as_such_and_nobody_else_goes_unsigned() {
    for by in [feed(), Actor::Host("root".into())] {
        ana().when(|p, _| p.change(moved_house(), &by)).done();
    }
    let applicant = Actor::Applicant(AttemptId::from_uuid(Uuid::nil()));
    let details = with_profile(|p| p.department = Some("Sales".into()));
    for by in [applicant, Actor::Clock, Actor::Person(ADMIN)] {
        for change in [moved_house(), details.clone()] {
            ana().when(|p, _| p.change(change, &by)).refused(ChangeRefusal::NeedsSignature);
        }
    }
}

#[test]
fn rule_01_no_import_can_name_a_role() {
    // What a feed brings is a profile and a record. A role has no place in either.
    let mut json = serde_json::to_value(profile(None)).expect("json");
    json["roles"] = serde_json::json!(["administrator"]);
    assert!(serde_json::from_value::<Profile>(json).is_err());
    // A group that is called like a role is a group.
    let change = with_profile(|p| p.groups = ["administrator".to_owned()].into());
    let story = ana().when(|p, _| p.change(change, &feed())).done();
    assert!(story.state().roles.is_empty());
}

#[test]
pub(crate) fn nobody_is_their_own_sponsor() {
    let change = with_profile(|p| p.sponsor = Some(JOINER));
    ana().when(|p, _| p.change(change, &feed())).refused(ChangeRefusal::OwnSponsor);
}

#[test]
pub(crate) fn nobody_who_left_changes() {
    ana()
        .and([PersonEvent::Left])
        .when(|p, _| p.change(moved_house(), &feed()))
        .refused(ChangeRefusal::Left);
}

#[test]
fn leaving_twice_is_leaving_once() {
    let story = ana()
        .at(minute(5))
        .when(|p, _| p.leave())
        .then([PersonEvent::Left])
        .when(|p, _| p.leave())
        .then([]);
    assert!(!story.state().is_active());
}

#[test]
fn the_newest_enrollment_is_known() {
    let story = ana()
        .when(|p, _| p.note_enrollment(FIRST))
        .then([PersonEvent::EnrollmentOpened { enrollment: FIRST }]);
    assert_eq!(story.state().enrollment, Some(FIRST));
}
