//! One file, one idea: what does not fit into 800 lines is more than one.

use std::fs;

use crate::tree;

const LIMIT: usize = 800;

#[test]
fn no_production_file_is_longer_than_800_lines() {
    let (mut seen, mut long) = (0, Vec::new());
    for file in tree::files() {
        let is_rust = file.extension().is_some_and(|extension| extension == "rs");
        let is_production = file.components().any(|part| part.as_os_str() == "src");
        if is_rust && is_production {
            seen += 1;
            let lines = fs::read_to_string(tree::root().join(&file)).unwrap().lines().count();
            if lines > LIMIT {
                long.push(format!("{} has {lines} lines", file.display()));
            }
        }
    }
    assert!(seen > 10, "only {seen} files were looked at");
    assert!(long.is_empty(), "longer than {LIMIT} lines:\n{}", long.join("\n"));
}
