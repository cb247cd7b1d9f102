//! The data folder: who may read it, room, journal, clock, keys.

use std::{fs, os::unix::fs::PermissionsExt, path::Path};

use firstkey_ports::{Clock, Queries};
use firstkey_store_sqlite::SqliteStore;
use jiff::SignedDuration;
use nix::sys::statvfs::statvfs;

use super::{CommandError, Finding};
use crate::{
    data::{DataFolder, KEY_FILE, KeyFolder, OpenedKeys, UnlockFile},
    host::{HostClock, KeptClock},
};

/// Erasing needs twice the database beside it for a moment, and a backup once.
const ROOM: u64 = 2;
/// Less room than this is little, however small the database is.
const LEAST_ROOM: u64 = 256 << 20;
/// The writer keeps the journal below this, unless a reader holds it.
const LONG_JOURNAL: u64 = 512 << 20;
/// How far wall time and time since boot may part before no pass is minted (rule 22).
const TOLERANCE: SignedDuration = SignedDuration::from_mins(2);

/// Whether a server answers.
pub fn server(is_running: bool) -> Finding {
    if is_running {
        Finding::ok("server", "runs on this folder")
    } else {
        Finding::warning("server", "no server runs on this folder", "start it: `firstkey up`")
    }
}

/// Room.
pub fn disk(folder: &DataFolder) -> Finding {
    let database = length(&folder.database());
    let Ok(disk) = statvfs(folder.path()) else {
        return Finding::warning("disk", "how much room there is is not known", "look at the disk");
    };
    #[allow(clippy::useless_conversion, reason = "they are 32 bits wide on some systems")]
    let free = u64::from(disk.blocks_available()) * u64::from(disk.fragment_size());
    let found = format!("{} MB are free, the database has {}", free >> 20, database >> 20);
    if free < LEAST_ROOM {
        let to_do = "make room: without it nothing is committed, and nobody signs in";
        return Finding::problem("disk", found, to_do);
    }
    if free < database * ROOM {
        let to_do = "make room for twice the database, which erasing people needs for a moment";
        return Finding::warning("disk", found, to_do);
    }
    Finding::ok("disk", found)
}

/// The journal.
pub fn journal(folder: &DataFolder) -> Finding {
    let bytes = length(&folder.path().join("firstkey.db-wal"));
    let found = format!("{} MB of changes wait to be moved into the database", bytes >> 20);
    if bytes > LONG_JOURNAL {
        let to_do = "end what reads the database for long, or restart the server";
        return Finding::warning("journal", found, to_do);
    }
    Finding::ok("journal", found)
}

/// Who may read the secrets.
pub fn modes(folder: &DataFolder, keys: &KeyFolder) -> Finding {
    let open = [folder.path(), &folder.path().join(KEY_FILE), &folder.database(), &keys.unlock().0];
    let open = open
        .into_iter()
        .find(|path| fs::metadata(path).is_ok_and(|file| file.permissions().mode() & 0o077 != 0));
    match open {
        Some(path) => Finding::problem(
            "modes",
            format!("others have rights to {}", path.display()),
            format!("chmod go= {}", path.display()),
        ),
        None => Finding::ok("modes", "only the owner can read the folder and its keys"),
    }
}

/// Wall time beside time since boot, and beside the newest event.
pub async fn clock(folder: &DataFolder, store: &SqliteStore) -> Result<Finding, CommandError> {
    let moved = KeptClock::moved(&folder.clock()).unwrap_or(SignedDuration::ZERO);
    if moved.abs() > TOLERANCE {
        let found = format!("it was moved by {moved:#}, and no pass is minted");
        let to_do = "set it right, then run `firstkey accept-clock`";
        return Ok(Finding::problem("clock", found, to_do));
    }
    let now = HostClock.read().wall;
    if let Some(last) = store.last_event().await?.filter(|last| *last > now + TOLERANCE) {
        let found = format!("it says {now}, and the newest event is of {last}");
        let to_do = "set it right; time stands still for Firstkey until it has caught up";
        return Ok(Finding::problem("clock", found, to_do));
    }
    Ok(Finding::ok("clock", format!("it says {now}, and was not moved")))
}

/// The keys, which open.
pub fn keys(opened: &OpenedKeys, keys: &KeyFolder) -> Finding {
    let signs = format!("they open; {} signs the log", opened.log.key_id());
    if opened.next_log.is_some() {
        let to_do = "start the server once, which ends it";
        return Finding::warning("keys", format!("{signs}; a rotation is not ended"), to_do);
    }
    let is_beside = keys.unlock().0.parent() == keys.file().parent();
    if is_beside && !UnlockFile::is_in_environment() {
        let found =
            format!("{signs}; the unlock key lies beside them, so a copy of the folder has both");
        let to_do = "move unlock.key elsewhere and name it as keys.unlock_file";
        return Finding::warning("keys", found, to_do);
    }
    Finding::ok("keys", signs)
}

fn length(file: &Path) -> u64 {
    fs::metadata(file).map_or(0, |file| file.len())
}
