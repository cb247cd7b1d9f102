//! The server stops between two steps and starts again on what it had stored.

use firstkey_app::{
    Fault,
    enrolling::{AskPassFault, Bound},
    own::AddAuthenticator,
};
use firstkey_testkit::authenticator::{CeremonyError, SoftAuthenticator};
use jiff::SignedDuration;
use serde_json::json;

use crate::world::{JOIN, World};

/// Between `create()` and `get()`: the passkey is on its device and bound to nobody.
#[tokio::test]
async fn a_passkey_that_was_made_waits_for_its_second_press() {
    let world = World::on_disk().await;
    let mut admin = world.admin().await;
    let joiner = world.import(Some(admin.id)).await;
    let browser = world.begin(world.enrollment_of(joiner).await, None).await;
    world.match_by(&mut admin, &browser).await;
    let mut key = SoftAuthenticator::new(900);
    let lost = world.register(&browser, &mut key).await;

    let world = world.restarted().await;
    assert!(world.person(joiner).await.authenticators.is_empty(), "verified, and bound to nobody");
    let made = world.app.run(&world.ask_pass(&browser)).await.map(drop);
    assert!(matches!(made, Err(Fault::Refused(AskPassFault::AlreadyMade))), "no second create()");
    let second = world.second_press(&browser).await;
    assert_ne!(second.ticket, lost.ticket);
    let bind = world.binding(&browser, &second, &mut key);
    assert!(matches!(world.app.run(&bind).await.unwrap(), Bound::Bound(_)));
    world.check_invariants().await;
}

/// The keys are the same, so what travelled before the restart is still good after it.
#[tokio::test]
async fn a_ceremony_outlives_a_restart() {
    let world = World::on_disk().await;
    let mut admin = world.admin().await;
    let joiner = world.import(Some(admin.id)).await;
    let browser = world.begin(world.enrollment_of(joiner).await, None).await;
    let approval = world.approval(&mut admin, &browser).await;
    let world = world.restarted().await;
    world.app.run(&approval).await.unwrap();
    let mut key = SoftAuthenticator::new(900);
    let second = world.register(&browser, &mut key).await;
    let bind = world.binding(&browser, &second, &mut key);
    let world = world.restarted().await;
    let Bound::Bound(bound) = world.app.run(&bind).await.unwrap() else { panic!() };
    let world = world.restarted().await;
    // The answer was lost, and the browser asks again (rule 24).
    let Bound::Bound(same) = world.app.run(&bind).await.unwrap() else { panic!() };
    assert_eq!(bound, same);
    world.check_invariants().await;
}

#[tokio::test]
async fn whoever_adds_a_passkey_cannot_replace_one_by_accident() {
    let world = World::on_disk().await;
    let mut admin = world.admin().await;
    let add = AddAuthenticator { person: admin.id };
    let (enrollment, _) = world.app.run(&add).await.unwrap();
    let browser = world.begin(enrollment, None).await;
    world.match_by(&mut admin, &browser).await;
    let first = world.app.run(&world.ask_pass(&browser)).await.unwrap();
    assert_eq!(first.options["excludeCredentials"].as_array().unwrap().len(), 1);
    let replaced = admin.key.create(&first.options, JOIN);
    assert!(matches!(replaced, Err(CeremonyError::InvalidState)));
    let second = world.enroll(&browser, SoftAuthenticator::new(900)).await;
    assert_ne!(second.authenticator, admin.authenticator);
    assert_eq!(first.options["user"]["id"].is_string(), json!(true));
    world.check_invariants().await;
}

#[tokio::test]
async fn time_never_runs_backwards_over_a_restart() {
    let world = World::on_disk().await;
    let admin = world.admin().await;
    let last = world.app.now();
    world.clock.move_wall(SignedDuration::from_hours(-5));
    let world = world.restarted().await;
    assert_eq!(world.app.now(), last);
    world.import(Some(admin.id)).await;
    assert!(world.app.now() >= last);
    world.check_invariants().await;
}
