//! The doctor looks, says what to do, and changes nothing.

use std::{fs, os::unix::fs::PermissionsExt};

use serde_json::Value;

use super::{desk::Desk, place::Place};

/// What the doctor finds, and whether it fails.
fn found(place: &Place) -> (Vec<Value>, bool) {
    let output = place.run(&["doctor", "--json"]);
    (serde_json::from_slice(&output.stdout).unwrap(), output.status.success())
}

fn state(place: &Place, about: &str) -> String {
    let (findings, _) = found(place);
    let states = findings.iter().filter(|each| each["about"] == about);
    let worst = states.map(|each| each["state"].as_str().unwrap().to_owned());
    worst
        .max_by_key(|state| ["ok", "warning", "problem"].iter().position(|each| each == state))
        .unwrap()
}

#[test]
fn the_doctor_finds_what_is_wrong_with_a_server_and_without() {
    let place = Place::new();
    assert_eq!(state(&place, "data"), "problem", "there is no folder yet");
    let up = place.up();
    assert_eq!(state(&place, "administrators"), "problem");
    Desk::set_up(&place);
    let told = place.run(&["doctor"]);
    let told = String::from_utf8(told.stdout).unwrap();
    assert!(told.contains("ok       server"), "{told}");
    assert!(told.contains("holds one authenticator, and setup is complete with two"), "{told}");
    assert!(told.contains("to do: "), "{told}");
    for well in ["configuration", "mail", "disk", "journal", "modes", "clock", "log", "server"] {
        assert_eq!(state(&place, well), "ok", "{well}");
    }
    assert_eq!(state(&place, "keys"), "warning", "the unlock key lies beside them");
    assert_eq!(state(&place, "people"), "warning");
    up.stop();
    assert_eq!(state(&place, "server"), "warning");

    let keys = place.data().join("keys.json");
    fs::set_permissions(&keys, fs::Permissions::from_mode(0o644)).unwrap();
    assert_eq!(state(&place, "modes"), "problem");
    fs::set_permissions(&keys, fs::Permissions::from_mode(0o600)).unwrap();

    let clock = place.data().join("clock.json");
    let kept = fs::read_to_string(&clock).unwrap();
    let mut moved: Value = serde_json::from_str(&kept).unwrap();
    moved["wall"] = "2020-01-01T00:00:00Z".into();
    fs::write(&clock, moved.to_string()).unwrap();
    assert_eq!(state(&place, "clock"), "problem");
    fs::write(&clock, kept).unwrap();

    let sql = rusqlite::Connection::open(place.data().join("firstkey.db")).unwrap();
    let forge = "UPDATE log_tiles SET hashes = zeroblob(length(hashes)) WHERE log = 'lifecycle'";
    sql.execute(forge, []).unwrap();
    assert_eq!(state(&place, "log"), "problem");

    fs::write(place.data().join("unlock.key"), "A".repeat(43)).unwrap();
    assert_eq!(state(&place, "keys"), "problem");
    let nobody =
        place.command().env("FIRSTKEY_MAIL__PORT", "9").args(["doctor", "--json"]).output();
    let nobody = nobody.unwrap();
    assert!(!nobody.status.success());
    let findings: Vec<Value> = serde_json::from_slice(&nobody.stdout).unwrap();
    let mail = findings.iter().find(|each| each["about"] == "mail").unwrap();
    assert_eq!(mail["state"], "problem", "{mail}");
    assert!(!found(&place).1, "a problem makes it fail");
}
