//! What a joiner or the reader of a letter can meet is said in every language, and nothing else is.
//!
//! Add a message to `join.ftl`, `letters.ftl` or `moments.ftl` in English, and these tests name it for
//! each language that lacks it. The same holds for problems that the joiner's origin answers with, and for
//! the page of "this was not me".

use std::collections::{BTreeMap, BTreeSet};

use crate::files::{arguments, crates, file, messages, quoted, sources, tags};

/// Messages by file, as English has them.
fn required() -> BTreeMap<&'static str, BTreeMap<String, String>> {
    let problems = problems_of_joiners();
    let notice = words_of_the_notice();
    let whole = |name| file("en", name).into_iter().collect();
    let some = |name, ids: &BTreeSet<String>| {
        let named = |id: &String| ids.contains(id.split('.').next().unwrap());
        file("en", name).into_iter().filter(|(id, _)| named(id)).collect()
    };
    BTreeMap::from([
        ("join.ftl", whole("join.ftl")),
        ("letters.ftl", whole("letters.ftl")),
        ("moments.ftl", whole("moments.ftl")),
        ("notice.ftl", some("console.ftl", &notice)),
        ("problems.ftl", some("problems.ftl", &problems)),
    ])
}

/// The problems with which anything answers that a joiner's page asks.
fn problems_of_joiners() -> BTreeSet<String> {
    let web = crates().join("web/src");
    let places = [
        "join",
        "edge",
        "page",
        "problem/page.rs",
        "fault.rs",
        "nonce.rs",
        "proven.rs",
        "serve",
        "console/clearance.rs",
        "console/notice",
        "console/allowed.rs",
        "console/door/our_page.rs",
    ];
    let sources = sources(places.map(|place| web.join(place)));
    let mut kinds: BTreeSet<&str> = sources
        .iter()
        .flat_map(|source| source.split("Kind::").skip(1))
        .map(|rest| rest.split(|c: char| !c.is_ascii_alphanumeric()).next().unwrap())
        .collect();
    // `Name = STATUS, "message";`
    let table = &crate::files::sources([web.join("problem/kind.rs")])[0];
    let mut ids: BTreeSet<String> = table
        .lines()
        .filter_map(|line| line.trim().strip_suffix("\";")?.split_once(" = "))
        .filter(|(name, _)| kinds.remove(name))
        .map(|(_, rest)| rest.rsplit_once('"').unwrap().1.to_owned())
        .collect();
    assert!(ids.len() > 25 && ids.contains("problem-link-inactive"), "{ids:?}");
    let page = sources_of(&["web/templates/problem.html"]);
    ids.extend(quoted(&page).map(str::to_owned));
    ids
}

/// What the page says to which letters about somebody's own passkey lead.
fn words_of_the_notice() -> BTreeSet<String> {
    let templates = sources_of(&[
        "web/templates/console/notice.html",
        "web/templates/console/suspended.html",
        "web/src/console/me/passkey.rs",
    ]);
    let rows = sources_of(&["web/templates/console/rows.html"]);
    let passkey = rows.split("{% macro passkey").nth(1).unwrap();
    let ids = quoted(&templates).chain(quoted(passkey));
    ids.filter(|id| id.starts_with("console-")).map(str::to_owned).collect()
}

fn sources_of(files: &[&str]) -> String {
    sources(files.iter().map(|file| crates().join(file))).concat()
}

fn others() -> impl Iterator<Item = String> {
    tags().into_iter().filter(|tag| tag != "en")
}

#[test]
fn every_language_says_what_joiners_and_readers_of_letters_meet() {
    let required = required();
    let mut missing = Vec::new();
    for tag in others() {
        for (name, wanted) in &required {
            let given: BTreeSet<String> = file(&tag, name).into_iter().map(|(id, _)| id).collect();
            for (id, english) in wanted.iter().filter(|(id, _)| !given.contains(*id)) {
                missing.push(format!("crates/texts/texts/{tag}/{name} lacks {id} = {english}"));
            }
        }
    }
    assert!(missing.is_empty(), "{} messages are missing:\n{}", missing.len(), missing.join("\n"));
}

#[test]
fn no_language_says_what_english_does_not_or_says_it_elsewhere() {
    let required = required();
    let mut left_over = Vec::new();
    for tag in others() {
        let mut allowed = 0;
        for (name, wanted) in &required {
            let given = file(&tag, name);
            allowed += given.len();
            let unknown = given.iter().filter(|(id, _)| !wanted.contains_key(id));
            left_over
                .extend(unknown.map(|(id, _)| format!("crates/texts/texts/{tag}/{name}: {id}")));
        }
        assert_eq!(messages(&tag).len(), allowed, "{tag} has another file");
    }
    assert!(left_over.is_empty(), "nobody says these:\n{}", left_over.join("\n"));
}

#[test]
fn a_message_has_the_same_arguments_in_every_language() {
    let english: BTreeMap<String, String> = messages("en").into_iter().collect();
    let mut different = Vec::new();
    for tag in others() {
        for (id, body) in messages(&tag) {
            let Some(english) = english.get(&id) else { continue };
            let wanted: BTreeSet<&str> = arguments(english).into_iter().collect();
            let mut given: BTreeSet<&str> = arguments(&body).into_iter().collect();
            if id == "moment-time" {
                // For clocks of twelve hours only.
                given.remove("half");
            }
            if wanted != given {
                different.push(format!("{tag} {id}: {given:?}, not {wanted:?}"));
            }
        }
    }
    assert!(different.is_empty(), "{}", different.join("\n"));
}

#[test]
fn nothing_was_left_in_english() {
    let english: BTreeMap<String, String> = messages("en").into_iter().collect();
    for tag in others() {
        for (id, body) in messages(&tag) {
            // Short ones may be the same word, or only arguments.
            let is_long = body.split_whitespace().count() > 3 && !body.starts_with('{');
            assert!(!is_long || english.get(&id) != Some(&body), "{tag} {id}: {body}");
        }
    }
}
