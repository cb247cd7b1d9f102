//! What a check can find.

use firstkey_domain::{
    AttemptId, AuthenticatorId, Digest, EnrollmentId, PersonId, Role, SessionId, StreamId,
};
use firstkey_log::checkpoint::OpenCheckpointError;
use firstkey_ports::{LogName, ReservationKind, StoreError, Tally, Week};
use jiff::Timestamp;

use crate::audit::{LineageError, NotSignedByBoth};

/// The first thing in the database that is not what was logged and signed.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Tampering {
    /// An event is not the one that was logged.
    #[error("event {version} of {stream} was altered; restore it from a backup")]
    EventAltered {
        /// The stream.
        stream: StreamId,
        /// The version.
        version: u64,
    },
    /// A note, an entry without a stream, is not the one that was logged.
    #[error("entry {sequence} of log {log} was altered; restore it from a backup")]
    NoteAltered {
        /// The log.
        log: LogName,
        /// Its place in commit order.
        sequence: u64,
    },
    /// Confidential bytes or their salt are not those that were logged.
    #[error(
        "the confidential part of event {version} of {stream} was altered; restore it from a backup"
    )]
    ConfidentialAltered {
        /// The stream.
        stream: StreamId,
        /// The version.
        version: u64,
    },
    /// Confidential bytes are gone, and no event says that they were erased.
    #[error(
        "the confidential part of event {version} of {stream} was removed, and no erasure is logged; \
         restore it from a backup"
    )]
    ConfidentialRemoved {
        /// The stream.
        stream: StreamId,
        /// The version.
        version: u64,
    },
    /// Confidential bytes are there that an event says were erased.
    #[error(
        "the confidential part of event {version} of {stream} is there, although its erasure is \
         logged; delete it, and look at who can write the database"
    )]
    ConfidentialRestored {
        /// The stream.
        stream: StreamId,
        /// The version.
        version: u64,
    },
    /// An event is gone.
    #[error("event {version} of {stream} was removed; restore it from a backup")]
    EventRemoved {
        /// The stream.
        stream: StreamId,
        /// The version.
        version: u64,
    },
    /// An entry is gone that no stream misses.
    #[error("entry {index} of log {log} was removed; restore it from a backup")]
    LeafRemoved {
        /// The log.
        log: LogName,
        /// Its leaf index.
        index: u64,
    },
    /// An event is there that no decision made: it is not logged, and its stream's state does not know
    /// it.
    #[error("event {version} of {stream} was inserted; look at who can write the database")]
    EventInserted {
        /// The stream.
        stream: StreamId,
        /// The version.
        version: u64,
    },
    /// An event stands where another belongs.
    #[error("event {version} of {stream} is out of order; restore the order from a backup")]
    EventReordered {
        /// The stream.
        stream: StreamId,
        /// The version under which it is stored.
        version: u64,
    },
    /// An entry's place in the log contradicts the order in which entries were committed.
    #[error("entry {index} of log {log} is out of order; restore the order from a backup")]
    LeafReordered {
        /// The log.
        log: LogName,
        /// Its leaf index.
        index: u64,
    },
    /// An event cannot follow the ones before it, or is of a kind that this binary does not know.
    #[error(
        "event {version} of {stream} cannot follow the ones before it: it was never decided, or a \
         newer binary wrote it"
    )]
    EventUnfit {
        /// The stream.
        stream: StreamId,
        /// The version.
        version: u64,
    },
    /// A state is not what its events lead to.
    #[error(
        "the state of {stream} is not what its {version} events lead to: it was altered; whoever it \
         favours must be looked at"
    )]
    StateAltered {
        /// The stream.
        stream: StreamId,
        /// The version that its events lead to.
        version: u64,
    },
    /// A stream has events and no state.
    #[error("the state of {0} was removed; restore it from a backup")]
    StateRemoved(StreamId),
    /// A state has no events.
    #[error("the state of {0} was inserted: it has no events; look at who can write the database")]
    StateInserted(StreamId),
    /// A row is not what follows from a state.
    #[error("the row of {row} was {change}; look at who can write the database")]
    Row {
        /// Which row.
        row: RowName,
        /// What happened to it.
        change: Change,
    },
    /// A tile is not the tree's.
    #[error(
        "{path} of log {log} was altered or removed, while its entries are as they were signed; \
         readers were shown a forged tree"
    )]
    TileAltered {
        /// The log.
        log: LogName,
        /// The tile.
        path: String,
    },
    /// Events and tiles agree with each other, and not with what was signed: somebody built the tree
    /// anew.
    #[error(
        "the tree of log {log} was built anew: its {size} entries do not lead to the root that was \
         signed; compare with a backup or a receipt (`--against`)"
    )]
    TreeRebuilt {
        /// The log.
        log: LogName,
        /// The size that was signed.
        size: u64,
    },
    /// Fewer entries are there than were signed.
    #[error(
        "log {log} holds {stored} entries, but {signed} were signed: the database was rolled back \
         or truncated; find the newest backup"
    )]
    RolledBack {
        /// The log.
        log: LogName,
        /// The size that was signed.
        signed: u64,
        /// The entries that are there.
        stored: u64,
    },
    /// The log's size is not the number of its entries.
    #[error("the size of log {log} was altered: it says {said} and has {stored} entries")]
    SizeAltered {
        /// The log.
        log: LogName,
        /// The size that is stored.
        said: u64,
        /// The entries that are there.
        stored: u64,
    },
    /// A month that was closed is gone.
    #[error("log {0} was closed and is gone; restore it from a backup")]
    LogRemoved(LogName),
    /// A month that was closed is not what it was then.
    #[error(
        "log {log} was closed with {closed} entries; the {stored} that are there are others, or \
         some were added or removed after that; compare with a backup"
    )]
    ClosedLogAltered {
        /// The log.
        log: LogName,
        /// How many entries it had.
        closed: u64,
        /// How many are there.
        stored: u64,
    },
    /// No checkpoint is there.
    #[error(
        "log {0} has entries and no checkpoint: it was removed, or the server was stopped before it \
         ever signed; start it once and check again"
    )]
    CheckpointRemoved(LogName),
    /// The newest checkpoint is not to be believed.
    #[error("the checkpoint of log {log} is not to be believed: {error}")]
    CheckpointAltered {
        /// The log.
        log: LogName,
        /// What is wrong with it.
        error: OpenCheckpointError,
    },
    /// The newest checkpoint is by a key, or of an epoch, that has a successor.
    #[error(
        "the newest checkpoint of log {0} is signed by a key, or in an epoch, that the log says was \
         over by then: somebody signs with a key that was replaced"
    )]
    SignedOutOfTurn(LogName),
    /// A rotation of the log's key is not signed by both keys.
    #[error("{0}: it was forged; look at who can write the database")]
    RotationForged(NotSignedByBoth),
    /// What was brought from outside was signed before a restore, and is not continued.
    #[error(
        "log {log} does not continue the checkpoint of size {size}: the database was restored at \
         {restored} from a backup that held {kept} entries of the lifecycle log, and what came after \
         them is lost"
    )]
    BeforeRestore {
        /// The log.
        log: LogName,
        /// The size of the older checkpoint.
        size: u64,
        /// When the restore was.
        restored: Timestamp,
        /// How many lifecycle entries were kept.
        kept: u64,
    },
    /// What was brought from outside is no receipt or checkpoint of this log's key.
    #[error("what the log is to be compared with is not to be believed: {0}")]
    AgainstUnbelievable(OpenCheckpointError),
    /// What was brought from outside is not about a log of ours.
    #[error("what the log is to be compared with is neither a receipt nor a checkpoint")]
    AgainstUnreadable,
    /// The log does not continue what it once signed.
    #[error(
        "log {log} does not continue what it had signed at size {size}: it was forked or rewritten; \
         keep both and look at who holds the signing key"
    )]
    Forked {
        /// The log.
        log: LogName,
        /// The size of the older checkpoint.
        size: u64,
    },
}

/// A row that follows from states or notes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RowName {
    /// An authenticator's.
    Authenticator(AuthenticatorId, PersonId),
    /// A role's.
    Role(PersonId, Role),
    /// A person's.
    Person(PersonId),
    /// An enrollment's.
    Enrollment(EnrollmentId),
    /// An attempt's.
    Attempt(AttemptId, EnrollmentId),
    /// The words under which a search finds a person.
    Words(PersonId),
    /// A session's.
    Session(SessionId, PersonId),
    /// Something that is taken for good.
    Reservation(ReservationKind, Digest),
    /// A counter.
    Tally(Tally),
    /// A figure of some people, by what it counts, in a week or as it stands.
    Figure(&'static str, Option<Week>),
    /// The file of the FIDO metadata in force, or one where none is.
    Metadata,
}

/// What happened to a row.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Change {
    /// It says something else than the state.
    Altered,
    /// It is there and follows from nothing.
    Inserted,
    /// It follows and is not there.
    Removed,
    /// It says what it should, under a seal that was not made with the key outside the database.
    SealBroken,
}

impl std::fmt::Display for RowName {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Authenticator(id, person) => write!(f, "authenticator {id} of person {person}"),
            Self::Role(person, role) => write!(f, "role {} of person {person}", role.name()),
            Self::Person(id) => write!(f, "person {id}"),
            Self::Enrollment(id) => write!(f, "enrollment {id}"),
            Self::Attempt(id, enrollment) => write!(f, "attempt {id} of enrollment {enrollment}"),
            Self::Words(id) => write!(f, "search words of person {id}"),
            Self::Session(id, person) => write!(f, "session {id} of person {person}"),
            Self::Reservation(kind, key) => write!(f, "reservation {} {key}", kind.name()),
            Self::Tally(tally) => write!(f, "counter {}", tally.name()),
            Self::Figure(name, Some(week)) => write!(f, "figure {name} of the week of {week}"),
            Self::Figure(name, None) => write!(f, "figure {name} of a part of the people"),
            Self::Metadata => f.write_str("the FIDO metadata's file"),
        }
    }
}

impl std::fmt::Display for Change {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Self::Altered => "altered",
            Self::Inserted => "inserted",
            Self::Removed => "removed",
            Self::SealBroken => "sealed by somebody without the key",
        })
    }
}

/// Why a check did not end well.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum CheckError {
    /// Something was tampered with.
    #[error(transparent)]
    Tampering(#[from] Tampering),
    /// The store cannot be read, so nothing is known.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl From<LineageError> for CheckError {
    fn from(error: LineageError) -> Self {
        match error {
            LineageError::Store(error) => error.into(),
            LineageError::Unreadable(version) => {
                Tampering::EventUnfit { stream: StreamId::LOG, version }.into()
            }
            LineageError::NotSigned(error) => Tampering::RotationForged(error).into(),
        }
    }
}
