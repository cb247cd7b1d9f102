//! The message files and the sources that use them, as text.

use std::{
    fs,
    path::{Path, PathBuf},
};

pub(crate) fn crates() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

/// The tags of all languages.
pub(crate) fn tags() -> Vec<String> {
    let folders = fs::read_dir(crates().join("texts/texts")).unwrap();
    let mut tags: Vec<String> =
        folders.map(|folder| folder.unwrap().file_name().into_string().unwrap()).collect();
    tags.sort();
    tags
}

/// Every message of a language, with its text; attributes as `id.attribute`.
pub(crate) fn messages(tag: &str) -> Vec<(String, String)> {
    let folder = crates().join("texts/texts").join(tag);
    let mut files: Vec<PathBuf> =
        fs::read_dir(folder).unwrap().map(|file| file.unwrap().path()).collect();
    files.sort();
    let messages: Vec<_> = files.iter().flat_map(|file| messages_of(file)).collect();
    assert!(messages.len() > 100, "the files were read");
    messages
}

/// Every message of one file of a language.
pub(crate) fn file(tag: &str, name: &str) -> Vec<(String, String)> {
    messages_of(&crates().join("texts/texts").join(tag).join(name))
}

fn messages_of(file: &Path) -> Vec<(String, String)> {
    let mut messages: Vec<(String, String)> = Vec::new();
    let mut message = String::new();
    let text = fs::read_to_string(file).unwrap();
    for line in text.lines().filter(|line| !line.starts_with('#')) {
        let named = line.split_once(" = ").or_else(|| Some((line.strip_suffix(" =")?, "")));
        let named = named.map(|(name, body)| (name.trim_start(), body)).filter(|(name, _)| {
            name.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'.' | b'_'))
        });
        if let Some((name, body)) = named {
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
    messages
}

/// The arguments that a message's text names.
pub(crate) fn arguments(body: &str) -> Vec<&str> {
    body.split('$')
        .skip(1)
        .map(|rest| rest.split(|c: char| !c.is_alphanumeric() && c != '_').next().unwrap())
        .collect()
}

/// Production code and templates below these folders and files of `crates`.
pub(crate) fn sources(below: impl IntoIterator<Item = PathBuf>) -> Vec<String> {
    let mut sources = Vec::new();
    let mut left: Vec<PathBuf> = below.into_iter().collect();
    while let Some(path) = left.pop() {
        if path.is_dir() {
            left.extend(fs::read_dir(&path).unwrap().map(|entry| entry.unwrap().path()));
        } else if path.extension().is_some_and(|e| e == "rs" || e == "html" || e == "txt") {
            sources.push(fs::read_to_string(&path).unwrap());
        }
    }
    sources
}

/// What stands between double quotes and could be a message's id.
pub(crate) fn quoted(source: &str) -> impl Iterator<Item = &str> {
    let is_id = |text: &&str| {
        text.contains('-') && text.bytes().all(|b| b.is_ascii_alphanumeric() || b"-._".contains(&b))
    };
    source.split('"').filter(is_id)
}
