//! A backup is restored elsewhere: nothing that was open is open, nothing that was spent counts again,
//! and the log says so under another name.

use firstkey_app::{
    Fault, TicketError,
    audit::{RestoreFault, RestoreReport, Tampering, verify},
    signing_in::{SignIn, SignInFault},
};
use firstkey_domain::enrollment::{EnrollmentEnd, Phase};
use firstkey_log::{
    checkpoint::{Checkpoint, sign_checkpoint},
    hash::Hash,
};
use firstkey_ports::Ledger;
use firstkey_store_sqlite::{Options, SqliteStore};
use jiff::{SignedDuration, Timestamp};

use crate::{
    edited_database::{ACCESS, LIFECYCLE, Story, checked, copy, story, tampering},
    machines::registered,
    world::{CONSOLE, World, keys, press},
};

/// The story goes on for a while after its backup; then it is restored with the newest checkpoint.
struct After {
    world: World<SqliteStore>,
    backup: tempfile::TempDir,
    newest: String,
}

async fn lost(world: World<SqliteStore>) -> After {
    let (backup, _) = copy(&world);
    for _ in 0..3 {
        world.import(None).await;
    }
    world.app.sequence_once().await.unwrap();
    let newest = world.app.store().checkpoint(LIFECYCLE).await.unwrap().unwrap();
    world.pass(SignedDuration::from_mins(10));
    After { world, backup, newest }
}

impl After {
    fn path(&self) -> std::path::PathBuf {
        self.backup.path().join("copy.db")
    }

    async fn restored(self) -> World<SqliteStore> {
        let store = SqliteStore::open(self.path(), Options::default()).unwrap();
        self.world.restored_on(store).await
    }
}

const MADE: Timestamp = Timestamp::UNIX_EPOCH;

async fn begin(
    world: &World<SqliteStore>,
    outside: Option<&str>,
) -> Result<RestoreReport, RestoreFault> {
    world.app.begin_restored("root", MADE, outside).await
}

#[tokio::test]
async fn rule_21_a_restore_closes_what_was_open_and_begins_an_epoch_that_names_the_old_one() {
    let mut story = story().await;
    let person = story.world.import(Some(story.admin.id)).await;
    let enrollment = story.world.enrollment_of(person).await;
    let browser = story.world.begin(enrollment, None).await;
    story.world.match_by(&mut story.admin, &browser).await;
    story.world.app.run(&story.world.ask_pass(&browser)).await.unwrap();
    let session = story.world.sign_in(&mut story.admin).await.unwrap().token;
    let program = registered(&story.world, &mut story.admin).await;
    let begun = story.world.begin_sign_in();
    story.world.app.sequence_once().await.unwrap();
    let before = story.last_checkpoint().await;
    let receipt = story.world.app.receipt(story.joiner.enrollment).await.unwrap().unwrap();
    let Story { world, mut admin, joiner } = story;
    let After { world, backup, newest } = lost(world).await;
    let path = backup.path().join("copy.db");
    let store = SqliteStore::open(&path, Options::default()).unwrap();
    let world = world.restored_on(store).await;

    let report = begin(&world, Some(&newest)).await.unwrap();
    assert_eq!(report.lost, Some(12), "three people with four entries each");
    assert!(!report.is_shown, "what came after the backup cannot be compared");
    assert_eq!((report.enrollments, report.sessions, report.machine_keys), (1, 3, 1));
    assert!(world.app.machine(world.proven(program)).await.unwrap().is_none());
    let closed = world.enrollment(enrollment).await;
    assert!(matches!(closed.phase, Phase::Closed { reason: EnrollmentEnd::Restored, .. }));
    assert!(world.app.session(&session).await.unwrap().is_none());
    // A challenge that was issued before may have been spent since: it counts no more.
    let replayed = SignIn {
        assertion: press(&mut admin.key, &begun, CONSOLE),
        ticket: begun.ticket,
        browser: String::new(),
    };
    let refused = world.app.run(&replayed).await.map(drop).unwrap_err();
    assert!(
        matches!(refused, Fault::Refused(SignInFault::Ticket(TicketError::NotOurs))),
        "{refused:?}"
    );
    let mut second = world.sign_in(&mut admin).await;
    assert!(second.is_ok(), "the passkey signs in as before: {:?}", second.as_mut().err());

    // Nothing was signed before; from now on it is under the epoch's name.
    assert_eq!(world.app.store().checkpoint(LIFECYCLE).await.unwrap().unwrap(), before);
    world.app.sequence_once().await.unwrap();
    for log in [LIFECYCLE, ACCESS] {
        let note = world.app.store().checkpoint(log).await.unwrap().unwrap();
        let named = format!("console.example.org/log/20260302T091000Z/{log}\n");
        assert!(note.starts_with(&named), "{note}");
    }
    let checked_against = |older: String| {
        let path = path.clone();
        async move { checked(&path, Some(&older)).await }
    };
    let report = checked_against(before).await.unwrap();
    assert!(report.to_string().contains("12 that were signed later are lost"), "{report}");
    let found = tampering(checked_against(newest.clone()).await);
    assert!(matches!(found, Tampering::BeforeRestore { log: LIFECYCLE, .. }), "{found}");
    assert!(found.to_string().contains("what came after them is lost"), "{found}");

    // What the log was told of is that very checkpoint; another of its size is a fork.
    let told = newest.lines().nth(1).unwrap().parse().unwrap();
    let other = Checkpoint::new("console.example.org/log/lifecycle", told, Hash([1; 32])).unwrap();
    let other = sign_checkpoint(&other, &keys().log()).encode();
    let found = tampering(checked_against(other).await);
    assert_eq!(found, Tampering::Forked { log: LIFECYCLE, size: told });

    // Receipts of both epochs verify with the one key.
    let key = keys().log().verifier();
    verify(&receipt, &key).unwrap();
    let anew = world.app.receipt(joiner.enrollment).await.unwrap().unwrap();
    let verified = verify(&anew, &key).unwrap().to_string();
    assert!(verified.contains("/log/20260302T091000Z/lifecycle"), "{verified}");
    let mut moved = anew;
    moved.origin = receipt.origin;
    verify(&moved, &key).unwrap_err();
    drop(backup);
}

#[tokio::test]
async fn rule_21_a_backup_of_another_history_is_not_gone_on_with() {
    let story = story().await;
    // Another history under the same key, no longer than the backup.
    let fork = World::on_disk().await;
    fork.import(None).await;
    fork.app.sequence_once().await.unwrap();
    let forked = fork.app.store().checkpoint(LIFECYCLE).await.unwrap().unwrap();
    let older = story.last_checkpoint().await;
    let access = story.world.app.store().checkpoint(ACCESS).await.unwrap().unwrap();
    let world = lost(story.world).await.restored().await;

    let refused = begin(&world, Some(&forked)).await.unwrap_err();
    assert!(matches!(refused, RestoreFault::Forked(_)), "{refused}");
    let refused = begin(&world, Some(&access)).await.unwrap_err();
    assert!(matches!(refused, RestoreFault::OtherLog(_)), "{refused}");
    let altered = older.replacen("lifecycle", "lifecycls", 1);
    let refused = begin(&world, Some(&altered)).await.unwrap_err();
    assert!(matches!(refused, RestoreFault::Unbelievable(_)), "{refused}");
    assert_eq!(world.app.epoch(), None, "nothing began");
    assert_eq!(world.app.store().checkpoint(LIFECYCLE).await.unwrap().unwrap(), older);

    let report = begin(&world, Some(&older)).await.unwrap();
    assert_eq!((report.lost, report.is_shown), (Some(0), true));
}

#[tokio::test]
async fn rule_21_the_same_backup_restored_twice_makes_logs_of_two_names() {
    let story = story().await;
    let (first, _) = story.copy();
    let open = |folder: &std::path::Path| {
        SqliteStore::open(folder.join("copy.db"), Options::default()).unwrap()
    };
    let after = lost(story.world).await;
    let (second, newest) = (after.path(), after.newest);
    let world = after.world.restored_on(open(first.path())).await;
    assert_eq!(begin(&world, None).await.unwrap().lost, None, "nobody could say");
    world.app.sequence_once().await.unwrap();
    let signed = world.app.store().checkpoint(LIFECYCLE).await.unwrap().unwrap();
    checked(&first.path().join("copy.db"), None).await.unwrap();

    world.pass(SignedDuration::from_mins(1));
    let world = world.restored_on(open(second.parent().unwrap())).await;
    // The newest checkpoint is of an epoch that this backup has never heard of.
    let report = begin(&world, Some(&signed)).await.unwrap();
    assert!(!report.is_shown);
    world.app.sequence_once().await.unwrap();
    let again = world.app.store().checkpoint(LIFECYCLE).await.unwrap().unwrap();
    assert_ne!(again.lines().next(), signed.lines().next());
    let report = checked(&second, None).await.unwrap();
    assert_eq!(report.restores.len(), 1);
    let found = tampering(checked(&second, Some(&newest)).await);
    assert!(matches!(found, Tampering::BeforeRestore { .. }), "{found}");
    drop(after.backup);
}
