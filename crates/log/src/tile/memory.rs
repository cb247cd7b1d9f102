//! Tiles in memory, for small logs and for trying things out.

use std::collections::BTreeMap;

use super::{
    id::TileId,
    reader::{Tile, TileReader},
};
use crate::hash::Hash;

/// Keeps the widest version of every tile inserted.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct MemoryTiles {
    tiles: BTreeMap<(u8, u64), Vec<Hash>>,
}

/// The tile was never inserted, or never that wide.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("there is no {}", .0.path())]
pub struct MissingTile(pub TileId);

impl MemoryTiles {
    /// Stores a tile. A narrower version of a tile already held changes nothing.
    pub fn insert(&mut self, tile: Tile) {
        let kept = self.tiles.entry((tile.id().level(), tile.id().index())).or_default();
        if kept.len() < tile.hashes().len() {
            *kept = tile.into_hashes();
        }
    }
}

impl TileReader for MemoryTiles {
    type Error = MissingTile;

    fn hashes(&self, tile: TileId) -> Result<Vec<Hash>, MissingTile> {
        self.tiles
            .get(&(tile.level(), tile.index()))
            .and_then(|hashes| hashes.get(..usize::from(tile.width())))
            .map(<[Hash]>::to_vec)
            .ok_or(MissingTile(tile))
    }
}
