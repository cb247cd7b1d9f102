//! Everything that changes together.

use firstkey_domain::{Digest, PersonId, SessionId, StreamId};
use jiff::Timestamp;
use uuid::Uuid;

use crate::{Entry, Figure, LogName, NewMessage, Row, Tally};

/// A stream must still be at this version.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Guard {
    /// The stream.
    pub stream: StreamId,
    /// Its version; zero when it must not exist.
    pub version: u64,
}

/// A session must not have ended. That its time is not over is for the decision to see.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SessionGuard {
    /// The session.
    pub session: SessionId,
    /// Whose; the commit fails as stale in their stream when it is not theirs any more.
    pub person: PersonId,
}

/// Events to append, and the state after them.
#[derive(Debug, Clone)]
pub struct Append {
    /// The stream.
    pub stream: StreamId,
    /// The version before; the store fails as stale when it moved.
    pub expected: u64,
    /// The events.
    pub entries: Vec<Entry>,
    /// The state after them, sealed: [`crate::RowKey::seal_state`].
    pub state: Vec<u8>,
}

/// An event whose salt and confidential bytes are deleted. Its open bytes, its inner digest and its
/// place in the log stay, so that every proof about it holds as before (rule 18).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Erasure {
    /// The stream.
    pub stream: StreamId,
    /// The event's version; the commit is refused when the stream has no such event.
    pub version: u64,
}

/// What kind of thing can be taken once.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ReservationKind {
    /// A user name; kept as a tombstone after erasure.
    UserName,
    /// HR's identifier of a person; kept as a tombstone after erasure.
    ExternalId,
    /// A WebAuthn credential id.
    Credential,
    /// A spent challenge.
    Challenge,
    /// A proof's `jti`.
    Proof,
    /// A repeated delivery from outside.
    Delivery,
    /// An access log whose month is closed.
    ClosedLog,
    /// A program's idempotency key.
    Answer,
    /// An address that a voucher's screen showed.
    Handover,
}

impl ReservationKind {
    /// Every kind.
    pub const ALL: [Self; 9] = [
        Self::UserName,
        Self::ExternalId,
        Self::Credential,
        Self::Challenge,
        Self::Proof,
        Self::Delivery,
        Self::ClosedLog,
        Self::Answer,
        Self::Handover,
    ];

    /// The kind with this name.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.name() == name)
    }

    /// The word used in rows.
    pub const fn name(self) -> &'static str {
        match self {
            Self::UserName => "user_name",
            Self::ExternalId => "external_id",
            Self::Credential => "credential",
            Self::Challenge => "challenge",
            Self::Proof => "proof",
            Self::Delivery => "delivery",
            Self::ClosedLog => "closed_log",
            Self::Answer => "answer",
            Self::Handover => "handover",
        }
    }
}

/// Takes something once. The commit fails as taken when somebody holds it and it has not ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Reservation {
    /// What kind of thing.
    pub kind: ReservationKind,
    /// Its digest, so that no personal data or secret sits in this table; see [`crate::reserved`].
    pub key: Digest,
    /// For whom; nil when nobody in particular.
    pub owner: Uuid,
    /// Until when it must be remembered; `None` for ever.
    pub ends: Option<Timestamp>,
}

/// A log leaf without a stream, such as the beginning of a session.
#[derive(Debug, Clone)]
pub struct Note {
    /// Which log.
    pub log: LogName,
    /// What happened.
    pub entry: Entry,
}

/// Everything that changes together: all of it is durable when `commit` answers, or nothing is.
#[derive(Debug, Clone, Default)]
pub struct Commit {
    /// The time of the decision; ended reservations are judged by it.
    pub at: Option<Timestamp>,
    /// Versions that the decision read.
    pub guards: Vec<Guard>,
    /// Sessions on which the decision rests.
    pub sessions: Vec<SessionGuard>,
    /// Events with their states.
    pub appends: Vec<Append>,
    /// What must be free.
    pub reservations: Vec<Reservation>,
    /// What becomes free again, before anything is reserved: one commit can hand a thing over.
    pub releases: Vec<(ReservationKind, Digest)>,
    /// Rows that follow.
    pub rows: Vec<Row>,
    /// Counters that follow.
    pub tallies: Vec<(Tally, i64)>,
    /// Figures that follow.
    pub figures: Vec<(Figure, i64)>,
    /// Messages that follow.
    pub outbox: Vec<NewMessage>,
    /// Dead messages to be tried again at `at`, their tries forgotten. What is not dead stays.
    pub revivals: Vec<Uuid>,
    /// Events whose confidential parts are deleted. When `commit` answers, nothing reads them from the
    /// store any more, and a store that keeps them in files has cleaned these. When it could not, such
    /// as without room or while a reader holds an older snapshot, it says so in its log, remembers it
    /// as durably as the commit, and tries again, also whenever it is opened.
    pub erasures: Vec<Erasure>,
    /// Leaves without a stream.
    pub notes: Vec<Note>,
    /// Whether this is bulk work, which lets interactive commits pass.
    pub bulk: bool,
}
