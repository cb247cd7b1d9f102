//! A log's tree, computed again from its entries, beside what is stored and what was signed.

use std::collections::BTreeMap;

use firstkey_domain::Digest;
use firstkey_log::{
    checkpoint::OpenCheckpointError,
    hash::{Hash, leaf_hash},
    tile::{TILE_WIDTH, Tile},
    tree::TreeWriter,
};
use firstkey_ports::{LogName, StoredEntry};

use super::{CHUNK, CheckError, CheckReport, Checked, CheckedLog, Tampering, entries::altered};
use crate::audit::{
    lineage::{Lineage, Reign, SignedTree},
    tiles::{stored as digest, whole},
};

/// A log as the walk goes over its entries.
pub(super) struct LogWalk {
    log: LogName,
    /// The size that the store says.
    said: u64,
    /// The newest signed size and root.
    signed: Option<(u64, Hash)>,
    /// What signed it.
    by: Option<Reign>,
    /// The root that the entries lead to at the signed size.
    root: Option<Hash>,
    tree: TreeWriter,
    batch: Vec<Hash>,
    /// Tiles of the tree that can still grow.
    edge: BTreeMap<(u8, u64), Tile>,
    difference: Option<Difference>,
    /// The index that the next entry must have.
    pub next: u64,
    /// Entries without an index.
    pub waiting: u64,
}

/// The first tile that is not stored as the entries make it.
struct Difference {
    path: String,
    /// The leaf, when the tile holds leaves and is there.
    leaf: Option<u64>,
}

impl LogWalk {
    /// Reads what was signed.
    pub async fn start<S: Checked>(
        store: &S,
        log: LogName,
        said: u64,
        lineage: &Lineage,
    ) -> Result<Self, CheckError> {
        let note = store.checkpoint(log).await?;
        let opened = note.map(|note| open(log, &note, lineage)).transpose();
        let opened = opened.map_err(|error| Tampering::CheckpointAltered { log, error })?;
        let signed = opened
            .as_ref()
            .map(|SignedTree { checkpoint, .. }| (checkpoint.size(), checkpoint.root()));
        Ok(Self {
            log,
            said,
            signed,
            by: opened.map(|opened| opened.by),
            root: None,
            tree: TreeWriter::new(),
            batch: Vec::new(),
            edge: BTreeMap::new(),
            difference: None,
            next: 0,
            waiting: 0,
        })
    }

    /// Adds the next entry to the tree.
    pub async fn push<S: Checked>(&mut self, store: &S, digest: Digest) -> Result<(), CheckError> {
        self.batch.push(leaf_hash(digest.as_bytes()));
        let size = self.tree.size() + self.batch.len() as u64;
        let is_signed_size = self.signed.is_some_and(|(signed, _)| signed == size);
        if is_signed_size || self.batch.len() >= usize::from(TILE_WIDTH) {
            self.grow(store).await?;
        }
        if is_signed_size {
            self.root = Some(self.tree.root());
        }
        Ok(())
    }

    async fn grow<S: Checked>(&mut self, store: &S) -> Result<(), CheckError> {
        let appended = self.tree.append(&std::mem::take(&mut self.batch));
        self.tree = appended.writer;
        for tile in appended.tiles {
            let place = (tile.id().level(), tile.id().index());
            if tile.id().is_full() {
                self.edge.remove(&place);
                self.compare(store, &tile).await?;
            } else {
                self.edge.insert(place, tile);
            }
        }
        Ok(())
    }

    async fn compare<S: Checked>(&mut self, store: &S, tile: &Tile) -> Result<(), CheckError> {
        if self.difference.is_some() {
            return Ok(());
        }
        let id = tile.id();
        let row = store.tile(self.log, id.level(), id.index()).await?;
        let stored = row.and_then(|row| whole(id, &row.hashes));
        if stored.as_ref() == Some(tile) {
            return Ok(());
        }
        let differs = stored.filter(|_| id.level() == 0).and_then(|stored| {
            let mut pairs = stored.hashes().iter().zip(tile.hashes());
            pairs.position(|(stored, made)| stored != made)
        });
        let first = id.index() * u64::from(TILE_WIDTH);
        let leaf = differs.map(|place| first + place as u64);
        self.difference = Some(Difference { path: id.path(), leaf });
        Ok(())
    }

    async fn finish<S: Checked>(&mut self, store: &S) -> Result<(), CheckError> {
        self.grow(store).await?;
        for tile in std::mem::take(&mut self.edge).into_values() {
            self.compare(store, &tile).await?;
        }
        Ok(())
    }
}

/// A stored checkpoint: signed by one of the log's keys, and this log's.
fn open(log: LogName, note: &str, lineage: &Lineage) -> Result<SignedTree, OpenCheckpointError> {
    let opened = lineage.open(note)?;
    if opened.log.log() == log { Ok(opened) } else { Err(OpenCheckpointError::Origin) }
}

/// The newest checkpoint of a log is by the key, and of the epoch, that signed when the lifecycle log
/// had its signed size. The sequencer signs the lifecycle log last, so another log may be ahead, and
/// never behind: otherwise whoever has an old key could go on signing with it.
fn in_turn(walk: &LogWalk, lineage: &Lineage, turn: usize) -> bool {
    let Some(number) = walk.by.as_ref().map(|by| lineage.number_of(by)) else { return true };
    match walk.log {
        LogName::Lifecycle => number == Some(turn),
        LogName::Access { .. } => number.is_some_and(|number| number >= turn),
    }
}

/// Judges every log by what was signed.
pub(super) async fn judge<S: Checked>(
    store: &S,
    lineage: &Lineage,
    logs: BTreeMap<LogName, LogWalk>,
    closed: &BTreeMap<LogName, (u64, Digest)>,
    report: &mut CheckReport,
) -> Result<(), CheckError> {
    if let Some(log) = closed.keys().find(|log| !logs.contains_key(log)) {
        return Err(Tampering::LogRemoved(*log).into());
    }
    let lifecycle = logs.get(&LogName::Lifecycle).and_then(|walk| walk.signed);
    let turn = lineage.steps_at(lifecycle.map_or(0, |(size, _)| size));
    for (log, mut walk) in logs {
        walk.finish(store).await?;
        if !in_turn(&walk, lineage, turn) {
            return Err(Tampering::SignedOutOfTurn(log).into());
        }
        let stored = walk.tree.size();
        if let Some((signed, _)) = walk.signed
            && signed > stored
        {
            return Err(Tampering::RolledBack { log, signed, stored }.into());
        }
        let root = walk.signed.map(|(_, root)| root);
        if stored > 0 && root.is_none() {
            return Err(Tampering::CheckpointRemoved(log).into());
        }
        let is_signed = root == walk.root;
        let size = walk.signed.map_or(0, |(size, _)| size);
        match walk.difference {
            Some(Difference { leaf: Some(leaf), .. }) if !is_signed => {
                return Err(entry_at(store, log, leaf).await?.into());
            }
            Some(Difference { path, .. }) if is_signed => {
                return Err(Tampering::TileAltered { log, path }.into());
            }
            _ if !is_signed => return Err(Tampering::TreeRebuilt { log, size }.into()),
            _ => {}
        }
        if walk.said != stored {
            return Err(Tampering::SizeAltered { log, said: walk.said, stored }.into());
        }
        if let Some((size, root)) = closed.get(&log)
            && (*size, *root) != (stored, digest(walk.tree.root()))
        {
            return Err(Tampering::ClosedLogAltered { log, closed: *size, stored }.into());
        }
        report.logs.push(CheckedLog { log, entries: stored, signed: size, waiting: walk.waiting });
    }
    Ok(())
}

/// Names the entry that has this leaf index and is not what the tile says.
async fn entry_at<S: Checked>(store: &S, log: LogName, leaf: u64) -> Result<Tampering, CheckError> {
    let mut sequence = 0;
    loop {
        let chunk = store.entries_after(sequence, CHUNK).await?;
        let Some((_, last)) = chunk.last() else {
            return Ok(Tampering::LeafRemoved { log, index: leaf });
        };
        sequence = last.sequence;
        let is_it = |(of, entry): &&(LogName, StoredEntry)| *of == log && entry.leaf == Some(leaf);
        if let Some((_, entry)) = chunk.iter().find(is_it) {
            return Ok(altered(log, entry));
        }
    }
}
