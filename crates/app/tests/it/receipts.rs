//! Receipts for tests: whose they are, and what is where in them.

use firstkey_app::audit::{Receipt, receipt::ProvenEntry};
use firstkey_log::note::NoteVerifier;
use firstkey_ports::memory::MemoryStore;
use serde_json::Value;

use crate::world::{Member, World, keys};

pub fn pinned() -> NoteVerifier {
    keys().log().verifier()
}

/// An administrator from the terminal, a sponsor, a joiner.
pub async fn three() -> (World<MemoryStore>, [Member; 3]) {
    let world = World::in_memory().await;
    let mut admin = world.admin().await;
    let mut sponsor = world.sponsor(&mut admin).await;
    let joiner = world.joiner(&mut sponsor).await;
    (world, [admin, sponsor, joiner])
}

pub async fn receipt_of(world: &World<MemoryStore>, member: &Member) -> Receipt {
    world.app.sequence_once().await.unwrap();
    world.app.receipt(member.enrollment).await.unwrap().unwrap()
}

/// The kinds of the entries, in order.
pub fn kinds(receipt: &Receipt) -> Vec<String> {
    let kind = |entry: &ProvenEntry| {
        let event: Value = serde_json::from_str(&entry.open).unwrap();
        event["event"]["kind"].as_str().unwrap().to_owned()
    };
    receipt.entries.iter().map(kind).collect()
}

/// Where the event of this kind is, about whom `is_it` says.
pub fn position(receipt: &Receipt, kind: &str, is_it: impl Fn(&str) -> bool) -> usize {
    let kinds = kinds(receipt);
    let mut found = kinds.iter().zip(&receipt.entries).enumerate();
    found.find(|(_, (each, entry))| *each == kind && is_it(&entry.open)).unwrap().0
}
