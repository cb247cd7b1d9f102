//! Somebody moves the server's clock (rule 22).

use std::sync::Arc;

use firstkey_app::{Fault, enrolling::AskPassFault};
use firstkey_testkit::authenticator::SoftAuthenticator;
use jiff::SignedDuration;

use crate::{
    invariants::{Whole, over_both_stores},
    world::World,
};

over_both_stores!(
    minting_stops_until_the_host_accepts_the_clock,
    a_clock_that_drifts_a_little_is_none_of_our_business,
    time_that_is_set_back_stands_still,
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
        world.app.accept_clock();
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
    world.app.accept_clock();
    // Everything goes on at the time of the last event, and the log stays in order.
    world.joiner(&mut admin).await;
    assert_eq!(world.app.now(), last);
    world.live(SignedDuration::from_mins(1)).await;
    assert_eq!(world.app.now(), last, "until wall time has caught up");
}
