//! `kill -9` at random moments, while joiners enroll over HTTPS. What was acknowledged is there after every
//! start, nothing was used twice, and the log verifies.

use std::{env, sync::atomic::Ordering, thread, time::Duration};

use firstkey_domain::{
    EnrollmentId, StreamKind,
    enrollment::{Enrollment, Phase},
    person::Person,
};
use firstkey_ports::Archive;
use firstkey_store_sqlite::{Options, SqliteStore};

use super::{
    desk::{Desk, SPONSOR},
    load::Load,
    place::Place,
};

/// Joiners who are imported at once.
const BATCH: usize = 60;
/// Kills, unless the environment's `FIRSTKEY_KILLS` says otherwise.
const KILLS: u64 = 25;

#[test]
fn what_was_acknowledged_survives_every_kill() {
    let kills = env::var("FIRSTKEY_KILLS").map_or(KILLS, |kills| kills.parse().unwrap());
    let place = Place::with_tls();
    let mut up = place.up();
    let desk = Desk::set_up(&place);
    let (load, workers) = Load::start(place, desk);
    let mut imported = 0;
    let (mut checked, mut random) = (0, 0x9e37_79b9_7f4a_7c15_u64);
    for kill in 0..kills {
        if load.invited.lock().unwrap().is_empty() {
            let addresses = load.place.import(SPONSOR, imported, BATCH);
            imported += BATCH;
            // Letters that a killed server had in hand come minutes later; these are to come now.
            for address in &addresses {
                load.place.post.locator(address);
            }
            load.invited.lock().unwrap().extend(addresses);
        }
        // Any moment will do; these are the same in every run.
        random = random.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(kill | 1);
        thread::sleep(Duration::from_millis(40 + (random >> 33) % 700));
        up.kill();
        // Nobody is told anything now, so what was acknowledged before the kill is known.
        let acknowledged = load.acknowledged.lock().unwrap().len();
        up = load.place.up();
        // It reads everything, and there is ever more.
        if kill < KILLS || kill % 10 == 0 {
            assert!(!load.place.say(&["log", "check"]).is_empty());
        }
        let mut known = load.acknowledged.lock().unwrap();
        for joiner in &mut known[checked..acknowledged] {
            assert_eq!(joiner.stage(&load.place), "bound", "after kill {kill}");
        }
        checked = acknowledged;
        assert!(workers.iter().all(|worker| !worker.is_finished()), "a browser gave up");
    }
    load.end(workers);
    let place = &load.place;
    let mut acknowledged = load.acknowledged.lock().unwrap();
    assert_eq!(acknowledged.len(), load.begun.load(Ordering::Relaxed), "everybody got there");
    assert!(acknowledged.len() as u64 >= kills, "too little happened: {}", acknowledged.len());
    for joiner in acknowledged.iter_mut() {
        assert_eq!(joiner.stage(place), "bound");
    }
    let receipt = place.path().join("receipt.json");
    std::fs::write(&receipt, acknowledged[0].receipt(place)).unwrap();
    place.say(&["verify", receipt.to_str().unwrap(), "--key", "data/log.pub"]);
    up.kill();
    place.say(&["log", "check"]);
    count(place, acknowledged.len());
    println!("{kills} kills, {} passkeys", acknowledged.len());
}

/// Everybody has one passkey, through one enrollment that it closed.
fn count(place: &Place, acknowledged: usize) {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    let store = SqliteStore::open_read_only(place.data().join("firstkey.db"), Options::default());
    let states = runtime.block_on(store.unwrap().states_after(None, u32::MAX)).unwrap();
    let mut doors: Vec<EnrollmentId> = Vec::new();
    let mut closed = 0;
    for stored in states {
        // Behind the state is its seal, which `log check` has looked at.
        let json = stored.state.split(|byte| *byte == b'\n').next().unwrap();
        match stored.stream.kind() {
            StreamKind::Person => {
                let person: Person = serde_json::from_slice(json).unwrap();
                assert!(person.authenticators.len() <= 1);
                doors.extend(person.authenticators.iter().map(|each| each.enrollment));
            }
            StreamKind::Enrollment => {
                let enrollment: Enrollment = serde_json::from_slice(json).unwrap();
                closed +=
                    usize::from(matches!(enrollment.phase, Phase::Closed { winner: Some(_), .. }));
            }
            StreamKind::Policy
            | StreamKind::Metadata
            | StreamKind::MachineKey
            | StreamKind::Log => {}
        }
    }
    // The administrator came through the same door.
    assert_eq!(doors.len(), acknowledged + 1);
    assert_eq!(closed, acknowledged + 1);
    doors.sort_unstable();
    doors.dedup();
    assert_eq!(doors.len(), acknowledged + 1, "one enrollment binds one passkey");
}
