//! Time as a parameter.

use std::{sync::Arc, time::Duration};

use jiff::{SignedDuration, Timestamp};

/// What the clock says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Reading {
    /// Wall time.
    pub wall: Timestamp,
    /// Time since boot, suspended time included (`CLOCK_BOOTTIME`). When wall time and this part by
    /// more than two minutes, somebody moved the clock (rule 22).
    pub since_boot: Duration,
}

impl Reading {
    /// How far wall time has been moved since an earlier reading of the same boot: what passed by
    /// wall time, less what passed since boot.
    pub fn moved_since(&self, earlier: Self) -> SignedDuration {
        let wall = self.wall.duration_since(earlier.wall);
        let boot = self.since_boot.saturating_sub(earlier.since_boot);
        wall - SignedDuration::try_from(boot).unwrap_or(SignedDuration::MAX)
    }
}

/// A source of time.
pub trait Clock: Send + Sync {
    /// Reads both clocks.
    fn read(&self) -> Reading;
}

impl<C: Clock + ?Sized> Clock for Arc<C> {
    fn read(&self) -> Reading {
        (**self).read()
    }
}

/// A source of time that remembers when it was last taken as right, over restarts of the server.
pub trait ReferenceClock: Clock {
    /// What it said then.
    fn reference(&self) -> Reading;

    /// Takes this reading as right. Fails when it could not be kept.
    fn accept(&self, reading: Reading) -> Result<(), ReferenceNotKept>;
}

/// What the clock said could not be kept for the next start.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("what the clock says could not be kept: {0}")]
pub struct ReferenceNotKept(pub String);
