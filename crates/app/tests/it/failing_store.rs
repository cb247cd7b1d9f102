//! A store whose writes fail when a story says so: before anything was written, or after all of it
//! was, without anybody being told.

use std::{
    collections::BTreeSet,
    sync::{
        Mutex,
        atomic::{AtomicUsize, Ordering},
    },
};

use firstkey_domain::{
    AttemptId, AuthenticatorId, CredentialId, Digest, EnrollmentId, PersonId, Role, SessionId,
    StreamId, StreamKind,
};
use firstkey_ports::{
    After, AnswerRow, Archive, AttemptRow, AuthenticatorRow, Claimed, Commit, CommitError,
    CredentialView, Delivery, EnrollmentFilter, EnrollmentRow, Figure, Ledger, LogName, Measure,
    MetadataFile, OpenNow, Outbox, OutboxState, Part, PartKind, PartNow, PendingEntry,
    PeopleFilter, PersonRow, Queries, Reservation, ReservationKind, Residue, RoleRow, Sequenced,
    SessionRow, SessionView, Store, StoreError, Stored, StoredEntry, Tally, TileRow, Waiting,
    WaitingAfter, Week,
};
use jiff::Timestamp;
use uuid::Uuid;

use crate::invariants::Whole;

/// When a write fails.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Failing {
    /// Nothing was written, and the store says so.
    Before,
    /// Nothing was written, and it is not known.
    BeforeUnknown,
    /// Everything was written, and it is not known.
    AfterUnknown,
}

impl Failing {
    pub const ALL: [Self; 3] = [Self::Before, Self::BeforeUnknown, Self::AfterUnknown];
}

/// Fails one write of many.
#[derive(Debug)]
pub struct FailingStore<S> {
    inner: S,
    writes: AtomicUsize,
    armed: Mutex<Option<(usize, Failing)>>,
}

impl<S> FailingStore<S> {
    pub fn new(inner: S) -> Self {
        Self { inner, writes: AtomicUsize::new(0), armed: Mutex::new(None) }
    }

    /// The write after so many more fails, once.
    pub fn arm(&self, after: usize, failing: Failing) {
        let from = self.writes.load(Ordering::SeqCst);
        *self.armed.lock().unwrap() = Some((from + after, failing));
    }

    /// Nothing fails any more; answers with whether the write that was to fail never came.
    pub fn disarm(&self) -> bool {
        self.armed.lock().unwrap().take().is_some()
    }

    async fn write<T>(
        &self,
        write: impl Future<Output = Result<T, CommitError>>,
    ) -> Result<T, CommitError> {
        let number = self.writes.fetch_add(1, Ordering::SeqCst);
        let failing = {
            let mut armed = self.armed.lock().unwrap();
            armed.take_if(|(at, _)| *at == number).map(|(_, failing)| failing)
        };
        match failing {
            None => write.await,
            Some(Failing::Before) => Err(CommitError::Unavailable("a story says so".into())),
            Some(Failing::BeforeUnknown) => Err(CommitError::Unknown("a story says so".into())),
            Some(Failing::AfterUnknown) => {
                write.await?;
                Err(CommitError::Unknown("a story says so".into()))
            }
        }
    }
}

impl<S: Whole> Store for FailingStore<S> {
    async fn load(&self, streams: &[StreamId]) -> Result<Vec<Stored>, StoreError> {
        self.inner.load(streams).await
    }

    async fn commit(&self, commit: Commit) -> Result<(), CommitError> {
        self.write(self.inner.commit(commit)).await
    }
}

impl<S: Whole> Outbox for FailingStore<S> {
    async fn claim(
        &self,
        now: Timestamp,
        lease: Timestamp,
        limit: u32,
    ) -> Result<Vec<Claimed>, CommitError> {
        self.write(self.inner.claim(now, lease, limit)).await
    }

    async fn settle(&self, id: Uuid, delivery: Delivery) -> Result<(), CommitError> {
        self.write(self.inner.settle(id, delivery)).await
    }

    async fn messages(&self, state: OutboxState, limit: u32) -> Result<Vec<Claimed>, StoreError> {
        self.inner.messages(state, limit).await
    }
}

impl<S: Whole> Ledger for FailingStore<S> {
    async fn logs(&self) -> Result<Vec<(LogName, u64)>, StoreError> {
        self.inner.logs().await
    }

    async fn pending(&self, log: LogName, limit: u32) -> Result<Vec<PendingEntry>, StoreError> {
        self.inner.pending(log, limit).await
    }

    async fn logs_pending(&self) -> Result<Vec<LogName>, StoreError> {
        self.inner.logs_pending().await
    }

    async fn sequence(&self, batch: Sequenced) -> Result<(), CommitError> {
        self.write(self.inner.sequence(batch)).await
    }

    async fn keep_checkpoint(
        &self,
        log: LogName,
        size: u64,
        root: Digest,
        note: String,
    ) -> Result<(), CommitError> {
        self.write(self.inner.keep_checkpoint(log, size, root, note)).await
    }

    async fn checkpoint(&self, log: LogName) -> Result<Option<String>, StoreError> {
        self.inner.checkpoint(log).await
    }

    async fn tile(
        &self,
        log: LogName,
        level: u8,
        index: u64,
    ) -> Result<Option<TileRow>, StoreError> {
        self.inner.tile(log, level, index).await
    }

    async fn entry_digests(
        &self,
        log: LogName,
        first: u64,
        limit: u32,
    ) -> Result<Vec<Digest>, StoreError> {
        self.inner.entry_digests(log, first, limit).await
    }
}

impl<S: Whole> Archive for FailingStore<S> {
    async fn entries_after(
        &self,
        sequence: u64,
        limit: u32,
    ) -> Result<Vec<(LogName, StoredEntry)>, StoreError> {
        self.inner.entries_after(sequence, limit).await
    }

    async fn states_after(
        &self,
        stream: Option<StreamId>,
        limit: u32,
    ) -> Result<Vec<Stored>, StoreError> {
        self.inner.states_after(stream, limit).await
    }

    async fn authenticators_after(
        &self,
        id: Option<AuthenticatorId>,
        limit: u32,
    ) -> Result<Vec<AuthenticatorRow>, StoreError> {
        self.inner.authenticators_after(id, limit).await
    }

    async fn roles_after(
        &self,
        role: Option<(PersonId, Role)>,
        limit: u32,
    ) -> Result<Vec<RoleRow>, StoreError> {
        self.inner.roles_after(role, limit).await
    }

    async fn attempts_of(&self, enrollment: EnrollmentId) -> Result<Vec<AttemptRow>, StoreError> {
        self.inner.attempts_of(enrollment).await
    }

    async fn attempts_after(
        &self,
        id: Option<AttemptId>,
        limit: u32,
    ) -> Result<Vec<AttemptRow>, StoreError> {
        self.inner.attempts_after(id, limit).await
    }

    async fn session_row(&self, id: SessionId) -> Result<Option<SessionRow>, StoreError> {
        self.inner.session_row(id).await
    }

    async fn sessions_after(
        &self,
        id: Option<SessionId>,
        limit: u32,
    ) -> Result<Vec<SessionRow>, StoreError> {
        self.inner.sessions_after(id, limit).await
    }

    async fn reservation(
        &self,
        kind: ReservationKind,
        key: Digest,
    ) -> Result<Option<Reservation>, StoreError> {
        self.inner.reservation(kind, key).await
    }

    async fn reservations_after(
        &self,
        kind: ReservationKind,
        key: Option<Digest>,
        limit: u32,
    ) -> Result<Vec<Reservation>, StoreError> {
        self.inner.reservations_after(kind, key, limit).await
    }

    async fn figures(&self) -> Result<Vec<(Figure, i64)>, StoreError> {
        self.inner.figures().await
    }

    async fn words_of(&self, person: PersonId) -> Result<BTreeSet<String>, StoreError> {
        self.inner.words_of(person).await
    }
}

impl<S: Whole> Queries for FailingStore<S> {
    async fn person(&self, id: PersonId) -> Result<Option<PersonRow>, StoreError> {
        self.inner.person(id).await
    }

    async fn residue(&self) -> Result<Residue, StoreError> {
        self.inner.residue().await
    }

    async fn people_by_external_id(&self, ids: &[String]) -> Result<Vec<PersonRow>, StoreError> {
        self.inner.people_by_external_id(ids).await
    }

    async fn people_by_email(&self, addresses: &[String]) -> Result<Vec<PersonRow>, StoreError> {
        self.inner.people_by_email(addresses).await
    }

    async fn people(
        &self,
        filter: &PeopleFilter,
        after: After,
        limit: u32,
    ) -> Result<Vec<PersonRow>, StoreError> {
        self.inner.people(filter, after, limit).await
    }

    async fn people_with_role(&self, role: Role) -> Result<Vec<PersonRow>, StoreError> {
        self.inner.people_with_role(role).await
    }

    async fn sponsors_privileged(
        &self,
        id: PersonId,
        groups: &BTreeSet<String>,
    ) -> Result<bool, StoreError> {
        self.inner.sponsors_privileged(id, groups).await
    }

    async fn roles(&self, id: PersonId) -> Result<Vec<RoleRow>, StoreError> {
        self.inner.roles(id).await
    }

    async fn credential(&self, id: &CredentialId) -> Result<Option<CredentialView>, StoreError> {
        self.inner.credential(id).await
    }

    async fn authenticators(&self, id: PersonId) -> Result<Vec<AuthenticatorRow>, StoreError> {
        self.inner.authenticators(id).await
    }

    async fn session(&self, id: SessionId) -> Result<Option<SessionView>, StoreError> {
        self.inner.session(id).await
    }

    async fn sessions(&self, id: PersonId) -> Result<Vec<SessionRow>, StoreError> {
        self.inner.sessions(id).await
    }

    async fn sessions_over(
        &self,
        by: Timestamp,
        limit: u32,
    ) -> Result<Vec<SessionRow>, StoreError> {
        self.inner.sessions_over(by, limit).await
    }

    async fn enrollment(&self, id: EnrollmentId) -> Result<Option<EnrollmentRow>, StoreError> {
        self.inner.enrollment(id).await
    }

    async fn enrollments(
        &self,
        filter: &EnrollmentFilter,
        after: After,
        limit: u32,
    ) -> Result<Vec<Waiting>, StoreError> {
        self.inner.enrollments(filter, after, limit).await
    }

    async fn waiting_for(
        &self,
        sponsor: PersonId,
        after: Option<WaitingAfter>,
        limit: u32,
    ) -> Result<Vec<Waiting>, StoreError> {
        self.inner.waiting_for(sponsor, after, limit).await
    }

    async fn open_now(&self, limit: u32) -> Result<OpenNow, StoreError> {
        self.inner.open_now(limit).await
    }

    async fn overdue(&self, now: Timestamp, limit: u32) -> Result<Vec<EnrollmentId>, StoreError> {
        self.inner.overdue(now, limit).await
    }

    async fn metadata_file(&self) -> Result<Option<MetadataFile>, StoreError> {
        self.inner.metadata_file().await
    }

    async fn states_of(&self, kind: StreamKind, limit: u32) -> Result<Vec<Stored>, StoreError> {
        self.inner.states_of(kind, limit).await
    }

    async fn answer(&self, key: Digest) -> Result<Option<AnswerRow>, StoreError> {
        self.inner.answer(key).await
    }

    async fn reported_unexpected(
        &self,
        limit: u32,
    ) -> Result<Vec<(Waiting, Timestamp)>, StoreError> {
        self.inner.reported_unexpected(limit).await
    }

    async fn weeks(&self, of: &Part, from: Week) -> Result<Vec<(Week, Measure, i64)>, StoreError> {
        self.inner.weeks(of, from).await
    }

    async fn parts(&self, kind: PartKind, limit: u32) -> Result<Vec<PartNow>, StoreError> {
        self.inner.parts(kind, limit).await
    }

    async fn tallies(&self) -> Result<Vec<(Tally, i64)>, StoreError> {
        self.inner.tallies().await
    }

    async fn entries(&self, stream: StreamId) -> Result<Vec<StoredEntry>, StoreError> {
        self.inner.entries(stream).await
    }

    async fn last_event(&self) -> Result<Option<Timestamp>, StoreError> {
        self.inner.last_event().await
    }
}
