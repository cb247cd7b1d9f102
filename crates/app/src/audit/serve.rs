//! The log as anyone may read it: checkpoints, tiles and entry bundles, in the C2SP tlog-tiles form.
//! An entry of ours is 32 bytes, the digest of an event, so nothing personal can be read here.

use firstkey_domain::Digest;
use firstkey_log::tile::{BundleId, EntryBundle, TILE_WIDTH, TileId};
use firstkey_ports::{Ledger, LogName, StoreError};

use crate::{App, Backend};

/// A body to serve.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Served {
    /// The body.
    pub bytes: Vec<u8>,
    /// Its media type.
    pub content_type: &'static str,
    /// Whether this address will always answer the same, so that it may be cached for ever.
    pub is_immutable: bool,
}

impl<S: Backend> App<S> {
    /// A log's newest signed checkpoint; `None` before the first.
    pub async fn log_checkpoint(&self, log: LogName) -> Result<Option<Served>, StoreError> {
        let note = self.store.checkpoint(log).await?;
        Ok(note.map(|note| Served {
            bytes: note.into_bytes(),
            content_type: "text/plain; charset=utf-8",
            is_immutable: false,
        }))
    }

    /// A tile or an entry bundle by its path under the log, such as `tile/0/000.p/17` or
    /// `tile/entries/000`; `None` when the log has not grown that far, or the path names nothing.
    pub async fn log_tile(&self, log: LogName, path: &str) -> Result<Option<Served>, StoreError> {
        let bytes = if let Ok(tile) = path.parse::<TileId>() {
            tile_bytes(&self.store, log, tile).await?
        } else if let Ok(bundle) = path.parse::<BundleId>() {
            bundle_bytes(&self.store, log, bundle).await?
        } else {
            None
        };
        // A partial tile has its width in its path: it never changes either.
        Ok(bytes.map(|bytes| Served {
            bytes,
            content_type: "application/octet-stream",
            is_immutable: true,
        }))
    }
}

/// The first hashes of the stored tile, as many as were asked for.
async fn tile_bytes<L: Ledger>(
    ledger: &L,
    log: LogName,
    tile: TileId,
) -> Result<Option<Vec<u8>>, StoreError> {
    let row = ledger.tile(log, tile.level(), tile.index()).await?;
    Ok(row.and_then(|mut row| {
        let length = usize::from(tile.width()) * 32;
        (row.hashes.len() >= length).then(|| {
            row.hashes.truncate(length);
            row.hashes
        })
    }))
}

async fn bundle_bytes<L: Ledger>(
    ledger: &L,
    log: LogName,
    bundle: BundleId,
) -> Result<Option<Vec<u8>>, StoreError> {
    let Some(first) = bundle.index().checked_mul(u64::from(TILE_WIDTH)) else { return Ok(None) };
    // Leaf indices are 63 bits wide; nothing lies above.
    if i64::try_from(first).is_err() {
        return Ok(None);
    }
    let digests = ledger.entry_digests(log, first, u32::from(bundle.width())).await?;
    if digests.len() != usize::from(bundle.width()) {
        return Ok(None);
    }
    let bundle = EntryBundle::from_entries(digests.iter().map(Digest::as_bytes));
    Ok(bundle.ok().map(|bundle| bundle.as_bytes().to_vec()))
}
