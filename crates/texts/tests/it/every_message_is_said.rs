//! Ids in code and templates exist, and no message is left over.

use std::{
    collections::BTreeSet,
    fs,
    path::{Path, PathBuf},
};

fn crates() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

/// Every message of every file, with its text; attributes as `id.attribute`.
pub(crate) fn messages() -> Vec<(String, String)> {
    let mut messages: Vec<(String, String)> = Vec::new();
    for file in fs::read_dir(crates().join("texts/texts/en")).unwrap() {
        let text = fs::read_to_string(file.unwrap().path()).unwrap();
        let mut message = String::new();
        for line in text.lines().filter(|line| !line.starts_with('#')) {
            if let Some((name, body)) = line.trim_start().split_once(" = ").filter(|(name, _)| {
                name.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'.' | b'_'))
            }) {
                let id = match name.strip_prefix('.') {
                    Some(attribute) => format!("{message}.{attribute}"),
                    None if line.starts_with(' ') => continue,
                    None => name.to_owned(),
                };
                if !name.starts_with('.') {
                    name.clone_into(&mut message);
                }
                messages.push((id, body.to_owned()));
            } else if let Some((_, body)) = messages.last_mut() {
                body.push_str(line.trim());
            }
        }
    }
    assert!(messages.len() > 100, "the files were read");
    messages
}

/// Production code and templates of every crate.
fn sources() -> Vec<String> {
    let mut sources = Vec::new();
    let mut folders: Vec<PathBuf> = fs::read_dir(crates())
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| !path.ends_with("texts"))
        .flat_map(|path| [path.join("src"), path.join("templates")])
        .chain([crates().join("../firstkey/src")])
        .collect();
    while let Some(folder) = folders.pop() {
        // Not every crate has templates.
        for entry in fs::read_dir(&folder).into_iter().flatten() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|e| e == "rs" || e == "html" || e == "txt") {
                sources.push(fs::read_to_string(&path).unwrap());
            }
        }
    }
    sources
}

/// What stands between double quotes and could be a message's id.
fn quoted(source: &str) -> impl Iterator<Item = &str> {
    let is_id = |text: &&str| {
        text.contains('-') && text.bytes().all(|b| b.is_ascii_alphanumeric() || b"-._".contains(&b))
    };
    source.split('"').filter(is_id)
}

#[test]
fn every_message_is_said_somewhere() {
    let sources = sources();
    let said: BTreeSet<&str> = sources.iter().flat_map(|source| quoted(source)).collect();
    let left_over: Vec<String> = messages()
        .into_iter()
        .map(|(id, _)| id)
        // Attributes go with their message.
        .filter(|id| !id.contains('.') && !said.contains(id.as_str()))
        .collect();
    assert!(left_over.is_empty(), "messages that nobody says: {left_over:#?}");
}

#[test]
fn what_is_said_exists() {
    let known: BTreeSet<String> = messages().into_iter().map(|(id, _)| id).collect();
    let sources = sources();
    let mut asked = 0;
    for source in &sources {
        for call in [".get(\"", ".with(\""] {
            for rest in source.split(call).skip(1) {
                let id = rest.split('"').next().unwrap();
                let prefix = id.split('-').next().unwrap();
                if ["join", "console", "letter", "problem"].contains(&prefix) && id.contains('-') {
                    asked += 1;
                    assert!(known.contains(id), "no message {id:?}");
                }
            }
        }
    }
    assert!(asked > 50, "the templates were read: {asked}");
}
