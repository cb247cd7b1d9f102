//! A month's access log is closed in the lifecycle log.

use firstkey_app::audit::{
    Check, CheckError, CheckReport, MonthCloser, Tampering, check,
    check::{Change, RowName},
};
use firstkey_domain::Digest;
use firstkey_ports::{LogName, Queries, ReservationKind};
use firstkey_store_sqlite::{Options, SqliteStore};
use jiff::SignedDuration;
use rusqlite::Connection;

use crate::world::{World, keys};

const MARCH: LogName = LogName::Access { year: 2026, month: 3 };

/// March, with two sign-ins, closed in April.
async fn closed_march() -> World<SqliteStore> {
    let world = World::on_disk().await;
    let mut admin = world.admin().await;
    world.sign_in(&mut admin).await.unwrap();
    world.sign_in(&mut admin).await.unwrap();
    world.app.sequence_once().await.unwrap();
    let mut closer = MonthCloser::default();
    assert_eq!(closer.close_ended(&world.app).await.unwrap(), 0, "March is not over");
    world.pass(SignedDuration::from_hours(31 * 24));
    assert_eq!(closer.close_ended(&world.app).await.unwrap(), 1);
    world.app.sequence_once().await.unwrap();
    world
}

async fn checked(world: &World<SqliteStore>) -> Result<CheckReport, CheckError> {
    let store = SqliteStore::open_read_only(world.path(), Options::default()).unwrap();
    let keys = keys();
    let key = keys.log().verifier();
    check(&store, Check { key: &key, rows: Some(keys.rows()), against: None }).await
}

fn edit(world: &World<SqliteStore>, statements: &str) {
    Connection::open(world.path()).unwrap().execute_batch(statements).unwrap();
}

#[tokio::test]
async fn a_month_is_closed_once_also_over_a_restart() {
    let world = closed_march().await;
    let before = world.app.store().last_event().await.unwrap();
    let world = world.restarted().await;
    assert_eq!(MonthCloser::default().close_ended(&world.app).await.unwrap(), 0);
    assert_eq!(world.app.store().last_event().await.unwrap(), before);
    let report = checked(&world).await.unwrap();
    assert!(report.logs.iter().any(|log| log.log == MARCH));
}

#[tokio::test]
async fn a_month_with_entries_that_wait_is_not_closed_yet() {
    let world = World::on_disk().await;
    let mut admin = world.admin().await;
    world.sign_in(&mut admin).await.unwrap();
    world.pass(SignedDuration::from_hours(31 * 24));
    let mut closer = MonthCloser::default();
    assert_eq!(closer.close_ended(&world.app).await.unwrap(), 0);
    world.app.sequence_once().await.unwrap();
    assert_eq!(closer.close_ended(&world.app).await.unwrap(), 1);
}

#[tokio::test]
async fn a_closed_month_that_vanished_is_missed() {
    let world = closed_march().await;
    edit(
        &world,
        "DELETE FROM entries WHERE log = 'access/2026-03';
         DELETE FROM log_tiles WHERE log = 'access/2026-03';
         DELETE FROM log_checkpoints WHERE log = 'access/2026-03';
         DELETE FROM logs WHERE name = 'access/2026-03';",
    );
    let found = checked(&world).await.unwrap_err();
    assert_eq!(found, CheckError::Tampering(Tampering::LogRemoved(MARCH)));
}

/// Whoever holds the log's key signs a longer March. The lifecycle log knows better.
#[tokio::test]
async fn a_closed_month_does_not_grow() {
    let world = closed_march().await;
    let mut admin = world.admin().await;
    world.sign_in(&mut admin).await.unwrap();
    edit(&world, "UPDATE entries SET log = 'access/2026-03' WHERE log = 'access/2026-04';");
    world.app.sequence_once().await.unwrap();
    let found = checked(&world).await.unwrap_err();
    assert!(
        matches!(
            found,
            CheckError::Tampering(Tampering::ClosedLogAltered { log: MARCH, closed: 2, stored: 3 })
        ),
        "{found}"
    );
}

#[tokio::test]
async fn whoever_writes_the_database_keeps_no_month_open() {
    let world = World::on_disk().await;
    let mut admin = world.admin().await;
    world.sign_in(&mut admin).await.unwrap();
    world.app.sequence_once().await.unwrap();
    // As the closing would be reserved, if no key were needed.
    let guess = Digest::of_parts("reserved closed log", &[MARCH.to_string().as_bytes()]);
    let insert = format!(
        "INSERT INTO reservations VALUES ('closed_log', x'{}', zeroblob(16), NULL)",
        guess.as_bytes().iter().fold(String::new(), |hex, byte| hex + &format!("{byte:02x}"))
    );
    edit(&world, &insert);
    let found = checked(&world).await.unwrap_err();
    let row = RowName::Reservation(ReservationKind::ClosedLog, guess);
    assert_eq!(found, Tampering::Row { row, change: Change::Inserted }.into());
    world.pass(SignedDuration::from_hours(31 * 24));
    assert_eq!(MonthCloser::default().close_ended(&world.app).await.unwrap(), 1);

    edit(&world, "DELETE FROM reservations WHERE kind = 'closed_log'");
    world.app.sequence_once().await.unwrap();
    let found = checked(&world).await.unwrap_err();
    assert!(
        matches!(
            found,
            CheckError::Tampering(Tampering::Row {
                row: RowName::Reservation(ReservationKind::ClosedLog, _),
                change: Change::Removed,
            })
        ),
        "{found}"
    );
}
