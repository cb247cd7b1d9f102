//! How many answers that stream one attempt, or one session, may hold.

use std::{
    collections::HashMap,
    convert::Infallible,
    hash::Hash,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use tokio::sync::oneshot;

/// How many at one time: a few tabs of one browser.
const AT_ONCE: usize = 3;

/// The streams that are open, by whose they are. Whoever has none is not in it.
#[derive(Debug, Clone)]
pub(crate) struct Streams<K>(Arc<Mutex<HashMap<K, Vec<Open>>>>);

impl<K> Default for Streams<K> {
    fn default() -> Self {
        Self(Arc::default())
    }
}

/// The end of an open stream that is dropped to end it.
type Open = oneshot::Sender<Infallible>;

/// A place for one stream, until it is dropped.
#[derive(Debug)]
pub(crate) struct Stream<K: Copy + Eq + Hash> {
    streams: Streams<K>,
    whose: K,
    is_wanted: oneshot::Receiver<Infallible>,
}

impl<K: Copy + Eq + Hash> Streams<K> {
    /// Makes room for one more. Whoever asks anew is there; so the oldest ends when there are too
    /// many, which may well be one of which nobody has heard for a while.
    pub(crate) fn begin(&self, whose: K) -> Stream<K> {
        let (open, is_wanted) = oneshot::channel();
        let mut all = self.lock();
        let held = all.entry(whose).or_default();
        if held.len() >= AT_ONCE {
            held.remove(0);
        }
        held.push(open);
        drop(all);
        Stream { streams: self.clone(), whose, is_wanted }
    }

    fn lock(&self) -> MutexGuard<'_, HashMap<K, Vec<Open>>> {
        // The map is whole between any two statements.
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl<K: Copy + Eq + Hash> Stream<K> {
    /// Waits until newer streams have taken its place.
    pub(crate) async fn ended(&mut self) {
        // Nothing is ever sent; the other end is dropped.
        let _ = (&mut self.is_wanted).await;
    }
}

impl<K: Copy + Eq + Hash> Drop for Stream<K> {
    fn drop(&mut self) {
        self.is_wanted.close();
        let mut all = self.streams.lock();
        if let Some(held) = all.get_mut(&self.whose) {
            held.retain(|open| !open.is_closed());
            if held.is_empty() {
                all.remove(&self.whose);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use firstkey_domain::AttemptId;
    use futures_util::FutureExt;
    use uuid::Uuid;

    use super::*;

    fn attempt(number: u128) -> AttemptId {
        AttemptId::from_uuid(Uuid::from_u128(number))
    }

    fn is_over(stream: &mut Stream<AttemptId>) -> bool {
        stream.ended().now_or_never().is_some()
    }

    #[test]
    fn the_oldest_gives_way_to_the_newest_of_its_attempt() {
        let streams = Streams::default();
        let mut other = streams.begin(attempt(2));
        let mut mine: Vec<_> = (0..=AT_ONCE).map(|_| streams.begin(attempt(1))).collect();
        let over: Vec<_> = mine.iter_mut().map(is_over).collect();
        assert_eq!(over, [true, false, false, false]);
        assert!(!is_over(&mut other));
    }

    #[test]
    fn what_ended_by_itself_leaves_its_place_and_nothing_behind() {
        let streams = Streams::default();
        let mut stays = streams.begin(attempt(1));
        for _ in 0..100 {
            drop(streams.begin(attempt(1)));
        }
        assert!(!is_over(&mut stays));
        drop(stays);
        assert!(streams.lock().is_empty());
    }
}
