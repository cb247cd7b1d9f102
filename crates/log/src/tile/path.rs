//! Names of tiles and bundles, relative to the log's prefix: `tile/<L>/<N>[.p/<W>]` and `tile/entries/<N>[.p/<W>]`.

use std::{fmt, str::FromStr};

use super::id::{BundleId, TILE_WIDTH, TileId};
use crate::canonical;

/// Longer than any name of a tile: 7 groups are enough for every 64-bit index.
const MAX_PATH_BYTES: usize = 64;

/// The text is not the canonical path of a tile or bundle.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not the canonical path of a tile")]
pub struct ParseTilePathError;

impl TileId {
    /// The path under the log's prefix, such as `tile/0/x001/x234/067.p/17`.
    pub fn path(self) -> String {
        format!("tile/{}/{}", self.level(), Place { index: self.index(), width: self.width() })
    }
}

impl BundleId {
    /// The path under the log's prefix, such as `tile/entries/x001/x234/067.p/17`.
    pub fn path(self) -> String {
        format!("tile/entries/{}", Place { index: self.index(), width: self.width() })
    }
}

impl FromStr for TileId {
    type Err = ParseTilePathError;

    fn from_str(path: &str) -> Result<Self, ParseTilePathError> {
        let (level, place) = strip_root(path)?.split_once('/').ok_or(ParseTilePathError)?;
        let level = canonical::from_decimal(level)
            .and_then(|level| level.try_into().ok())
            .ok_or(ParseTilePathError)?;
        let place: Place = place.parse()?;
        Self::new(level, place.index, place.width).ok_or(ParseTilePathError)
    }
}

impl FromStr for BundleId {
    type Err = ParseTilePathError;

    fn from_str(path: &str) -> Result<Self, ParseTilePathError> {
        let place: Place =
            strip_root(path)?.strip_prefix("entries/").ok_or(ParseTilePathError)?.parse()?;
        Self::new(place.index, place.width).ok_or(ParseTilePathError)
    }
}

fn strip_root(path: &str) -> Result<&str, ParseTilePathError> {
    if path.len() > MAX_PATH_BYTES {
        return Err(ParseTilePathError);
    }
    path.strip_prefix("tile/").ok_or(ParseTilePathError)
}

/// What tile and bundle paths share: `<N>[.p/<W>]`.
struct Place {
    index: u64,
    width: u16,
}

impl fmt::Display for Place {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut groups = vec![self.index % 1000];
        let mut rest = self.index / 1000;
        while rest > 0 {
            groups.push(rest % 1000);
            rest /= 1000;
        }
        for (position, group) in groups.iter().enumerate().rev() {
            if position > 0 {
                write!(formatter, "x{group:03}/")?;
            } else {
                write!(formatter, "{group:03}")?;
            }
        }
        if self.width < TILE_WIDTH { write!(formatter, ".p/{}", self.width) } else { Ok(()) }
    }
}

impl FromStr for Place {
    type Err = ParseTilePathError;

    fn from_str(text: &str) -> Result<Self, ParseTilePathError> {
        let (index_text, width) = match text.split_once(".p/") {
            None => (text, TILE_WIDTH),
            Some((index, width)) => {
                let width = canonical::from_decimal(width).and_then(|width| width.try_into().ok());
                (index, width.ok_or(ParseTilePathError)?)
            }
        };
        let mut index: u64 = 0;
        for group in index_text.split('/') {
            let digits = group.strip_prefix('x').unwrap_or(group);
            if digits.len() != 3 || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
                return Err(ParseTilePathError);
            }
            let value: u64 = digits.parse().map_err(|_| ParseTilePathError)?;
            index = index
                .checked_mul(1000)
                .and_then(|high| high.checked_add(value))
                .ok_or(ParseTilePathError)?;
        }
        // Misplaced `x`, leading empty groups and an explicit full width all have another, canonical spelling.
        let place = Self { index, width };
        if place.to_string() == text { Ok(place) } else { Err(ParseTilePathError) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_are_those_of_the_specification() {
        for (index, width, expected) in [
            (0, 256, "000"),
            (0, 1, "000.p/1"),
            (1_234_067, 256, "x001/x234/067"),
            (1000, 255, "x001/000.p/255"),
            (u64::MAX, 256, "x018/x446/x744/x073/x709/x551/615"),
        ] {
            let tile = TileId::new(3, index, width).unwrap();
            assert_eq!(tile.path(), format!("tile/3/{expected}"));
            assert_eq!(tile.path().parse(), Ok(tile));
            let bundle = BundleId::new(index, width).unwrap();
            assert_eq!(bundle.path(), format!("tile/entries/{expected}"));
            assert_eq!(bundle.path().parse(), Ok(bundle));
        }
    }

    #[test]
    fn a_tile_has_one_path() {
        for path in [
            "",
            "tile/0",
            "tile/0/",
            "tile//000",
            "/tile/0/000",
            "tile/00/000",
            "tile/64/000",
            "tile/entries/000",
            "tile/0/0",
            "tile/0/0000",
            "tile/0/x000/001",
            "tile/0/001/002",
            "tile/0/x001",
            "tile/0/X001/002",
            "tile/0/x001/x002",
            "tile/0/000.p",
            "tile/0/000.p/",
            "tile/0/000.p/0",
            "tile/0/000.p/01",
            "tile/0/000.p/256",
            "tile/0/000.p/1.p/1",
            "tile/0/../000",
            "tile/0/x018/x446/x744/x073/x709/x551/616",
        ] {
            assert_eq!(path.parse::<TileId>(), Err(ParseTilePathError), "{path:?}");
        }
        assert_eq!("tile/0/000".parse::<BundleId>(), Err(ParseTilePathError));
    }
}
