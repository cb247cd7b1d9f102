//! Commands and what they say when something is wrong.

use std::{fs, process::Output};

use super::{
    desk::{Desk, SPONSOR},
    joiner::Joiner,
    place::Place,
};

/// What a command said that did not go well.
fn refused(output: &Output) -> String {
    assert!(!output.status.success(), "{output:?}");
    String::from_utf8(output.stderr.clone()).unwrap()
}

#[test]
fn a_configuration_is_checked_before_anything_starts() {
    let place = Place::new();
    let said = place.say(&["config", "check"]);
    assert!(said.contains("RP ID (permanent)"), "{said}");
    let example = place.say(&["config", "example"]);
    let file = place.path().join("firstkey.toml");
    fs::write(&file, &example).unwrap();
    place.say(&["config", "check"]);

    fs::write(&file, format!("{example}\n[sever]\nlisten = \"127.0.0.1:1\"\n")).unwrap();
    assert!(refused(&place.run(&["config", "check"])).contains("sever"));
    assert!(refused(&place.run(&["up"])).contains("sever"));
    assert!(!place.data().exists(), "nothing was made");
    fs::write(&file, &example).unwrap();

    let over = |name: &str, value: &str| {
        place.command().env(name, value).args(["config", "check"]).output().unwrap()
    };
    assert!(refused(&over("FIRSTKEY_ENROLLMENT__PASS_MINUTES", "11")).contains("pass_minutes"));
    assert!(refused(&over("FIRSTKEY_SERVER__LISTEN", "0.0.0.0:80")).contains("other machines"));
    assert!(refused(&over("FIRSTKEY_SERVER__LISTENS", "x")).contains("listens"));
    let same = "http://join.firstkey.localhost:9000";
    let same = over("FIRSTKEY_SERVER__CONSOLE_ORIGIN", same);
    assert!(refused(&same).contains("must differ"), "{same:?}");
    let everybody = over("FIRSTKEY_SERVER__TRUSTED_PROXIES", r#"["10.0.0.0/24","0.0.0.0/0"]"#);
    assert!(refused(&everybody).contains("0.0.0.0/0 is not a network of proxies"), "{everybody:?}");
    let nothing = over("FIRSTKEY_SERVER__TRUSTED_PROXIES", r#"["10.0.0.7/24"]"#);
    assert!(refused(&nothing).contains("10.0.0.7/24"), "{nothing:?}");
    let public = over("FIRSTKEY_SERVER__TRUSTED_PROXIES", r#"["10.0.0.0/24","192.0.2.0/24"]"#);
    let said = String::from_utf8(public.stdout).unwrap();
    assert!(public.status.success() && said.contains("192.0.2.0/24, which is a public network"));
    assert!(!said.contains("10.0.0.0/24"), "{said}");
    assert!(!said.contains("Look again: the origins"), "{said}");
    let printed = "E3:B0:C4:42:98:FC:1C:14:9A:FB:F4:C8:99:6F:B9:24:27:AE:41:E4:64:9B:93:4C:A4:95:99:1B:78:52:B8:55";
    let app = over("FIRSTKEY_SERVER__ANDROID_APPS", &format!("[\"{printed}\"]"));
    let said = String::from_utf8(app.stdout).unwrap();
    let origin = "android:apk-key-hash:47DEQpj8HBSa-_TImW-5JCeuQeRkm5NMpJWZG3hSuFU";
    assert!(app.status.success() && said.contains(origin), "{said}");
    let app = over("FIRSTKEY_SERVER__ANDROID_APPS", r#"["com.example.app"]"#);
    assert!(refused(&app).contains("com.example.app"), "{app:?}");
    let related = over("FIRSTKEY_SERVER__RELATED_ORIGINS", r#"["https://example.net"]"#);
    let said = String::from_utf8(related.stdout).unwrap();
    let document = r#"{"origins":["https://example.net"]}"#;
    assert!(related.status.success() && said.contains(document), "{said}");
    assert!(said.contains("https://firstkey.localhost/.well-known/webauthn"), "{said}");
    let six = r#"["https://a.net","https://b.net","https://c.net","https://d.net","https://e.net","https://f.net"]"#;
    let six = over("FIRSTKEY_SERVER__RELATED_ORIGINS", six);
    assert!(refused(&six).contains("more than 5 host names"), "{six:?}");
    let unnamed = place
        .command()
        .args(["config", "check"])
        .env("FIRSTKEY_SERVER__JOIN_ORIGIN", "https://join.firstkey.localhost")
        .env("FIRSTKEY_SERVER__CONSOLE_ORIGIN", "https://console.firstkey.localhost")
        .output()
        .unwrap();
    let said = String::from_utf8(unnamed.stdout).unwrap();
    assert!(unnamed.status.success() && said.contains("names none"), "{said}");
    let missing = place.run(&["--config", "nowhere.toml", "config", "check"]);
    assert!(refused(&missing).contains("nowhere.toml"));
}

#[test]
fn a_policy_is_checked_before_it_counts() {
    let place = Place::new();
    let checked = place.say(&["policy", "check"]);
    assert!(checked.contains("The policy is valid"), "{checked}");
    assert!(checked.contains("these groups is privileged: privileged."), "{checked}");
    let shown = place.say(&["policy", "show"]);
    fs::write(place.path().join("same.cedar"), &shown).unwrap();
    assert!(place.say(&["policy", "check", "same.cedar"]).contains("first-by-one-voucher"));

    let wrong =
        shown.replace("resource.proofing.matched_twice", "resource.proofing.matched_thrice");
    assert_ne!(wrong, shown);
    fs::write(place.path().join("wrong.cedar"), wrong).unwrap();
    let said = refused(&place.run(&["policy", "check", "wrong.cedar"]));
    assert!(said.contains("matched_thrice"), "{said}");

    // Also when a server runs: what is in force stays in force.
    let _up = place.up();
    let said = refused(&place.run(&["policy", "activate", "wrong.cedar"]));
    assert!(said.contains("matched_thrice"), "{said}");
    fs::write(place.path().join("ours.cedar"), format!("// Ours.\n{shown}")).unwrap();
    place.say(&["policy", "activate", "ours.cedar"]);
}

const HEADER: &str =
    "external_id,given_name,family_name,personal_email,sponsor,start_date,time_zone,worker_type\n";
const GOOD: &str = "\
E1,Ada,Lovelace,ada@mail.example,,2026-01-05,UTC,employee
E2,Ben,Okri,ben@mail.example,ada@mail.example,2026-01-05,Europe/Lisbon,employee
E3,Chi,Ng,chi@mail.example,E2,2026-01-05,UTC,contractor
";
const BAD: &str = "\
E4,Dan,Brown,dan,ada@mail.example,2026-01-05,UTC,employee
E5,Eve,Green,eve@mail.example,ada@mail.example,2026-13-05,UTC,employee
E6,Fay,White,fay@mail.example,nobody@mail.example,2026-01-05,UTC,employee
";

#[test]
fn a_file_is_imported_whole_or_not_at_all() {
    let place = Place::new();
    fs::write(place.path().join("bad.csv"), format!("{HEADER}{GOOD}{BAD}")).unwrap();
    fs::write(place.path().join("good.csv"), format!("{HEADER}{GOOD}")).unwrap();
    let missing = refused(&place.run(&["import", "good.csv"]));
    assert!(missing.contains("firstkey up"), "there is no folder yet: {missing}");

    let up = place.up();
    let said = refused(&place.run(&["import", "bad.csv"]));
    for (line, column) in [(5, "personal_email"), (6, "start_date"), (7, "sponsor")] {
        let is_it = |each: &str| each.contains(&format!("line {line}")) && each.contains(column);
        assert!(said.lines().any(is_it), "line {line}, {column}: {said}");
    }
    assert!(said.contains("Nothing was imported"), "{said}");
    let nobody = refused(&place.run(&["policy", "plan", "E1"]));
    assert!(nobody.contains("E1"), "not even the good rows: {nobody}");
    let skipped = place.run(&["import", "bad.csv", "--skip-invalid"]);
    assert!(!skipped.status.success(), "what was refused is not forgotten");
    let said = String::from_utf8(skipped.stdout).unwrap();
    assert!(said.starts_with("3 joined, 0 changed, 0 unchanged, 3 refused."), "{said}");
    let plan = place.say(&["policy", "plan", "E3"]);
    assert!(plan.contains("Any passkey will do"), "{plan}");
    assert!(!plan.contains("Attestation"), "no metadata is in force: {plan}");
    let again = place.say(&["import", "good.csv"]);
    assert!(again.starts_with("0 joined, 0 changed, 3 unchanged, 0 refused."), "{again}");
    up.kill();

    let again = place.say(&["import", "good.csv"]);
    assert!(again.starts_with("0 joined, 0 changed, 3 unchanged, 0 refused."), "{again}");
    let moved = format!("{HEADER}{}", GOOD.replace("ben@mail", "benjamin@mail"));
    fs::write(place.path().join("moved.csv"), moved).unwrap();
    let changed = place.say(&["import", "moved.csv"]);
    assert!(changed.starts_with("0 joined, 1 changed, 2 unchanged, 0 refused."), "{changed}");
    let refused = refused(&place.run(&["import", "bad.csv"]));
    assert!(refused.contains("Nothing was imported"), "{refused}");
    let again = place.say(&["import", "moved.csv"]);
    assert!(again.starts_with("0 joined, 0 changed, 3 unchanged, 0 refused."), "{again}");
    place.say(&["log", "check"]);
}

#[test]
fn sponsors_may_stand_further_down_and_nobody_may_stand_twice() {
    // Six people, each the sponsor of the one above; one of them twice.
    let row = |of: u8, sponsor: &str| {
        format!("E{of},Ana,Lopes,ana{of}@mail.example,{sponsor},2026-01-05,UTC,employee\n")
    };
    let sponsored: String = (1..6).map(|of| row(of, &format!("E{}", of + 1))).collect();
    let place = Place::new();
    place.up().kill();
    let import = |text: String, options: &[&str]| {
        fs::write(place.path().join("file.csv"), format!("{HEADER}{text}")).unwrap();
        place.run(&[&["import", "file.csv"], options].concat())
    };

    let twice = format!("{sponsored}{}{}", row(6, ""), row(2, ""));
    let said = refused(&import(twice.clone(), &[]));
    assert!(said.starts_with("line 8, column 1: external_id is the same as on line 3\n"), "{said}");
    let nobody = refused(&import(sponsored.clone(), &[]));
    assert!(nobody.starts_with("line 6, sponsor: nobody here or in this file"), "{nobody}");
    // Whoever waits for somebody who is refused is refused.
    let unfit = format!("{sponsored}{}", row(6, "").replace("UTC", "Utopia"));
    let said = refused(&import(unfit, &["--skip-invalid"]));
    assert_eq!(said.lines().count(), 6, "{said}");

    let joined = import(twice, &["--skip-invalid"]);
    let said = String::from_utf8(joined.stdout).unwrap();
    assert!(said.starts_with("6 joined, 0 changed, 0 unchanged, 1 refused."), "{said}");
    let again = import(format!("{sponsored}{}", row(6, "")), &[]);
    let said = String::from_utf8(again.stdout).unwrap();
    assert!(said.starts_with("0 joined, 0 changed, 6 unchanged, 0 refused."), "{said}");
}

#[test]
fn an_import_without_a_server_is_an_import() {
    let place = Place::new();
    place.up().kill();
    fs::write(place.path().join("good.csv"), format!("{HEADER}{GOOD}")).unwrap();
    let joined = place.say(&["import", "good.csv"]);
    assert!(joined.starts_with("3 joined, 0 changed, 0 unchanged, 0 refused."), "{joined}");
    // Their letters go out when the server is up again.
    place.post.watch("ada@mail.example");
    let _up = place.up();
    assert!(place.post.locator("ada@mail.example").len() > 40);
}

#[test]
fn the_terminal_makes_an_administrator_of_somebody_who_holds_a_passkey() {
    let place = Place::new();
    let up = place.up();
    let desk = Desk::set_up(&place);
    let addresses = place.import(SPONSOR, 1, 2);
    let mut joiner = Joiner::new(place.post.locator(&addresses[0]), 7);
    joiner.enroll(&place, &desk);

    let said = refused(&place.run(&["setup", "--person", "E1"]));
    assert!(said.contains("firstkey role grant"), "setup says what to do: {said}");
    let grant = ["role", "grant", "--person", "E1", "--role", "administrator"];
    let said = place.say(&grant);
    assert!(said.contains("E1 holds the role of administrator now"), "{said}");
    assert!(said.contains("Policy takes none of their passkeys"), "theirs is synced: {said}");
    let said = place.say(&["role", "grant", "--person", "E2", "--role", "officer"]);
    assert!(said.contains("They hold no passkey that works"), "{said}");
    let said = refused(&place.run(&["role", "grant", "--person", "E9", "--role", "officer"]));
    assert!(said.contains("nobody has the identifier E9"), "{said}");
    let said = refused(&place.run(&["role", "grant", "--person", "E1", "--role", "king"]));
    assert!(said.contains("administrator, officer, approver and auditor"), "{said}");

    // Also when no server runs, and it is in the log like everything else.
    up.stop();
    let said = place.say(&["role", "revoke", "--person", "E1", "--role", "administrator"]);
    assert!(said.contains("E1 does not hold the role of administrator now"), "{said}");
    place.say(&["log", "check"]);
}
