//! The whole store in order.

use firstkey_domain::{AuthenticatorId, PersonId, Role, StreamId};
use firstkey_ports::{
    Archive, AuthenticatorRow, LogName, RoleRow, StoreError, Stored, StoredEntry,
};
use rusqlite::params;

use crate::{
    SqliteStore,
    columns::Columns,
    queries::all,
    rows::{authenticator_at, role_at},
    sql,
    streams::{entry_at, stream_at},
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
            all(connection, sql::STREAMS_AFTER, params![kind, id, limit], |row| {
                Ok(Stored { stream: stream_at(row, 0)?, version: row.get(2)?, state: row.get(3)? })
            })
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
}
