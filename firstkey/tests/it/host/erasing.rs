//! Erasing people from the command line, with a server and without one.

use std::{fs, process::Output};

use firstkey_store_sqlite::{Options, SqliteStore};

use super::{
    desk::{Desk, SPONSOR},
    place::Place,
};

fn refused(output: &Output) -> String {
    assert!(!output.status.success(), "{output:?}");
    String::from_utf8(output.stderr.clone()).unwrap()
}

/// Files of the data folder that hold a text.
fn holding(place: &Place, text: &str) -> Vec<String> {
    let files = fs::read_dir(place.data()).unwrap().map(|file| file.unwrap().path());
    let files = files.filter(|path| path.is_file());
    let holds = |path: &std::path::PathBuf| {
        let bytes = fs::read(path).unwrap().to_ascii_lowercase();
        String::from_utf8_lossy(&bytes).contains(text)
    };
    files.filter(holds).map(|path| path.display().to_string()).collect()
}

const REASON: [&str; 2] = ["--reason", "request 4711"];

#[test]
fn a_file_that_a_dead_server_had_received_is_removed() {
    let place = Place::new();
    place.up().kill();
    let spool = place.data().join("received-00ff");
    fs::write(&spool, "external_id,given_name\nE1,Ana\n").unwrap();
    let _up = place.up();
    assert!(!spool.exists());
}

#[test]
fn rule_18_whoever_left_is_erased_from_the_command_line() {
    let place = Place::new();
    let up = place.up();
    let desk = Desk::set_up(&place);
    place.import(SPONSOR, 1, 4);
    let erase = |people: &[&str], more: &[&str]| {
        let people: Vec<_> = people.iter().flat_map(|person| ["--person", person]).collect();
        place.run(&[&["erase"], &people[..], &REASON, more].concat())
    };
    let said = refused(&erase(&["E1"], &[]));
    assert!(said.contains("--yes"), "there is no terminal to ask: {said}");
    let said = refused(&erase(&["E1"], &["--yes"]));
    assert!(said.contains("record that they left first"), "{said}");

    let ids = ["e1", "e2", "e3"].map(|each| desk.find(&place, each));
    for id in &ids {
        desk.leaves(&place, id);
    }
    // Nobody is erased unless everybody is known.
    let said = refused(&erase(&["E1", "E99"], &["--yes"]));
    assert!(said.contains("E99") && said.contains("nobody was erased"), "{said}");
    assert_ne!(holding(&place, "joiner1@mail.example"), Vec::<String>::new());

    let done = erase(&["E1", &ids[1]], &["--yes"]);
    assert!(done.status.success(), "{done:?}");
    let said = String::from_utf8(done.stdout).unwrap();
    assert_eq!(said.lines().count(), 2, "{said}");
    for known in ["joiner1@mail.example", "joiner2@mail.example", "ana1.lopes", "ana2.lopes"] {
        assert_eq!(holding(&place, known), Vec::<String>::new(), "{known}");
    }
    let said = refused(&erase(&[&ids[0]], &["--yes"]));
    assert!(said.contains("erased before"), "{said}");
    let checked = place.say(&["log", "check"]);
    assert!(checked.contains("2 people were erased"), "{checked}");
    up.kill();

    // Without a server the command does it itself.
    let done = erase(&["E3"], &["--yes"]);
    assert!(done.status.success(), "{done:?}");
    assert_eq!(holding(&place, "joiner3@mail.example"), Vec::<String>::new());
    assert_ne!(holding(&place, "joiner4@mail.example"), Vec::<String>::new(), "nobody else");
    let checked = place.say(&["log", "check"]);
    assert!(checked.contains("3 people were erased"), "{checked}");
    // HR's file still lists them, and now somebody whom one of them sponsors.
    let file = place.path().join("joiners-1.csv");
    let listed = fs::read_to_string(&file).unwrap();
    let new = "E9,Dora,Reis,dora@mail.example,E1,2026-01-05,UTC,employee\n";
    fs::write(&file, listed + new).unwrap();
    let again = place.run(&["import", "joiners-1.csv"]);
    let problems = refused(&again);
    for whose in ["line 2, E1: ", "line 3, E2: ", "line 4, E3: ", "line 6, sponsor: "] {
        let is_it = |line: &str| line.starts_with(whose);
        assert_eq!(problems.lines().filter(|line| is_it(line)).count(), 1, "{problems}");
    }
    let said = String::from_utf8(again.stdout).unwrap();
    assert!(said.starts_with("0 joined, 0 changed, 1 unchanged, 4 refused."), "{said}");
}

#[test]
fn whoever_erases_is_told_when_the_file_could_not_be_cleaned() {
    let place = Place::new();
    let up = place.up();
    let desk = Desk::set_up(&place);
    // Many, so that the file is large beside what changes while the server runs; invited much later.
    let mut file = String::from(
        "external_id,given_name,family_name,personal_email,sponsor,start_date,time_zone,worker_type\n",
    );
    for each in 1..=500 {
        let address = format!("joiner{each}@mail.example");
        let row =
            format!("E{each:03},Ana{each},Lopes,{address},{SPONSOR},2099-01-05,UTC,employee\n");
        file.push_str(&row);
    }
    fs::write(place.path().join("many.csv"), file).unwrap();
    place.say(&["import", "many.csv"]);
    let id = desk.find(&place, "e001");
    desk.leaves(&place, &id);
    up.stop();

    // Room for small changes, not for a second file.
    let used = fs::metadata(place.data().join("firstkey.db")).unwrap().len();
    let up = place.up_with_little_space(used / 1024 / 2);
    let said =
        refused(&place.run(&[&["erase", "--person", "E001", "--yes"], &REASON[..]].concat()));
    assert!(said.starts_with("firstkey: E001: erased, in "), "{said}");
    assert!(said.contains("may still hold what was erased"), "{said}");
    assert!(place.said().contains("store.scrub_failed"));
    up.stop();
    assert_ne!(holding(&place, "joiner1@mail.example"), Vec::<String>::new());

    let _up = place.up();
    assert_eq!(
        holding(&place, "joiner1@mail.example"),
        Vec::<String>::new(),
        "with room it is done"
    );
    place.say(&["log", "check"]);
}

#[test]
fn whoever_erases_is_told_that_a_reader_keeps_what_was_erased() {
    let place = Place::new();
    let up = place.up();
    let desk = Desk::set_up(&place);
    place.import(SPONSOR, 1, 2);
    for name in ["e1", "e2"] {
        desk.leaves(&place, &desk.find(&place, name));
    }
    let auditor =
        SqliteStore::open_read_only(place.data().join("firstkey.db"), Options::default()).unwrap();
    let erase = |whom| place.run(&[&["erase", "--person", whom, "--yes"], &REASON[..]].concat());
    let said = refused(&erase("E1"));
    assert!(said.starts_with("firstkey: E1: erased, in "), "{said}");
    assert!(said.contains("may still hold what was erased: something reads it"), "{said}");
    assert!(place.said().contains("store.wal_kept"));
    assert_ne!(holding(&place, "joiner1@mail.example"), Vec::<String>::new());

    drop(auditor);
    let done = erase("E2");
    assert!(done.status.success(), "the next erasure empties it: {done:?}");
    assert_eq!(holding(&place, "joiner1@mail.example"), Vec::<String>::new());
    up.stop();
}

#[test]
fn an_identifier_of_hr_that_looks_like_ours_names_whom_hr_means() {
    let place = Place::new();
    let _up = place.up();
    let desk = Desk::set_up(&place);
    place.import(SPONSOR, 1, 1);
    let ana = desk.find(&place, "e1");
    let of_hr = "6f1c0b7e-9d5a-4c1e-8a43-0d6f2b9c7e11";
    let csv = format!(
        "external_id,given_name,family_name,personal_email,sponsor,start_date,time_zone,worker_type\n\
         {of_hr},Beatriz,Silva,beatriz@mail.example,{SPONSOR},2026-01-05,UTC,employee\n\
         {ana},Carla,Dias,carla@mail.example,{SPONSOR},2026-01-05,UTC,employee\n"
    );
    fs::write(place.path().join("uuids.csv"), csv).unwrap();
    place.say(&["import", "uuids.csv"]);
    for name in ["ana1", "beatriz", "carla"] {
        desk.leaves(&place, &desk.find(&place, name));
    }
    let erase = |people: &[&str]| {
        let people: Vec<_> = people.iter().flat_map(|person| ["--person", person]).collect();
        place.run(&[&["erase", "--yes"], &people[..], &REASON].concat())
    };

    // Ana by our id, or Carla by HR's: nobody guesses.
    let said = refused(&erase(&[of_hr, &ana]));
    assert!(said.contains("somebody else") && said.contains("nobody was erased"), "{said}");
    let nobody = "01890000-0000-7000-8000-000000000000";
    let said = refused(&erase(&[of_hr, nobody]));
    assert!(said.contains(nobody) && said.contains("nobody was erased"), "{said}");
    for known in ["joiner1@mail.example", "beatriz@mail.example", "carla@mail.example"] {
        assert_ne!(holding(&place, known), Vec::<String>::new(), "{known}");
    }

    let done = erase(&[of_hr, "E1"]);
    assert!(done.status.success(), "{done:?}");
    for known in ["joiner1@mail.example", "beatriz@mail.example"] {
        assert_eq!(holding(&place, known), Vec::<String>::new(), "{known}");
    }
    assert_ne!(holding(&place, "carla@mail.example"), Vec::<String>::new());
}
