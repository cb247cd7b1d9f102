//! Keys are listed and replaced, with a server and without, and whatever interrupts it.

use std::{fs, os::unix::fs::PermissionsExt, process::Stdio, thread, time::Duration};

use serde_json::Value;

use super::{
    desk::{Desk, SPONSOR},
    joiner::Joiner,
    place::Place,
};

fn listed(place: &Place) -> Vec<Value> {
    serde_json::from_str(&place.say(&["keys", "list", "--json"])).unwrap()
}

fn id(place: &Place, key: &str) -> String {
    let listed = listed(place);
    let found = listed.iter().find(|each| each["key"] == key).unwrap();
    found["id"].as_str().unwrap().to_owned()
}

#[test]
fn every_key_is_listed_and_no_secret_is() {
    let place = Place::new();
    place.up().kill();
    let names: Vec<_> = listed(&place).iter().map(|each| each["key"].clone()).collect();
    assert_eq!(
        names,
        ["log", "unlock", "rows", "locators", "tickets", "nonces", "codes", "statements"]
    );
    let told = place.say(&["keys", "list"]);
    let unlock = fs::read_to_string(place.data().join("unlock.key")).unwrap();
    assert!(!told.contains(&unlock), "{told}");
    let public = fs::read_to_string(place.data().join("log.pub")).unwrap();
    assert!(told.contains(public.trim()), "{told}");
}

#[test]
fn rule_21_keys_are_replaced_while_a_server_runs() {
    let place = Place::new();
    let up = place.up();
    let desk = Desk::set_up(&place);
    let public = || fs::read_to_string(place.data().join("log.pub")).unwrap();
    let (first, unlock) = (public(), id(&place, "unlock"));
    fs::write(place.path().join("pinned.pub"), &first).unwrap();
    place.say(&["keys", "rotate", "log"]);
    assert_ne!(public(), first);
    let said = place.say(&["keys", "rotate", "unlock"]);
    assert!(said.contains("Backups that were made before still need the old one"), "{said}");
    assert_ne!(id(&place, "unlock"), unlock);
    let mode = fs::metadata(place.data().join("unlock.key")).unwrap().permissions().mode();
    assert_eq!(mode & 0o777, 0o600);
    let tickets = id(&place, "tickets");
    place.say(&["keys", "rotate", "ceremonies"]);
    assert_ne!(id(&place, "tickets"), tickets);
    place.say(&["keys", "rotate", "log"]);

    let enroll = |number: usize| {
        let address = &place.import(SPONSOR, number, 1)[0];
        let mut joiner = Joiner::new(place.post.locator(address), number as u64);
        joiner.enroll(&place, &desk);
        joiner
    };
    let mut joiner = enroll(10);
    fs::write(place.path().join("receipt.json"), joiner.receipt(&place)).unwrap();
    for key in ["pinned.pub", "data/log.pub"] {
        place.say(&["verify", "receipt.json", "--key", key]);
    }
    up.kill();
    let _up = place.up();
    assert!(desk.is_signed_in(&place), "sessions are not of what was replaced");
    enroll(11);
    for key in ["pinned.pub", "data/log.pub"] {
        let checked = place.say(&["log", "check", "--key", key]);
        assert!(checked.contains("signs, after"), "{checked}");
    }
}

#[test]
fn rule_21_a_rotation_that_is_killed_anywhere_leaves_a_folder_that_starts() {
    let place = Place::new();
    let up = place.up();
    place.keep_checkpoint();
    up.kill();
    fs::copy(place.data().join("log.pub"), place.path().join("pinned.pub")).unwrap();
    let (log, unlock) = (id(&place, "log"), id(&place, "unlock"));
    let mut random = 0x9e37_79b9_7f4a_7c15_u64;
    for round in 0..24_u64 {
        let which = if round % 2 == 0 { "log" } else { "unlock" };
        let mut command = place.command();
        command.args(["keys", "rotate", which]).stdout(Stdio::null()).stderr(Stdio::null());
        let mut rotating = command.spawn().unwrap();
        random = random.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(round | 1);
        thread::sleep(Duration::from_millis((random >> 33) % 120));
        let _ = rotating.kill();
        rotating.wait().unwrap();
        place.say(&["log", "check", "--key", "pinned.pub"]);
    }
    place.up().kill();
    let listed = listed(&place);
    assert!(listed.iter().all(|each| each["state"] != "to sign next"), "{listed:?}");
    assert!(!place.data().join("unlock.key.next").exists() || id(&place, "unlock") == unlock);
    place.say(&["keys", "rotate", "log"]);
    assert_ne!(id(&place, "log"), log);
    place.say(&["log", "check", "--key", "pinned.pub"]);
}
