//! Ids in code and templates exist, and no message is left over.

use std::{collections::BTreeSet, fs, path::PathBuf};

use crate::files::{self, crates, messages, quoted};

/// Production code and templates of every crate.
fn sources() -> Vec<String> {
    let folders: Vec<PathBuf> = fs::read_dir(crates())
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .flat_map(|path| [path.join("src"), path.join("templates")])
        .chain([crates().join("../firstkey/src")])
        // Not every crate has templates.
        .filter(|folder| folder.exists())
        .collect();
    files::sources(folders)
}

#[test]
fn every_message_is_said_somewhere() {
    let sources = sources();
    let mut said: BTreeSet<&str> = sources.iter().flat_map(|source| quoted(source)).collect();
    let messages = messages("en");
    // A message may be part of another.
    said.extend(messages.iter().flat_map(|(_, body)| {
        body.split("{ ").skip(1).filter_map(|rest| rest.split_once(" }")).map(|(id, _)| id)
    }));
    let left_over: Vec<&String> = messages
        .iter()
        .map(|(id, _)| id)
        // Attributes go with their message.
        .filter(|id| !id.contains('.') && !said.contains(id.as_str()))
        .collect();
    assert!(left_over.is_empty(), "messages that nobody says: {left_over:#?}");
}

#[test]
fn what_is_said_exists() {
    let known: BTreeSet<String> = messages("en").into_iter().map(|(id, _)| id).collect();
    let sources = sources();
    let mut asked = 0;
    for source in &sources {
        for call in [".get(\"", ".with(\"", ".moment(\""] {
            for rest in source.split(call).skip(1) {
                let id = rest.split('"').next().unwrap();
                let prefix = id.split('-').next().unwrap();
                let prefixes = ["join", "console", "letter", "moment", "problem"];
                if prefixes.contains(&prefix) && id.contains('-') {
                    asked += 1;
                    assert!(known.contains(id), "no message {id:?}");
                }
            }
        }
    }
    assert!(asked > 50, "the templates were read: {asked}");
}
