//! `cargo xtask test`: everything that a change must pass, cheapest first.

use std::io::{BufRead as _, BufReader};
use std::process::{Command, Stdio};

use crate::command::{cargo, run as run_command, shown};
use crate::dist;
use crate::failure::Failure;
use crate::prerequisites::{self, Found};
use crate::steps::step;
use crate::tally::Tally;

pub(crate) fn run() -> Result<(), Failure> {
    let found = step("prerequisites", prerequisites::ensure)?;
    step("format", || run_command(&mut cargo(&["fmt", "--all", "--check"])))?;
    step("dependencies", || {
        run_command(&mut cargo(&["deny", "check", "bans", "licenses", "sources"]))
    })?;
    step("lints", || {
        let lints = ["clippy", "--workspace", "--all-targets", "--locked", "--", "-D", "warnings"];
        run_command(&mut cargo(&lints))
    })?;
    step("documentation", || {
        let mut documentation = cargo(&["doc", "--workspace", "--no-deps", "--locked"]);
        run_command(documentation.env("RUSTDOCFLAGS", "-D warnings"))
    })?;
    let tally = step("tests", || tests(&found))?;
    step("package", dist::light).map_err(|failure| failure.after(tally))?;
    println!("\nEverything passed. {} ignored.", tally.ignored);
    println!("{tally}");
    Ok(())
}

/// Runs every test, also after one has failed, so that the counts are whole.
fn tests(found: &Found) -> Result<Tally, Failure> {
    let mut command = cargo(&["test", "--workspace", "--locked", "--no-fail-fast"]);
    command.env("FIRSTKEY_CHROMIUM", &found.chromium).env("FIRSTKEY_AXE", &found.axe);
    let (succeeded, mut tally) = counted(&mut command)?;
    if succeeded && tally.failed == 0 && tally.passed > 0 {
        return Ok(tally);
    }
    if tally.failed == 0 {
        // It did not compile, or a test binary died before it could say so.
        tally.failed = 1;
        return Err(Failure::with_tally("not every test could run", tally));
    }
    Err(Failure::with_tally(format!("tests failed: {}", tally.failed), tally))
}

/// Runs `command`, passing its output on, and sums the counts of its test binaries.
fn counted(command: &mut Command) -> Result<(bool, Tally), Failure> {
    println!("$ {}", shown(command));
    let failed = |error: std::io::Error| Failure::new(format!("cargo test: {error}"));
    let mut child = command.stdout(Stdio::piped()).spawn().map_err(failed)?;
    let mut tally = Tally::default();
    if let Some(stdout) = child.stdout.take() {
        for line in BufReader::new(stdout).split(b'\n') {
            let line = line.map_err(failed)?;
            let line = String::from_utf8_lossy(&line);
            println!("{line}");
            tally += Tally::from_line(&line).unwrap_or_default();
        }
    }
    let status = child.wait().map_err(failed)?;
    Ok((status.success(), tally))
}
