//! Somebody moves the server's clock (rule 22).

use std::sync::Arc;

use firstkey_app::{Fault, enrolling::AskPassFault};
use firstkey_ports::LogName;
use firstkey_testkit::authenticator::SoftAuthenticator;
use jiff::SignedDuration;
use serde_json::{Value, json};

use crate::{
    invariants::{Whole, over_both_stores},
    world::{HOST_USER, World},
};

over_both_stores!(
    minting_stops_until_the_host_accepts_the_clock,
    a_clock_that_drifts_a_little_is_none_of_our_business,
    time_that_is_set_back_stands_still,
    whoever_accepts_the_clock_is_in_the_log,
);

async fn minting_stops_until_the_host_accepts_the_clock<S: Whole>(world: Arc<World<S>>) {
    let mut admin = world.admin().await;
    for (minutes, seed) in [(3, 900), (-3, 901)] {
        let joiner = world.import(Some(admin.id)).await;
        let browser = world.begin(world.enrollment_of(joiner).await, None).await;
        world.match_by(&mut admin, &browser).await;
        world.clock.move_wall(SignedDuration::from_mins(minutes));
        let refused = world.app.run(&world.ask_pass(&browser)).await.map(drop);
        assert!(matches!(refused, Err(Fault::Refused(AskPassFault::ClockMoved))), "{minutes}");
        // Time that passes does not make it right.
        world.live(SignedDuration::from_mins(1)).await;
        assert!(world.app.run(&world.ask_pass(&browser)).await.is_err());
        world.app.accept_clock(HOST_USER).await.unwrap();
        world.enroll(&browser, SoftAuthenticator::new(seed)).await;
    }
}

async fn a_clock_that_drifts_a_little_is_none_of_our_business<S: Whole>(world: Arc<World<S>>) {
    let mut admin = world.admin().await;
    world.clock.move_wall(SignedDuration::from_secs(119));
    world.joiner(&mut admin).await;
    world.clock.move_wall(SignedDuration::from_secs(-238));
    world.joiner(&mut admin).await;
}

async fn time_that_is_set_back_stands_still<S: Whole>(world: Arc<World<S>>) {
    let mut admin = world.admin().await;
    let last = world.app.now();
    world.clock.move_wall(SignedDuration::from_hours(-20));
    assert_eq!(world.app.now(), last);
    world.app.accept_clock(HOST_USER).await.unwrap();
    // Everything goes on at the time of the last event, and the log stays in order.
    world.joiner(&mut admin).await;
    assert_eq!(world.app.now(), last);
    world.live(SignedDuration::from_mins(1)).await;
    assert_eq!(world.app.now(), last, "until wall time has caught up");
}

#[tokio::test]
async fn a_restart_does_not_take_a_moved_clock_as_right() {
    let world = World::on_disk().await;
    world.clock.move_wall(SignedDuration::from_mins(3));
    let world = world.restarted().await;
    assert!(world.app.is_clock_moved());
    world.app.accept_clock(HOST_USER).await.unwrap();
    assert!(!world.app.is_clock_moved());
    assert!(!world.restarted().await.app.is_clock_moved());
}

async fn whoever_accepts_the_clock_is_in_the_log<S: Whole>(world: Arc<World<S>>) {
    world.clock.move_wall(SignedDuration::from_mins(-7));
    world.app.accept_clock(HOST_USER).await.unwrap();
    world.app.sequence_once().await.unwrap();
    let entries = world.app.store().entries_after(0, 100).await.unwrap();
    let (log, entry) = entries.last().unwrap();
    let said: Value = serde_json::from_slice(&entry.open).unwrap();
    assert_eq!((*log, entry.stream), (LogName::Lifecycle, None));
    assert_eq!(said["kind"], "clock.accepted/1");
    assert_eq!(said["by"], json!({ "host": HOST_USER }));
    assert_eq!(said["moved_seconds"], -7 * 60);
}
