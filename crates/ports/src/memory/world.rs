//! Everything that the store holds.

use std::collections::BTreeMap;

use firstkey_domain::{
    AttemptId, AuthenticatorId, Digest, EnrollmentId, PersonId, Role, SessionId, StreamId,
};
use jiff::Timestamp;
use uuid::Uuid;

use crate::{
    AnswerRow, AttemptRow, AuthenticatorRow, EnrollmentRow, Figure, LogName, MetadataFile,
    NewMessage, PersonRow, Reservation, ReservationKind, RoleRow, SessionRow, Stored, StoredEntry,
    Tally,
};

#[derive(Debug, Default)]
pub(super) struct World {
    pub(super) streams: BTreeMap<StreamId, Stored>,
    /// In commit order; an entry's place is its position and one.
    pub(super) entries: Vec<(LogName, StoredEntry)>,
    pub(super) last_event: Option<Timestamp>,
    pub(super) reservations: BTreeMap<(ReservationKind, Digest), Reservation>,
    pub(super) people: BTreeMap<PersonId, PersonRow>,
    pub(super) enrollments: BTreeMap<EnrollmentId, EnrollmentRow>,
    pub(super) attempts: BTreeMap<AttemptId, AttemptRow>,
    pub(super) authenticators: BTreeMap<AuthenticatorId, AuthenticatorRow>,
    pub(super) roles: BTreeMap<(PersonId, Role), RoleRow>,
    pub(super) sessions: BTreeMap<SessionId, SessionRow>,
    pub(super) outbox: BTreeMap<Uuid, Queued>,
    pub(super) metadata: Option<MetadataFile>,
    pub(super) answers: BTreeMap<Digest, AnswerRow>,
    pub(super) tallies: BTreeMap<Tally, i64>,
    pub(super) figures: BTreeMap<Figure, i64>,
    pub(super) unexpected: BTreeMap<EnrollmentId, Timestamp>,
    pub(super) logs: BTreeMap<LogName, u64>,
    pub(super) tiles: BTreeMap<(LogName, u8, u64), Vec<u8>>,
    pub(super) checkpoints: BTreeMap<(LogName, u64), (Digest, String)>,
}

/// A message and how it fares.
#[derive(Debug)]
pub(super) struct Queued {
    pub(super) new: NewMessage,
    /// When a worker may take it.
    pub(super) next: Timestamp,
    pub(super) tries: u32,
    pub(super) is_dead: bool,
    pub(super) error: Option<String>,
}

impl World {
    pub(super) fn log_size(&self, log: LogName) -> u64 {
        self.logs.get(&log).copied().unwrap_or(0)
    }
}
