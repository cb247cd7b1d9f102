//! Tiles with their contents, and where they are read from.

use super::id::TileId;
use crate::hash::{HASH_BYTES, Hash};

/// A tile and its hashes, as many as its width says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tile {
    id: TileId,
    hashes: Vec<Hash>,
}

impl Tile {
    /// `None` if the number of hashes is not the tile's width.
    pub fn new(id: TileId, hashes: Vec<Hash>) -> Option<Self> {
        (hashes.len() == usize::from(id.width())).then_some(Self { id, hashes })
    }

    /// Reads the body served for a tile: its hashes, one after the other. `None` if the length is not the tile's.
    pub fn from_bytes(id: TileId, bytes: &[u8]) -> Option<Self> {
        let (hashes, rest) = bytes.as_chunks::<HASH_BYTES>();
        if !rest.is_empty() {
            return None;
        }
        Self::new(id, hashes.iter().copied().map(Hash).collect())
    }

    /// Which tile this is.
    pub fn id(&self) -> TileId {
        self.id
    }

    /// The hashes, left to right.
    pub fn hashes(&self) -> &[Hash] {
        &self.hashes
    }

    /// The hashes alone, left to right.
    pub fn into_hashes(self) -> Vec<Hash> {
        self.hashes
    }

    /// The body to serve: 32 bytes a hash.
    pub fn to_bytes(&self) -> Vec<u8> {
        self.hashes.iter().flat_map(|hash| hash.0).collect()
    }
}

/// Where tiles come from: a table, a folder, a cache.
///
/// What a reader returns is not believed: proofs made from wrong tiles do not verify, and a tree opened from wrong
/// tiles has another root than its checkpoint.
pub trait TileReader {
    /// Why a tile could not be read.
    type Error;

    /// The first `tile.width()` hashes of the tile. A log may keep only the widest tile of a place, so a reader cuts
    /// a wider one down to what was asked.
    fn hashes(&self, tile: TileId) -> Result<Vec<Hash>, Self::Error>;
}

/// The tree could not be read.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ReadTileError<E> {
    /// The reader failed.
    #[error("a tile could not be read")]
    Reader(#[source] E),
    /// The reader returned another number of hashes than the tile's width.
    #[error("tile {} has {found} hashes instead of {}", tile.path(), tile.width())]
    Width {
        /// The tile asked for.
        tile: TileId,
        /// How many hashes came.
        found: usize,
    },
}

/// The hashes of a tile, exactly as many as it is wide.
pub(crate) fn read_tile<R: TileReader + ?Sized>(
    reader: &R,
    tile: TileId,
) -> Result<Vec<Hash>, ReadTileError<R::Error>> {
    let hashes = reader.hashes(tile).map_err(ReadTileError::Reader)?;
    if hashes.len() == usize::from(tile.width()) {
        Ok(hashes)
    } else {
        Err(ReadTileError::Width { tile, found: hashes.len() })
    }
}
