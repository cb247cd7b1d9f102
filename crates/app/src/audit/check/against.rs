//! Whether the log continues what it once signed, as somebody outside kept it.

use firstkey_log::{
    checkpoint::{OpenCheckpointError, verify_checkpoint},
    note::{NoteVerifier, SignedNote},
};

use super::{CheckError, Checked, Tampering};
use crate::audit::{LogRef, Receipt, tiles::Tiles};

/// Shows that the stored tree begins with the older one. Answers with the older size.
pub(super) async fn consistent<S: Checked>(
    store: &S,
    key: &NoteVerifier,
    older: &str,
) -> Result<u64, CheckError> {
    let receipt: Option<Receipt> = serde_json::from_str(older).ok();
    let note = receipt.as_ref().map_or(older, |receipt| &receipt.checkpoint);
    let unbelievable = |error| Tampering::AgainstUnbelievable(error);
    let note = SignedNote::parse(note.as_bytes()).map_err(|_| Tampering::AgainstUnreadable)?;
    let text = note
        .verify(std::slice::from_ref(key))
        .map_err(|error| unbelievable(OpenCheckpointError::Signature(error)))?;
    let origin = text.lines().next().unwrap_or_default();
    let log: LogRef = origin.parse().map_err(|_| Tampering::AgainstUnreadable)?;
    let older = verify_checkpoint(&note, key, origin).map_err(unbelievable)?;

    let log = log.log();
    let sizes = store.logs().await?;
    let stored = sizes.into_iter().find(|(name, _)| *name == log).map_or(0, |(_, size)| size);
    if older.size() > stored {
        return Err(Tampering::RolledBack { log, signed: older.size(), stored }.into());
    }
    // The tiles were compared with the entries just before: what they lack, they lack for good.
    let forked = || CheckError::from(Tampering::Forked { log, size: older.size() });
    let mut tiles = Tiles::new(store, log);
    let tree = tiles.tree(stored).await.map_err(|_| forked())?;
    let newer = (stored, tree.root());
    match tiles.begins_with((older.size(), older.root()), newer).await {
        Ok(true) => Ok(older.size()),
        Ok(false) | Err(_) => Err(forked()),
    }
}
