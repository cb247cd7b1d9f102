//! A fuzz target without its entry in the manifest is not built, and one without seeds learns nothing in
//! twenty seconds.

use std::{collections::BTreeSet, fs, path::Path};

use crate::tree;

#[test]
fn every_fuzz_target_is_built_and_has_seeds() {
    let fuzz = tree::root().join("fuzz");
    let manifest = fs::read_to_string(fuzz.join("Cargo.toml")).unwrap();
    let targets = stems(&fuzz.join("fuzz_targets"));
    assert!(targets.len() > 10, "{targets:?}");
    let ways_in = tree::files().into_iter().filter(|file| file.ends_with("fuzzing.rs"));
    let tested: String =
        ways_in.map(|file| fs::read_to_string(tree::root().join(file)).unwrap()).collect();
    for target in &targets {
        assert!(manifest.contains(&format!("name = \"{target}\"\n")), "{target} is not built");
        let seeds = stems(&fuzz.join("seeds").join(target)).len();
        assert!(seeds > 2, "{target} has {seeds} seeds");
        assert!(tested.contains(target.as_str()), "no test runs the seeds of {target}");
    }
    assert_eq!(stems(&fuzz.join("seeds")), targets, "seeds for nothing");
}

fn stems(folder: &Path) -> BTreeSet<String> {
    let entries =
        fs::read_dir(folder).unwrap_or_else(|error| panic!("{}: {error}", folder.display()));
    entries.map(|entry| stem(&entry.unwrap().path())).collect()
}

fn stem(path: &Path) -> String {
    path.file_stem().unwrap().to_str().unwrap().to_owned()
}
