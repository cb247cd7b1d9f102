//! Rules about who may say what in this workspace, read from its source files.

use std::{
    fs,
    path::{Path, PathBuf},
};

/// Lines of production code, with where they stand: comments and unit tests are left out.
fn lines_of(folder: &Path) -> Vec<(PathBuf, usize, String)> {
    let mut lines = Vec::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(&folder).expect("a folder of sources") {
            let path = entry.expect("an entry").path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|extension| extension == "rs") {
                let text = fs::read_to_string(&path).expect("a source file");
                let code = text.split("#[cfg(test)]\nmod tests").next().unwrap_or_default();
                let code = code.lines().enumerate().filter(|(_, line)| !is_comment(line));
                lines.extend(code.map(|(at, line)| (path.clone(), at + 1, line.to_owned())));
            }
        }
    }
    lines
}

fn is_comment(line: &str) -> bool {
    line.trim_start().starts_with("//")
}

/// Where a line matches, except in the files whose path ends so.
fn found(folder: &Path, allowed: &str, is_match: fn(&str) -> bool) -> Vec<String> {
    let matching = lines_of(folder)
        .into_iter()
        .filter(|(path, _, line)| !path.ends_with(allowed) && is_match(line));
    matching.map(|(path, at, line)| format!("{}:{at}: {line}", path.display())).collect()
}

fn crates() -> Vec<PathBuf> {
    let crates = Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("the crates' folder");
    let folders = fs::read_dir(crates).expect("the crates' folder");
    folders
        .map(|entry| entry.expect("an entry").path().join("src"))
        .filter(|s| s.is_dir())
        .collect()
}

#[test]
fn rule_18_no_decider_looks_into_personal_data() {
    let domain = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let looks = found(&domain, "private.rs", |line| line.contains("expose("));
    assert!(looks.is_empty(), "deciders carry personal data and never read it:\n{looks:#?}");
}

#[test]
fn only_the_application_layer_makes_a_permit() {
    let makes = |line: &str| {
        let is_declared = line.contains("struct Permit {") || line.contains("impl Permit {");
        line.contains("Permit {") && !is_declared
    };
    let sources = crates();
    assert!(sources.len() > 1, "the other crates are scanned too");
    for source in sources.into_iter().filter(|source| !source.ends_with("app/src")) {
        let found = found(&source, "", makes);
        assert!(found.is_empty(), "a permit comes from a policy decision only:\n{found:#?}");
    }
}

#[test]
fn the_scan_sees_what_it_forbids() {
    let domain = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    assert!(!found(&domain, "nothing.rs", |line| line.contains("expose(")).is_empty());
    assert!(!found(&domain, "nothing.rs", |line| line.contains("struct Permit {")).is_empty());
}
