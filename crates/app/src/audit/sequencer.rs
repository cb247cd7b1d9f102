//! The sequencing task (rule 19): committed entries get their place in the tree, in commit order, and
//! the tree is signed.

use std::{collections::BTreeMap, time::Duration};

use firstkey_log::{
    checkpoint::{Checkpoint, OpenCheckpointError, sign_checkpoint},
    hash::leaf_hash,
    note::KeyId,
    tile::Tile,
    tree::TreeWriter,
};
use firstkey_ports::{self as ports, Ledger, LogName, TileRow};
use jiff::Timestamp;
use tokio::time::sleep;

use super::{
    SequenceError,
    lineage::{Lineage, Reign},
    log_ref,
    tiles::{Tiles, TilesError, stored},
};
use crate::{App, Backend};

/// How often a checkpoint is signed while the log grows.
pub const SEQUENCE_EVERY: Duration = Duration::from_millis(100);

/// How often to look when no event has told of anything: notes tell nobody.
const LOOK_EVERY: Duration = Duration::from_millis(500);

/// How long to leave a store that cannot write alone.
const STORE_PAUSE: Duration = Duration::from_secs(2);

/// The most entries that one checkpoint adds.
const BATCH: u32 = 4096;

/// The trees of all logs, as they grow. One at a time for each store: a second one is refused by the
/// store, which checks where each batch begins.
#[derive(Debug, Default)]
pub struct Sequencer {
    trees: BTreeMap<LogName, Signed>,
    /// The key and the epoch that signed them.
    by: Option<(KeyId, Option<Timestamp>)>,
}

/// A tree, and how much of it is signed.
#[derive(Debug)]
struct Signed {
    tree: TreeWriter,
    size: Option<u64>,
}

/// What one step did.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Sequenced {
    /// Entries that got their index.
    pub entries: u64,
    /// Checkpoints that were signed.
    pub checkpoints: u64,
}

impl Sequencer {
    /// Gives every entry that waits its index, at most a batch for each log, and signs what has grown.
    ///
    /// After an error the trees are read from the store again, so a step can be repeated whatever
    /// happened: what a crash left sequenced and unsigned is signed by the next.
    pub async fn step<S: Backend>(&mut self, app: &App<S>) -> Result<Sequenced, SequenceError> {
        let mut done = Sequenced::default();
        // Nobody changes the key meanwhile: what a tree holds of its rotation, only the new one signs.
        let _signing = app.signing.lock().await;
        let by = (app.keys.log().verifier().key_id(), app.epoch());
        if self.by.replace(by).is_some_and(|before| before != by) {
            self.trees.clear();
        }
        for log in self.to_do(app).await? {
            let stepped = self.step_log(app, log, &mut done).await;
            if stepped.is_err() {
                self.trees.clear();
            }
            stepped?;
        }
        Ok(done)
    }

    /// Steps whenever something waits, until `stop` resolves; then once more. Ends early only when the
    /// log is not what was signed.
    pub async fn run<S: Backend>(
        mut self,
        app: &App<S>,
        stop: impl Future<Output = ()>,
    ) -> Result<(), SequenceError> {
        let mut stop = std::pin::pin!(stop);
        let mut changes = app.changes();
        let mut is_stopping = false;
        while !is_stopping {
            let pause = match self.step(app).await {
                Ok(done) if done.entries >= u64::from(BATCH) => Duration::ZERO,
                Ok(_) => SEQUENCE_EVERY,
                Err(error) if error.is_passing() => {
                    tracing::warn!(event = "log.not_sequenced", %error, "trying again");
                    STORE_PAUSE
                }
                Err(error) => {
                    tracing::error!(event = "log.refused", %error, "nothing is signed any more");
                    return Err(error);
                }
            };
            let next = async {
                sleep(pause).await;
                if pause == SEQUENCE_EVERY {
                    tokio::select! {
                        // However many were missed: one look sees them all.
                        _ = changes.recv() => {}
                        () = sleep(LOOK_EVERY) => {}
                    }
                }
            };
            tokio::select! {
                () = &mut stop => is_stopping = true,
                () = next => {}
            }
        }
        self.step(app).await?;
        Ok(())
    }

    /// The first time every log, because one may have been left unsigned, or signed by a key that has a
    /// successor; then those with entries that wait. The lifecycle log comes last: what signs it signs
    /// all others by then, so that none can be passed off as signed by an older key.
    async fn to_do<S: Backend>(&self, app: &App<S>) -> Result<Vec<LogName>, SequenceError> {
        if !self.trees.is_empty() {
            return Ok(app.store.logs_pending().await?);
        }
        let mut logs: Vec<_> = app.store.logs().await?.into_iter().map(|(log, _)| log).collect();
        logs.extend(app.store.logs_pending().await?);
        logs.sort_unstable();
        logs.dedup();
        logs.reverse();
        Ok(logs)
    }

    async fn step_log<S: Backend>(
        &mut self,
        app: &App<S>,
        log: LogName,
        done: &mut Sequenced,
    ) -> Result<(), SequenceError> {
        let known = match self.trees.remove(&log) {
            Some(known) => known,
            None => open(app, log).await?,
        };
        let tree = extend(&app.store, log, &known.tree).await?;
        done.entries += tree.size() - known.tree.size();
        if tree.size() > 0 && known.size != Some(tree.size()) {
            // The tiles are durable; only now may their root be signed.
            sign(app, log, &tree).await?;
            done.checkpoints += 1;
        }
        let size = Some(tree.size());
        self.trees.insert(log, Signed { tree, size });
        Ok(())
    }
}

impl<S: Backend> App<S> {
    /// One step of a sequencer of its own: for commands, and for tests.
    pub async fn sequence_once(&self) -> Result<Sequenced, SequenceError> {
        Sequencer::default().step(self).await
    }
}

/// Reads a log's tree from its tiles, and refuses when it does not continue what was signed.
async fn open<S: Backend>(app: &App<S>, log: LogName) -> Result<Signed, SequenceError> {
    let sizes = app.store.logs().await?;
    let size = sizes.into_iter().find(|(name, _)| *name == log).map_or(0, |(_, size)| size);
    let mut tiles = Tiles::new(&app.store, log);
    let tree = tiles.tree(size).await.map_err(|error| tile_error(log, error))?;
    let Some(note) = app.store.checkpoint(log).await? else {
        return Ok(Signed { tree, size: None });
    };
    let now = Reign { epoch: app.epoch(), key: app.keys.log().verifier() };
    let lineage = Lineage::read(&app.store, &now.key).await?;
    let unbelievable = |error| SequenceError::Checkpoint { log, error };
    let opened = lineage.open(&note).map_err(unbelievable)?;
    let is_ours = opened.log == log_ref(&app.site, opened.by.epoch, log);
    if !is_ours || lineage.number_of(&opened.by).is_none() {
        return Err(unbelievable(OpenCheckpointError::Origin));
    }
    let signed = opened.checkpoint;
    if signed.size() > size {
        return Err(SequenceError::RolledBack { log, signed: signed.size(), stored: size });
    }
    let continues = tiles
        .begins_with((signed.size(), signed.root()), (size, tree.root()))
        .await
        .map_err(|error| tile_error(log, error))?;
    if !continues {
        return Err(SequenceError::Forked(log));
    }
    // What an older key or epoch signed is signed again: the same tree, under what counts now.
    let size = (opened.by == now).then_some(signed.size());
    Ok(Signed { tree, size })
}

/// Gives every entry of a log that waits its index, and signs nothing: before a restore says how the
/// log goes on.
pub(super) async fn index_all<S: Backend>(
    app: &App<S>,
    log: LogName,
) -> Result<TreeWriter, SequenceError> {
    let mut tree = open(app, log).await?.tree;
    loop {
        let grown = extend(&app.store, log, &tree).await?;
        if grown.size() == tree.size() {
            return Ok(grown);
        }
        tree = grown;
    }
}

/// Makes a batch's indices and tiles durable.
async fn extend<L: Ledger>(
    ledger: &L,
    log: LogName,
    tree: &TreeWriter,
) -> Result<TreeWriter, SequenceError> {
    let pending = ledger.pending(log, BATCH).await?;
    if pending.is_empty() {
        return Ok(tree.clone());
    }
    let leaves: Vec<_> = pending.iter().map(|entry| leaf_hash(entry.digest.as_bytes())).collect();
    let appended = tree.append(&leaves);
    let batch = ports::Sequenced {
        log,
        first: tree.size(),
        entries: pending.iter().map(|entry| entry.sequence).collect(),
        tiles: appended.tiles.iter().map(row).collect(),
    };
    ledger.sequence(batch).await?;
    Ok(appended.writer)
}

async fn sign<S: Backend>(
    app: &App<S>,
    log: LogName,
    tree: &TreeWriter,
) -> Result<(), SequenceError> {
    let origin = log_ref(&app.site, app.epoch(), log).to_string();
    let checkpoint = Checkpoint::new(&origin, tree.size(), tree.root())?;
    let note = sign_checkpoint(&checkpoint, &app.keys.log()).encode();
    app.store.keep_checkpoint(log, tree.size(), stored(tree.root()), note).await?;
    Ok(())
}

fn row(tile: &Tile) -> TileRow {
    TileRow { level: tile.id().level(), index: tile.id().index(), hashes: tile.to_bytes() }
}

fn tile_error(log: LogName, error: TilesError) -> SequenceError {
    match error {
        TilesError::Store(error) => error.into(),
        TilesError::Missing(tile) => SequenceError::Tile { log, tile: tile.path() },
        TilesError::OutOfRange => SequenceError::Forked(log),
    }
}
