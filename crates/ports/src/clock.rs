//! Time as a parameter.

use std::time::Duration;

use jiff::Timestamp;

/// What the clock says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Reading {
    /// Wall time.
    pub wall: Timestamp,
    /// Time since boot, suspended time included (`CLOCK_BOOTTIME`). When wall time and this part by
    /// more than two minutes, somebody moved the clock (rule 22).
    pub since_boot: Duration,
}

/// A source of time.
pub trait Clock: Send + Sync {
    /// Reads both clocks.
    fn read(&self) -> Reading;
}
