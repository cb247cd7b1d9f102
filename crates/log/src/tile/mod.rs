//! How the tree is stored: [tlog-tiles](https://c2sp.org/tlog-tiles).
//!
//! A tile holds up to 256 neighbouring hashes of one level. Level 0 holds leaf hashes; each hash of level `l + 1` is
//! the root over one full tile of level `l`. Hashes between two levels are not stored, they are recomputed. A full
//! tile never changes; the rightmost tile of a level is *partial* and grows. Entries are stored alike, in bundles of
//! up to 256.
//!
//! ```
//! use firstkey_log::tile::TileId;
//!
//! let tile = TileId::in_tree(0, 273, 70_000).ok_or("no such tile")?;
//! assert_eq!(tile.width(), 112);
//! assert_eq!(tile.path(), "tile/0/273.p/112");
//! # Ok::<(), &str>(())
//! ```

mod bundle;
mod id;
mod memory;
mod path;
mod reader;

pub use bundle::{EntryBundle, EntryBundleError, MAX_ENTRY_BYTES};
pub use id::{BundleId, MAX_LEVEL, TILE_WIDTH, TileId};
pub use memory::{MemoryTiles, MissingTile};
pub use path::ParseTilePathError;
pub use reader::{ReadTileError, Tile, TileReader};

pub(crate) use id::hashes_at_level;
pub(crate) use reader::read_tile;
