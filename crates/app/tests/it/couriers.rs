//! The post office closes for a while, addresses do not exist, workers die: letters are carried at
//! least once, recognisably, or given up and shown.

use std::{collections::BTreeSet, sync::Arc};

use firstkey_app::{
    Fault,
    duties::Replay,
    inviting::{Reinvite, Withdraw},
};
use firstkey_ports::{LogName, OutboxState};
use jiff::SignedDuration;
use serde_json::{Value, json};
use uuid::Uuid;

use crate::{
    invariants::{Whole, over_both_stores},
    post::PostOffice,
    world::{Member, World},
};

over_both_stores!(
    an_office_that_was_closed_for_an_hour_loses_nothing_and_repeats_nothing,
    a_letter_is_given_up_after_two_days_and_can_be_sent_again,
    an_address_that_does_not_exist_is_given_up_at_once,
    only_the_newest_invitation_is_delivered,
    a_letter_whose_carrier_died_is_carried_again_under_the_same_name,
);

/// Sends what waits from everything before, so that a story counts its own letters.
async fn settle<S: Whole>(world: &World<S>) {
    PostOffice::default().deliver_due(&world.app).await;
}

/// An administrator has a dead message tried again. Who did is in the log, and others may not.
async fn replay<S: Whole>(world: &World<S>, admin: &Member, message: Uuid) {
    let mut row = world.row(None);
    row.invite = false;
    let stranger = world.import_row(row).await;
    let refused = world.app.run(&Replay { operator: stranger.into(), message }).await;
    assert!(matches!(refused, Err(Fault::Refused(_))));
    let dead = world.app.store().messages(OutboxState::Dead, 10).await.unwrap();
    assert!(dead.iter().any(|dead| dead.id == message));
    world.app.run(&Replay { operator: admin.id.into(), message }).await.unwrap();
    let entries = world.app.store().entries_after(0, 10_000).await.unwrap();
    let (log, last) = entries.last().unwrap();
    let said: Value = serde_json::from_slice(&last.open).unwrap();
    assert_eq!(*log, LogName::Lifecycle);
    assert_eq!(said["kind"], "outbox.replayed/1");
    assert_eq!(said["by"], json!({ "person": admin.id }));
    assert_eq!(said["message"], json!(message));
}

/// Time passes, and the courier comes every ten seconds.
async fn deliver_for<S: Whole>(world: &World<S>, office: &PostOffice, time: SignedDuration) {
    let end = world.app.now() + time;
    while world.app.now() < end {
        world.pass(SignedDuration::from_secs(10));
        office.deliver_due(&world.app).await;
    }
}

async fn an_office_that_was_closed_for_an_hour_loses_nothing_and_repeats_nothing<S: Whole>(
    world: Arc<World<S>>,
) {
    let admin = world.admin().await;
    settle(&world).await;
    let office = PostOffice::default();
    office.close();
    let mut expected = BTreeSet::new();
    for _ in 0..20 {
        let person = world.import(Some(admin.id)).await;
        let record = world.person(person).await.record;
        expected.insert(record.expose().unwrap().personal_email.clone());
    }
    deliver_for(&world, &office, SignedDuration::from_hours(1)).await;
    assert!(office.letters().is_empty());
    // 15 s, 30 s, 1 min, … : at most nine tries an hour for each, not one every ten seconds.
    assert!((20 * 6..=20 * 9).contains(&office.tries()), "{}", office.tries());
    let waiting = world.app.store().messages(OutboxState::Waiting, 100).await.unwrap();
    assert_eq!(waiting.len(), 20);
    assert!(waiting.iter().all(|message| message.last_error.is_some()), "and why is shown");

    office.open();
    deliver_for(&world, &office, SignedDuration::from_hours(1)).await;
    let letters = office.letters();
    let to: BTreeSet<_> = letters.iter().map(|letter| letter.to.clone()).collect();
    assert_eq!(to, expected, "everybody");
    assert_eq!(letters.len(), 20, "once");
    let names: BTreeSet<_> = letters.iter().map(|letter| letter.message_id.clone()).collect();
    assert_eq!(names.len(), 20);
}

async fn a_letter_is_given_up_after_two_days_and_can_be_sent_again<S: Whole>(world: Arc<World<S>>) {
    let admin = world.admin().await;
    settle(&world).await;
    world.import(Some(admin.id)).await;
    let office = PostOffice::default();
    office.close();
    for hour in 0.. {
        assert!(hour < 72, "it is tried for ever");
        office.deliver_due(&world.app).await;
        let dead = world.app.store().messages(OutboxState::Dead, 10).await.unwrap();
        if let [dead] = dead.as_slice() {
            assert!(hour >= 40, "given up after {hour} hours");
            assert_eq!(dead.tries, 56);
            assert_eq!(office.tries(), 56);
            break;
        }
        world.pass(SignedDuration::from_mins(30));
        office.deliver_due(&world.app).await;
        world.pass(SignedDuration::from_mins(30));
    }
    office.open();
    deliver_for(&world, &office, SignedDuration::from_mins(5)).await;
    assert!(office.letters().is_empty(), "given up is given up until somebody decides");
    let dead = world.app.store().messages(OutboxState::Dead, 10).await.unwrap();
    replay(&world, &admin, dead[0].id).await;
    office.deliver_due(&world.app).await;
    assert_eq!(office.letters().len(), 1);
}

async fn an_address_that_does_not_exist_is_given_up_at_once<S: Whole>(world: Arc<World<S>>) {
    let admin = world.admin().await;
    settle(&world).await;
    let row = world.row(Some(admin.id));
    let office = PostOffice::default();
    office.refuse(&row.joiner.personal_email);
    world.import_row(row).await;
    world.import(Some(admin.id)).await;
    deliver_for(&world, &office, SignedDuration::from_hours(1)).await;
    assert_eq!(office.letters().len(), 1, "others do not wait for it");
    assert_eq!(office.tries(), 2, "and it is tried once");
    let dead = world.app.store().messages(OutboxState::Dead, 10).await.unwrap();
    assert_eq!(dead.len(), 1);
    replay(&world, &admin, dead[0].id).await;
}

async fn only_the_newest_invitation_is_delivered<S: Whole>(world: Arc<World<S>>) {
    let admin = world.admin().await;
    settle(&world).await;
    let person = world.import(Some(admin.id)).await;
    let enrollment = world.enrollment_of(person).await;
    let office = PostOffice::default();
    office.close();
    let mut locators = vec![world.locator(enrollment).await];
    for _ in 0..3 {
        office.deliver_due(&world.app).await;
        world.app.run(&Reinvite { operator: admin.id.into(), enrollment }).await.unwrap();
        locators.push(world.locator(enrollment).await);
    }
    let withdrawn = world.import(Some(admin.id)).await;
    let withdrawn = world.enrollment_of(withdrawn).await;
    world.app.run(&Withdraw { operator: admin.id.into(), enrollment: withdrawn }).await.unwrap();
    office.open();
    deliver_for(&world, &office, SignedDuration::from_hours(1)).await;
    let letters = office.letters();
    assert_eq!(letters.len(), 1, "one invitation, none for what was withdrawn");
    assert!(letters[0].text.ends_with(locators.last().unwrap()));
    for message in world.app.store().entries_after(0, 10_000).await.unwrap() {
        for locator in &locators {
            let open = String::from_utf8_lossy(&message.1.open);
            assert!(!open.contains(locator), "no locator is stored");
        }
    }
}

async fn a_letter_whose_carrier_died_is_carried_again_under_the_same_name<S: Whole>(
    world: Arc<World<S>>,
) {
    let admin = world.admin().await;
    settle(&world).await;
    world.import(Some(admin.id)).await;
    let now = world.app.now();
    let claimed = world.app.store().claim(now, now + SignedDuration::from_mins(5), 10).await;
    let claimed = claimed.unwrap();
    assert_eq!(claimed.len(), 1);
    // Whoever claimed it is heard of no more.
    let office = PostOffice::default();
    office.deliver_due(&world.app).await;
    assert!(office.letters().is_empty(), "while somebody holds it, nobody else carries it");
    deliver_for(&world, &office, SignedDuration::from_mins(6)).await;
    let letters = office.letters();
    assert_eq!(letters.len(), 1);
    assert!(letters[0].message_id.contains(&claimed[0].id.to_string()));
}
