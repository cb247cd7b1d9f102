//! The store in memory does what every store must.

use firstkey_ports::{conformance::conformance, memory::MemoryStore};

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn the_store_in_memory_conforms() {
    conformance(MemoryStore::default).await;
}
