//! How many answers that stream an attempt may hold.

use std::{
    collections::HashMap,
    convert::Infallible,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use firstkey_domain::AttemptId;
use tokio::sync::oneshot;

/// How many at one time: a few tabs of one browser.
const AT_ONCE: usize = 3;

/// The streams that are open, by attempt. Attempts without one are not in it.
#[derive(Debug, Clone, Default)]
pub(crate) struct Streams(Arc<Mutex<HashMap<AttemptId, Vec<Open>>>>);

/// The end of an open stream that is dropped to end it.
type Open = oneshot::Sender<Infallible>;

/// A place for one stream, until it is dropped.
#[derive(Debug)]
pub(super) struct Stream {
    streams: Streams,
    attempt: AttemptId,
    is_wanted: oneshot::Receiver<Infallible>,
}

impl Streams {
    /// Makes room for one more. Whoever asks anew is there; so the oldest ends when there are too
    /// many, which may well be one of which nobody has heard for a while.
    pub(super) fn begin(&self, attempt: AttemptId) -> Stream {
        let (open, is_wanted) = oneshot::channel();
        let mut all = self.lock();
        let held = all.entry(attempt).or_default();
        if held.len() >= AT_ONCE {
            held.remove(0);
        }
        held.push(open);
        drop(all);
        Stream { streams: self.clone(), attempt, is_wanted }
    }

    fn lock(&self) -> MutexGuard<'_, HashMap<AttemptId, Vec<Open>>> {
        // The map is whole between any two statements.
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Stream {
    /// Waits until newer streams have taken its place.
    pub(super) async fn ended(&mut self) {
        // Nothing is ever sent; the other end is dropped.
        let _ = (&mut self.is_wanted).await;
    }
}

impl Drop for Stream {
    fn drop(&mut self) {
        self.is_wanted.close();
        let mut all = self.streams.lock();
        if let Some(held) = all.get_mut(&self.attempt) {
            held.retain(|open| !open.is_closed());
            if held.is_empty() {
                all.remove(&self.attempt);
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

    fn is_over(stream: &mut Stream) -> bool {
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
