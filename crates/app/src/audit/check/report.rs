//! What a check that ended well has seen.

use std::fmt;

use firstkey_domain::log::Restored;
use firstkey_log::note::KeyId;
use firstkey_ports::LogName;
use jiff::Timestamp;

/// What was checked and found to be as it was logged.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct CheckReport {
    /// Each log.
    pub logs: Vec<CheckedLog>,
    /// Every restore, with the time at which its epoch began.
    pub restores: Vec<(Timestamp, Restored)>,
    /// The keys that signed one after the other.
    pub keys: Vec<KeyId>,
    /// Streams that were folded again.
    pub streams: u64,
    /// Events in them.
    pub events: u64,
    /// Rows of people.
    pub people: u64,
    /// Rows of enrollments.
    pub enrollments: u64,
    /// Rows of authenticators.
    pub authenticators: u64,
    /// Rows of roles.
    pub roles: u64,
    /// Rows of open attempts.
    pub attempts: u64,
    /// Sessions.
    pub sessions: u64,
    /// User names, external ids and credentials that are taken.
    pub reservations: u64,
    /// Counters.
    pub tallies: u64,
    /// Figures by week and part.
    pub figures: u64,
    /// The number of the FIDO metadata whose file is kept as it was imported.
    pub metadata: Option<u64>,
    /// People whose data was erased, by events that say so.
    pub erased: u64,
    /// Whether the rows' seals were checked.
    pub seals: bool,
    /// The size of the older checkpoint that the log was shown to continue.
    pub against: Option<u64>,
}

/// A log that is as it was signed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CheckedLog {
    /// Which.
    pub log: LogName,
    /// Entries in the tree.
    pub entries: u64,
    /// How many of them are signed.
    pub signed: u64,
    /// Entries that have no place in the tree yet.
    pub waiting: u64,
}

impl fmt::Display for CheckReport {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for CheckedLog { log, entries, signed, waiting } in &self.logs {
            writeln!(
                f,
                "log {log}: {entries} entries, {signed} of them signed, {waiting} waiting; entries, \
                 tiles, root and signature agree"
            )?;
        }
        for (began, restored) in &self.restores {
            writeln!(
                f,
                "restored at {began} from a backup of {}: {} lifecycle entries were kept, {}",
                restored.backup,
                restored.kept,
                lost_said(restored.lost())
            )?;
        }
        if let [older @ .., newest] = &self.keys[..]
            && !older.is_empty()
        {
            let older: Vec<_> = older.iter().map(ToString::to_string).collect();
            writeln!(f, "key {newest} signs, after {}", older.join(", "))?;
        }
        writeln!(
            f,
            "{} streams with {} events fold to the stored states",
            self.streams, self.events
        )?;
        writeln!(
            f,
            "{} people, {} enrollments, {} authenticators and {} roles are as their states say",
            self.people, self.enrollments, self.authenticators, self.roles
        )?;
        writeln!(
            f,
            "{} attempts, {} sessions, {} reservations, {} counters and {} figures follow from what is \
             logged",
            self.attempts, self.sessions, self.reservations, self.tallies, self.figures
        )?;
        if let Some(number) = self.metadata {
            writeln!(f, "the file of FIDO metadata number {number} is the one that was imported")?;
        }
        writeln!(f, "{} people were erased, and nothing else is missing", self.erased)?;
        let seals = if self.seals { "checked" } else { "not checked: the key was not given" };
        writeln!(f, "seals of states, authenticators and roles, reserved names: {seals}")?;
        if let Some(size) = self.against {
            writeln!(f, "the log continues what it had signed at size {size}")?;
        }
        Ok(())
    }
}

/// How many entries a restore lost, in words.
fn lost_said(lost: Option<u64>) -> String {
    match lost {
        Some(0) => "and no later one was signed".to_owned(),
        Some(lost) => format!("and {lost} that were signed later are lost"),
        None => "and how many later ones are lost nobody could say".to_owned(),
    }
}
