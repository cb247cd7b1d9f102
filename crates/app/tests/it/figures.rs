//! Figures by week and part: the funnel, its times, and what a database from before had not counted.

use std::{collections::BTreeMap, sync::Arc};

use firstkey_app::{
    inviting::Withdraw,
    machines::Caller,
    people::{ImportJoiner, MarkLeft},
};
use firstkey_ports::{
    Archive, Figure, Measure, Part, PartKind, PartNow, Queries, Step, Took, Week,
};
use firstkey_store_sqlite::{Options, SqliteStore};
use firstkey_testkit::authenticator::SoftAuthenticator;
use jiff::SignedDuration;
use rusqlite::Connection;

use crate::{
    edited_database::{checked, story},
    invariants::{Whole, over_both_stores},
    world::World,
};

over_both_stores!(
    the_funnel_says_how_far_those_of_a_week_have_come,
    times_are_right_to_the_range,
    parts_follow_what_is_known_of_people,
);

async fn weeks<S: Whole>(world: &World<S>, of: &Part) -> BTreeMap<(Week, Measure), i64> {
    let epoch = "2020-01-06".parse().unwrap();
    let weeks = world.app.store().weeks(of, epoch).await.unwrap();
    weeks.into_iter().map(|(week, measure, count)| ((week, measure), count)).collect()
}

async fn funnel<S: Whole>(world: &World<S>, of: &Part, week: Week) -> [i64; 6] {
    let weeks = weeks(world, of).await;
    Step::ALL.map(|step| weeks.get(&(week, Measure::Reached(step))).copied().unwrap_or(0))
}

async fn the_funnel_says_how_far_those_of_a_week_have_come<S: Whole>(world: Arc<World<S>>) {
    let everybody = Part::everybody();
    let first = Week::of(world.app.now());
    let mut admin = world.admin().await;
    let joiner = world.import(Some(admin.id)).await;
    let _ = world.import(Some(admin.id)).await;
    assert_eq!(funnel(&world, &everybody, first).await, [3, 3, 1, 1, 1, 0]);

    world.clock.pass(SignedDuration::from_hours(7 * 24));
    world.app.sweep().await.unwrap();
    let later = Week::of(world.app.now());
    assert_eq!(later, first.next());
    let browser = world.begin(world.enrollment_of(joiner).await, None).await;
    world.match_by(&mut admin, &browser).await;
    world.enroll(&browser, SoftAuthenticator::new(900)).await;
    world.add_key(&mut admin, SoftAuthenticator::new(901)).await;
    // They count where they joined, and an own act is no step of the funnel.
    assert_eq!(funnel(&world, &everybody, first).await, [3, 3, 2, 2, 2, 1]);
    assert_eq!(funnel(&world, &everybody, later).await, [0; 6]);

    // Whose enrollment ends in vain is back where they joined, and counts once when it is opened anew.
    let lost = world.import(Some(admin.id)).await;
    world.begin(world.enrollment_of(lost).await, None).await;
    assert_eq!(funnel(&world, &everybody, later).await, [1, 1, 1, 0, 0, 0]);
    let withdraw = Withdraw {
        operator: Caller::Person(admin.id),
        enrollment: world.enrollment_of(lost).await,
    };
    world.app.run(&withdraw).await.unwrap();
    assert_eq!(funnel(&world, &everybody, later).await, [1, 0, 0, 0, 0, 0]);
}

async fn times_are_right_to_the_range<S: Whole>(world: Arc<World<S>>) {
    let mut admin = world.admin().await;
    let before = weeks(&world, &Part::everybody()).await;
    let joiner = world.import(Some(admin.id)).await;
    world.clock.pass(SignedDuration::from_hours(49));
    let browser = world.begin(world.enrollment_of(joiner).await, None).await;
    world.clock.pass(SignedDuration::from_secs(6 * 60));
    world.match_by(&mut admin, &browser).await;
    world.enroll(&browser, SoftAuthenticator::new(900)).await;
    let week = Week::of(world.app.now());
    let after = weeks(&world, &Part::everybody()).await;
    let gained = |measure: fn(Took) -> Measure, time| {
        let key = (week, measure(Took::of(time)));
        after.get(&key).copied().unwrap_or(0) - before.get(&key).copied().unwrap_or(0)
    };
    // Joined 49 hours and six minutes before, begun six minutes before.
    let since_joining = SignedDuration::from_secs(49 * 3600 + 360);
    assert_eq!(gained(Measure::JoiningToPasskey, since_joining), 1);
    assert_eq!(gained(Measure::BeginToPasskey, SignedDuration::from_secs(360)), 1);
    let times = |weeks: &BTreeMap<(Week, Measure), i64>| -> i64 {
        let is_time = |measure: &Measure| !matches!(measure, Measure::Reached(_));
        weeks.iter().filter(|((_, measure), _)| is_time(measure)).map(|(_, count)| count).sum()
    };
    assert_eq!(times(&after) - times(&before), 2);
    // A second passkey is no first one.
    let mut admin = admin;
    world.add_key(&mut admin, SoftAuthenticator::new(902)).await;
    assert_eq!(times(&weeks(&world, &Part::everybody()).await), times(&after));
}

async fn parts_follow_what_is_known_of_people<S: Whole>(world: Arc<World<S>>) {
    let mut admin = world.admin().await;
    let (madrid, berlin) =
        (Part::new(PartKind::Site, "Madrid"), Part::new(PartKind::Site, "Berlin"));
    let mut row = world.row(Some(admin.id));
    row.joiner.groups = ["site:Madrid".to_owned(), "staff".to_owned()].into();
    let mut joiner = row.joiner.clone();
    let person = world.import_row(row).await;
    let browser = world.begin(world.enrollment_of(person).await, None).await;
    world.match_by(&mut admin, &browser).await;
    world.enroll(&browser, SoftAuthenticator::new(900)).await;
    let week = Week::of(world.app.now());
    let sites = async || world.app.store().parts(PartKind::Site, 9).await.unwrap();
    let one = |part: &Part| PartNow { part: part.clone(), people: 1, enrolled: 1, second: 0 };
    assert_eq!(sites().await, [one(&madrid)]);
    assert_eq!(funnel(&world, &madrid, week).await, [1, 0, 0, 0, 1, 0]);

    // They move, and all of them moves.
    joiner.groups = ["site:Berlin".to_owned()].into();
    let moved = ImportJoiner { joiner, known: Some(person), ..world.row(Some(admin.id)) };
    world.app.import_joiner(moved).await.unwrap();
    assert_eq!(sites().await, [one(&berlin)]);
    assert_eq!(funnel(&world, &madrid, week).await, [0; 6]);
    assert_eq!(funnel(&world, &berlin, week).await, [1, 0, 0, 0, 1, 0]);

    // Whoever left belongs nowhere, and has joined all the same.
    world.app.run(&MarkLeft { operator: admin.id, person }).await.unwrap();
    assert_eq!(sites().await, []);
    assert_eq!(funnel(&world, &berlin, week).await, [1, 0, 0, 0, 1, 0]);
}

/// A database from before is counted when it is opened, to the same figures, and `log check` agrees.
#[tokio::test]
async fn what_was_not_counted_before_is_counted_from_the_events() {
    let story = story().await;
    let counted = story.world.app.store();
    let (_folder, copy) = story.copy();
    let before = Connection::open(&copy).unwrap();
    before
        .execute_batch(
            "DROP TABLE weeks; DROP TABLE parts; DROP TABLE recount; DROP TABLE unexpected; \
             DELETE FROM tallies WHERE name LIKE 'at_%'; PRAGMA user_version = 4",
        )
        .unwrap();
    drop(before);
    let opened = SqliteStore::open(&copy, Options::default()).unwrap();
    let left = |figures: Vec<(Figure, i64)>| -> BTreeMap<Figure, i64> {
        figures.into_iter().filter(|(_, count)| *count != 0).collect()
    };
    let figures = left(opened.figures().await.unwrap());
    assert!(figures.len() > 6, "{figures:?}");
    assert_eq!(figures, left(counted.figures().await.unwrap()));
    assert_eq!(opened.tallies().await, counted.tallies().await);
    opened.close().await;
    let report = checked(&copy, None).await.unwrap();
    assert_eq!(report.figures, figures.len() as u64);
}
