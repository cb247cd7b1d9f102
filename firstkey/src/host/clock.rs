//! The host's clocks. The one place that reads them.

use std::time::Duration;

use firstkey_ports::{Clock, Reading};
use jiff::Timestamp;
use nix::time::{ClockId, clock_gettime};

/// The host's clocks.
#[derive(Debug, Clone, Copy)]
pub struct HostClock;

impl Clock for HostClock {
    #[expect(clippy::disallowed_methods, reason = "this is what the Clock port is made of")]
    fn read(&self) -> Reading {
        // Linux has had CLOCK_BOOTTIME since 2.6.39; without it no clock can be judged, and zero
        // makes every later reading look moved, which stops minting rather than trusting it.
        let since_boot =
            clock_gettime(ClockId::CLOCK_BOOTTIME).map_or(Duration::ZERO, Duration::from);
        Reading { wall: Timestamp::now(), since_boot }
    }
}
