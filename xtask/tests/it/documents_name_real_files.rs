//! Documents name only files that exist.

use std::fs;
use std::path::{Path, PathBuf};

use crate::tree;

/// Endings of files that live in this repository and that nobody makes elsewhere.
const SOURCE_ENDINGS: [&str; 7] = [".rs", ".md", ".sql", ".html", ".css", ".js", ".cedar"];

#[test]
fn every_path_in_a_document_leads_to_a_file() {
    let tree = Tree { files: tree::files() };
    let documents = tree.documents();
    let readable = ["README.md", "CONTRIBUTING.md", "SECURITY.md"].map(Path::new);
    assert!(documents.iter().any(|document| readable.contains(&document.as_path())));

    let mut broken = Vec::new();
    for document in documents {
        let text = fs::read_to_string(tree::root().join(&document)).unwrap();
        for named in tree.names_nothing(&document, &text) {
            broken.push(format!("{}: {named}", document.display()));
        }
    }
    assert!(broken.is_empty(), "these lead nowhere:\n{}", broken.join("\n"));
}

#[test]
fn a_path_is_told_from_other_words() {
    let files = ["docs/guide.md", "docs/start.md", "crates/log/src/lib.rs"];
    let tree = Tree { files: files.map(PathBuf::from).into() };
    let text = "`crates/log` `crates/log/src/lib.rs` `src/lib.rs` `lib.rs` [start](start.md#top)
        `cargo test` `/attempts` `POST /x.js` `data/keys` `text/html` [web](https://example.org/a.md) [up](#up)
        `crates/gone` `gone.rs` `src/gone.rs` [gone](gone.md) `crates/log/*.rs`
        ```
        `fenced/gone.rs`
        ```";
    let broken = tree.names_nothing(Path::new("docs/guide.md"), text);
    assert_eq!(broken, ["crates/gone", "gone.rs", "src/gone.rs", "gone.md"]);
}

struct Tree {
    files: Vec<PathBuf>,
}

impl Tree {
    fn documents(&self) -> Vec<PathBuf> {
        let is_document = |file: &PathBuf| {
            let is_markdown = file.extension().is_some_and(|extension| extension == "md");
            is_markdown && (file.components().count() == 1 || file.starts_with("docs"))
        };
        self.files.iter().filter(|file| is_document(file)).cloned().collect()
    }

    /// The paths in `text`, which stands in `document`, that lead to no file or folder.
    fn names_nothing<'a>(&self, document: &Path, text: &'a str) -> Vec<&'a str> {
        let folder = document.parent().unwrap();
        let prose = text.split("```").step_by(2);
        let mut broken = Vec::new();
        for part in prose.clone() {
            let quoted = part.split('`').skip(1).step_by(2);
            broken.extend(quoted.filter(|word| self.is_path(word) && !self.is_known(folder, word)));
        }
        for part in prose {
            for (_, target) in part.match_indices("](").map(|(at, _)| part.split_at(at + 2)) {
                let target = target.split([')', '#', ' ']).next().unwrap();
                let elsewhere = target.is_empty() || target.contains(':');
                if !elsewhere && !self.exists(&normal(&folder.join(target))) {
                    broken.push(target);
                }
            }
        }
        broken
    }

    fn is_path(&self, word: &str) -> bool {
        let of_path = |c: char| c.is_ascii_alphanumeric() || "._-/".contains(c);
        let starts_well = !word.starts_with(['/', '-']);
        let top = Path::new(word).components().next();
        let in_top_folder =
            word.contains('/') && self.files.iter().any(|file| file.components().next() == top);
        let is_source = SOURCE_ENDINGS.iter().any(|ending| word.ends_with(ending));
        starts_well && word.chars().all(of_path) && (in_top_folder || is_source)
    }

    /// Whether the word is a path from the root, from the document, or the end of one.
    fn is_known(&self, folder: &Path, word: &str) -> bool {
        let word = Path::new(word);
        self.exists(word)
            || self.exists(&normal(&folder.join(word)))
            || self.files.iter().any(|file| file.ends_with(word))
    }

    fn exists(&self, path: &Path) -> bool {
        self.files.iter().any(|file| file.starts_with(path))
    }
}

/// The path without `.` and `..`.
fn normal(path: &Path) -> PathBuf {
    let mut normal = PathBuf::new();
    for part in path.components() {
        match part {
            std::path::Component::ParentDir => _ = normal.pop(),
            std::path::Component::CurDir => {}
            part => normal.push(part),
        }
    }
    normal
}
