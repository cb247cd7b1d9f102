//! An operator corrects somebody's record in the console.

use std::sync::Arc;

use firstkey_app::{
    Fault, Outcome,
    audit::{ReceiptError, receipt::Flaw, verify},
    enrolling::{AskPassFault, BeginFault, Ceremony},
    people::{AskCorrection, CorrectRecord, CorrectRecordFault, ImportJoinerFault},
    vouching::{TryCode, TryCodeFault},
};
use firstkey_domain::{
    PersonId, Role,
    enrollment::{BeginRefusal, Checklist, VouchRefusal},
    person::{ChangeRefusal, Person},
};
use firstkey_ports::{Joiner, UnverifiedJoiner};
use firstkey_testkit::authenticator::SoftAuthenticator;
use serde_json::{Value, json};

use crate::{
    importing::delivered,
    invariants::{Whole, over_both_stores},
    post::PostOffice,
    receipts::{pinned, position, receipt_of},
    relogged::relog,
    world::{CONSOLE, Member, World, press},
};

over_both_stores!(
    rule_01_a_record_is_corrected_by_a_signed_act_that_counts_once,
    rule_02_a_corrected_address_voids_what_was_begun_and_bars_whoever_corrected_it,
    rule_02_an_address_that_moves_after_the_passkey_is_told_to_the_old_one,
    a_record_that_moved_since_it_was_shown_is_not_corrected,
    what_policies_read_of_hr_is_not_corrected,
);

const ELSEWHERE: &str = "elsewhere@mail.example";

async fn known<S: Whole>(world: &World<S>, person: PersonId) -> (Person, u64) {
    let loaded = world.app.peek::<Person>(person).await.unwrap().unwrap();
    let version = loaded.version();
    (loaded.state, version)
}

/// The record as it stands, as a form would bring it, with another address.
fn moved(person: &Person) -> Joiner {
    let record = person.record.expose().unwrap();
    let typed = UnverifiedJoiner {
        external_id: record.external_id.clone(),
        given_name: record.given_name.clone(),
        family_name: record.family_name.clone(),
        personal_email: ELSEWHERE.into(),
        start_date: person.profile.start_date.to_string(),
        time_zone: person.profile.time_zone.clone(),
        worker_type: "another".into(),
        ..UnverifiedJoiner::default()
    };
    typed.verify().unwrap()
}

/// An operator asks to move somebody's address, and to give them this sponsor.
async fn ask<S: Whole>(
    world: &World<S>,
    operator: PersonId,
    person: PersonId,
    sponsor: Option<PersonId>,
) -> Outcome<Ceremony, CorrectRecordFault> {
    let (state, version) = known(world, person).await;
    let (joiner, reason) = (moved(&state), "T-4711".to_owned());
    let ask = AskCorrection { operator, person, version, joiner, sponsor, reason };
    world.app.ask_correction(ask).await
}

fn signed(operator: &mut Member, ceremony: &Ceremony) -> CorrectRecord {
    let assertion = press(&mut operator.key, ceremony, CONSOLE);
    CorrectRecord { operator: operator.id, ticket: ceremony.ticket.clone(), assertion }
}

async fn correct<S: Whole>(
    world: &World<S>,
    operator: &mut Member,
    person: PersonId,
    sponsor: Option<PersonId>,
) {
    let ceremony = ask(world, operator.id, person, sponsor).await.unwrap();
    world.app.run(&signed(operator, &ceremony)).await.unwrap();
}

async fn rule_01_a_record_is_corrected_by_a_signed_act_that_counts_once<S: Whole>(
    world: Arc<World<S>>,
) {
    let mut admin = world.admin().await;
    let sponsor = world.joiner(&mut admin).await;
    let officer = world.joiner(&mut admin).await;
    world.set_role(&mut admin, officer.id, Role::Officer, true).await.unwrap();
    let person = world.import(Some(sponsor.id)).await;
    for nosy in [sponsor.id, officer.id] {
        let refused = ask(&world, nosy, person, Some(sponsor.id)).await.map(drop);
        let is_refused = matches!(refused, Err(Fault::Refused(CorrectRecordFault::NotAllowed(_))));
        assert!(is_refused, "{refused:?}");
    }
    let own = ask(&world, admin.id, person, Some(person)).await.unwrap();
    let refused = world.app.run(&signed(&mut admin, &own)).await;
    let own_sponsor = ImportJoinerFault::Refused(ChangeRefusal::OwnSponsor);
    let own_sponsor = CorrectRecordFault::Refused(own_sponsor);
    assert!(matches!(&refused, Err(Fault::Refused(why)) if *why == own_sponsor), "{refused:?}");

    let first = ask(&world, admin.id, person, Some(sponsor.id)).await.unwrap();
    let second = ask(&world, admin.id, person, None).await.unwrap();
    let swapped = CorrectRecord { ticket: second.ticket, ..signed(&mut admin, &first) };
    let refused = world.app.run(&swapped).await;
    let is_refused = matches!(refused, Err(Fault::Refused(CorrectRecordFault::Signature(_))));
    assert!(is_refused, "{refused:?}");

    let correct = signed(&mut admin, &first);
    world.app.run(&correct).await.unwrap();
    let (state, _) = known(&world, person).await;
    assert_eq!(state.record.expose().unwrap().personal_email, ELSEWHERE);
    let again = world.app.run(&correct).await;
    assert!(matches!(again, Err(Fault::Refused(CorrectRecordFault::Moved))), "{again:?}");
    // The reason is not for whoever reads the log.
    let entries = world.app.store().entries(person.into()).await.unwrap();
    let open = entries.iter().map(|entry| String::from_utf8_lossy(&entry.open));
    let logged: Vec<_> = open.filter(|open| open.contains("person.corrected/1")).collect();
    assert!(logged.len() == 1 && !logged[0].contains("T-4711"), "{logged:?}");
    assert!(!logged[0].contains(ELSEWHERE));
}

async fn rule_02_a_corrected_address_voids_what_was_begun_and_bars_whoever_corrected_it<
    S: Whole,
>(
    world: Arc<World<S>>,
) {
    let mut admin = world.admin().await;
    let mut sponsor = world.joiner(&mut admin).await;
    let person = world.import(Some(sponsor.id)).await;
    let old = known(&world, person).await.0.record.expose().unwrap().personal_email.clone();
    let enrollment = world.enrollment_of(person).await;
    let locator = world.locator(enrollment).await;
    let browser = world.begin(enrollment, None).await;
    world.match_by(&mut sponsor, &browser).await;
    PostOffice::default().deliver_due(&world.app).await;

    correct(&world, &mut admin, person, Some(sponsor.id)).await;
    let ask = world.app.run(&world.ask_pass(&browser)).await.map(drop);
    assert!(matches!(ask, Err(Fault::Refused(AskPassFault::Unknown))), "{ask:?}");
    let begin = world.begin_with(locator, world.browser_key(), None).await;
    let replaced = BeginFault::Refused(BeginRefusal::Replaced);
    let refused = world.app.run(&begin).await;
    assert!(matches!(refused, Err(Fault::Refused(fault)) if fault == replaced));
    let office = PostOffice::default();
    office.deliver_due(&world.app).await;
    let sponsors =
        known(&world, sponsor.id).await.0.record.expose().unwrap().personal_email.clone();
    let mut told = vec![
        (old, "RecordChanged".to_owned()),
        (sponsors, "RecordChanged".to_owned()),
        (ELSEWHERE.to_owned(), "Invitation".to_owned()),
    ];
    told.sort();
    let mut letters = delivered(&office);
    letters.sort();
    assert_eq!(letters, told);

    let browser = world.begin(enrollment, None).await;
    let try_code = TryCode {
        operator: admin.id,
        enrollment,
        typed: world.shown_code(&browser).await,
        checklist: Checklist::COMPLETE,
    };
    let refused = world.app.run(&try_code).await.map(drop);
    let barred = TryCodeFault::Refused(VouchRefusal::Barred);
    assert!(matches!(&refused, Err(Fault::Refused(fault)) if *fault == barred), "{refused:?}");
    world.match_by(&mut sponsor, &browser).await;
    world.enroll(&browser, SoftAuthenticator::new(900)).await;
}

/// Otherwise every later "this was not me" would go to whoever moved it.
async fn rule_02_an_address_that_moves_after_the_passkey_is_told_to_the_old_one<S: Whole>(
    world: Arc<World<S>>,
) {
    let mut admin = world.admin().await;
    let sponsor = world.joiner(&mut admin).await;
    let member = world.joiner_of(sponsor.id, &mut admin).await;
    let old = known(&world, member.id).await.0.record.expose().unwrap().personal_email.clone();
    PostOffice::default().deliver_due(&world.app).await;
    correct(&world, &mut admin, member.id, Some(sponsor.id)).await;
    let office = PostOffice::default();
    office.deliver_due(&world.app).await;
    let sponsors =
        known(&world, sponsor.id).await.0.record.expose().unwrap().personal_email.clone();
    let mut told = vec![(old, "RecordChanged".into()), (sponsors, "RecordChanged".into())];
    told.sort();
    let mut letters = delivered(&office);
    letters.sort();
    assert_eq!(letters, told);
}

async fn a_record_that_moved_since_it_was_shown_is_not_corrected<S: Whole>(world: Arc<World<S>>) {
    let mut admin = world.admin().await;
    let person = world.import(Some(admin.id)).await;
    let (state, version) = known(&world, person).await;
    let shown = |reason: &str| AskCorrection {
        operator: admin.id,
        person,
        version,
        joiner: moved(&state),
        sponsor: None,
        reason: reason.into(),
    };
    let unreasoned = world.app.ask_correction(shown(" ")).await.map(drop);
    assert!(matches!(unreasoned, Err(Fault::Refused(CorrectRecordFault::NoReason))));
    let asked = world.app.ask_correction(shown("T-1")).await.unwrap();
    let stale = shown("T-1");
    correct(&world, &mut admin, person, None).await;
    let refused = world.app.ask_correction(stale).await.map(drop);
    assert!(matches!(refused, Err(Fault::Refused(CorrectRecordFault::Moved))), "{refused:?}");
    let refused = world.app.run(&signed(&mut admin, &asked)).await;
    assert!(matches!(refused, Err(Fault::Refused(CorrectRecordFault::Moved))), "{refused:?}");
}

async fn what_policies_read_of_hr_is_not_corrected<S: Whole>(world: Arc<World<S>>) {
    let mut admin = world.admin().await;
    let mut row = world.row(Some(admin.id));
    row.joiner.groups.insert("treasury".into());
    let person = world.import_row(row).await;
    let (before, _) = known(&world, person).await;
    let sponsor = Some(admin.id);
    correct(&world, &mut admin, person, sponsor).await;
    let (after, _) = known(&world, person).await;
    assert_eq!(after.profile, before.profile);
    let (before, after) = (before.record.expose().unwrap(), after.record.expose().unwrap());
    assert_eq!(after.user_name, before.user_name);
    assert_eq!(after.external_id, before.external_id);
}

#[tokio::test]
async fn rule_01_a_forged_correction_that_named_a_sponsor_is_named() {
    let world = World::in_memory().await;
    let mut admin = world.admin().await;
    let mut sponsor = world.joiner(&mut admin).await;
    let person = world.import(None).await;
    correct(&world, &mut admin, person, Some(sponsor.id)).await;
    let browser = world.begin(world.enrollment_of(person).await, None).await;
    world.match_by(&mut sponsor, &browser).await;
    let joiner = world.enroll(&browser, SoftAuthenticator::new(900)).await;
    let receipt = receipt_of(&world, &joiner).await;
    verify(&receipt, &pinned()).unwrap();
    verify(&relog(&receipt, |_| ()), &pinned()).unwrap();

    let corrected = position(&receipt, "person.corrected/1", |_| true);
    let index = corrected as u64;
    let wrong = |flaw| ReceiptError::Wrong { index, flaw };
    let forgeries: [(&str, Value, ReceiptError); 4] = [
        ("/by", json!({ "source": "hr" }), wrong(Flaw::Unsigned)),
        (
            "/by",
            json!({ "person": sponsor.id.to_string() }),
            ReceiptError::Missing { what: "the passkey that signed", index },
        ),
        ("/event/data/profile/department", json!("Treasury"), wrong(Flaw::OtherStatement)),
        (
            "/event/data/signature/signed/challenge/purpose",
            json!("sign_in"),
            wrong(Flaw::OtherStatement),
        ),
    ];
    for (pointer, to, refusal) in forgeries {
        let forged = relog(&receipt, |events| {
            *events[corrected].pointer_mut(pointer).unwrap() = to;
        });
        assert_eq!(verify(&forged, &pinned()), Err(refusal), "{pointer}");
    }
}
