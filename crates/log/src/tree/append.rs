//! Appending a batch: which tiles to store before the new root may be signed.

use super::frontier::{Frontier, OpenTreeError};
use crate::{
    hash::Hash,
    tile::{TILE_WIDTH, Tile, TileId, TileReader, hashes_at_level, read_tile},
};

/// Levels whose partial tile an append may touch; a 64-bit tree has hashes on no other.
const LEVELS: usize = 8;

/// A tree at one size, ready to grow: its frontier and the partial tile of each level, at most 64 KiB.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct TreeWriter {
    frontier: Frontier,
    edge: [Vec<Hash>; LEVELS],
}

/// A tree that has grown by a batch.
#[derive(Debug, Clone, PartialEq, Eq)]
#[must_use = "the tiles are to be stored and the writer to be kept"]
pub struct Appended {
    /// The grown tree. Its root may be signed once all the tiles are durable.
    pub writer: TreeWriter,
    /// Every tile that differs from before the batch, whole and once, by level and index. For a tile that was filled
    /// and for one still partial alike, these are all of its hashes so far.
    pub tiles: Vec<Tile>,
}

impl TreeWriter {
    /// The tree without leaves.
    pub fn new() -> Self {
        Self::default()
    }

    /// A stored tree, from the partial tile of each level. The tiles are taken at their word: compare
    /// [`root`](Self::root) with the last signed checkpoint before appending.
    pub fn open<R: TileReader + ?Sized>(
        size: u64,
        reader: &R,
    ) -> Result<Self, OpenTreeError<R::Error>> {
        let frontier = Frontier::from_tiles(size, reader)?;
        let mut edge = <[Vec<Hash>; LEVELS]>::default();
        for (level, hashes) in (0..).zip(&mut edge) {
            let last = hashes_at_level(size, level) / u64::from(TILE_WIDTH);
            let Some(tile) = TileId::in_tree(level, last, size) else { continue };
            *hashes = read_tile(reader, tile)?;
        }
        Ok(Self { frontier, edge })
    }

    /// How many leaves the tree has.
    pub fn size(&self) -> u64 {
        self.frontier.size()
    }

    /// The root of the tree.
    pub fn root(&self) -> Hash {
        self.frontier.root()
    }

    /// The tree with these leaves at its end. The old tree stays as it was: if the tiles cannot be stored, it is what
    /// the storage still holds.
    ///
    /// Costs one hash for each leaf and a copy of the partial tiles, whatever the size of the log.
    pub fn append(&self, leaves: &[Hash]) -> Appended {
        let Self { mut frontier, mut edge } = self.clone();
        let mut tiles = Vec::new();
        for &leaf in leaves {
            let before = frontier.size();
            frontier.push_reporting(leaf, |height, hash| {
                if height % 8 != 0 {
                    return;
                }
                let level = height / 8;
                let hashes = &mut edge[usize::from(level)];
                hashes.push(hash);
                if hashes.len() == usize::from(TILE_WIDTH) {
                    tiles.extend(tile(level, before, std::mem::take(hashes)));
                }
            });
        }
        for (level, hashes) in (0..).zip(&edge) {
            let grown =
                hashes_at_level(self.size(), level) != hashes_at_level(frontier.size(), level);
            if grown {
                tiles.extend(tile(level, frontier.size(), hashes.clone()));
            }
        }
        tiles.sort_unstable_by_key(Tile::id);
        Appended { writer: Self { frontier, edge }, tiles }
    }
}

/// The tile that a level of a tree of this size appends to, or `None` if it has no hash yet.
fn tile(level: u8, tree_size: u64, hashes: Vec<Hash>) -> Option<Tile> {
    let index = hashes_at_level(tree_size, level) / u64::from(TILE_WIDTH);
    let width = u16::try_from(hashes.len()).ok()?;
    Tile::new(TileId::new(level, index, width)?, hashes)
}
