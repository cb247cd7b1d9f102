//! The sequencing task: every committed entry gets its place, and what was signed stays signed.

use std::collections::BTreeMap;

use firstkey_app::audit::{SequenceError, Sequenced as Done, Sequencer, log_ref};
use firstkey_domain::{Digest, StreamId};
use firstkey_log::{
    checkpoint::{Checkpoint, open_checkpoint, sign_checkpoint},
    hash::{Hash, leaf_hash},
    tile::{EntryBundle, TileId},
    tree::Frontier,
};
use firstkey_ports::{Archive, Ledger, LogName, Queries, Sequenced, TileRow};

use crate::world::{World, keys, site};

const LIFECYCLE: LogName = LogName::Lifecycle;

/// The newest checkpoint, opened with the log's key.
async fn checkpoint<S: Ledger>(store: &S, log: LogName) -> Checkpoint {
    let note = store.checkpoint(log).await.unwrap().unwrap();
    let origin = log_ref(&site(), None, log).to_string();
    open_checkpoint(note.as_bytes(), &keys().log().verifier(), &origin).unwrap()
}

#[tokio::test]
async fn every_entry_gets_its_place_in_commit_order_and_the_root_is_signed() {
    let world = World::on_disk().await;
    let mut admin = world.admin().await;
    world.joiner(&mut admin).await;
    world.sign_in(&mut admin).await.unwrap();

    let done = world.app.sequence_once().await.unwrap();
    let store = world.app.store();
    let entries = store.entries_after(0, 10_000).await.unwrap();
    assert_eq!(done.entries, entries.len() as u64);
    assert_eq!(done.checkpoints, 2, "the lifecycle's and this month's sessions'");

    let mut leaves: BTreeMap<LogName, Vec<Hash>> = BTreeMap::new();
    for (log, entry) in entries {
        let of_log = leaves.entry(log).or_default();
        assert_eq!(entry.leaf, Some(of_log.len() as u64), "{log}");
        of_log.push(leaf_hash(entry.digest.as_bytes()));
    }
    let access = LogName::Access { year: 2026, month: 3 };
    assert_eq!(leaves.keys().copied().collect::<Vec<_>>(), [LIFECYCLE, access]);
    for (log, leaves) in leaves {
        let tree: Frontier = leaves.into_iter().collect();
        let signed = checkpoint(store, log).await;
        assert_eq!((signed.size(), signed.root()), (tree.size(), tree.root()), "{log}");
    }
    assert_eq!(checkpoint(store, access).await.origin(), "console.example.org/log/access/2026-03");
}

#[tokio::test]
async fn nothing_new_signs_nothing_new() {
    let world = World::in_memory().await;
    world.import(None).await;
    let mut sequencer = Sequencer::default();
    assert_eq!(sequencer.step(&world.app).await.unwrap().checkpoints, 1);
    assert_eq!(sequencer.step(&world.app).await.unwrap(), Done::default());
    assert_eq!(world.app.sequence_once().await.unwrap(), Done::default());
    world.import(None).await;
    assert_eq!(sequencer.step(&world.app).await.unwrap().checkpoints, 1);
}

/// Tiles and indices are durable, the process dies before it signs, and the next one signs.
#[tokio::test]
async fn what_a_crash_left_unsigned_is_signed_after_the_restart() {
    let world = World::on_disk().await;
    world.import(None).await;
    world.app.sequence_once().await.unwrap();
    world.import(None).await;
    let store = world.app.store();
    let before = checkpoint(store, LIFECYCLE).await;

    let pending = store.pending(LIFECYCLE, 100).await.unwrap();
    let row = store.tile(LIFECYCLE, 0, 0).await.unwrap().unwrap();
    let new: Vec<u8> =
        pending.iter().flat_map(|entry| leaf_hash(entry.digest.as_bytes()).0).collect();
    let hashes = [row.hashes, new].concat();
    let batch = Sequenced {
        log: LIFECYCLE,
        first: before.size(),
        entries: pending.iter().map(|entry| entry.sequence).collect(),
        tiles: vec![TileRow { level: 0, index: 0, hashes }],
    };
    store.sequence(batch).await.unwrap();

    let done = world.app.sequence_once().await.unwrap();
    assert_eq!((done.entries, done.checkpoints), (0, 1));
    let size = before.size() + pending.len() as u64;
    assert_eq!(checkpoint(store, LIFECYCLE).await.size(), size);
}

#[tokio::test]
async fn a_tree_whose_tiles_were_altered_is_never_signed_again() {
    let world = World::on_disk().await;
    world.import(None).await;
    world.app.sequence_once().await.unwrap();
    world.import(None).await;
    let edit = rusqlite::Connection::open(world.path()).unwrap();
    let altered = "UPDATE log_tiles SET hashes = zeroblob(length(hashes)) WHERE level = 0";
    assert_eq!(edit.execute(altered, []).unwrap(), 1);
    assert_eq!(world.app.sequence_once().await, Err(SequenceError::Forked(LIFECYCLE)));
}

#[tokio::test]
async fn a_checkpoint_that_is_ahead_of_the_entries_means_a_rollback() {
    let world = World::in_memory().await;
    world.import(None).await;
    world.app.sequence_once().await.unwrap();
    // Another copy of the same beginnings, to which the newer checkpoint is brought.
    let copy = World::in_memory().await;
    copy.app.sequence_once().await.unwrap();
    let size = checkpoint(copy.app.store(), LIFECYCLE).await.size();
    let newer = checkpoint(world.app.store(), LIFECYCLE).await;
    assert!(newer.size() > size);
    let edited = World::on_disk().await;
    edited.app.sequence_once().await.unwrap();
    let note = sign_checkpoint(&newer, &keys().log()).encode();
    let sql = rusqlite::Connection::open(edited.path()).unwrap();
    sql.execute("UPDATE log_checkpoints SET note = ?1", [&note]).unwrap();
    let refused = SequenceError::RolledBack { log: LIFECYCLE, signed: newer.size(), stored: size };
    assert_eq!(edited.app.sequence_once().await, Err(refused));
}

#[tokio::test]
async fn readers_get_checkpoints_tiles_and_entries_as_c2sp_asks() {
    let world = World::on_disk().await;
    for _ in 0..80 {
        world.import(None).await;
    }
    while world.app.sequence_once().await.unwrap().entries > 0 {}
    let app = &world.app;
    let size = checkpoint(app.store(), LIFECYCLE).await.size();
    assert!(size > 256, "more than one tile: {size}");
    let note = app.log_checkpoint(LIFECYCLE).await.unwrap().unwrap();
    assert_eq!(note.content_type, "text/plain; charset=utf-8");
    assert!(!note.is_immutable);

    for index in 0..2 {
        let id = TileId::in_tree(0, index, size).unwrap();
        let tile = app.log_tile(LIFECYCLE, &id.path()).await.unwrap().unwrap();
        let bundle = id.path().replace("tile/0/", "tile/entries/");
        let bundle = app.log_tile(LIFECYCLE, &bundle).await.unwrap().unwrap();
        let entries = EntryBundle::decode(&bundle.bytes, id.width()).unwrap();
        let leaves: Vec<u8> = entries.leaf_hashes().flat_map(|hash| hash.0).collect();
        assert_eq!(tile.bytes, leaves);
    }
    // A partial tile is served at every width that it had, and none that it will have.
    let edge = TileId::in_tree(0, 1, size).unwrap();
    let narrow = app.log_tile(LIFECYCLE, "tile/0/001.p/1").await.unwrap().unwrap();
    assert_eq!(narrow.bytes.len(), 32);
    for beyond in [
        format!("tile/0/001.p/{}", edge.width() + 1),
        format!("tile/entries/001.p/{}", edge.width() + 1),
        "tile/0/001".into(),
        "tile/0/002".into(),
        "tile/entries/x018/x446/x744/x073/x709/x551/615".into(),
        "tile/0/../checkpoint".into(),
        "checkpoint".into(),
    ] {
        assert_eq!(app.log_tile(LIFECYCLE, &beyond).await.unwrap(), None, "{beyond}");
    }
}

#[tokio::test]
async fn the_task_signs_by_itself_and_once_more_when_it_is_stopped() {
    let world = World::in_memory().await;
    let person = world.import(None).await;
    let (stop, stopped) = tokio::sync::oneshot::channel::<()>();
    let task = Sequencer::default().run(&world.app, async {
        let _ = stopped.await;
    });
    let story = async {
        while world.app.store().checkpoint(LIFECYCLE).await.unwrap().is_none() {
            tokio::time::sleep(firstkey_app::audit::SEQUENCE_EVERY).await;
        }
        world.import(None).await;
        stop.send(()).unwrap();
    };
    let (done, ()) = tokio::join!(task, story);
    done.unwrap();
    assert!(world.app.store().logs_pending().await.unwrap().is_empty());
    let entries = world.app.store().entries(StreamId::from(person)).await.unwrap();
    let digests: Vec<Digest> = world.app.store().entry_digests(LIFECYCLE, 1, 1).await.unwrap();
    assert_eq!(digests, [entries[0].digest], "after the policy's activation");
}
