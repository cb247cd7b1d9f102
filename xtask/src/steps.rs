//! What a chore is made of: named steps, each timed, none after one that failed.

use std::time::Instant;

use crate::failure::Failure;

/// Runs one step, printing its name before and its duration after.
pub(crate) fn step<T>(name: &str, work: impl FnOnce() -> Result<T, Failure>) -> Result<T, Failure> {
    println!("\n== {name}");
    let started = Instant::now();
    let outcome = work().map_err(|failure| failure.in_step(name));
    let verdict = if outcome.is_ok() { "done" } else { "FAILED" };
    println!("== {name}: {verdict} in {:.1} s", started.elapsed().as_secs_f64());
    outcome
}
