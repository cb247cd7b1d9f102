//! Browsers that enroll one joiner after the other, until it is over.

use std::{
    collections::VecDeque,
    sync::{
        Arc, Mutex,
        atomic::{AtomicBool, AtomicUsize, Ordering},
    },
    thread::{self, JoinHandle},
    time::{Duration, Instant},
};

use super::{desk::Desk, joiner::Joiner, place::Place};

/// Browsers at work at the same time.
const WORKERS: u64 = 3;
/// How long so many may take, on a busy machine.
const PATIENCE: Duration = Duration::from_secs(120);

/// What workers and whoever disturbs them share.
pub struct Load {
    pub place: Place,
    pub desk: Desk,
    /// Addresses of those who were invited.
    pub invited: Mutex<VecDeque<String>>,
    /// Those who were told that their passkey is bound.
    pub acknowledged: Mutex<Vec<Joiner>>,
    pub begun: AtomicUsize,
    is_over: AtomicBool,
}

impl Load {
    /// Lets them begin.
    pub fn start(place: Place, desk: Desk) -> (Arc<Self>, Vec<JoinHandle<()>>) {
        let load = Arc::new(Self {
            place,
            desk,
            invited: Mutex::default(),
            acknowledged: Mutex::default(),
            begun: AtomicUsize::new(0),
            is_over: AtomicBool::new(false),
        });
        let workers = (1..=WORKERS).map(|worker| {
            let load = load.clone();
            thread::spawn(move || load.work(worker))
        });
        let workers = workers.collect();
        (load, workers)
    }

    /// Lets them end what they began.
    pub fn end(&self, workers: Vec<JoinHandle<()>>) {
        self.is_over.store(true, Ordering::Relaxed);
        for worker in workers {
            worker.join().unwrap();
        }
    }

    /// Waits until so many passkeys are bound; answers with how many are.
    pub fn wait_for(&self, count: usize) -> usize {
        let ends = Instant::now() + PATIENCE;
        loop {
            let there = self.acknowledged.lock().unwrap().len();
            if there >= count {
                return there;
            }
            assert!(Instant::now() < ends, "only {there} of {count} got there");
            thread::sleep(Duration::from_millis(10));
        }
    }

    fn work(&self, worker: u64) {
        let mut seed = worker << 32;
        while !self.is_over.load(Ordering::Relaxed) {
            let next = self.invited.lock().unwrap().pop_front();
            let Some(address) = next else {
                thread::sleep(Duration::from_millis(20));
                continue;
            };
            seed += 1;
            let mut joiner = Joiner::new(self.place.post.locator(&address), seed);
            self.begun.fetch_add(1, Ordering::Relaxed);
            joiner.enroll(&self.place, &self.desk);
            // A second letter may come when the server died before it had noted the first; readers
            // and their mail programs recognise it.
            assert_eq!(self.place.post.names(&address), 1);
            self.acknowledged.lock().unwrap().push(joiner);
        }
    }
}
