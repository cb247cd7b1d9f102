//! Many at once: exactly one wins what can be won once.

use std::sync::Arc;

use tokio::task::JoinSet;

use super::{
    Backend,
    samples::{append, appending, guard, reservation, reserving, stream, uuid},
};
use crate::{Commit, CommitError, Reservation};

const RACERS: u128 = 64;
const ROUNDS: u64 = 16;

/// Commits all at once and says how each fared.
async fn race<S: Backend>(
    store: &Arc<S>,
    commits: impl IntoIterator<Item = Commit>,
) -> Vec<Result<(), CommitError>> {
    let mut racers = JoinSet::new();
    for commit in commits {
        let store = Arc::clone(store);
        racers.spawn(async move { store.commit(commit).await });
    }
    racers.join_all().await
}

fn winners(fared: &[Result<(), CommitError>]) -> usize {
    fared.iter().filter(|each| each.is_ok()).count()
}

pub(super) async fn one_of_many_commits_on_a_version_wins<S: Backend>(store: Arc<S>) {
    for version in 0..ROUNDS {
        let contender = |number: u128| Commit {
            guards: vec![guard(stream(1), version)],
            bulk: number.is_multiple_of(4),
            ..appending([append(stream(1), version, &number.to_string())])
        };
        let fared = race(&store, (0..RACERS).map(contender)).await;
        assert_eq!(winners(&fared), 1);
        let lost = fared.into_iter().filter_map(Result::err);
        assert!(lost.into_iter().all(|error| error == CommitError::Stale(stream(1))));
        let loaded = store.load(&[stream(1)]).await.expect("readable");
        assert_eq!(loaded[0].version, version + 1);
    }
    assert_eq!(store.entries(stream(1)).await.expect("readable").len() as u64, ROUNDS);
}

pub(super) async fn one_of_many_takes_a_reservation<S: Backend>(store: Arc<S>) {
    for round in 0..ROUNDS {
        let contender = |number| {
            let wanted = Reservation { owner: uuid(number), ..reservation(&round.to_string()) };
            reserving(wanted)
        };
        let fared = race(&store, (0..RACERS).map(contender)).await;
        assert_eq!(winners(&fared), 1);
    }
}

pub(super) async fn all_commits_on_streams_of_their_own_win<S: Backend>(store: Arc<S>) {
    let own = |number| appending([append(stream(number), 0, "mine")]);
    let fared = race(&store, (1..=RACERS * 4).map(own)).await;
    assert_eq!(winners(&fared), fared.len());
    let asked: Vec<_> = (1..=RACERS * 4).map(stream).collect();
    let loaded = store.load(&asked).await.expect("readable");
    assert!(loaded.iter().all(|stored| stored.version == 1));
}
