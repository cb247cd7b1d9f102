//! Roots of subtrees, recomputed from tiles.

use std::collections::{BTreeMap, btree_map::Entry};

use super::frontier::{Frontier, root_of_peaks};
use crate::{
    hash::Hash,
    tile::{ReadTileError, TILE_WIDTH, TileId, TileReader, read_tile},
};

/// RFC 6962 §2.1's `k`: where a tree of `size` leaves, at least 2, splits. The largest power of two below the size.
pub(crate) fn split(size: u64) -> u64 {
    1 << (size - 1).ilog2()
}

/// Subtrees of a tree of a known size. Reads each tile once, however many subtrees are in it.
pub(crate) struct Subtrees<'reader, R: ?Sized> {
    reader: &'reader R,
    tree_size: u64,
    tiles: BTreeMap<(u8, u64), Vec<Hash>>,
}

impl<'reader, R: TileReader + ?Sized> Subtrees<'reader, R> {
    pub(crate) fn new(reader: &'reader R, tree_size: u64) -> Self {
        Self { reader, tree_size, tiles: BTreeMap::new() }
    }

    /// The root over the leaves `start..end`, a subtree reached by splitting the tree.
    pub(crate) fn root(&mut self, start: u64, end: u64) -> Result<Hash, ReadTileError<R::Error>> {
        Ok(root_of_peaks(&self.peaks(start, end)?))
    }

    /// The perfect subtrees that make up the leaves `start..end`, largest first.
    pub(crate) fn peaks(
        &mut self,
        start: u64,
        end: u64,
    ) -> Result<Vec<Hash>, ReadTileError<R::Error>> {
        let mut peaks = Vec::new();
        let mut at = start;
        while at < end {
            let height = (end - at).ilog2();
            peaks.push(self.perfect(height, at >> height)?);
            at += 1 << height;
        }
        Ok(peaks)
    }

    /// The root of the `index`-th perfect subtree of 2^`height` leaves. Tiles are as high as they are aligned, so one
    /// tile of the level at or below the height holds all the hashes needed.
    #[expect(
        clippy::cast_possible_truncation,
        reason = "heights are below 64, places in a tile below 256"
    )]
    fn perfect(&mut self, height: u32, index: u64) -> Result<Hash, ReadTileError<R::Error>> {
        let (level, span) = ((height / 8) as u8, 1_u64 << (height % 8));
        let first = index * span;
        let from = (first % u64::from(TILE_WIDTH)) as usize;
        let tile = self.tile(level, first / u64::from(TILE_WIDTH))?;
        let row: Frontier = tile.iter().copied().skip(from).take(span as usize).collect();
        Ok(row.root())
    }

    fn tile(&mut self, level: u8, index: u64) -> Result<&[Hash], ReadTileError<R::Error>> {
        match self.tiles.entry((level, index)) {
            Entry::Occupied(read) => Ok(read.into_mut()),
            Entry::Vacant(unread) => {
                // Callers ask for subtrees of this tree only, and those have their hashes in its tiles.
                let tile = TileId::in_tree(level, index, self.tree_size)
                    .expect("a subtree lies within its tree");
                Ok(unread.insert(read_tile(self.reader, tile)?))
            }
        }
    }
}
