//! The host's clocks. The one place that reads them.

use std::{
    fs, io,
    path::{Path, PathBuf},
    sync::{PoisonError, RwLock},
    time::Duration,
};

use firstkey_ports::{Clock, Reading, ReferenceClock, ReferenceNotKept};
use jiff::{SignedDuration, Timestamp};
use nix::time::{ClockId, clock_gettime};
use serde::{Deserialize, Serialize};

use crate::data::write_private;

/// Where Linux says which boot this is (`random(4)`).
const BOOT_ID: &str = "/proc/sys/kernel/random/boot_id";

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

/// The host's clocks, and in a file of the data folder what they said when they were last taken as
/// right. Readings of two boots cannot be compared, so the file counts for its own boot only.
#[derive(Debug)]
pub struct KeptClock {
    file: PathBuf,
    boot: String,
    reference: RwLock<Reading>,
}

/// What the file holds.
#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Kept {
    boot: String,
    wall: Timestamp,
    since_boot: Duration,
}

impl KeptClock {
    /// The clocks, with the file's reference when it is of this boot; otherwise they are taken as
    /// right now, and the file is written.
    pub fn open(file: &Path) -> io::Result<Self> {
        // Without it every start counts as another boot's.
        let boot = fs::read_to_string(BOOT_ID).unwrap_or_default().trim().to_owned();
        Self::of_boot(file, boot)
    }

    fn of_boot(file: &Path, boot: String) -> io::Result<Self> {
        let kept = fs::read(file).ok().and_then(|json| serde_json::from_slice::<Kept>(&json).ok());
        let kept = kept.filter(|kept| kept.boot == boot && !boot.is_empty());
        let reference = kept.map_or_else(
            || HostClock.read(),
            |Kept { wall, since_boot, .. }| Reading { wall, since_boot },
        );
        let clock = Self { file: file.to_owned(), boot, reference: RwLock::new(reference) };
        clock.keep(reference)?;
        Ok(clock)
    }

    /// How far the wall clock was moved since the file's reference; `None` when the file is of another
    /// boot, or says nothing. Changes nothing.
    pub fn moved(file: &Path) -> Option<SignedDuration> {
        let boot = fs::read_to_string(BOOT_ID).unwrap_or_default().trim().to_owned();
        let kept: Kept = serde_json::from_slice(&fs::read(file).ok()?).ok()?;
        let reference = Reading { wall: kept.wall, since_boot: kept.since_boot };
        (kept.boot == boot && !boot.is_empty()).then(|| HostClock.read().moved_since(reference))
    }

    fn keep(&self, Reading { wall, since_boot }: Reading) -> io::Result<()> {
        let kept = Kept { boot: self.boot.clone(), wall, since_boot };
        write_private(&self.file, &serde_json::to_vec(&kept)?)
    }
}

impl Clock for KeptClock {
    fn read(&self) -> Reading {
        HostClock.read()
    }
}

impl ReferenceClock for KeptClock {
    fn reference(&self) -> Reading {
        *self.reference.read().unwrap_or_else(PoisonError::into_inner)
    }

    fn accept(&self, reading: Reading) -> Result<(), ReferenceNotKept> {
        *self.reference.write().unwrap_or_else(PoisonError::into_inner) = reading;
        self.keep(reading)
            .map_err(|error| ReferenceNotKept(format!("{}: {error}", self.file.display())))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn opened(file: &Path, boot: &str) -> KeptClock {
        KeptClock::of_boot(file, boot.to_owned()).unwrap()
    }

    #[test]
    fn rule_22_a_restart_keeps_the_reference_and_a_reboot_does_not() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("clock.json");
        let clock = opened(&file, "one");
        let mut moved = clock.read();
        moved.wall -= SignedDuration::from_hours(1);
        clock.accept(moved).unwrap();
        let restarted = opened(&file, "one");
        assert_eq!(restarted.reference(), moved);
        // These are the real clocks, which the kernel may be nudging meanwhile: an hour, give or take.
        assert!(restarted.read().moved_since(restarted.reference()).as_mins() >= 59);
        assert_eq!(KeptClock::moved(&file), None, "of another boot");
        let rebooted = opened(&file, "two");
        assert!(rebooted.read().moved_since(rebooted.reference()).abs().as_mins() < 1);
        // A file that cannot be read is no reference.
        fs::write(&file, "{").unwrap();
        assert!(opened(&file, "two").reference().wall > moved.wall);
    }
}
