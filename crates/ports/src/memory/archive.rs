//! The whole store in order.

use std::ops::Bound;

use firstkey_domain::{AuthenticatorId, PersonId, Role, StreamId};

use super::MemoryStore;
use crate::{Archive, AuthenticatorRow, LogName, RoleRow, StoreError, Stored, StoredEntry};

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
}

fn after<T>(last: Option<T>) -> (Bound<T>, Bound<T>) {
    (last.map_or(Bound::Unbounded, Bound::Excluded), Bound::Unbounded)
}
