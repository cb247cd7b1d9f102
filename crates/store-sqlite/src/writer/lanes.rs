//! What waits for the writer: interactive work passes bulk work.

use std::{
    collections::VecDeque,
    sync::{Condvar, Mutex, MutexGuard, PoisonError},
    thread,
};

use firstkey_ports::CommitError;

use super::task::Job;

/// How much may wait in a lane. More than this is told to come back later, so that a flood takes
/// neither memory nor minutes.
const MAX_WAITING: usize = 4096;

/// How much bulk work joins a batch in which somebody waits at a screen.
const BULK_SHARE: usize = 8;

/// How much bulk work makes a batch by itself: whoever comes meanwhile waits for some ten milliseconds.
const BULK_ALONE: usize = 128;

/// Which queue.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Lane {
    /// Somebody waits.
    Interactive,
    /// Nobody waits.
    Bulk,
}

type Queue = VecDeque<Box<dyn Job>>;

#[derive(Default)]
pub(super) struct Lanes {
    waiting: Mutex<Waiting>,
    wake: Condvar,
}

#[derive(Default)]
struct Waiting {
    interactive: Queue,
    bulk: Queue,
    closed: bool,
}

impl Waiting {
    fn count(&self) -> usize {
        self.interactive.len() + self.bulk.len()
    }
}

impl std::fmt::Debug for Lanes {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Lanes(…)")
    }
}

impl Lanes {
    /// Queues a job, unless the lane is full or closed.
    pub(super) fn push(&self, lane: Lane, job: Box<dyn Job>) -> Result<(), CommitError> {
        let mut waiting = self.lock();
        if waiting.closed {
            return Err(CommitError::Unavailable("the store is closed".into()));
        }
        let queue = match lane {
            Lane::Interactive => &mut waiting.interactive,
            Lane::Bulk => &mut waiting.bulk,
        };
        if queue.len() >= MAX_WAITING {
            return Err(CommitError::Unavailable("too many changes are waiting".into()));
        }
        queue.push_back(job);
        // The writer sleeps only while nothing waits: whoever joins others need not wake it.
        let is_first = waiting.count() == 1;
        drop(waiting);
        if is_first {
            self.wake.notify_one();
        }
        Ok(())
    }

    /// Waits for work, and takes up to `limit` interactive jobs and some bulk ones; nothing when closed and
    /// empty.
    pub(super) fn take(&self, limit: usize) -> Option<Vec<Box<dyn Job>>> {
        let mut waiting = self.lock();
        while waiting.count() == 0 {
            if waiting.closed {
                return None;
            }
            waiting = self.wake.wait(waiting).unwrap_or_else(PoisonError::into_inner);
        }
        // When the cores are busy, whoever is about to commit goes first and joins this batch, for as long
        // as somebody joins: a batch costs an fsync and the pages that every batch writes, whatever its
        // size. On an idle machine this is one call of the system.
        let mut seen = 0;
        while seen < waiting.interactive.len().min(limit) {
            seen = waiting.interactive.len();
            drop(waiting);
            thread::yield_now();
            waiting = self.lock();
        }
        let Waiting { interactive, bulk, .. } = &mut *waiting;
        let first = interactive.len().min(limit);
        let share = if first == 0 { BULK_ALONE } else { BULK_SHARE.min(limit - first) };
        let second = bulk.len().min(share);
        Some(interactive.drain(..first).chain(bulk.drain(..second)).collect())
    }

    /// Lets nothing more in.
    pub(super) fn close(&self) {
        self.lock().closed = true;
        self.wake.notify_all();
    }

    // A panic while the lock was held cannot have left a queue half changed.
    fn lock(&self) -> MutexGuard<'_, Waiting> {
        self.waiting.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Closes the lanes and forgets what waits, which tells the callers.
pub(super) struct AbandonOnDrop<'a>(pub(super) &'a Lanes);

impl Drop for AbandonOnDrop<'_> {
    fn drop(&mut self) {
        let mut waiting = self.0.lock();
        waiting.closed = true;
        let abandoned =
            (std::mem::take(&mut waiting.interactive), std::mem::take(&mut waiting.bulk));
        drop(waiting);
        for job in abandoned.0.into_iter().chain(abandoned.1) {
            job.answer();
        }
    }
}
