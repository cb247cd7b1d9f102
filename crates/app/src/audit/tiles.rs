//! A log's tiles, fetched from the store as a question about the tree turns out to need them.

use firstkey_domain::Digest;
use firstkey_log::{
    hash::Hash,
    proof::{prove_consistency, prove_inclusion, verify_consistency},
    tile::{MemoryTiles, Tile, TileId},
    tree::TreeWriter,
};
use firstkey_ports::{Ledger, LogName, StoreError};

use super::refusal::Missing;

/// The tiles of one log that were needed so far. The library asks without waiting, so a question is
/// asked again after each tile that it lacked: a handful of times, whatever the size of the log.
pub(super) struct Tiles<'a, L> {
    ledger: &'a L,
    log: LogName,
    read: MemoryTiles,
}

/// Why a question about a tree has no answer.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub(super) enum TilesError {
    /// The store cannot be read.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// A tile is not there, or not as wide as the tree needs it.
    #[error("{} is missing or too short", .0.path())]
    Missing(TileId),
    /// The tree has no such thing: an index or a size above its own.
    #[error("the tree has no such leaf or size")]
    OutOfRange,
}

impl<'a, L: Ledger> Tiles<'a, L> {
    pub fn new(ledger: &'a L, log: LogName) -> Self {
        Self { ledger, log, read: MemoryTiles::default() }
    }

    /// The stored tree of this size, ready to grow. What it says is what the tiles say: its root is to
    /// be compared with a signed one.
    pub async fn tree(&mut self, size: u64) -> Result<TreeWriter, TilesError> {
        self.ask(|tiles| TreeWriter::open(size, tiles)).await
    }

    /// That the leaf is in the tree of this size.
    pub async fn inclusion(&mut self, index: u64, size: u64) -> Result<Vec<Hash>, TilesError> {
        self.ask(|tiles| prove_inclusion(tiles, index, size)).await
    }

    /// Whether the tree `new` begins with the tree `old`, each a size and a root.
    pub async fn begins_with(
        &mut self,
        old: (u64, Hash),
        new: (u64, Hash),
    ) -> Result<bool, TilesError> {
        if old.0 > new.0 {
            return Ok(false);
        }
        let proof = self.ask(|tiles| prove_consistency(tiles, old.0, new.0)).await?;
        Ok(verify_consistency(old.0, old.1, new.0, new.1, &proof).is_ok())
    }

    async fn ask<T, E: Missing>(
        &mut self,
        question: impl Fn(&MemoryTiles) -> Result<T, E>,
    ) -> Result<T, TilesError> {
        loop {
            let error = match question(&self.read) {
                Ok(answer) => return Ok(answer),
                Err(error) => error,
            };
            let wanted = error.missing().ok_or(TilesError::OutOfRange)?.0;
            let row = self.ledger.tile(self.log, wanted.level(), wanted.index()).await?;
            let tile = row
                .and_then(|row| whole(wanted, &row.hashes))
                .filter(|tile| tile.id().width() >= wanted.width())
                .ok_or(TilesError::Missing(wanted))?;
            self.read.insert(tile);
        }
    }
}

/// The tile of that place, as wide as its bytes are long.
pub(super) fn whole(place: TileId, bytes: &[u8]) -> Option<Tile> {
    let width = u16::try_from(bytes.len() / 32).ok()?;
    Tile::from_bytes(TileId::new(place.level(), place.index(), width)?, bytes)
}

/// A hash of the tree as the store keeps it.
pub(super) const fn stored(hash: Hash) -> Digest {
    Digest::from_bytes(hash.0)
}
