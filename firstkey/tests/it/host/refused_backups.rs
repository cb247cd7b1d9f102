//! Backups that are not restored, each with the reason, and nothing is left of the try.

use std::{fs, process::Output};

use super::{desk::Desk, place::Place};

const RESTORE: [&str; 6] = ["restore", "backup.age", "--identity", "key.txt", "--data", "restored"];
const WITH: [&str; 3] = ["--unlock-file", "data/unlock.key", "--no-checkpoint"];

fn refused(place: &Place, output: &Output) -> String {
    assert!(!output.status.success(), "{output:?}");
    assert!(!place.path().join("restored").exists(), "nothing is restored");
    assert!(!place.path().join(".restored.restoring").exists(), "nothing is left");
    String::from_utf8(output.stderr.clone()).unwrap()
}

#[test]
fn rule_21_what_is_no_whole_backup_of_ours_is_refused_before_anything_is_there() {
    let place = Place::new();
    let up = place.up();
    Desk::set_up(&place);
    let recipient = place.backup_key();
    place.keep_checkpoint();
    up.stop();
    // Without a server it works as well.
    place.say(&["backup", "backup.age", "--recipient", &recipient]);
    let again = place.run(&["backup", "backup.age", "--recipient", &recipient]);
    assert!(refused(&place, &again).contains("is there already"));
    let secret = fs::read_to_string(place.path().join("key.txt")).unwrap();
    let secret = secret.lines().last().unwrap();
    let secret = place.run(&["backup", "other.age", "--recipient", secret]);
    assert!(refused(&place, &secret).contains("this is the secret key"));

    let restore = || place.run(&[&RESTORE[..], &WITH].concat());
    let file = place.path().join("backup.age");
    let whole = fs::read(&file).unwrap();
    let mut altered = whole.clone();
    let middle = altered.len() / 2;
    altered[middle] ^= 1;
    let newer = [b"age-encryption.org/v2", &whole[21..]].concat();
    for (bytes, reason) in [
        (&altered[..], "the file was altered"),
        (&whole[..whole.len() - 1], "cut off"),
        (&whole[..middle], "cut off"),
        (&whole[..100], "cut off"),
        (&newer, "another version of the age format"),
        (b"SQLite format 3", "not a file of the age format"),
    ] {
        fs::write(&file, bytes).unwrap();
        let said = refused(&place, &restore());
        assert!(said.contains(reason), "{reason}: {said}");
    }
    fs::write(&file, &whole).unwrap();

    let silent = place.run(&RESTORE);
    assert!(refused(&place, &silent).contains("--checkpoint"), "its absence is acknowledged");
    let without = place.run(&[&RESTORE[..], &WITH[2..]].concat());
    assert!(refused(&place, &without).contains("the unlock key is not in a backup"));
    fs::write(place.path().join("forged.txt"), "console.firstkey.localhost/log/lifecycle\n")
        .unwrap();
    let forged = [&RESTORE[..], &WITH[..2], &["--checkpoint", "forged.txt"]].concat();
    let said = refused(&place, &place.run(&forged));
    assert!(said.contains("the checkpoint is not to be believed"), "{said}");

    // Somebody else's keys, of either kind.
    let other = Place::new();
    other.up().kill();
    other.backup_key();
    let key = other.path().join("key.txt");
    let mut theirs = RESTORE;
    theirs[3] = key.to_str().unwrap();
    let said = refused(&place, &place.run(&[&theirs[..], &WITH].concat()));
    assert!(said.contains("not encrypted to this key"), "{said}");
    let unlock = other.data().join("unlock.key");
    let theirs = ["--unlock-file", unlock.to_str().unwrap(), "--no-checkpoint"];
    let said = refused(&place, &place.run(&[&RESTORE[..], &theirs].concat()));
    assert!(said.contains("cannot be opened with this unlock key"), "{said}");

    fs::create_dir(place.path().join("restored")).unwrap();
    fs::write(place.path().join("restored/letter.txt"), "Dear Ana").unwrap();
    let taken = restore();
    assert!(!taken.status.success());
    assert!(String::from_utf8(taken.stderr).unwrap().contains("is not empty"));
    fs::remove_file(place.path().join("restored/letter.txt")).unwrap();
    let said = place.say(&[&RESTORE[..], &WITH].concat());
    assert!(said.contains("How much is lost cannot be known"), "{said}");
    assert!(!fs::read_dir(place.path()).unwrap().any(|entry| {
        entry.unwrap().file_name().to_str().is_some_and(|name| name.ends_with(".restoring"))
    }));
    place.say(&["log", "check", "--data", "restored", "--key", "data/log.pub"]);
    let kept = ["--against", "newest.txt"];
    place.say(&[&["log", "check", "--data", "restored"][..], &kept].concat());
}
