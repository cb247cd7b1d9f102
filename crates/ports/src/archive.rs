//! The whole store in order, for whoever checks it: the log is refolded and compared with what the
//! rows say.

use std::future::Future;

use firstkey_domain::{AuthenticatorId, PersonId, Role, StreamId};

use crate::{AuthenticatorRow, LogName, RoleRow, StoreError, Stored, StoredEntry};

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
}
