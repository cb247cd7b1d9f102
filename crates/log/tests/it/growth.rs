//! A log grows batch by batch, and nothing but its leaves shows in what is stored.

use std::{cell::RefCell, collections::BTreeSet, convert::Infallible};

use firstkey_log::{
    hash::Hash,
    tile::{MemoryTiles, MissingTile, ReadTileError, Tile, TileId, TileReader},
    tree::{Frontier, MAX_TREE_SIZE, OpenTreeError, TreeWriter},
};
use proptest::prelude::*;

use crate::reference::{Reference, leaf, leaves, stored};

/// A log that stores what each append returns.
#[derive(Default)]
struct Log {
    writer: TreeWriter,
    tiles: MemoryTiles,
}

impl Log {
    /// Appends the next leaves and returns the tiles that changed.
    fn grow(&mut self, count: usize) -> Vec<TileId> {
        let size = usize::try_from(self.writer.size()).unwrap();
        let batch: Vec<Hash> = (size..size + count).map(leaf).collect();
        let appended = self.writer.append(&batch);
        let changed = appended.tiles.iter().map(Tile::id).collect();
        appended.tiles.into_iter().for_each(|tile| self.tiles.insert(tile));
        self.writer = appended.writer;
        changed
    }
}

fn tile(level: u8, index: u64, width: u16) -> TileId {
    TileId::new(level, index, width).unwrap()
}

#[test]
fn every_root_is_that_of_the_definition() {
    let reference = Reference::new(leaves(700));
    let mut frontier = Frontier::new();
    for size in 0..700 {
        assert_eq!(frontier.root(), reference.root(size), "size {size}");
        frontier.push(leaf(size));
    }
}

#[test]
fn roots_hold_across_the_borders_of_tiles() {
    let reference = Reference::new(leaves(65_537));
    let mut log = Log::default();
    for size in [255, 256, 257, 511, 512, 513, 65_279, 65_280, 65_535, 65_536, 65_537] {
        log.grow(size - usize::try_from(log.writer.size()).unwrap());
        assert_eq!(log.writer.root(), reference.root(size), "size {size}");
        assert_eq!(TreeWriter::open(size as u64, &log.tiles).unwrap(), log.writer, "size {size}");
    }
}

#[test]
fn an_append_returns_the_tiles_it_changed_and_no_others() {
    let mut log = Log::default();
    assert_eq!(log.grow(0), []);
    assert_eq!(log.grow(255), [tile(0, 0, 255)]);
    assert_eq!(log.grow(1), [tile(0, 0, 256), tile(1, 0, 1)]);
    assert_eq!(log.grow(1), [tile(0, 1, 1)]);
    assert_eq!(log.grow(600), [tile(0, 1, 256), tile(0, 2, 256), tile(0, 3, 89), tile(1, 0, 3)]);
    log.grow(65_535 - 857);
    let last = [tile(0, 255, 256), tile(1, 0, 256), tile(2, 0, 1)];
    assert_eq!(log.grow(1), last);
    assert_eq!(log.grow(1), [tile(0, 256, 1)]);
}

#[test]
fn a_failed_store_leaves_the_tree_to_try_again_with() {
    let mut log = Log::default();
    log.grow(300);
    let before = log.writer.clone();
    let lost = log.writer.append(&[leaf(300)]);
    assert_eq!(log.writer, before);
    log.grow(1);
    assert_eq!(log.writer, lost.writer);
}

#[test]
fn opening_reads_one_partial_tile_a_level() {
    struct Counting(MemoryTiles, RefCell<BTreeSet<TileId>>);
    impl TileReader for Counting {
        type Error = <MemoryTiles as TileReader>::Error;
        fn hashes(&self, tile: TileId) -> Result<Vec<Hash>, Self::Error> {
            self.1.borrow_mut().insert(tile);
            self.0.hashes(tile)
        }
    }
    let reader = Counting(stored(70_000), RefCell::default());
    TreeWriter::open(70_000, &reader).unwrap();
    assert_eq!(
        reader.1.into_inner(),
        BTreeSet::from([tile(0, 273, 112), tile(1, 1, 17), tile(2, 0, 1)])
    );
}

#[test]
fn a_tree_is_not_opened_from_too_few_or_too_many_hashes() {
    struct Fixed(usize);
    impl TileReader for Fixed {
        type Error = Infallible;
        fn hashes(&self, _: TileId) -> Result<Vec<Hash>, Infallible> {
            Ok(leaves(self.0))
        }
    }
    for found in [0, 2, 4, 256] {
        let width = ReadTileError::Width { tile: tile(0, 0, 3), found };
        assert_eq!(TreeWriter::open(3, &Fixed(found)), Err(OpenTreeError::Tile(width)));
    }
    assert!(TreeWriter::open(3, &Fixed(3)).is_ok());
}

#[test]
fn sizes_at_the_end_of_the_number_line_are_refused() {
    for size in [MAX_TREE_SIZE + 1, u64::MAX] {
        assert_eq!(
            Frontier::from_tiles(size, &MemoryTiles::default()),
            Err(OpenTreeError::TooLarge(size))
        );
    }
    assert!(matches!(
        Frontier::from_tiles(MAX_TREE_SIZE, &MemoryTiles::default()),
        Err(OpenTreeError::Tile(ReadTileError::Reader(_)))
    ));
}

#[test]
fn a_tile_is_served_as_its_hashes_one_after_the_other() {
    let tile = Tile::new(tile(0, 0, 2), leaves(2)).unwrap();
    let bytes = tile.to_bytes();
    assert_eq!(bytes, [leaf(0).0, leaf(1).0].concat());
    assert_eq!(Tile::from_bytes(tile.id(), &bytes), Some(tile.clone()));
    for wrong in [0, 32, 63, 96] {
        assert_eq!(Tile::from_bytes(tile.id(), &[0].repeat(wrong)), None);
    }
}

#[test]
fn a_narrower_tile_does_not_replace_a_wider_one() {
    let mut tiles = stored(3);
    tiles.insert(Tile::new(tile(0, 0, 1), leaves(1)).unwrap());
    assert_eq!(tiles.hashes(tile(0, 0, 3)), Ok(leaves(3)));
    assert_eq!(tiles.hashes(tile(0, 0, 2)), Ok(leaves(2)));
    assert_eq!(tiles.hashes(tile(0, 0, 4)), Err(MissingTile(tile(0, 0, 4))));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    /// Batching is invisible: one by one, in any batches, or reopened between them, the log stores the same.
    #[test]
    fn batches_store_what_single_appends_store(
        batches in proptest::collection::vec((prop_oneof![0_usize..4, 0_usize..700], any::<bool>()), 0..8),
    ) {
        let (mut batched, mut single) = (Log::default(), Log::default());
        for (count, reopened) in batches {
            batched.grow(count);
            (0..count).for_each(|_| drop(single.grow(1)));
            if reopened {
                batched.writer = TreeWriter::open(batched.writer.size(), &batched.tiles).unwrap();
            }
            prop_assert_eq!(&batched.writer, &single.writer);
            prop_assert_eq!(&batched.tiles, &single.tiles);
            let frontier = Frontier::from_tiles(batched.writer.size(), &batched.tiles).unwrap();
            prop_assert_eq!(frontier.root(), batched.writer.root());
        }
    }
}
