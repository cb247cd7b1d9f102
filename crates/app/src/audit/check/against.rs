//! Whether the log continues what it once signed, as somebody outside kept it.

use firstkey_log::{checkpoint::OpenCheckpointError, hash::Hash};
use firstkey_ports::{LogName, StoreError};

use super::{CheckError, Checked, Tampering};
use crate::audit::{
    Receipt,
    lineage::{Lineage, SignedTree},
    tiles::{Tiles, TilesError, stored as digest},
};

/// Shows that the stored tree begins with the older one. Answers with the older size.
pub(super) async fn consistent<S: Checked>(
    store: &S,
    lineage: &Lineage,
    older: &str,
) -> Result<u64, CheckError> {
    let receipt: Option<Receipt> = serde_json::from_str(older).ok();
    let note = receipt.as_ref().map_or(older, |receipt| &receipt.checkpoint);
    let older = lineage.open(note).map_err(|error| match error {
        OpenCheckpointError::Note(_) | OpenCheckpointError::Origin => Tampering::AgainstUnreadable,
        error => Tampering::AgainstUnbelievable(error),
    })?;
    let log = older.log.log();
    let (size, root) = (older.checkpoint.size(), older.checkpoint.root());
    let sizes = store.logs().await?;
    let stored = sizes.into_iter().find(|(name, _)| *name == log).map_or(0, |(_, size)| size);
    let begins = begins_with(store, log, (size, root), stored).await?;
    match lost(lineage, &older, begins) {
        Some(lost) => Err(lost.into()),
        None if begins => Ok(size),
        None if size > stored => Err(Tampering::RolledBack { log, signed: size, stored }.into()),
        None => Err(Tampering::Forked { log, size }.into()),
    }
}

async fn begins_with<S: Checked>(
    store: &S,
    log: LogName,
    old: (u64, Hash),
    stored: u64,
) -> Result<bool, StoreError> {
    if old.0 > stored {
        return Ok(false);
    }
    let mut tiles = Tiles::new(store, log);
    let begins = async {
        let tree = tiles.tree(stored).await?;
        tiles.begins_with(old, (stored, tree.root())).await
    };
    match begins.await {
        Ok(begins) => Ok(begins),
        // A store that cannot be read says nothing about the log.
        Err(TilesError::Store(error)) => Err(error),
        // The tiles were compared with the entries just before: what they lack, they lack for good.
        Err(TilesError::Missing(_) | TilesError::OutOfRange) => Ok(false),
    }
}

/// What a restore says about a checkpoint of an epoch that it ended. One that the restore was told of
/// must be that very one: two roots of one size are a fork, whatever was lost.
fn lost(lineage: &Lineage, older: &SignedTree, begins: bool) -> Option<Tampering> {
    let (restored, end) = lineage.end_of(older.by.epoch)?;
    let (log, size) = (older.log.log(), older.checkpoint.size());
    let is_kept = match log {
        LogName::Lifecycle => size <= end.kept,
        LogName::Access { .. } => begins,
    };
    if is_kept {
        return None;
    }
    let told = end.outside.as_ref().filter(|_| log == LogName::Lifecycle);
    if told.is_some_and(|told| told.size == size && told.root != digest(older.checkpoint.root())) {
        return Some(Tampering::Forked { log, size });
    }
    Some(Tampering::BeforeRestore { log, size, restored, kept: end.kept })
}
