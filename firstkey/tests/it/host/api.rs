//! A program on the command line: its key, its calls, and what it is told when it may not.

use std::{fs, os::unix::fs::PermissionsExt};

use firstkey_domain::StreamKind;
use firstkey_ports::{Append, Commit, Queries, Store};
use firstkey_store_sqlite::{Options, SqliteStore};
use serde_json::{Value, json};

use super::{desk::Desk, place::Place};

fn said(output: &std::process::Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

#[test]
fn a_program_makes_a_key_and_brings_a_joiner_with_it() {
    let place = Place::new();
    let _up = place.up();
    let desk = Desk::set_up(&place);
    let public = place.say(&["api", "key", "--out", "hr.key"]);
    let file = place.path().join("hr.key");
    assert_eq!(fs::metadata(&file).unwrap().permissions().mode() & 0o777, 0o600);
    let private = fs::read_to_string(&file).unwrap();
    assert!(private.starts_with("-----BEGIN PRIVATE KEY-----\n"));
    // A second one never takes its place.
    let again = place.run(&["api", "key", "--out", "hr.key"]);
    assert!(!again.status.success() && said(&again).contains("there already"), "{again:?}");
    assert_eq!(fs::read_to_string(&file).unwrap(), private);

    let console = place.console();
    let call = |arguments: &[&str]| {
        place.run(
            &[&["api", "call"], arguments, &["--key", "hr.key", "--origin", &console]].concat(),
        )
    };
    let unknown = call(&["GET", "/api/v1/people"]);
    assert!(!unknown.status.success());
    assert!(String::from_utf8_lossy(&unknown.stdout).contains("/problems/machine-key"));

    desk.register(&place, public.trim(), &["joiners", "read"]);
    let joiner = json!({ "joiners": [{
        "external_id": "E-7", "given_name": "Zoe", "personal_email": "zoe@mail.example",
        "start_date": "2026-01-05", "time_zone": "UTC", "worker_type": "employee",
    }] });
    fs::write(place.path().join("zoe.json"), joiner.to_string()).unwrap();
    let bring = ["POST", "/api/v1/joiners", "--body", "zoe.json", "--idempotency-key", "zoe-1"];
    let first = call(&bring);
    assert!(first.status.success(), "{first:?}");
    let answer: Value = serde_json::from_slice(&first.stdout).unwrap();
    assert_eq!(answer["joiners"][0]["outcome"], "joined");
    assert_eq!(call(&bring).stdout, first.stdout, "the same answer, and nobody twice");

    let found = call(&["get", "/api/v1/people?search=zoe"]);
    let found: Value = serde_json::from_slice(&found.stdout).unwrap();
    assert_eq!(found["people"][0]["external_id"], "E-7");
    let refused = call(&["GET", "/api/v1/outbox"]);
    assert!(String::from_utf8_lossy(&refused.stdout).contains("/problems/out-of-scope"));

    // A key that others may read is used by nobody.
    fs::set_permissions(&file, fs::Permissions::from_mode(0o640)).unwrap();
    let open = call(&["GET", "/api/v1/people"]);
    assert!(!open.status.success() && said(&open).contains("0600"), "{open:?}");
}

#[test]
fn rule_20_log_check_refolds_machine_keys_and_what_they_brought() {
    let place = Place::new();
    let up = place.up();
    let desk = Desk::set_up(&place);
    let public = place.say(&["api", "key", "--out", "hr.key"]);
    desk.register(&place, public.trim(), &["read"]);
    up.stop();
    place.say(&["log", "check"]);

    edit(&place);
    let checked = place.run(&["log", "check"]);
    assert!(!checked.status.success());
    let told = String::from_utf8_lossy(&checked.stdout).into_owned() + &said(&checked);
    assert!(told.contains("machine_key/"), "{told}");
}

/// Somebody with the database gives the key another scope.
fn edit(place: &Place) {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    runtime.block_on(async {
        let store =
            SqliteStore::open(place.data().join("firstkey.db"), Options::default()).unwrap();
        let stored = store.states_of(StreamKind::MachineKey, 1).await.unwrap().remove(0);
        let state = String::from_utf8(stored.state).unwrap();
        let state = state.replace("\"read\"", "\"joiners\"").into_bytes();
        let (stream, expected) = (stored.stream, stored.version);
        let append = Append { stream, expected, entries: Vec::new(), state };
        store.commit(Commit { appends: vec![append], ..Commit::default() }).await.unwrap();
        store.close().await;
    });
}
