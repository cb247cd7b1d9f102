//! The whole store in order, for whoever checks it: the log is refolded and compared with what the
//! rows say.

use std::{collections::BTreeSet, future::Future};

use firstkey_domain::{
    AttemptId, AuthenticatorId, Digest, EnrollmentId, PersonId, Role, SessionId, StreamId,
};

use crate::{
    AttemptRow, AuthenticatorRow, Figure, LogName, Reservation, ReservationKind, RoleRow,
    SessionRow, StoreError, Stored, StoredEntry,
};

/// Reads of everything, a chunk at a time. Each chunk continues after the last of the one before;
/// an empty chunk is the end. Only on a store that is not being written do the chunks fit together.
pub trait Archive: Send + Sync + 'static {
    /// Entries of all logs in commit order, after this place; zero for the first chunk.
    fn entries_after(
        &self,
        sequence: u64,
        limit: u32,
    ) -> impl Future<Output = Result<Vec<(LogName, StoredEntry)>, StoreError>> + Send;

    /// The states of all streams, each once, in an order of the store's own.
    fn states_after(
        &self,
        stream: Option<StreamId>,
        limit: u32,
    ) -> impl Future<Output = Result<Vec<Stored>, StoreError>> + Send;

    /// All authenticators by id, whoever holds them.
    fn authenticators_after(
        &self,
        id: Option<AuthenticatorId>,
        limit: u32,
    ) -> impl Future<Output = Result<Vec<AuthenticatorRow>, StoreError>> + Send;

    /// All roles by person, each once.
    fn roles_after(
        &self,
        role: Option<(PersonId, Role)>,
        limit: u32,
    ) -> impl Future<Output = Result<Vec<RoleRow>, StoreError>> + Send;

    /// The attempts of an enrollment.
    fn attempts_of(
        &self,
        enrollment: EnrollmentId,
    ) -> impl Future<Output = Result<Vec<AttemptRow>, StoreError>> + Send;

    /// All attempts by id.
    fn attempts_after(
        &self,
        id: Option<AttemptId>,
        limit: u32,
    ) -> impl Future<Output = Result<Vec<AttemptRow>, StoreError>> + Send;

    /// A session, whether its owner is there or not.
    fn session_row(
        &self,
        id: SessionId,
    ) -> impl Future<Output = Result<Option<SessionRow>, StoreError>> + Send;

    /// All sessions by id.
    fn sessions_after(
        &self,
        id: Option<SessionId>,
        limit: u32,
    ) -> impl Future<Output = Result<Vec<SessionRow>, StoreError>> + Send;

    /// A reservation, ended or not.
    fn reservation(
        &self,
        kind: ReservationKind,
        key: Digest,
    ) -> impl Future<Output = Result<Option<Reservation>, StoreError>> + Send;

    /// All reservations of a kind by key, ended or not.
    fn reservations_after(
        &self,
        kind: ReservationKind,
        key: Option<Digest>,
        limit: u32,
    ) -> impl Future<Output = Result<Vec<Reservation>, StoreError>> + Send;

    /// All figures, those of which nothing is left included. They grow with weeks and parts, not with
    /// people.
    fn figures(&self) -> impl Future<Output = Result<Vec<(Figure, i64)>, StoreError>> + Send;

    /// The words under which a search finds a person; see [`crate::person_words`].
    fn words_of(
        &self,
        person: PersonId,
    ) -> impl Future<Output = Result<BTreeSet<String>, StoreError>> + Send;
}
