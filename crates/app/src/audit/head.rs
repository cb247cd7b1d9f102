//! Where each log stands, without reading it all: what `log check` proves, this only looks at.

use firstkey_log::note::NoteVerifier;
use firstkey_ports::{Ledger, LogName, Queries};

use super::{CheckError, Tampering, lineage::Lineage, tiles::Tiles};

/// Where a log stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Head {
    /// Which.
    pub log: LogName,
    /// Entries in its tree.
    pub entries: u64,
    /// How many of them are signed.
    pub signed: u64,
    /// Whether entries wait for their place.
    pub is_behind: bool,
}

/// Looks at every log: its newest checkpoint is by a key that the pinned one leads to, and its tiles
/// lead to the root that was signed.
pub async fn heads<S: Ledger + Queries>(
    store: &S,
    key: &NoteVerifier,
) -> Result<Vec<Head>, CheckError> {
    let lineage = Lineage::read(store, key).await?;
    let mut heads = Vec::new();
    for (log, entries) in store.logs().await? {
        let is_behind = !store.pending(log, 1).await?.is_empty();
        let mut signed = 0;
        if let Some(note) = store.checkpoint(log).await? {
            let opened = lineage.open(&note);
            let opened = opened.map_err(|error| Tampering::CheckpointAltered { log, error })?;
            signed = opened.checkpoint.size();
            if signed > entries {
                return Err(Tampering::RolledBack { log, signed, stored: entries }.into());
            }
            let tree = Tiles::new(store, log).tree(signed).await;
            if !tree.is_ok_and(|tree| tree.root() == opened.checkpoint.root()) {
                return Err(Tampering::TreeRebuilt { log, size: signed }.into());
            }
        }
        heads.push(Head { log, entries, signed, is_behind });
    }
    Ok(heads)
}
