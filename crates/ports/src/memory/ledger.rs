//! The log's side: indices, tiles and checkpoints.

use std::collections::{BTreeMap, BTreeSet};

use firstkey_domain::Digest;

use super::{MemoryStore, world::World};
use crate::{
    CommitError, Ledger, LogName, PendingEntry, Sequenced, StoreError, StoredEntry, TileRow,
};

impl Ledger for MemoryStore {
    async fn logs(&self) -> Result<Vec<(LogName, u64)>, StoreError> {
        let world = self.world();
        let named: BTreeMap<_, _> =
            world.entries.iter().map(|(log, _)| (*log, world.log_size(*log))).collect();
        Ok(named.into_iter().collect())
    }

    async fn pending(&self, log: LogName, limit: u32) -> Result<Vec<PendingEntry>, StoreError> {
        Ok(self.world().pending(log, limit as usize))
    }

    async fn logs_pending(&self) -> Result<Vec<LogName>, StoreError> {
        let world = self.world();
        let pending = world.entries.iter().filter(|(_, entry)| entry.leaf.is_none());
        Ok(pending.map(|(log, _)| *log).collect::<BTreeSet<_>>().into_iter().collect())
    }

    async fn sequence(&self, batch: Sequenced) -> Result<(), CommitError> {
        self.world().sequence(batch)
    }

    async fn keep_checkpoint(
        &self,
        log: LogName,
        size: u64,
        root: Digest,
        note: String,
    ) -> Result<(), CommitError> {
        let mut world = self.world();
        if world.checkpoints.get(&(log, size)).is_some_and(|kept| kept.0 != root) {
            return Err(CommitError::Refused("a checkpoint of this size has another root"));
        }
        if size > world.log_size(log) {
            return Err(CommitError::Refused("the checkpoint is larger than the log"));
        }
        world.checkpoints.insert((log, size), (root, note));
        Ok(())
    }

    async fn checkpoint(&self, log: LogName) -> Result<Option<String>, StoreError> {
        let world = self.world();
        let newest = world.checkpoints.range((log, 0)..=(log, u64::MAX)).next_back();
        Ok(newest.map(|(_, (_, note))| note.clone()))
    }

    async fn tile(
        &self,
        log: LogName,
        level: u8,
        index: u64,
    ) -> Result<Option<TileRow>, StoreError> {
        let hashes = self.world().tiles.get(&(log, level, index)).cloned();
        Ok(hashes.map(|hashes| TileRow { level, index, hashes }))
    }

    async fn entry_digests(
        &self,
        log: LogName,
        first: u64,
        limit: u32,
    ) -> Result<Vec<Digest>, StoreError> {
        let world = self.world();
        let is_wanted = |entry: &&StoredEntry| entry.leaf.is_some_and(|leaf| leaf >= first);
        let found = world.of_log(log).filter(is_wanted).take(limit as usize);
        Ok(found.map(|entry| entry.digest).collect())
    }
}

impl World {
    /// A log's entries. Leaves follow commit order, so they are in both orders.
    fn of_log(&self, log: LogName) -> impl Iterator<Item = &StoredEntry> {
        self.entries.iter().filter(move |(of, _)| *of == log).map(|(_, entry)| entry)
    }

    fn pending(&self, log: LogName, limit: usize) -> Vec<PendingEntry> {
        let pending = self.of_log(log).filter(|entry| entry.leaf.is_none()).take(limit);
        let read =
            |entry: &StoredEntry| PendingEntry { sequence: entry.sequence, digest: entry.digest };
        pending.map(read).collect()
    }

    fn sequence(&mut self, batch: Sequenced) -> Result<(), CommitError> {
        if self.log_size(batch.log) != batch.first {
            return Err(CommitError::Refused("the batch does not begin where the log ends"));
        }
        let waiting = self.pending(batch.log, batch.entries.len());
        if !waiting.iter().map(|entry| entry.sequence).eq(batch.entries.iter().copied()) {
            return Err(CommitError::Refused(
                "the batch is not what waits, in the order in which it was committed",
            ));
        }
        let mut leaf = batch.first;
        for (log, entry) in &mut self.entries {
            if *log == batch.log && batch.entries.contains(&entry.sequence) {
                entry.leaf = Some(leaf);
                leaf += 1;
            }
        }
        self.logs.insert(batch.log, leaf);
        for tile in batch.tiles {
            self.tiles.insert((batch.log, tile.level, tile.index), tile.hashes);
        }
        Ok(())
    }
}
