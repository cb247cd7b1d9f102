//! Reads: rows for pages and checks. A row may refuse; it never permits (rule 16), except where it
//! carries a seal that the caller checks.

use std::{collections::BTreeSet, future::Future};

use firstkey_domain::{
    CredentialId, Digest, EnrollmentId, PersonId, SessionId, StreamId, StreamKind,
};
use jiff::Timestamp;

use crate::{
    AnswerRow, AttemptRow, AuthenticatorRow, EnrollmentRow, Measure, MetadataFile, Part, PartKind,
    PartNow, PersonRow, RoleRow, SessionRow, Stage, StoreError, Stored, Tally, Week,
};

/// Keyset paging: the last id of the page before.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct After(pub Option<uuid::Uuid>);

/// Which people.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct PeopleFilter {
    /// Words of which each must begin a name, user name, address or external id; see
    /// [`crate::search_words`].
    pub search: String,
    /// Only those whom this person sponsors.
    pub sponsor: Option<PersonId>,
}

/// Which enrollments.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct EnrollmentFilter {
    /// Only of people whom these words find; see [`PeopleFilter::search`].
    pub search: String,
    /// Only at this stage.
    pub stage: Option<Stage>,
    /// Only of this person.
    pub person: Option<PersonId>,
    /// Only open ones.
    pub open: bool,
}

/// An enrollment that waits for its voucher, with what lists show.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Waiting {
    /// The enrollment.
    pub enrollment: EnrollmentRow,
    /// The applicant.
    pub person: PersonRow,
}

/// Keyset paging of those who wait: the last row of the page before.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct WaitingAfter {
    /// Whether a browser waited in it.
    pub has_browser: bool,
    /// Which enrollment it was.
    pub enrollment: EnrollmentId,
}

impl Waiting {
    /// Where the page after this row begins.
    pub const fn after(&self) -> WaitingAfter {
        WaitingAfter {
            has_browser: matches!(self.enrollment.stage, Stage::Begun | Stage::Contested),
            enrollment: self.enrollment.id,
        }
    }
}

/// What is open right now.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct OpenNow {
    /// Enrollments, soonest end first.
    pub enrollments: Vec<Waiting>,
    /// Attempts with their passes, soonest end first.
    pub attempts: Vec<AttemptRow>,
}

/// A session with what every request must check.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SessionView {
    /// The session.
    pub session: SessionRow,
    /// Its owner.
    pub person: PersonRow,
    /// Its owner's roles; check their seals.
    pub roles: Vec<RoleRow>,
    /// The authenticator it was begun with; gone when that was removed. Check its seal.
    pub authenticator: Option<AuthenticatorRow>,
}

/// An authenticator with the state of whoever holds it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CredentialView {
    /// The authenticator; check its seal.
    pub authenticator: AuthenticatorRow,
    /// The person's state; decisions guard it.
    pub holder: Stored,
}

/// An entry as stored.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredEntry {
    /// Its place in commit order.
    pub sequence: u64,
    /// The stream and the version, unless it is a note.
    pub stream: Option<(StreamId, u64)>,
    /// The open bytes.
    pub open: Vec<u8>,
    /// Salt and confidential bytes; gone after erasure.
    pub sealed: Option<crate::Sealed>,
    /// The inner digest, when there is or was a confidential part.
    pub inner: Option<Digest>,
    /// What the log holds of it.
    pub digest: Digest,
    /// Its leaf index, once sequenced.
    pub leaf: Option<u64>,
}

/// Where a store's files may still hold what was erased.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Residue {
    /// Nowhere.
    None,
    /// In the journal of what was written last, which a reader of an earlier state keeps. The store
    /// empties it by itself when that reader is gone.
    Journal,
    /// In the database. The store tries again after the next erasure and when it is opened next.
    Database,
}

/// Reads of rows.
pub trait Queries: Send + Sync + 'static {
    /// A person.
    fn person(
        &self,
        id: PersonId,
    ) -> impl Future<Output = Result<Option<PersonRow>, StoreError>> + Send;

    /// Whether the store's files may still hold what was erased, because they could not be cleaned.
    fn residue(&self) -> impl Future<Output = Result<Residue, StoreError>> + Send;

    /// People by HR's identifier; one answer for each that is known.
    fn people_by_external_id(
        &self,
        ids: &[String],
    ) -> impl Future<Output = Result<Vec<PersonRow>, StoreError>> + Send;

    /// People by personal e-mail address, compared without case.
    fn people_by_email(
        &self,
        addresses: &[String],
    ) -> impl Future<Output = Result<Vec<PersonRow>, StoreError>> + Send;

    /// A page of people, newest first.
    fn people(
        &self,
        filter: &PeopleFilter,
        after: After,
        limit: u32,
    ) -> impl Future<Output = Result<Vec<PersonRow>, StoreError>> + Send;

    /// People who hold a role.
    fn people_with_role(
        &self,
        role: firstkey_domain::Role,
    ) -> impl Future<Output = Result<Vec<PersonRow>, StoreError>> + Send;

    /// Whether this person sponsors somebody who belongs and who holds a role or is in one of these
    /// groups.
    fn sponsors_privileged(
        &self,
        id: PersonId,
        groups: &BTreeSet<String>,
    ) -> impl Future<Output = Result<bool, StoreError>> + Send;

    /// A person's roles; check their seals.
    fn roles(&self, id: PersonId) -> impl Future<Output = Result<Vec<RoleRow>, StoreError>> + Send;

    /// An authenticator by credential id, with its holder's state, in one read.
    fn credential(
        &self,
        id: &CredentialId,
    ) -> impl Future<Output = Result<Option<CredentialView>, StoreError>> + Send;

    /// A person's authenticators, oldest first; check their seals.
    fn authenticators(
        &self,
        id: PersonId,
    ) -> impl Future<Output = Result<Vec<AuthenticatorRow>, StoreError>> + Send;

    /// A session with all that must be checked, in one read.
    fn session(
        &self,
        id: SessionId,
    ) -> impl Future<Output = Result<Option<SessionView>, StoreError>> + Send;

    /// A person's sessions, newest first.
    fn sessions(
        &self,
        id: PersonId,
    ) -> impl Future<Output = Result<Vec<SessionRow>, StoreError>> + Send;

    /// Sessions whose end has come by then, longest over first.
    fn sessions_over(
        &self,
        by: Timestamp,
        limit: u32,
    ) -> impl Future<Output = Result<Vec<SessionRow>, StoreError>> + Send;

    /// An enrollment.
    fn enrollment(
        &self,
        id: EnrollmentId,
    ) -> impl Future<Output = Result<Option<EnrollmentRow>, StoreError>> + Send;

    /// A page of enrollments with their people, newest first.
    fn enrollments(
        &self,
        filter: &EnrollmentFilter,
        after: After,
        limit: u32,
    ) -> impl Future<Output = Result<Vec<Waiting>, StoreError>> + Send;

    /// A page of the open enrollments of people whom this person sponsors, those with a browser
    /// waiting first, and newest first among equals.
    fn waiting_for(
        &self,
        sponsor: PersonId,
        after: Option<WaitingAfter>,
        limit: u32,
    ) -> impl Future<Output = Result<Vec<Waiting>, StoreError>> + Send;

    /// What is open right now, up to `limit` of each.
    fn open_now(&self, limit: u32) -> impl Future<Output = Result<OpenNow, StoreError>> + Send;

    /// Open enrollments whose deadline is over, for the sweeper.
    fn overdue(
        &self,
        now: Timestamp,
        limit: u32,
    ) -> impl Future<Output = Result<Vec<EnrollmentId>, StoreError>> + Send;

    /// The file of the FIDO metadata, once one was imported. It is large, and not sealed: compare its
    /// digest with the one in the state.
    fn metadata_file(
        &self,
    ) -> impl Future<Output = Result<Option<MetadataFile>, StoreError>> + Send;

    /// The sealed states of one kind's streams, in an order of the store's own: for kinds of which there
    /// are few, such as machine keys.
    fn states_of(
        &self,
        kind: StreamKind,
        limit: u32,
    ) -> impl Future<Output = Result<Vec<Stored>, StoreError>> + Send;

    /// What a program was answered, once it has ended or not.
    fn answer(
        &self,
        key: Digest,
    ) -> impl Future<Output = Result<Option<AnswerRow>, StoreError>> + Send;

    /// Open enrollments whose invitation somebody had not expected, newest report first, with its time.
    fn reported_unexpected(
        &self,
        limit: u32,
    ) -> impl Future<Output = Result<Vec<(Waiting, Timestamp)>, StoreError>> + Send;

    /// What was counted of these people in the weeks from this one on.
    fn weeks(
        &self,
        of: &Part,
        from: Week,
    ) -> impl Future<Output = Result<Vec<(Week, Measure, i64)>, StoreError>> + Send;

    /// The parts of this kind that have people, largest first, and by name among equals.
    fn parts(
        &self,
        kind: PartKind,
        limit: u32,
    ) -> impl Future<Output = Result<Vec<PartNow>, StoreError>> + Send;

    /// All counters.
    fn tallies(&self) -> impl Future<Output = Result<Vec<(Tally, i64)>, StoreError>> + Send;

    /// A stream's entries in order.
    fn entries(
        &self,
        stream: StreamId,
    ) -> impl Future<Output = Result<Vec<StoredEntry>, StoreError>> + Send;

    /// When the last event was committed; `now` is never before it (rule 22).
    fn last_event(&self) -> impl Future<Output = Result<Option<Timestamp>, StoreError>> + Send;
}
