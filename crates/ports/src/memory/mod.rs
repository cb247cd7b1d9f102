//! A store in memory: for tests of what stands on a store, and for reading beside the others. It
//! passes the same conformance suite.

mod archive;
mod clock;
mod commit;
mod ledger;
mod outbox;
mod queries;
mod rows;
mod world;

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use firstkey_domain::StreamId;

pub use self::clock::MemoryReference;
use self::world::World;
use crate::{Commit, CommitError, Store, StoreError, Stored};

/// The store. Cheap to clone; all clones are one store.
#[derive(Debug, Clone, Default)]
pub struct MemoryStore {
    world: Arc<Mutex<World>>,
}

impl MemoryStore {
    // A panic of another test's thread leaves at worst that test's world half changed.
    fn world(&self) -> MutexGuard<'_, World> {
        self.world.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Store for MemoryStore {
    async fn load(&self, streams: &[StreamId]) -> Result<Vec<Stored>, StoreError> {
        let world = self.world();
        Ok(streams.iter().map(|stream| world.load(*stream)).collect())
    }

    async fn commit(&self, commit: Commit) -> Result<(), CommitError> {
        self.world().commit(commit)
    }
}
