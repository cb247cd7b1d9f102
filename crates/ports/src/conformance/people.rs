//! People: found by key, by words, page by page.

use std::{collections::BTreeSet, sync::Arc};

use firstkey_domain::Role;

use super::{
    Backend,
    samples::{person, person_id, put, role, rows, uuid},
};
use crate::{After, PeopleFilter, PersonRow, Row};

fn numbers(people: &[PersonRow]) -> Vec<u128> {
    people.iter().map(|person| person.id.uuid().as_u128()).collect()
}

async fn found(store: &impl Backend, search: &str) -> Vec<u128> {
    let filter = PeopleFilter { search: search.into(), sponsor: None };
    numbers(&store.people(&filter, After(None), 100).await.expect("readable"))
}

pub(super) async fn people_are_known_by_external_id(store: Arc<impl Backend>) {
    let erased = PersonRow { external_id: String::new(), ..person(4) };
    put(&*store, rows((1..=3).map(|n| Row::Person(person(n))).chain([Row::Person(erased)]))).await;
    let asked = ["E-3", "E-1", "E-9", "E-3", ""].map(String::from);
    let known = store.people_by_external_id(&asked).await.expect("readable");
    assert_eq!(known, [person(1), person(3)]);
}

pub(super) async fn people_are_known_by_address_without_case(store: Arc<impl Backend>) {
    let other = PersonRow { personal_email: "ZOË@example.org".into(), ..person(3) };
    let same = PersonRow { personal_email: "ana1@EXAMPLE.org".into(), ..person(4) };
    let erased = PersonRow { personal_email: String::new(), ..person(5) };
    let all = [person(1), person(2), other, same, erased];
    put(&*store, rows(all.map(Row::Person))).await;
    let asked = ["zoë@Example.ORG", "aNA1@example.org", ""].map(String::from);
    let known = store.people_by_email(&asked).await.expect("readable");
    assert_eq!(numbers(&known).into_iter().collect::<BTreeSet<_>>(), BTreeSet::from([1, 3, 4]));
}

pub(super) async fn pages_of_people_go_from_the_newest(store: Arc<impl Backend>) {
    put(&*store, rows((1..=7).map(|number| Row::Person(person(number))))).await;
    let page = async |after| {
        let people = store.people(&PeopleFilter::default(), After(after), 3).await;
        numbers(&people.expect("readable"))
    };
    assert_eq!(page(None).await, [7, 6, 5]);
    put(&*store, rows([Row::Person(person(8))])).await;
    assert_eq!(page(Some(uuid(5))).await, [4, 3, 2], "new people do not shift a page");
    assert_eq!(page(Some(uuid(2))).await, [1]);
    assert_eq!(page(Some(uuid(1))).await, []);
}

pub(super) async fn a_search_finds_the_beginnings_of_words(store: Arc<impl Backend>) {
    let zoe = PersonRow {
        given_name: "Zoë Anna".into(),
        family_name: "Müller".into(),
        user_name: "zmueller".into(),
        personal_email: "Z.Muller@mail.example".into(),
        external_id: "X-77".into(),
        ..person(2)
    };
    put(&*store, rows([Row::Person(person(1)), Row::Person(zoe)])).await;
    assert_eq!(found(&*store, "").await, [2, 1]);
    assert_eq!(found(&*store, "an").await, [2, 1]);
    assert_eq!(found(&*store, "ANNA").await, [2]);
    assert_eq!(found(&*store, "zoe mull").await, [2]);
    assert_eq!(found(&*store, "prado ana.nun").await, [1]);
    assert_eq!(found(&*store, "ana müller").await, [0; 0]);
    assert_eq!(found(&*store, "x-7").await, [2]);
    assert_eq!(found(&*store, "z.muller@mail").await, [2]);
    assert_eq!(found(&*store, "uller").await, [0; 0], "not in the middle of a word");
    assert_eq!(found(&*store, "%").await, [0; 0], "no character is a wildcard");
    assert_eq!(found(&*store, "an_").await, [0; 0]);
}

pub(super) async fn a_search_follows_a_change_of_name(store: Arc<impl Backend>) {
    put(&*store, rows([Row::Person(person(1))])).await;
    let married = PersonRow { family_name: "Prado Ibáñez".into(), ..person(1) };
    put(&*store, rows([Row::Person(married)])).await;
    assert_eq!(found(&*store, "nunez").await, [0; 0]);
    assert_eq!(found(&*store, "prado").await, [1]);
    assert_eq!(found(&*store, "ibanez").await, [1]);
    let erased = PersonRow {
        external_id: String::new(),
        given_name: String::new(),
        family_name: String::new(),
        user_name: String::new(),
        personal_email: String::new(),
        ..person(1)
    };
    put(&*store, rows([Row::Person(erased)])).await;
    assert_eq!(found(&*store, "prado").await, [0; 0]);
}

pub(super) async fn a_search_can_keep_to_a_sponsors_people(store: Arc<impl Backend>) {
    let sponsored = |number: u128| PersonRow {
        sponsor: number.is_multiple_of(2).then(|| person_id(1)),
        given_name: if number > 3 { "Bea".into() } else { "Ana".into() },
        ..person(number)
    };
    put(&*store, rows((1..=8).map(|number| Row::Person(sponsored(number))))).await;
    let mut filter = PeopleFilter { search: String::new(), sponsor: Some(person_id(1)) };
    let all = store.people(&filter, After(None), 10).await.expect("readable");
    assert_eq!(numbers(&all), [8, 6, 4, 2]);
    filter.search = "bea nun".into();
    let some = store.people(&filter, After(Some(uuid(8))), 1).await.expect("readable");
    assert_eq!(numbers(&some), [6]);
    filter.sponsor = Some(person_id(2));
    assert_eq!(store.people(&filter, After(None), 10).await, Ok(Vec::new()));
}

pub(super) async fn common_words_are_found_together(store: Arc<impl Backend>) {
    let one_in_ten = |number: u128| PersonRow {
        given_name: if number.is_multiple_of(10) { "Bea".into() } else { "Ana".into() },
        ..person(number)
    };
    for chunk in 0..10 {
        let people = (1..=100).map(|n| Row::Person(one_in_ten(chunk * 100 + n)));
        put(&*store, rows(people)).await;
    }
    let filter = PeopleFilter { search: "nunez bea e-".into(), sponsor: None };
    let mut after = After(None);
    let mut seen = Vec::new();
    loop {
        let page = numbers(&store.people(&filter, after, 30).await.expect("readable"));
        let Some(last) = page.last() else { break };
        assert_ne!(after, After(Some(uuid(*last))), "a page goes on after the one before");
        after = After(Some(uuid(*last)));
        seen.extend(page);
    }
    assert_eq!(seen, (1..=100).rev().map(|ten| ten * 10).collect::<Vec<u128>>());
}

pub(super) async fn a_sponsor_of_privileged_people_is_known(store: Arc<impl Backend>) {
    let of = |number, sponsor| PersonRow { sponsor: Some(person_id(sponsor)), ..person(number) };
    let in_admins = PersonRow { groups: ["Admins".into(), "staff".into()].into(), ..of(12, 2) };
    let has_left = PersonRow { active: false, groups: ["Admins".into()].into(), ..of(13, 3) };
    let people = [of(11, 1), in_admins, has_left, of(14, 4)];
    put(&*store, rows(people.map(Row::Person))).await;
    put(&*store, rows([Row::Roles(person_id(11), vec![role(11, Role::Auditor)])])).await;
    let privileged: BTreeSet<String> = ["Admins".into(), "Root".into()].into();
    for (sponsor, by_groups, by_roles) in
        [(1, true, true), (2, true, false), (3, false, false), (4, false, false), (5, false, false)]
    {
        let sponsor = person_id(sponsor);
        assert_eq!(store.sponsors_privileged(sponsor, &privileged).await, Ok(by_groups));
        assert_eq!(store.sponsors_privileged(sponsor, &BTreeSet::new()).await, Ok(by_roles));
    }
}
