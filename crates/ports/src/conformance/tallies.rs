//! Counters.

use std::sync::Arc;

use super::{Backend, samples::put};
use crate::{Commit, Tally};

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
