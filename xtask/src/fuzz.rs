//! `cargo xtask fuzz`: every fuzz target for a while.
//!
//! A target is a file in `fuzz/fuzz_targets`. It starts from `fuzz/seeds`, which are parts of the
//! specification's test vectors, what the test authenticator makes, and samples of what programs,
//! people and the log write, and from what earlier runs found worth keeping under the target directory. No sanitizer is asked for: our code has no
//! unsafe block, and without one the stable compiler does.

use std::num::NonZeroU32;
use std::path::Path;
use std::time::Duration;
use std::{fs, io};

use crate::command::{cargo, run as run_command};
use crate::failure::Failure;
use crate::prerequisites;
use crate::steps::step;
use crate::workspace;

/// How long each target runs unless told otherwise.
const SHORT: Duration = Duration::from_secs(20);
/// More memory than any input of some kilobytes may cost, in megabytes.
const MEMORY: u32 = 512;
/// No input may take longer than this, in seconds.
const SLOWEST: u32 = 5;

pub(crate) fn short() -> Result<(), Failure> {
    all(SHORT)
}

/// `--minutes`, for each target.
pub(crate) fn minutes(text: &str) -> Result<(), Failure> {
    let minutes: NonZeroU32 = text
        .parse()
        .map_err(|_| Failure::new(format!("{text:?} is not a whole number of minutes")))?;
    all(Duration::from_secs(60) * minutes.get())
}

fn all(each: Duration) -> Result<(), Failure> {
    step("prerequisites", prerequisites::ensure_fuzzing)?;
    let target = workspace::target()?.join("fuzz");
    let names = targets(&workspace::root().join("fuzz/fuzz_targets"))?;
    for name in &names {
        step(name, || run(name, each, &target))?;
    }
    println!("\n{} targets, {} s each: nothing found.", names.len(), each.as_secs());
    Ok(())
}

fn run(name: &str, each: Duration, target: &Path) -> Result<(), Failure> {
    let kept = target.join("corpus").join(name);
    let found = target.join("found").join(name);
    for folder in [&kept, &found] {
        fs::create_dir_all(folder).map_err(|error| cannot(folder, &error))?;
    }
    let seeds = workspace::root().join("fuzz/seeds").join(name);
    let mut fuzz = cargo(&["fuzz", "run", "--sanitizer", "none", "--target-dir"]);
    fuzz.arg(target).arg(name).arg(&kept);
    if seeds.is_dir() {
        fuzz.arg(&seeds);
    }
    fuzz.arg("--").arg(format!("-max_total_time={}", each.as_secs()));
    fuzz.arg(format!("-rss_limit_mb={MEMORY}")).arg(format!("-timeout={SLOWEST}"));
    // A folder: the name of what is found follows.
    fuzz.arg(format!("-artifact_prefix={}/", found.display())).arg("-print_final_stats=1");
    run_command(&mut fuzz)
}

/// The names of the files in a folder, in order, without their ending.
fn targets(folder: &Path) -> Result<Vec<String>, Failure> {
    let files = fs::read_dir(folder).map_err(|error| cannot(folder, &error))?;
    let mut names = Vec::new();
    for file in files {
        let path = file.map_err(|error| cannot(folder, &error))?.path();
        names.extend(path.file_stem().map(|name| name.to_string_lossy().into_owned()));
    }
    names.sort();
    Ok(names)
}

fn cannot(path: &Path, error: &io::Error) -> Failure {
    Failure::new(format!("{}: {error}", path.display()))
}
