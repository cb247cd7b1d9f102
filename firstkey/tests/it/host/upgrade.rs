//! `firstkey upgrade --check`: data of this schema, of a newer one, and data that was edited.

use std::{fs, path::Path};

use rusqlite::Connection;

use super::{
    desk::{Desk, SPONSOR},
    place::Place,
};

fn names(folder: &Path) -> Vec<String> {
    let entries = fs::read_dir(folder).unwrap();
    let mut names: Vec<_> =
        entries.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    names.sort();
    names
}

#[test]
fn what_an_upgrade_would_do_is_tried_on_a_copy_that_is_gone_afterwards() {
    let place = Place::new();
    let up = place.up();
    Desk::set_up(&place);
    place.import(SPONSOR, 1, 1);
    // Beside a running server.
    let said = place.say(&["upgrade", "--check"]);
    assert!(said.contains("stays as it is") && said.contains("Take a backup"), "{said}");
    up.stop();
    let before = names(&place.data());
    assert!(before.iter().all(|name| !name.contains("snapshot")), "{before:?}");

    // As a newer version would leave it.
    let database = place.data().join("firstkey.db");
    let edit = |sql: &str| Connection::open(&database).unwrap().execute_batch(sql).unwrap();
    let newest: i32 = Connection::open(&database)
        .unwrap()
        .pragma_query_value(None, "user_version", |row| row.get(0))
        .unwrap();
    edit("PRAGMA user_version = 99");
    let output = place.run(&["upgrade", "--check"]);
    let said = String::from_utf8(output.stdout).unwrap();
    assert!(!output.status.success() && said.contains("Do not start this version"), "{said}");
    edit(&format!("PRAGMA user_version = {newest}"));

    // Something that is not as it was logged.
    edit("UPDATE people SET given_name = 'Eve' WHERE given_name = 'Ana1'");
    let output = place.run(&["upgrade", "--check"]);
    let said = String::from_utf8(output.stdout).unwrap();
    assert!(!output.status.success() && said.contains("after the upgrade"), "{said}");
    edit("UPDATE people SET given_name = 'Ana1' WHERE given_name = 'Eve'");
    place.say(&["upgrade", "--check"]);
    assert_eq!(names(&place.data()), before);
    let alone = place.run(&["upgrade"]);
    assert!(String::from_utf8(alone.stderr).unwrap().contains("--check"));
}
