//! Erasing somebody who left: what goes, what stays, and what is refused.

use std::sync::Arc;

use firstkey_app::{
    Fault, Outcome,
    audit::verify,
    people::{ErasePerson, ErasePersonFault, Erased, ImportJoiner, ImportJoinerFault, MarkLeft},
};
use firstkey_domain::{
    Actor, AuthenticatorId, PersonId, StreamId, enrollment::Phase, person::EraseRefusal,
};
use firstkey_ports::{
    After, Commit, Message, NoticeKind, OutboxState, PeopleFilter, Queries, Row,
    memory::MemoryStore,
};

use crate::{
    failing_store::{Failing, FailingStore},
    invariants::{Whole, over_both_stores},
    post::PostOffice,
    world::{HOST_USER, Member, World, keys},
};

over_both_stores! {
    rule_18_nothing_is_known_of_somebody_who_was_erased,
    rule_18_what_was_proven_about_them_stays_proven,
    rule_18_their_user_name_and_external_id_stay_taken,
    rule_18_whoever_belongs_is_not_erased_and_nobody_twice,
    rule_18_a_reason_that_names_them_is_refused,
    rule_18_an_enrollment_that_is_still_open_is_closed_with_it,
    rule_18_no_letter_follows,
}

/// What a host's user does.
fn erase(person: PersonId) -> ErasePerson {
    ErasePerson { person, reason: "request 4711".into(), by: Actor::Host(HOST_USER.into()) }
}

impl<S: Whole> World<S> {
    pub async fn leaves(&self, admin: &Member, person: PersonId) {
        self.app.run(&MarkLeft { operator: admin.id, person }).await.unwrap();
    }

    pub async fn erase(&self, person: PersonId) -> Outcome<Erased, ErasePersonFault> {
        self.app.run(&erase(person)).await
    }

    async fn name(&self, person: PersonId, authenticator: AuthenticatorId) {
        let name = firstkey_app::own::NameAuthenticator {
            person,
            authenticator,
            name: "Given's phone".into(),
        };
        self.app.run(&name).await.unwrap();
    }
}

async fn rule_18_nothing_is_known_of_somebody_who_was_erased<S: Whole>(world: Arc<World<S>>) {
    let mut admin = world.admin().await;
    let mut joiner = world.joiner(&mut admin).await;
    world.name(joiner.id, joiner.authenticator).await;
    world.sign_in(&mut joiner).await.unwrap();
    let store = world.app.store();
    let record = world.person(joiner.id).await.record.expose().cloned().unwrap();
    let sessions = store.sessions(joiner.id).await.unwrap();
    assert_eq!(sessions.len(), 1);
    world.leaves(&admin, joiner.id).await;
    // Leaving has ended them; somebody put them back.
    let rows = sessions.into_iter().map(Row::Session).collect();
    store.commit(Commit { rows, ..Commit::default() }).await.unwrap();
    let erased = world.erase(joiner.id).await.unwrap();
    assert_eq!(erased.events, 3, "joined, named, and the browser of the attempt");

    let person = world.person(joiner.id).await;
    assert!(person.is_erased() && person.record.is_erased());
    let row = store.person(joiner.id).await.unwrap().unwrap();
    let texts =
        [row.given_name, row.family_name, row.user_name, row.personal_email, row.external_id];
    assert!(texts.iter().all(String::is_empty), "{texts:?}");
    assert!(store.words_of(joiner.id).await.unwrap().is_empty());
    for search in [&record.given_name, &record.personal_email, &record.user_name] {
        let filter = PeopleFilter { search: search.clone(), sponsor: None };
        assert!(store.people(&filter, After::default(), 9).await.unwrap().is_empty(), "{search}");
    }
    let held = store.authenticators(joiner.id).await.unwrap();
    assert!(held.iter().all(|row| row.name.is_none() && !row.active));
    assert!(store.sessions(joiner.id).await.unwrap().is_empty());
    for stream in [StreamId::from(joiner.id), joiner.enrollment.into()] {
        for entry in store.entries(stream).await.unwrap() {
            assert_eq!(entry.sealed, None);
            let open = String::from_utf8(entry.open).unwrap();
            for known in [&record.given_name, &record.user_name, &record.personal_email] {
                assert!(!open.contains(known), "{open}");
            }
        }
    }
    assert!(store.entries(admin.id.into()).await.unwrap()[0].sealed.is_some(), "only theirs");
    world.app.sequence_once().await.unwrap();
    let report = world.check_log().await;
    assert_eq!(report.erased, 1);
}

async fn rule_18_what_was_proven_about_them_stays_proven<S: Whole>(world: Arc<World<S>>) {
    let mut admin = world.admin().await;
    let mut joiner = world.joiner(&mut admin).await;
    let other = world.joiner(&mut joiner).await;
    world.app.sequence_once().await.unwrap();
    let key = keys().log().verifier();
    let before = world.app.receipt(joiner.enrollment).await.unwrap().unwrap();
    world.leaves(&admin, joiner.id).await;
    world.erase(joiner.id).await.unwrap();
    world.app.sequence_once().await.unwrap();
    // The old one, a new one, and one that rests on them as a voucher.
    verify(&before, &key).unwrap();
    for enrollment in [joiner.enrollment, other.enrollment] {
        let after = world.app.receipt(enrollment).await.unwrap().unwrap();
        verify(&after, &key).unwrap();
    }
}

async fn rule_18_their_user_name_and_external_id_stay_taken<S: Whole>(world: Arc<World<S>>) {
    let admin = world.admin().await;
    let row = ImportJoiner { invite: false, ..world.row(None) };
    let joiner = row.joiner.clone();
    let person = world.import_row(row).await;
    let user_name = world.person(person).await.record.expose().unwrap().user_name.clone();
    world.leaves(&admin, person).await;
    world.erase(person).await.unwrap();

    // HR's file still lists them: nobody is brought back without anybody noticing.
    let known = world.app.resolve(std::slice::from_ref(&joiner)).await.unwrap()[0].known;
    assert_eq!(known, None);
    let again = ImportJoiner { joiner: joiner.clone(), ..world.row(None) };
    let refused = world.app.import_joiner(again).await;
    assert!(
        matches!(refused, Err(Fault::Refused(ImportJoinerFault::ExternalIdTaken))),
        "{refused:?}"
    );
    // A namesake under another identifier is given another user name.
    let mut namesake = world.row(None);
    namesake.joiner.given_name = joiner.given_name;
    namesake.joiner.family_name = joiner.family_name;
    let namesake = world.import_row(namesake).await;
    let given = world.person(namesake).await.record.expose().unwrap().user_name.clone();
    assert_eq!(given, format!("{user_name}2"));
}

async fn rule_18_whoever_belongs_is_not_erased_and_nobody_twice<S: Whole>(world: Arc<World<S>>) {
    let mut admin = world.admin().await;
    let joiner = world.joiner(&mut admin).await;
    let refused = |outcome, refusal| match outcome {
        Err(Fault::Refused(ErasePersonFault::Refused(found))) => assert_eq!(found, refusal),
        other => panic!("{other:?}"),
    };
    refused(world.erase(joiner.id).await, EraseRefusal::NotLeft);
    world.leaves(&admin, joiner.id).await;
    let by = Actor::Person(admin.id);
    let by_console = ErasePerson { by, ..erase(joiner.id) };
    refused(world.app.run(&by_console).await, EraseRefusal::NotTheHost);
    let silent = ErasePerson { reason: "  ".into(), ..erase(joiner.id) };
    refused(world.app.run(&silent).await, EraseRefusal::NoReason);
    world.erase(joiner.id).await.unwrap();
    refused(world.erase(joiner.id).await, EraseRefusal::AlreadyErased);
    let nobody = PersonId::from_uuid(uuid::Uuid::nil());
    let unknown = world.erase(nobody).await;
    assert!(matches!(unknown, Err(Fault::Refused(ErasePersonFault::Unknown))), "{unknown:?}");
}

async fn rule_18_a_reason_that_names_them_is_refused<S: Whole>(world: Arc<World<S>>) {
    let admin = world.admin().await;
    let person = world.import(Some(admin.id)).await;
    world.leaves(&admin, person).await;
    let record = world.person(person).await.record.expose().cloned().unwrap();
    for reason in [
        format!("{}'s request", record.given_name),
        format!("request of {}, 2026", record.family_name.to_uppercase()),
        format!("mail from <{}>", record.personal_email),
        format!("leaver {}.", record.external_id),
        format!("account {}", record.user_name),
    ] {
        let named = ErasePerson { reason: reason.clone(), ..erase(person) };
        let refused = world.app.run(&named).await;
        let is_it = matches!(refused, Err(Fault::Refused(ErasePersonFault::ReasonNamesThem)));
        assert!(is_it, "{reason}: {refused:?}");
    }
    let long = ErasePerson { reason: "x".repeat(501), ..erase(person) };
    let refused = world.app.run(&long).await;
    assert!(matches!(refused, Err(Fault::Refused(ErasePersonFault::ReasonTooLong))));
    let reason = "their request by mail of 2 March, ticket 4711".to_owned();
    world.app.run(&ErasePerson { reason, ..erase(person) }).await.unwrap();
}

async fn rule_18_an_enrollment_that_is_still_open_is_closed_with_it<S: Whole>(
    world: Arc<World<S>>,
) {
    let mut admin = world.admin().await;
    let person = world.import(Some(admin.id)).await;
    let browser = world.begin(world.enrollment_of(person).await, None).await;
    world.match_by(&mut admin, &browser).await;
    // The courier has not yet come to close what they have open.
    world.leaves(&admin, person).await;
    world.erase(person).await.unwrap();
    let enrollment = world.enrollment(browser.enrollment).await;
    assert!(matches!(enrollment.phase, Phase::Closed { winner: None, .. }));
    let progress =
        world.app.progress(browser.enrollment, browser.attempt, browser.key).await.unwrap();
    assert!(progress.unwrap().code.is_none());
}

async fn rule_18_no_letter_follows<S: Whole>(world: Arc<World<S>>) {
    let mut admin = world.admin().await;
    let joiner = world.joiner(&mut admin).await;
    let office = PostOffice::default();
    office.deliver_due(&world.app).await;
    let delivered = office.letters().len();
    // An address of theirs waits in the outbox, and a word about them to somebody else.
    let notice = |to, address: Option<&str>| Message::Notice {
        notice: NoticeKind::RecordChanged,
        to,
        about: joiner.id,
        authenticator: None,
        address: address.map(str::to_owned),
    };
    let messages = [notice(joiner.id, Some("old@mail.example")), notice(admin.id, None)];
    let outbox =
        messages.into_iter().enumerate().map(|(number, message)| firstkey_ports::NewMessage {
            id: uuid::Uuid::from_u128(number as u128),
            message,
            due: world.app.now(),
        });
    let outbox = outbox.collect();
    let commit = Commit { outbox, ..Commit::default() };
    world.app.store().commit(commit).await.unwrap();
    world.leaves(&admin, joiner.id).await;
    world.erase(joiner.id).await.unwrap();
    let waiting = world.app.store().messages(OutboxState::Waiting, 99).await.unwrap();
    let to_them =
        |message: &Message| matches!(message, Message::Notice { to, .. } if *to == joiner.id);
    assert!(!waiting.iter().any(|claimed| to_them(&claimed.message)), "{waiting:?}");
    office.deliver_due(&world.app).await;
    assert_eq!(office.letters().len(), delivered, "nobody is told about nobody");
}

#[tokio::test]
async fn rule_18_an_erasure_happens_whole_or_not_at_all() {
    for failing in Failing::ALL {
        let world = World::new(FailingStore::new(MemoryStore::default())).await;
        let admin = world.admin().await;
        let person = world.import(Some(admin.id)).await;
        world.leaves(&admin, person).await;
        world.app.store().arm(0, failing);
        let failed = world.erase(person).await;
        assert!(matches!(failed, Err(Fault::Commit(_))), "{failed:?}");
        let is_done = failing == Failing::AfterUnknown;
        let entries = world.app.store().entries(person.into()).await.unwrap();
        assert_eq!(entries[0].sealed.is_none(), is_done);
        assert_eq!(world.person(person).await.is_erased(), is_done);
        // Whoever does not know asks again.
        let again = world.erase(person).await;
        match again {
            Ok(_) => assert!(!is_done),
            Err(Fault::Refused(ErasePersonFault::Refused(EraseRefusal::AlreadyErased))) => {
                assert!(is_done);
            }
            other => panic!("{other:?}"),
        }
        world.check_invariants().await;
    }
}

#[tokio::test]
async fn rule_18_the_database_file_does_not_know_them_any_more() {
    let world = World::on_disk().await;
    let mut admin = world.admin().await;
    let joiner = world.joiner(&mut admin).await;
    world.name(joiner.id, joiner.authenticator).await;
    let record = world.person(joiner.id).await.record.expose().cloned().unwrap();
    let known =
        [record.family_name, record.personal_email, record.user_name, "Given's phone".into()];
    let folder = world.path().parent().unwrap().to_owned();
    let holding = |text: &str| {
        let files = std::fs::read_dir(&folder).unwrap().map(|file| file.unwrap().path());
        let holds = |path: &std::path::PathBuf| {
            let bytes = std::fs::read(path).unwrap();
            String::from_utf8_lossy(&bytes).to_lowercase().contains(&text.to_lowercase())
        };
        files.filter(holds).collect::<Vec<_>>()
    };
    for text in &known {
        assert_ne!(holding(text), Vec::<std::path::PathBuf>::new(), "{text} is there to be found");
    }
    world.leaves(&admin, joiner.id).await;
    world.erase(joiner.id).await.unwrap();
    for text in &known {
        assert_eq!(holding(text), Vec::<std::path::PathBuf>::new(), "{text}");
    }
}
