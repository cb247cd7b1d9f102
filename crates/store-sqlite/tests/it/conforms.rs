//! The store on SQLite does what every store must.

use std::sync::atomic::{AtomicU32, Ordering};

use firstkey_ports::conformance::conformance;
use firstkey_store_sqlite::{Options, SqliteStore};

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn the_store_on_sqlite_conforms() {
    let folder = tempfile::tempdir().unwrap();
    let made = AtomicU32::new(0);
    conformance(|| {
        let file = format!("{}.db", made.fetch_add(1, Ordering::Relaxed));
        SqliteStore::open(folder.path().join(file), Options::default()).unwrap()
    })
    .await;
}
