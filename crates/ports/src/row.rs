//! Rows that follow from states. Pages and checks read them; deciders never do.

use std::{collections::BTreeSet, fmt, sync::Arc};

use firstkey_domain::{
    AttemptId, AuthenticatorId, CredentialId, Digest, EnrollmentId, KeyThumbprint, PersonId, Role,
    SessionId,
    enrollment::{EnrollmentEnd, Kind},
};
use jiff::{Timestamp, civil::Date};

use crate::{RowKey, RowSeal};

/// A person, for lists and pages. Holds personal data; erasure clears it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PersonRow {
    /// Their id.
    pub id: PersonId,
    /// HR's identifier.
    pub external_id: String,
    /// Given name.
    pub given_name: String,
    /// Family name.
    pub family_name: String,
    /// Planned or frozen user name.
    pub user_name: String,
    /// Where invitations go.
    pub personal_email: String,
    /// Who vouches.
    pub sponsor: Option<PersonId>,
    /// First working day.
    pub start_date: Date,
    /// Worker type.
    pub worker_type: String,
    /// Department.
    pub department: Option<String>,
    /// Groups, as the source names them.
    pub groups: BTreeSet<String>,
    /// Whether they belong.
    pub active: bool,
    /// How many authenticators they hold.
    pub authenticators: u32,
    /// Their newest enrollment.
    pub enrollment: Option<EnrollmentId>,
}

/// Where an enrollment stands, in one word for lists.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Stage {
    /// Opened; no locator works.
    Uninvited,
    /// The invitation is scheduled or sent, and nobody has begun.
    Invited,
    /// A browser has begun.
    Begun,
    /// More than one browser has begun: one may not be theirs.
    Contested,
    /// Somebody vouched.
    Proofed,
    /// A pass is open.
    Pass,
    /// A passkey waits for its second press.
    Verified,
    /// Over.
    Closed(EnrollmentEnd),
}

impl Stage {
    /// Every stage.
    pub const ALL: [Self; 12] = [
        Self::Uninvited,
        Self::Invited,
        Self::Begun,
        Self::Contested,
        Self::Proofed,
        Self::Pass,
        Self::Verified,
        Self::Closed(EnrollmentEnd::Bound),
        Self::Closed(EnrollmentEnd::Withdrawn),
        Self::Closed(EnrollmentEnd::Expired),
        Self::Closed(EnrollmentEnd::Left),
        Self::Closed(EnrollmentEnd::Restored),
    ];

    /// The word used in rows and addresses.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Uninvited => "uninvited",
            Self::Invited => "invited",
            Self::Begun => "begun",
            Self::Contested => "contested",
            Self::Proofed => "proofed",
            Self::Pass => "pass",
            Self::Verified => "verified",
            Self::Closed(EnrollmentEnd::Bound) => "bound",
            Self::Closed(EnrollmentEnd::Withdrawn) => "withdrawn",
            Self::Closed(EnrollmentEnd::Expired) => "expired",
            Self::Closed(EnrollmentEnd::Left) => "left",
            Self::Closed(EnrollmentEnd::Restored) => "restored",
        }
    }

    /// The stage with this name.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|stage| stage.name() == name)
    }

    /// Whether it is over.
    pub const fn is_closed(self) -> bool {
        matches!(self, Self::Closed(_))
    }
}

/// An enrollment, for lists, the sweeper and the counters.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EnrollmentRow {
    /// Its id.
    pub id: EnrollmentId,
    /// For whom.
    pub person: PersonId,
    /// What for.
    pub kind: Kind,
    /// Where it stands.
    pub stage: Stage,
    /// When it was opened.
    pub opened: Timestamp,
    /// When its invitation is to be sent, or was.
    pub invited_from: Option<Timestamp>,
    /// When it ends by itself.
    pub expires: Timestamp,
    /// When time alone next changes something; `None` once closed.
    pub deadline: Option<Timestamp>,
}

/// An open attempt.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AttemptRow {
    /// Its id.
    pub id: AttemptId,
    /// Its enrollment.
    pub enrollment: EnrollmentId,
    /// The browser key.
    pub key: KeyThumbprint,
    /// When Begin was pressed.
    pub began: Timestamp,
    /// When it ends by itself.
    pub expires: Timestamp,
    /// When its pass ends, if it holds one.
    pub pass_expires: Option<Timestamp>,
}

/// A bound authenticator. Sealed: an edited or inserted row signs nobody in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AuthenticatorRow {
    /// Its id.
    pub id: AuthenticatorId,
    /// Whose.
    pub person: PersonId,
    /// The credential id.
    pub credential: CredentialId,
    /// The public key in stored form.
    pub public_key: Vec<u8>,
    /// Whether the key can be copied to other devices.
    pub backup_eligible: bool,
    /// Model.
    pub aaguid: uuid::Uuid,
    /// How a browser can reach it.
    pub transports: Vec<String>,
    /// Its owner's name for it.
    pub name: Option<String>,
    /// Whether it may be used.
    pub active: bool,
    /// When it was bound.
    pub bound: Timestamp,
    /// When it last signed in. Not sealed: kept by the row, not by the state.
    pub last_used: Option<Timestamp>,
    /// The newest signature counter. Not sealed.
    pub sign_count: u32,
    /// The seal.
    pub seal: RowSeal,
}

impl AuthenticatorRow {
    /// The seal that this row should carry.
    pub fn expected_seal(&self, key: &RowKey) -> RowSeal {
        key.seal(
            "authenticator",
            &[
                self.id.uuid().as_bytes(),
                self.person.uuid().as_bytes(),
                self.credential.as_bytes(),
                &self.public_key,
                &[u8::from(self.backup_eligible), u8::from(self.active)],
            ],
        )
    }

    /// Whether the row is as it was sealed.
    pub fn is_sealed(&self, key: &RowKey) -> bool {
        // Both sides are MACs under our key; an attacker who edits rows learns nothing from timing
        // that the database does not already tell.
        self.expected_seal(key) == self.seal
    }
}

/// An operator role. Sealed like an authenticator.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RoleRow {
    /// Whose.
    pub person: PersonId,
    /// Which.
    pub role: Role,
    /// The seal.
    pub seal: RowSeal,
}

impl RoleRow {
    /// The seal that this row should carry.
    pub fn expected_seal(&self, key: &RowKey) -> RowSeal {
        key.seal("role", &[self.person.uuid().as_bytes(), self.role.name().as_bytes()])
    }

    /// Whether the row is as it was sealed.
    pub fn is_sealed(&self, key: &RowKey) -> bool {
        self.expected_seal(key) == self.seal
    }
}

/// A signed-in session. Its secret is not kept; what is kept of it is sealed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SessionRow {
    /// Its id, time-ordered.
    pub id: SessionId,
    /// Whose.
    pub person: PersonId,
    /// With which authenticator.
    pub authenticator: AuthenticatorId,
    /// A MAC, under a key outside the database, over the secret in the cookie and whose session it
    /// is: an edited or inserted row signs nobody in.
    pub secret: Digest,
    /// When it began.
    pub began: Timestamp,
    /// When it ends whatever happens (SP 800-63B-4 §2.2.3).
    pub expires: Timestamp,
    /// When it was last used, within a minute.
    pub seen: Timestamp,
    /// Browser and system, for the list of one's own sessions.
    pub browser: String,
}

/// The file of the FIDO metadata in force: some ten megabytes, of which there is one. What it says
/// counts only if [`MetadataFile::digest`] is the one in the stream's state.
#[derive(Clone, PartialEq, Eq)]
pub struct MetadataFile(Arc<[u8]>);

impl MetadataFile {
    /// Wraps the file's bytes.
    pub fn new(bytes: impl Into<Arc<[u8]>>) -> Self {
        Self(bytes.into())
    }

    /// The file's bytes.
    pub fn as_bytes(&self) -> &[u8] {
        &self.0
    }

    /// SHA-256 of the bytes, computed anew each time.
    pub fn digest(&self) -> Digest {
        Digest::of(&self.0)
    }
}

impl fmt::Debug for MetadataFile {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "MetadataFile({} bytes)", self.0.len())
    }
}

/// What a program was answered under an idempotency key. Not sealed: it gives nobody a way in. It outlives
/// erasure, so it names people by their ids only.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AnswerRow {
    /// The digest of the program's key and its idempotency key; reserved as [`crate::ReservationKind::Answer`]
    /// in the same commit.
    pub key: Digest,
    /// The digest of what was asked.
    pub request: Digest,
    /// The answer, as the edge wrote it.
    pub answer: Vec<u8>,
    /// Until when it is remembered.
    pub ends: Timestamp,
}

/// A change to rows. All backends apply it alike.
#[derive(Debug, Clone)]
pub enum Row {
    /// Inserts or replaces a person.
    Person(PersonRow),
    /// Inserts or replaces an enrollment.
    Enrollment(EnrollmentRow),
    /// Exactly these attempts of the enrollment are open.
    Attempts(EnrollmentId, Vec<AttemptRow>),
    /// Exactly these authenticators are the person's. `last_used` and `sign_count` of rows that are
    /// there already are kept.
    Authenticators(PersonId, Vec<AuthenticatorRow>),
    /// Exactly these roles are the person's.
    Roles(PersonId, Vec<RoleRow>),
    /// An authenticator signed in.
    AuthenticatorUsed {
        /// Which.
        id: AuthenticatorId,
        /// When.
        at: Timestamp,
        /// Its counter.
        sign_count: u32,
    },
    /// Inserts a session.
    Session(SessionRow),
    /// A session was used.
    SessionSeen(SessionId, Timestamp),
    /// A session ended.
    SessionEnded(SessionId),
    /// All of a person's sessions ended.
    SessionsEnded(PersonId),
    /// All sessions of one of a person's authenticators ended.
    SessionsOfEnded(PersonId, AuthenticatorId),
    /// What the outbox holds for somebody, waiting or dead, is not sent any more: notices to them,
    /// and the invitations of these enrollments.
    Unsent {
        /// To whom.
        to: PersonId,
        /// Whose invitations.
        enrollments: Vec<EnrollmentId>,
    },
    /// Whoever opened the invitation of this enrollment did not expect it. Forgotten when the enrollment
    /// is over.
    ReportedUnexpected(EnrollmentId, Timestamp),
    /// This is the file of the FIDO metadata in force; the one before is gone.
    Metadata(MetadataFile),
    /// A program was answered this.
    Answer(AnswerRow),
}
