//! Another key signs the log, and everybody who pinned the old one can follow; whoever has the old one
//! still cannot go on.

use firstkey_app::audit::{
    Check, NotSignedByBoth, ReceiptError, Sequencer, Tampering, check, verify,
};
use firstkey_log::{
    checkpoint::{Checkpoint, OpenCheckpointError, sign_checkpoint},
    note::{SignedNote, VerifyNoteError},
};
use firstkey_ports::{Ledger, LogName};
use firstkey_store_sqlite::{Options, SqliteStore};
use rusqlite::Connection;

use crate::{
    edited_database::{LIFECYCLE, checked, run, story, tampering},
    receipts::{pinned, receipt_of, three},
    world::{World, signer},
};

#[tokio::test]
async fn rule_21_whoever_pinned_the_old_key_follows_it_to_the_new_one() {
    let (world, [_, _, joiner]) = three().await;
    let before = receipt_of(&world, &joiner).await;
    world.app.rotate_log_key("root", signer(8)).await.unwrap();
    let after = receipt_of(&world, &joiner).await;
    let new = signer(8).verifier();

    assert!(verify(&before, &pinned()).is_ok(), "what was signed before stays signed");
    assert!(verify(&after, &new).is_ok());
    let told = verify(&after, &pinned()).unwrap().to_string();
    let succeeds =
        format!("id {}) succeeds the one that you pinned (id {})", new.key_id(), pinned().key_id());
    assert!(told.contains(&succeeds), "{told}");

    // The key may have been rotated because it was stolen: whoever pinned the new one does not take
    // the word of the old one.
    let unknown = OpenCheckpointError::Signature(VerifyNoteError::UnknownKeys);
    let refused = verify(&before, &new).unwrap_err();
    assert_eq!(refused, ReceiptError::Checkpoint(unknown.clone()));
    let mut bare = after.clone();
    bare.rotations.clear();
    assert_eq!(verify(&bare, &pinned()).unwrap_err(), ReceiptError::Checkpoint(unknown));
    // Nobody without the old key names a successor.
    let mut forged = after;
    let note = SignedNote::parse(forged.rotations[0].as_bytes()).unwrap().encode();
    let text = note.split_inclusive('\n').take(3).collect::<String>();
    let thief = [&signer(9), &signer(8)];
    forged.rotations[0] = SignedNote::sign(&text, &thief).unwrap().encode();
    assert_eq!(verify(&forged, &pinned()).unwrap_err(), ReceiptError::Rotation(NotSignedByBoth));
}

#[tokio::test]
async fn rule_21_a_rotated_log_is_checked_with_any_of_its_keys() {
    let story = story().await;
    let old = story.last_checkpoint().await;
    let mut sequencer = Sequencer::default();
    sequencer.step(&story.world.app).await.unwrap();
    for seed in [8, 9] {
        story.world.app.rotate_log_key("root", signer(seed)).await.unwrap();
        story.world.import(None).await;
        let done = sequencer.step(&story.world.app).await.unwrap();
        assert_eq!(done.checkpoints, 2, "the log of sessions is signed by the new key as well");
        for log in [LIFECYCLE, crate::edited_database::ACCESS] {
            let note = story.world.app.store().checkpoint(log).await.unwrap().unwrap();
            let note = SignedNote::parse(note.as_bytes()).unwrap();
            assert!(note.verify(&[signer(seed).verifier()]).is_ok(), "{log}");
            assert_eq!(note.signatures().len(), 1, "the old key is gone");
        }
    }
    let store = SqliteStore::open_read_only(story.world.path(), Options::default()).unwrap();
    for seed in [7, 8, 9] {
        let key = signer(seed).verifier();
        let rows = Some(story.world.app.keys().rows());
        let report = check(&store, Check { key: &key, rows, against: Some(&old) }).await.unwrap();
        assert_eq!(report.keys.len(), 3);
        let said = format!("key {} signs", signer(9).verifier().key_id());
        assert!(report.to_string().contains(&said), "{report}");
    }
    let stranger = signer(10).verifier();
    let refused = check(&store, Check { key: &stranger, rows: None, against: None }).await;
    assert!(matches!(tampering(refused), Tampering::CheckpointAltered { .. }));
}

#[tokio::test]
async fn rule_21_whoever_kept_the_old_key_cannot_go_on_signing() {
    let story = story().await;
    story.world.app.rotate_log_key("root", signer(8)).await.unwrap();
    story.world.app.sequence_once().await.unwrap();
    checked(&story.world.path(), None).await.unwrap();
    let signed = |log: LogName| {
        let app = &story.world.app;
        async move {
            let note = app.store().checkpoint(log).await.unwrap().unwrap();
            let note = SignedNote::parse(note.as_bytes()).unwrap();
            let text = note.verify(&[signer(8).verifier()]).unwrap().to_owned();
            sign_checkpoint(&Checkpoint::parse(&text).unwrap(), &signer(7)).encode()
        }
    };
    for log in [LIFECYCLE, crate::edited_database::ACCESS] {
        let note = signed(log).await;
        let put = "UPDATE log_checkpoints SET note = ?1 WHERE log = ?2 AND note LIKE ?3";
        let by = format!("{}%", note.lines().take(2).collect::<Vec<_>>().join("\n"));
        let found = story.found(|sql| run(sql, put, [&note, &log.to_string(), &by])).await;
        assert_eq!(found, Tampering::SignedOutOfTurn(log));
    }
    // A rotation that only the thief signed is none, whatever the rest of the database says.
    let forge = "UPDATE entries SET open = CAST(replace(CAST(open AS TEXT), '— console', \
                 '— consola') AS BLOB) WHERE stream_kind = 'log'";
    let found = story.found(|sql| run(sql, forge, [])).await;
    assert_eq!(found, Tampering::RotationForged(NotSignedByBoth));
}

#[tokio::test(flavor = "multi_thread")]
async fn rule_21_a_rotation_among_commits_loses_nothing_and_leaves_no_tree_to_the_old_key() {
    let world = std::sync::Arc::new(World::on_disk().await);
    let sequencing = {
        let world = world.clone();
        tokio::spawn(async move {
            let mut sequencer = Sequencer::default();
            for _ in 0..200 {
                sequencer.step(&world.app).await.unwrap();
                tokio::task::yield_now().await;
            }
        })
    };
    let joining = {
        let world = world.clone();
        tokio::spawn(async move {
            for _ in 0..60 {
                world.import(None).await;
            }
        })
    };
    for seed in 8..14 {
        world.app.rotate_log_key("root", signer(seed)).await.unwrap();
        tokio::time::sleep(std::time::Duration::from_millis(5)).await;
    }
    joining.await.unwrap();
    sequencing.await.unwrap();
    world.app.sequence_once().await.unwrap();
    let report = checked(&world.path(), None).await.unwrap();
    assert_eq!((report.people, report.keys.len()), (60, 7));

    // Every tree that was ever signed, by the key that the rotations in it had left to sign.
    let sql = Connection::open(world.path()).unwrap();
    let mut leaves = sql.prepare("SELECT leaf FROM entries WHERE stream_kind = 'log'").unwrap();
    let leaves = leaves.query_map([], |row| row.get(0)).unwrap();
    let leaves: Vec<u64> = leaves.map(Result::unwrap).collect();
    let signed = "SELECT size, note FROM log_checkpoints WHERE log = 'lifecycle'";
    let mut signed = sql.prepare(signed).unwrap();
    let signed = signed.query_map([], |row| Ok((row.get(0)?, row.get(1)?))).unwrap();
    let signed: Vec<(u64, String)> = signed.map(Result::unwrap).collect();
    assert!(signed.len() > 6, "{}", signed.len());
    for (size, note) in signed {
        let rotations = leaves.iter().filter(|leaf| **leaf < size).count();
        let key = signer(7 + u8::try_from(rotations).unwrap()).verifier();
        let note = SignedNote::parse(note.as_bytes()).unwrap();
        assert!(note.verify(&[key]).is_ok(), "{size} entries with {rotations} rotations");
    }
}
