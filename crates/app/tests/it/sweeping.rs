//! What time ends is written down within a minute, and nothing waits for that.

use std::sync::Arc;

use firstkey_app::people::MarkLeft;
use firstkey_ports::{Stage, Tally};
use firstkey_testkit::authenticator::SoftAuthenticator;
use jiff::SignedDuration;

use crate::{
    invariants::{Whole, over_both_stores},
    post::PostOffice,
    world::{Browser, Member, World},
};

over_both_stores!(
    the_end_of_a_pass_is_recorded,
    the_end_of_an_attempt_is_recorded,
    the_end_of_an_invitation_is_recorded,
    whoever_leaves_leaves_nothing_open,
);

async fn ready<S: Whole>(world: &World<S>) -> (Browser, Member) {
    let mut admin = world.admin().await;
    let joiner = world.import(Some(admin.id)).await;
    let browser = world.begin(world.enrollment_of(joiner).await, None).await;
    world.match_by(&mut admin, &browser).await;
    world.app.run(&world.ask_pass(&browser)).await.unwrap();
    (browser, admin)
}

async fn tally<S: Whole>(world: &World<S>, wanted: Tally) -> i64 {
    let tallies = world.app.store().tallies().await.unwrap();
    tallies.into_iter().find(|(tally, _)| *tally == wanted).map_or(0, |(_, count)| count)
}

async fn the_end_of_a_pass_is_recorded<S: Whole>(world: Arc<World<S>>) {
    let (browser, _) = ready(&world).await;
    world.live(SignedDuration::from_secs(599)).await;
    assert_eq!(tally(&world, Tally::OpenPasses).await, 1);
    world.live(SignedDuration::from_secs(30)).await;
    assert_eq!(tally(&world, Tally::OpenPasses).await, 0);
    let open = world.app.store().open_now(10).await.unwrap();
    assert_eq!(open.attempts[0].pass_expires, None);
    assert_eq!(tally(&world, Tally::PassesEndedLate).await, 0);
    world.enroll(&browser, SoftAuthenticator::new(900)).await;
}

async fn the_end_of_an_attempt_is_recorded<S: Whole>(world: Arc<World<S>>) {
    let (browser, mut admin) = ready(&world).await;
    world.live(SignedDuration::from_hours(24)).await;
    assert_eq!(tally(&world, Tally::OpenAttempts).await, 0);
    assert!(world.app.store().open_now(10).await.unwrap().attempts.is_empty());
    let again = world.begin(browser.enrollment, None).await;
    world.match_by(&mut admin, &again).await;
    world.enroll(&again, SoftAuthenticator::new(900)).await;
}

async fn the_end_of_an_invitation_is_recorded<S: Whole>(world: Arc<World<S>>) {
    let (browser, _) = ready(&world).await;
    world.live(SignedDuration::from_mins(11)).await;
    world.pass(SignedDuration::from_hours(14 * 24));
    world.app.sweep().await.unwrap();
    assert_eq!(tally(&world, Tally::OpenEnrollments).await, 0);
    assert_eq!(tally(&world, Tally::Abandoned).await, 1);
    let row = world.app.store().enrollment(browser.enrollment).await.unwrap().unwrap();
    assert!(matches!(row.stage, Stage::Closed(_)));
    assert_eq!(row.deadline, None);
}

async fn whoever_leaves_leaves_nothing_open<S: Whole>(world: Arc<World<S>>) {
    let (browser, admin) = ready(&world).await;
    let person = world.enrollment(browser.enrollment).await.person;
    world.app.run(&MarkLeft { operator: admin.id, person }).await.unwrap();
    PostOffice::default().deliver_due(&world.app).await;
    for open in [Tally::OpenEnrollments, Tally::OpenAttempts, Tally::OpenPasses] {
        assert_eq!(tally(&world, open).await, 0, "{}", open.name());
    }
}

/// The alarm can sound: a sweeper that stood still for two minutes is seen.
#[tokio::test]
async fn a_sweeper_that_stood_still_raises_the_alarm() {
    let world = World::in_memory().await;
    ready(&world).await;
    world.pass(SignedDuration::from_mins(12));
    world.app.sweep().await.unwrap();
    assert_eq!(tally(&world, Tally::PassesEndedLate).await, 1);
}
