//! `firstkey audit export` and `check`: what an auditor keeps, and what altering it does.

use std::{fs, path::Path};

use super::{
    desk::{Desk, SPONSOR},
    joiner::Joiner,
    place::Place,
};

/// An administrator and a joiner, both of whom hold a passkey.
fn organisation() -> Place {
    let place = Place::new();
    let up = place.up();
    let desk = Desk::set_up(&place);
    let addresses = place.import(SPONSOR, 1, 1);
    let mut joiner = Joiner::new(place.post.locator(&addresses[0]), 7);
    joiner.enroll(&place, &desk);
    joiner.receipt(&place);
    up.stop();
    place
}

/// What checking these files says, and whether it went well.
fn check(place: &Place, files: &[&str]) -> (bool, String) {
    let arguments = [&["audit", "check"], files, &["--key", "data/log.pub"]].concat();
    let output = place.run(&arguments);
    assert!(output.stderr.is_empty(), "{output:?}");
    (output.status.success(), String::from_utf8(output.stdout).unwrap())
}

fn replace(path: &Path, from: &str, to: &str) {
    let text = fs::read_to_string(path).unwrap();
    assert!(text.contains(from), "{text}");
    fs::write(path, text.replacen(from, to, 1)).unwrap();
}

#[test]
fn rule_19_an_export_is_checked_with_nothing_but_the_checkpoint_and_the_key() {
    let place = organisation();
    let up = place.up();
    let said = place.say(&["audit", "export", "--out", "all.jsonl"]);
    assert!(said.contains("entries of lifecycle are in all.jsonl"), "{said}");
    up.stop();
    let all = place.path().join("all.jsonl");
    let text = fs::read_to_string(&all).unwrap();
    let lines: Vec<serde_json::Value> =
        text.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert!(lines.len() > 10);
    for (index, line) in lines.iter().enumerate() {
        assert_eq!(line["index"], index, "in the log's order");
    }
    let kinds = lines.iter().filter_map(|line| line["entry"]["event"]["kind"].as_str());
    assert!(kinds.clone().any(|kind| kind == "person.authenticator_bound/1"));
    assert!(kinds.clone().any(|kind| kind == "enrollment.attempt_begun/1"));
    for private in ["Ana1", "Lopes", "@mail.example", "Ada"] {
        assert!(!text.contains(private), "{private}");
    }
    let (whole, said) = check(&place, &["all.jsonl"]);
    let expected = format!("All {} entries are as they were signed for", lines.len());
    assert!(whole && said.starts_with(&expected), "{said}");

    // In two pieces, made at different times, the second one where the first ended.
    let first = place.path().join("first.jsonl");
    fs::write(&first, text.lines().take(4).fold(String::new(), |all, it| all + it + "\n")).unwrap();
    place.say(&["audit", "export", "--out", "second.jsonl", "--from", "4"]);
    assert!(check(&place, &["first.jsonl", "second.jsonl"]).0);
    assert!(!check(&place, &["second.jsonl"]).0, "its beginning is missing");

    // Nothing is written over.
    let again = place.run(&["audit", "export", "--out", "all.jsonl"]);
    assert!(!again.status.success() && fs::read_to_string(&all).unwrap() == text);
    // Both files or none.
    fs::write(place.path().join("b.jsonl.checkpoint"), "somebody's").unwrap();
    assert!(!place.run(&["audit", "export", "--out", "b.jsonl"]).status.success());
    assert!(!place.path().join("b.jsonl").exists());
    assert_eq!(fs::read_to_string(place.path().join("b.jsonl.checkpoint")).unwrap(), "somebody's");

    // Entries that were signed and are gone are not passed over.
    let database = place.data().join("firstkey.db");
    let edit = rusqlite::Connection::open(database).unwrap();
    edit.execute_batch("DELETE FROM entries WHERE leaf = 3 AND log = 'lifecycle'").unwrap();
    let gap = place.run(&["audit", "export", "--out", "c.jsonl"]);
    let said = String::from_utf8(gap.stderr).unwrap();
    assert!(!gap.status.success() && said.contains("1 entries of the log"), "{said}");
    assert_eq!(
        (place.path().join("c.jsonl").exists(), place.path().join("c.jsonl.checkpoint").exists()),
        (false, false)
    );
}

#[test]
fn rule_19_whatever_is_altered_in_an_export_is_found_and_named() {
    let place = organisation();
    place.say(&["audit", "export", "--out", "all.jsonl"]);
    let all = place.path().join("all.jsonl");
    let good = fs::read_to_string(&all).unwrap();
    let lines: Vec<&str> = good.lines().collect();
    let found = |text: &str| {
        fs::write(&all, text).unwrap();
        let (whole, said) = check(&place, &["all.jsonl"]);
        assert!(!whole, "{said}");
        said
    };
    let without = |at: usize| {
        let kept = lines.iter().enumerate().filter(|(index, _)| *index != at);
        kept.fold(String::new(), |all, (_, line)| all + line + "\n")
    };
    assert!(found(&without(2)).contains("line 3 is entry 3 where entry 2 belongs"));
    assert!(found(&without(lines.len() - 1)).contains("the checkpoint covers"));
    let twice = format!("{good}{}\n", lines[0]);
    assert!(found(&twice).contains("is entry 0 where entry"));
    assert!(found(&good.replacen("\"version\":1,", "\"version\":2,", 1)).contains("was altered"));
    assert!(
        found(&good.replacen("{\"index\":0", "{\"index\":0,\"more\":1", 1))
            .contains("line 1 is no")
    );
    // A line with its leaf, out of another log's export: each fits itself, and together they do not.
    let other = organisation();
    other.say(&["audit", "export", "--out", "all.jsonl"]);
    let theirs = fs::read_to_string(other.path().join("all.jsonl")).unwrap();
    let swapped = good.replacen(lines[1], theirs.lines().nth(1).unwrap(), 1);
    assert!(found(&swapped).contains("at least one was replaced"));
    // The other log's checkpoint is signed by another key, and a checkpoint that was edited by none.
    fs::write(&all, &good).unwrap();
    let beside = place.path().join("all.jsonl.checkpoint");
    let note = fs::read_to_string(&beside).unwrap();
    fs::copy(other.path().join("all.jsonl.checkpoint"), &beside).unwrap();
    assert!(check(&place, &["all.jsonl"]).1.contains("the checkpoint proves nothing"));
    fs::write(&beside, &note).unwrap();
    assert!(check(&place, &["all.jsonl"]).0);
    let size = format!("\n{}\n", lines.len());
    replace(&beside, &size, &format!("\n{}\n", lines.len() - 1));
    assert!(check(&place, &["all.jsonl"]).1.contains("the checkpoint proves nothing"));
}

#[test]
fn sign_ins_are_exported_apart_from_enrollments() {
    let place = organisation();
    let logs = place.say(&["log", "check"]);
    let month = logs.split("access/").nth(1).and_then(|rest| rest.get(..7)).unwrap();
    let month = format!("access/{month}");
    place.say(&["audit", "export", "--out", "access.jsonl", "--log", &month]);
    let text = fs::read_to_string(place.path().join("access.jsonl")).unwrap();
    assert!(text.contains("session") && !text.contains("enrollment.attempt_begun"), "{text}");
    assert!(check(&place, &["access.jsonl"]).0);
    place.say(&["audit", "export", "--out", "o.jsonl", "--log", &month, "--format", "ocsf"]);
    let events = fs::read_to_string(place.path().join("o.jsonl")).unwrap();
    assert!(events.contains("\"type_uid\":300201"), "{events}");
    assert!(check(&place, &["o.jsonl"]).1.contains("line 1 is no line of an export"));
    let refused = |log: &str| {
        let output = place.run(&["audit", "export", "--out", "x", "--log", log]);
        assert!(!output.status.success() && !place.path().join("x").exists());
        String::from_utf8(output.stderr).unwrap()
    };
    assert!(refused("access/1999-01").contains("nothing of the log access/1999-01 is signed yet"));
    assert!(refused("everything").contains("is no log; write lifecycle"));
}

#[test]
fn rule_21_an_export_after_a_rotation_is_checked_with_the_key_that_was_pinned() {
    let place = organisation();
    let pinned = place.path().join("pinned.pub");
    fs::copy(place.data().join("log.pub"), &pinned).unwrap();
    let logs = place.say(&["log", "check"]);
    let month = logs.split("access/").nth(1).and_then(|rest| rest.get(..7)).unwrap().to_owned();
    place.say(&["keys", "rotate", "log"]);
    // Signed by the key before, until somebody signs in again.
    let access = format!("access/{month}");
    place.say(&["audit", "export", "--out", "access.jsonl", "--log", &access]);
    let up = place.up();
    let signer = place.run(&["log", "check"]);
    assert!(signer.status.success(), "{signer:?}");
    place.wait_until(|| {
        let _ = fs::remove_file(place.path().join("all.jsonl"));
        let _ = fs::remove_file(place.path().join("all.jsonl.checkpoint"));
        place.say(&["audit", "export", "--out", "all.jsonl"]);
        fs::read_to_string(place.path().join("all.jsonl")).unwrap().contains("log.key_rotated/1")
    });
    up.stop();
    for key in ["pinned.pub", "data/log.pub"] {
        place.say(&["audit", "check", "all.jsonl", "--key", key]);
    }
    // Without the line that names it, the new key is nobody's.
    let all = place.path().join("all.jsonl");
    let good = fs::read_to_string(&all).unwrap();
    fs::write(&all, good.replace("log.key_rotated/1", "log.key_rotated/2")).unwrap();
    let altered = place.run(&["audit", "check", "all.jsonl", "--key", "pinned.pub"]);
    assert!(!altered.status.success(), "{altered:?}");
}
