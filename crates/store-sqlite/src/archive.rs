//! The whole store in order.

use std::collections::BTreeSet;

use firstkey_domain::{
    AttemptId, AuthenticatorId, Digest, EnrollmentId, PersonId, Role, SessionId, StreamId,
};
use firstkey_ports::{
    Archive, AttemptRow, AuthenticatorRow, Figure, LogName, Reservation, ReservationKind, RoleRow,
    SessionRow, StoreError, Stored, StoredEntry,
};
use rusqlite::{Result as SqlResult, Row, params};
use uuid::Uuid;

use crate::{
    SqliteStore,
    columns::Columns,
    figures,
    queries::all,
    readers::snapshot,
    rows::{attempt_at, authenticator_at, role_at, session_at},
    sql,
    streams::{entry_at, stream_with_state},
};

impl Archive for SqliteStore {
    async fn entries_after(
        &self,
        sequence: u64,
        limit: u32,
    ) -> Result<Vec<(LogName, StoredEntry)>, StoreError> {
        self.long_read(move |connection| {
            all(connection, sql::ENTRIES_AFTER, params![sequence, limit], |row| {
                Ok((row.log(0)?, entry_at(row)?))
            })
        })
        .await
    }

    async fn states_after(
        &self,
        stream: Option<StreamId>,
        limit: u32,
    ) -> Result<Vec<Stored>, StoreError> {
        self.long_read(move |connection| {
            let kind = stream.map_or("", |stream| stream.kind().name());
            let id = stream.map_or_else(Vec::new, |stream| stream.uuid().as_bytes().to_vec());
            all(connection, sql::STREAMS_AFTER, params![kind, id, limit], stream_with_state)
        })
        .await
    }

    async fn authenticators_after(
        &self,
        id: Option<AuthenticatorId>,
        limit: u32,
    ) -> Result<Vec<AuthenticatorRow>, StoreError> {
        self.long_read(move |connection| {
            let id = id.map_or_else(Vec::new, |id| id.uuid().as_bytes().to_vec());
            all(connection, sql::AUTHENTICATORS_AFTER, params![id, limit], authenticator_at)
        })
        .await
    }

    async fn roles_after(
        &self,
        role: Option<(PersonId, Role)>,
        limit: u32,
    ) -> Result<Vec<RoleRow>, StoreError> {
        self.long_read(move |connection| {
            let person = role.map_or_else(Vec::new, |role| role.0.uuid().as_bytes().to_vec());
            let role = role.map_or("", |role| role.1.name());
            all(connection, sql::ROLES_AFTER, params![person, role, limit], role_at)
        })
        .await
    }

    async fn attempts_of(&self, enrollment: EnrollmentId) -> Result<Vec<AttemptRow>, StoreError> {
        let id = enrollment.uuid();
        self.point_read(|connection| {
            all(connection, sql::ATTEMPTS_OF_ENROLLMENT, [id.as_bytes()], attempt_at)
        })
    }

    async fn attempts_after(
        &self,
        id: Option<AttemptId>,
        limit: u32,
    ) -> Result<Vec<AttemptRow>, StoreError> {
        self.long_read(move |connection| {
            let id = bytes(id.map(AttemptId::uuid));
            all(connection, sql::ATTEMPTS_AFTER, params![id, limit], attempt_at)
        })
        .await
    }

    async fn session_row(&self, id: SessionId) -> Result<Option<SessionRow>, StoreError> {
        let id = id.uuid();
        self.point_read(|connection| {
            Ok(all(connection, sql::SESSIONS_GET, [id.as_bytes()], session_at)?.pop())
        })
    }

    async fn sessions_after(
        &self,
        id: Option<SessionId>,
        limit: u32,
    ) -> Result<Vec<SessionRow>, StoreError> {
        self.long_read(move |connection| {
            let id = bytes(id.map(SessionId::uuid));
            all(connection, sql::SESSIONS_AFTER, params![id, limit], session_at)
        })
        .await
    }

    async fn reservation(
        &self,
        kind: ReservationKind,
        key: Digest,
    ) -> Result<Option<Reservation>, StoreError> {
        self.point_read(|connection| {
            let params = params![kind.name(), key.as_bytes()];
            Ok(all(connection, sql::RESERVATIONS_GET, params, reservation_at)?.pop())
        })
    }

    async fn reservations_after(
        &self,
        kind: ReservationKind,
        key: Option<Digest>,
        limit: u32,
    ) -> Result<Vec<Reservation>, StoreError> {
        self.long_read(move |connection| {
            let key = key.map_or_else(Vec::new, |key| key.as_bytes().to_vec());
            let params = params![kind.name(), key, limit];
            all(connection, sql::RESERVATIONS_AFTER, params, reservation_at)
        })
        .await
    }

    async fn figures(&self) -> Result<Vec<(Figure, i64)>, StoreError> {
        self.long_read(|connection| snapshot(connection, figures::everything)).await
    }

    async fn words_of(&self, person: PersonId) -> Result<BTreeSet<String>, StoreError> {
        let id = person.uuid();
        self.point_read(|connection| {
            let words = all(connection, sql::PEOPLE_WORDS_OF, [id.as_bytes()], |row| row.get(0))?;
            Ok(words.into_iter().collect())
        })
    }
}

/// Where a chunk goes on; before every id when there is none.
fn bytes(id: Option<Uuid>) -> Vec<u8> {
    id.map_or_else(Vec::new, |id| id.as_bytes().to_vec())
}

fn reservation_at(row: &Row<'_>) -> SqlResult<Reservation> {
    Ok(Reservation {
        kind: row.word(0, ReservationKind::from_name)?,
        key: row.digest(1)?,
        owner: row.uuid(2)?,
        ends: row.time_or_null(3)?,
    })
}
