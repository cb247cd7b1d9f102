//! Time that stands until it is moved, and bytes that differ and repeat in every run.

use std::{
    sync::atomic::{AtomicI64, AtomicU64, Ordering},
    time::Duration,
};

use firstkey_domain::Digest;
use firstkey_ports::{Clock, Entropy, Reading};
use jiff::Timestamp;

/// Monday, 5 January 2026, nine o'clock in Lisbon.
const MORNING: i64 = 1_767_603_600;

#[derive(Debug)]
pub(crate) struct HandClock(AtomicI64);

impl Default for HandClock {
    fn default() -> Self {
        Self(AtomicI64::new(MORNING))
    }
}

impl HandClock {
    pub(crate) fn pass(&self, seconds: i64) {
        self.0.fetch_add(seconds, Ordering::SeqCst);
    }
}

impl Clock for HandClock {
    fn read(&self) -> Reading {
        let now = self.0.load(Ordering::SeqCst);
        let since_boot = Duration::from_secs((now - MORNING + 1000).unsigned_abs());
        Reading { wall: Timestamp::from_second(now).unwrap(), since_boot }
    }
}

#[derive(Debug, Default)]
pub(crate) struct CountingEntropy(AtomicU64);

impl Entropy for CountingEntropy {
    fn fill(&self, buffer: &mut [u8]) {
        for chunk in buffer.chunks_mut(32) {
            let count = self.0.fetch_add(1, Ordering::SeqCst);
            let bytes = Digest::of(&count.to_be_bytes());
            chunk.copy_from_slice(&bytes.as_bytes()[..chunk.len()]);
        }
    }
}

/// The machine's own time, which browsers go by as well.
#[derive(Debug)]
pub(crate) struct WallClock;

impl Clock for WallClock {
    #[expect(clippy::disallowed_methods, reason = "this is the clock")]
    fn read(&self) -> Reading {
        let wall = Timestamp::now();
        let since_boot = Duration::from_secs(wall.as_second().unsigned_abs());
        Reading { wall, since_boot }
    }
}
