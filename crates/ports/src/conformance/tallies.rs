//! Counters.

use std::{collections::BTreeMap, sync::Arc};

use jiff::SignedDuration;

use super::{Backend, samples::put};
use crate::{Commit, Figure, Holding, Measure, Part, PartKind, PartNow, Step, Tally, Took, Week};

pub(super) async fn counters_move_by_what_is_given(store: Arc<impl Backend>) {
    let zero = Tally::ALL.map(|tally| (tally, 0)).to_vec();
    assert_eq!(store.tallies().await, Ok(zero), "every counter is there from the beginning");
    for tallies in [vec![(Tally::People, 3), (Tally::OpenPasses, 1)], vec![(Tally::People, -1)]] {
        put(&*store, Commit { tallies, ..Commit::default() }).await;
    }
    let expected = Tally::ALL.map(|tally| match tally {
        Tally::People => (tally, 2),
        Tally::OpenPasses => (tally, 1),
        _ => (tally, 0),
    });
    assert_eq!(store.tallies().await, Ok(expected.to_vec()));
}

pub(super) async fn figures_move_by_what_is_given(store: Arc<impl Backend>) {
    let week = |monday: &str| -> Week { monday.parse().expect("a Monday") };
    let weekly =
        |of: &Part, monday, measure| Figure::Weekly { of: of.clone(), week: week(monday), measure };
    let (everybody, site) = (Part::everybody(), Part::new(PartKind::Site, "Madrid"));
    let joined = Measure::Reached(Step::Joined);
    let long = Took::of(SignedDuration::from_hours(1));
    let took = Measure::JoiningToPasskey(long);
    for figures in [
        vec![
            (weekly(&everybody, "2026-03-23", joined), 7),
            (weekly(&everybody, "2026-03-30", joined), 2),
            (weekly(&everybody, "2026-03-30", took), 1),
            (weekly(&everybody, "2026-04-06", Measure::BeginToPasskey(long)), 1),
            (weekly(&site, "2026-03-30", joined), 1),
        ],
        vec![
            (weekly(&everybody, "2026-03-30", joined), 3),
            (weekly(&everybody, "2026-04-06", Measure::BeginToPasskey(long)), -1),
        ],
    ] {
        put(&*store, Commit { figures, ..Commit::default() }).await;
    }
    let mut found = store.weeks(&everybody, week("2026-03-30")).await.expect("readable");
    found.sort_unstable();
    // Of which nothing is left is not listed, and an earlier week is not wanted.
    assert_eq!(found, [(week("2026-03-30"), joined, 5), (week("2026-03-30"), took, 1)]);
    assert_eq!(
        store.weeks(&site, week("2026-03-23")).await,
        Ok(vec![(week("2026-03-30"), joined, 1)])
    );
    let all = store.figures().await.expect("readable");
    let kept: BTreeMap<_, _> = all.into_iter().filter(|(_, count)| *count != 0).collect();
    assert_eq!(kept.len(), 4);
    assert_eq!(kept.get(&weekly(&everybody, "2026-03-23", joined)), Some(&7));
}

pub(super) async fn the_largest_parts_come_first(store: Arc<impl Backend>) {
    let part = |name| Part::new(PartKind::Department, name);
    let now = |of: Part, holding| Figure::Now { of, holding };
    let figures = vec![
        (now(part("Legal"), Holding::Any), 4),
        (now(part("Legal"), Holding::One), 3),
        (now(part("Legal"), Holding::Two), 1),
        (now(part("Audit"), Holding::Any), 4),
        (now(part("Sales"), Holding::Any), 9),
        (now(part("Gone"), Holding::Any), 1),
        (now(Part::new(PartKind::Site, "Madrid"), Holding::Any), 20),
    ];
    put(&*store, Commit { figures, ..Commit::default() }).await;
    let left = vec![(now(part("Gone"), Holding::Any), -1)];
    put(&*store, Commit { figures: left, ..Commit::default() }).await;
    let found = store.parts(PartKind::Department, 9).await.expect("readable");
    let expected = [("Sales", 9, 0, 0), ("Audit", 4, 0, 0), ("Legal", 4, 3, 1)];
    let expected = expected.map(|(name, people, enrolled, second)| PartNow {
        part: part(name),
        people,
        enrolled,
        second,
    });
    assert_eq!(found, expected);
    assert_eq!(store.parts(PartKind::Department, 1).await, Ok(expected[..1].to_vec()));
    let all = store.figures().await.expect("readable");
    assert!(all.contains(&(now(part("Legal"), Holding::Two), 1)), "{all:?}");
}
