//! Which tile, and how much of it.

/// Hashes in a full tile, and entries in a full bundle.
pub const TILE_WIDTH: u16 = 256;

/// The highest level a tile's name can carry. A tree of fewer than 2^64 leaves has hashes on levels 0 to 7 only.
pub const MAX_LEVEL: u8 = 63;

/// Tree heights between one tile level and the next: 2^8 hashes make a full tile.
const HEIGHTS_PER_LEVEL: u32 = 8;

/// The first `width` hashes of the `index`-th tile of a level.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct TileId {
    level: u8,
    index: u64,
    width: u16,
}

/// The first `width` entries of the `index`-th bundle.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct BundleId {
    index: u64,
    width: u16,
}

impl TileId {
    /// `None` if the level is above [`MAX_LEVEL`], or the width is not 1 to [`TILE_WIDTH`].
    pub fn new(level: u8, index: u64, width: u16) -> Option<Self> {
        (level <= MAX_LEVEL && valid_width(width)).then_some(Self { level, index, width })
    }

    /// The tile as a tree of `tree_size` leaves has it, or `None` if it has no hash in that place.
    pub fn in_tree(level: u8, index: u64, tree_size: u64) -> Option<Self> {
        let width = width_at(index, hashes_at_level(tree_size, level))?;
        Self::new(level, index, width)
    }

    /// The level, 0 for leaf hashes.
    pub fn level(self) -> u8 {
        self.level
    }

    /// The place among the tiles of the level, from 0.
    pub fn index(self) -> u64 {
        self.index
    }

    /// How many hashes, 1 to [`TILE_WIDTH`].
    pub fn width(self) -> u16 {
        self.width
    }

    /// Whether nothing can be added to this tile any more, so that it may be cached for ever.
    pub fn is_full(self) -> bool {
        self.width == TILE_WIDTH
    }
}

impl BundleId {
    /// `None` if the width is not 1 to [`TILE_WIDTH`].
    pub fn new(index: u64, width: u16) -> Option<Self> {
        valid_width(width).then_some(Self { index, width })
    }

    /// The bundle as a log of `tree_size` entries has it, or `None` if it has no entry in that place.
    pub fn in_tree(index: u64, tree_size: u64) -> Option<Self> {
        Some(Self { index, width: width_at(index, tree_size)? })
    }

    /// The place among the bundles, from 0.
    pub fn index(self) -> u64 {
        self.index
    }

    /// How many entries, 1 to [`TILE_WIDTH`].
    pub fn width(self) -> u16 {
        self.width
    }

    /// Whether nothing can be added to this bundle any more, so that it may be cached for ever.
    pub fn is_full(self) -> bool {
        self.width == TILE_WIDTH
    }
}

/// How many hashes a tree of `tree_size` leaves has at a tile level: `floor(size / 256^level)`.
pub(crate) fn hashes_at_level(tree_size: u64, level: u8) -> u64 {
    tree_size.checked_shr(HEIGHTS_PER_LEVEL * u32::from(level)).unwrap_or(0)
}

fn valid_width(width: u16) -> bool {
    (1..=TILE_WIDTH).contains(&width)
}

/// The width of the `index`-th group when `total` things are cut into groups of [`TILE_WIDTH`].
fn width_at(index: u64, total: u64) -> Option<u16> {
    let before = index.checked_mul(u64::from(TILE_WIDTH))?;
    let left = total.checked_sub(before)?.min(u64::from(TILE_WIDTH));
    u16::try_from(left).ok().filter(|&width| valid_width(width))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The widths of all tiles of a level, left to right.
    fn widths(level: u8, tree_size: u64) -> Vec<u16> {
        (0..)
            .map_while(|index| TileId::in_tree(level, index, tree_size))
            .map(TileId::width)
            .collect()
    }

    #[test]
    fn a_tree_of_70_000_has_the_tiles_of_the_specification() {
        let leaves = widths(0, 70_000);
        assert_eq!((leaves.len(), leaves[272], leaves[273]), (274, 256, 112));
        assert_eq!(widths(1, 70_000), [256, 17]);
        assert_eq!(widths(2, 70_000), [1]);
        assert!(widths(3, 70_000).is_empty());
    }

    #[test]
    fn a_tree_of_256_has_a_full_tile_and_its_root_above() {
        assert_eq!(widths(0, 256), [256]);
        assert_eq!(widths(1, 256), [1]);
        assert!(widths(2, 256).is_empty());
    }

    #[test]
    fn extremes_neither_overflow_nor_exist() {
        assert_eq!(TileId::in_tree(0, u64::MAX, u64::MAX), None);
        assert_eq!(TileId::in_tree(u8::MAX, 0, u64::MAX), None);
        assert_eq!(TileId::in_tree(7, 0, u64::MAX).map(TileId::width), Some(255));
        assert_eq!(BundleId::in_tree(u64::MAX, u64::MAX), None);
        assert_eq!(TileId::new(64, 0, 1), None);
        assert_eq!(TileId::new(0, 0, 0), None);
        assert_eq!(BundleId::new(0, 257), None);
    }
}
