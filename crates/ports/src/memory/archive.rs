//! The whole store in order.

use std::{collections::BTreeSet, ops::Bound};

use firstkey_domain::{
    AttemptId, AuthenticatorId, Digest, EnrollmentId, PersonId, Role, SessionId, StreamId,
};

use super::MemoryStore;
use crate::{
    Archive, AttemptRow, AuthenticatorRow, Figure, LogName, Reservation, ReservationKind, RoleRow,
    SessionRow, StoreError, Stored, StoredEntry, person_words,
};

impl Archive for MemoryStore {
    async fn entries_after(
        &self,
        sequence: u64,
        limit: u32,
    ) -> Result<Vec<(LogName, StoredEntry)>, StoreError> {
        let world = self.world();
        let later = world.entries.iter().filter(|(_, entry)| entry.sequence > sequence);
        Ok(later.take(limit as usize).cloned().collect())
    }

    async fn states_after(
        &self,
        stream: Option<StreamId>,
        limit: u32,
    ) -> Result<Vec<Stored>, StoreError> {
        let world = self.world();
        let streams = world.streams.range(after(stream)).take(limit as usize);
        Ok(streams.map(|(stream, _)| world.load(*stream)).collect())
    }

    async fn authenticators_after(
        &self,
        id: Option<AuthenticatorId>,
        limit: u32,
    ) -> Result<Vec<AuthenticatorRow>, StoreError> {
        let world = self.world();
        let rows = world.authenticators.range(after(id)).take(limit as usize);
        Ok(rows.map(|(_, row)| row.clone()).collect())
    }

    async fn roles_after(
        &self,
        role: Option<(PersonId, Role)>,
        limit: u32,
    ) -> Result<Vec<RoleRow>, StoreError> {
        let world = self.world();
        let rows = world.roles.range(after(role)).take(limit as usize);
        Ok(rows.map(|(_, row)| row.clone()).collect())
    }

    async fn attempts_of(&self, enrollment: EnrollmentId) -> Result<Vec<AttemptRow>, StoreError> {
        let world = self.world();
        let rows = world.attempts.values().filter(|row| row.enrollment == enrollment);
        Ok(rows.cloned().collect())
    }

    async fn attempts_after(
        &self,
        id: Option<AttemptId>,
        limit: u32,
    ) -> Result<Vec<AttemptRow>, StoreError> {
        let world = self.world();
        let rows = world.attempts.range(after(id)).take(limit as usize);
        Ok(rows.map(|(_, row)| row.clone()).collect())
    }

    async fn session_row(&self, id: SessionId) -> Result<Option<SessionRow>, StoreError> {
        Ok(self.world().sessions.get(&id).cloned())
    }

    async fn sessions_after(
        &self,
        id: Option<SessionId>,
        limit: u32,
    ) -> Result<Vec<SessionRow>, StoreError> {
        let world = self.world();
        let rows = world.sessions.range(after(id)).take(limit as usize);
        Ok(rows.map(|(_, row)| row.clone()).collect())
    }

    async fn reservation(
        &self,
        kind: ReservationKind,
        key: Digest,
    ) -> Result<Option<Reservation>, StoreError> {
        Ok(self.world().reservations.get(&(kind, key)).copied())
    }

    async fn reservations_after(
        &self,
        kind: ReservationKind,
        key: Option<Digest>,
        limit: u32,
    ) -> Result<Vec<Reservation>, StoreError> {
        let world = self.world();
        let first = key.unwrap_or(Digest::from_bytes([0; 32]));
        let rows = world.reservations.range((kind, first)..).map(|(_, row)| *row);
        let rows = rows.take_while(|row| row.kind == kind).filter(|row| key != Some(row.key));
        Ok(rows.take(limit as usize).collect())
    }

    async fn figures(&self) -> Result<Vec<(Figure, i64)>, StoreError> {
        Ok(self.world().figures.clone().into_iter().collect())
    }

    async fn words_of(&self, person: PersonId) -> Result<BTreeSet<String>, StoreError> {
        Ok(self.world().people.get(&person).map(person_words).unwrap_or_default())
    }
}

fn after<T>(last: Option<T>) -> (Bound<T>, Bound<T>) {
    (last.map_or(Bound::Unbounded, Bound::Excluded), Bound::Unbounded)
}
