//! The files of the repository.

use std::fs;
use std::path::{Path, PathBuf};

pub(crate) fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap()
}

/// Every file, relative to the root, without what is built or what git keeps for itself.
pub(crate) fn files() -> Vec<PathBuf> {
    let mut files = Vec::new();
    collect(root(), &mut files);
    files.sort();
    files
}

fn collect(folder: &Path, files: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let relative = path.strip_prefix(root()).unwrap();
        if !path.is_dir() {
            files.push(relative.to_owned());
        } else if !["target", ".git", "data"].map(Path::new).contains(&relative) {
            collect(&path, files);
        }
    }
}
