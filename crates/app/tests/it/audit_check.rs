//! `log check` over an honest database, over a forged tree, and against what was signed before.

use firstkey_app::audit::{Check, Tampering, check};
use firstkey_log::note::NoteSigner;
use firstkey_store_sqlite::{Options, SqliteStore};

use crate::{
    edited_database::{ACCESS, LIFECYCLE, checked, run, story, tampering},
    world::{World, keys},
};

#[tokio::test]
async fn an_honest_database_is_as_it_was_signed() {
    let story = story().await;
    story.world.import(Some(story.admin.id)).await;
    let report = story.edited(|_| ()).await.unwrap();
    assert_eq!((report.people, report.enrollments), (4, 4));
    assert_eq!((report.authenticators, report.roles), (3, 1));
    assert!(report.seals);
    let lifecycle = report.logs.iter().find(|log| log.log == LIFECYCLE).unwrap();
    assert_eq!(lifecycle.signed, lifecycle.entries);
    assert_eq!(lifecycle.waiting, 4, "joined, opened, noted and invited wait for their place");
    assert_eq!(report.events, lifecycle.entries + lifecycle.waiting);
    assert_eq!(report.logs.len(), 2);

    let key = keys().log().verifier();
    let copy = SqliteStore::open_read_only(story.world.path(), Options::default()).unwrap();
    let auditor = check(&copy, Check { key: &key, rows: None, against: None }).await.unwrap();
    assert!(!auditor.seals, "an auditor has no key of seals");
    assert!(auditor.to_string().contains("not checked"), "{auditor}");
}

#[tokio::test]
async fn forged_tiles_sizes_and_checkpoints_are_named() {
    let story = story().await;
    let path = |found: &Tampering| match found {
        Tampering::TileAltered { log: LIFECYCLE, path } => path.starts_with("tile/0/000.p/"),
        _ => false,
    };
    for forge in [
        "UPDATE log_tiles SET hashes = zeroblob(length(hashes)) WHERE log = 'lifecycle'",
        "UPDATE log_tiles SET hashes = substr(hashes, 1, 64) WHERE log = 'lifecycle'",
        "DELETE FROM log_tiles WHERE log = 'lifecycle'",
    ] {
        let found = story.found(|sql| run(sql, forge, [])).await;
        assert!(path(&found), "{forge}: {found}");
    }
    let size = "UPDATE logs SET size = size + 1 WHERE name = 'lifecycle'";
    let found = story.found(|sql| run(sql, size, [])).await;
    assert!(matches!(found, Tampering::SizeAltered { log: LIFECYCLE, .. }), "{found}");

    let remove = "DELETE FROM log_checkpoints WHERE log = 'lifecycle'";
    let found = story.found(|sql| run(sql, remove, [])).await;
    assert_eq!(found, Tampering::CheckpointRemoved(LIFECYCLE));
    let edit = "UPDATE log_checkpoints SET note = replace(note, 'lifecycle', 'lifecycls')";
    let swap = "UPDATE log_checkpoints SET note = (SELECT note FROM log_checkpoints \
                WHERE log = 'lifecycle')";
    for (edit, log) in [(edit, LIFECYCLE), (swap, ACCESS)] {
        let found = story.found(|sql| run(sql, edit, [])).await;
        assert!(
            matches!(found, Tampering::CheckpointAltered { log: of, .. } if of == log),
            "{edit}: {found}"
        );
    }
    let other = NoteSigner::from_seed("console.example.org/log".parse().unwrap(), &[8; 32]);
    let other = other.unwrap().verifier();
    let store = SqliteStore::open_read_only(story.world.path(), Options::default()).unwrap();
    let refused = check(&store, Check { key: &other, rows: None, against: None }).await;
    assert!(matches!(tampering(refused), Tampering::CheckpointAltered { .. }));
}

#[tokio::test]
async fn an_old_backup_does_not_pass_for_the_present() {
    let story = story().await;
    let old = story.last_checkpoint().await;
    let receipt = story.world.app.receipt(story.joiner.enrollment).await.unwrap().unwrap();
    let receipt = serde_json::to_string(&receipt).unwrap();
    let (_folder, backup) = story.copy();
    let stored = checked(&backup, Some(&old)).await.unwrap().against.unwrap();

    story.world.import(Some(story.admin.id)).await;
    story.world.app.sequence_once().await.unwrap();
    let new = story.last_checkpoint().await;
    // By itself the backup is sound; beside the newer checkpoint it is not the present.
    checked(&backup, None).await.unwrap();
    let found = tampering(checked(&backup, Some(&new)).await);
    let signed = stored + 4;
    assert_eq!(found, Tampering::RolledBack { log: LIFECYCLE, signed, stored });
    // The present continues what was signed before.
    for older in [old.as_str(), &receipt] {
        let report = checked(&story.world.path(), Some(older)).await.unwrap();
        assert_eq!(report.against, Some(stored));
        assert!(report.to_string().contains(&format!("had signed at size {stored}")), "{report}");
    }

    // Another history under the same key, at least as long.
    let fork = World::on_disk().await;
    let mut size = 0;
    while size < signed {
        fork.import(None).await;
        fork.app.sequence_once().await.unwrap();
        let report = checked(&fork.path(), None).await.unwrap();
        size = report.logs.iter().find(|log| log.log == LIFECYCLE).unwrap().signed;
    }
    let found = tampering(checked(&fork.path(), Some(&new)).await);
    assert_eq!(found, Tampering::Forked { log: LIFECYCLE, size: signed });

    let unreadable = tampering(checked(&backup, Some("{}")).await);
    assert_eq!(unreadable, Tampering::AgainstUnreadable);
    let forged = new.replacen(&signed.to_string(), &stored.to_string(), 1);
    let unbelievable = tampering(checked(&backup, Some(&forged)).await);
    assert!(matches!(unbelievable, Tampering::AgainstUnbelievable(_)), "{unbelievable}");
}
