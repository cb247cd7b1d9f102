//! A backup that is made while joiners enroll, and what is left after it was restored elsewhere.

use std::fs;

use super::{
    desk::{Desk, SPONSOR, press, sign_in},
    http::Call,
    joiner::Joiner,
    load::Load,
    place::Place,
};

#[test]
fn rule_21_a_backup_under_load_is_restored_elsewhere() {
    let place = Place::new();
    let up = place.up();
    let desk = Desk::set_up(&place);
    let recipient = place.backup_key();
    fs::copy(place.data().join("log.pub"), place.path().join("pinned.pub")).unwrap();
    let (load, workers) = Load::start(place, desk);
    let (place, desk) = (&load.place, &load.desk);

    let addresses = place.import(SPONSOR, 0, 60);
    load.invited.lock().unwrap().extend(addresses[1..].iter().cloned());
    // Somebody is vouched for, and stops there.
    let mut open = Joiner::new(place.post.locator(&addresses[0]), 77);
    let digits = open.begin(place, None);
    desk.vouch(place, open.enrollment(), &digits);
    let pressed = desk.pressed(place);
    load.wait_for(4);
    let rotated = place.say(&["keys", "rotate", "log"]);
    assert!(rotated.contains("signs the log from here on"), "{rotated}");
    let before = load.wait_for(8);
    let said = place.say(&["backup", "backup.age", "--recipient", &recipient]);
    assert!(said.contains("The unlock key is not in it"), "{said}");
    let after = load.acknowledged.lock().unwrap().len();
    // What was pressed before is spent after it, and the person who stopped goes on.
    assert_eq!(sign_in(place, &pressed).status, 200);
    assert_eq!(open.ask_pass(place).status, 200);
    load.wait_for(after + 4);
    load.end(workers);
    assert!(after > before, "nobody enrolled while the backup was made: {before}");
    assert!(desk.is_signed_in(place));
    let mut acknowledged = load.acknowledged.lock().unwrap();
    let receipt = acknowledged[0].receipt(place);
    fs::write(place.path().join("receipt.json"), receipt).unwrap();
    place.keep_checkpoint();
    up.stop();
    let left = fs::read_dir(place.data()).unwrap().map(|entry| entry.unwrap().file_name());
    let left: Vec<_> = left.filter_map(|name| name.into_string().ok()).collect();
    assert!(left.iter().all(|name| !name.starts_with("snapshot-")), "{left:?}");

    let restore = ["restore", "backup.age", "--identity", "key.txt", "--data", "elsewhere/data"];
    let with = ["--checkpoint", "newest.txt", "--unlock-file", "data/unlock.key"];
    let said = place.say(&[&restore[..], &with].concat());
    assert!(said.contains("that were signed after the backup are lost"), "{said}");
    assert!(!said.contains("\n0 entries"), "{said}");
    fs::rename(place.data(), place.path().join("lost")).unwrap();
    fs::rename(place.path().join("elsewhere/data"), place.data()).unwrap();
    let checked = place.say(&["log", "check"]);
    assert!(checked.contains("restored at"), "{checked}");
    place.say(&["log", "check", "--key", "pinned.pub"]);
    let beside = place.run(&["log", "check", "--against", "newest.txt"]);
    let beside = String::from_utf8(beside.stdout).unwrap();
    assert!(beside.contains("what came after them is lost"), "{beside}");

    let up = place.up();
    assert!(!desk.is_signed_in(place), "sessions are over");
    assert_ne!(sign_in(place, &pressed).status, 200, "what was spent is spent");
    assert_ne!(open.ask_pass(place).status, 200, "what was open is closed");
    for joiner in &mut acknowledged[..before] {
        let pressed = press(place, &mut joiner.key);
        assert_eq!(sign_in(place, &pressed).status, 200, "a passkey that was bound before");
    }
    desk.sign_in_again(place);
    let address = &place.import(SPONSOR, 100, 1)[0];
    Joiner::new(place.post.locator(address), 99).enroll(place, desk);
    let note = Call::get(&place.console(), "/log/lifecycle/checkpoint");
    let note = note.send(place).unwrap().body;
    assert!(note.starts_with("console.firstkey.localhost/log/20"), "{note}");
    // The receipt of before and one of today, with the key that was pinned at the very first.
    fs::write(place.path().join("anew.json"), acknowledged[0].receipt(place)).unwrap();
    for receipt in ["receipt.json", "anew.json"] {
        place.say(&["verify", receipt, "--key", "pinned.pub"]);
    }
    up.stop();
    let checked = place.say(&["log", "check"]);
    println!("{before} passkeys before the backup, {} in all\n{checked}", acknowledged.len());
}
