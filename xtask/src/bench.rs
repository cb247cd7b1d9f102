//! `cargo xtask bench` and `cargo xtask soak`: the server as operators get it on one core, the load
//! generator on another.

use std::{path::PathBuf, process::Command, thread};

use crate::{
    command::{cargo, run},
    failure::Failure,
    steps::step,
    workspace,
};

/// The server's core. The load generator runs on the next one.
const SERVER_CORE: usize = 0;

pub(crate) fn full() -> Result<(), Failure> {
    bench(&[])
}

pub(crate) fn quick() -> Result<(), Failure> {
    bench(&["--quick"])
}

pub(crate) fn soak() -> Result<(), Failure> {
    let built = Built::new()?;
    run(&mut built.generator("soak"))
}

/// What the console's pages read among a thousand people and among a million.
pub(crate) fn console() -> Result<(), Failure> {
    let mut reads = cargo(&["run", "--release", "--locked", "-p", "firstkey-store-sqlite"]);
    run(reads.args(["--example", "console_reads"]))
}

fn bench(options: &[&str]) -> Result<(), Failure> {
    let built = Built::new()?;
    run(built.generator("bench").args(options).arg("--reports").arg(built.target.join("bench")))
}

/// What `cargo xtask dist` builds with, whose figures are those that operators will see.
const SHIPPED: &str = "dist";

/// The two programs.
struct Built {
    target: PathBuf,
}

impl Built {
    fn new() -> Result<Self, Failure> {
        if thread::available_parallelism().map_or(1, usize::from) < 2 {
            return Err(Failure::new("two cores are needed: one for the server, one for the load"));
        }
        step("the server", || {
            run(&mut cargo(&["build", "--profile", SHIPPED, "--locked", "-p", "firstkey"]))
        })?;
        step("the load generator", || {
            run(&mut cargo(&["build", "--release", "--locked", "-p", "firstkey-loadgen"]))
        })?;
        Ok(Self { target: workspace::target()? })
    }

    /// The load generator on its core.
    fn generator(&self, what: &str) -> Command {
        let mut command = Command::new("taskset");
        command.args(["--cpu-list", &(SERVER_CORE + 1).to_string()]);
        command.arg(self.target.join("release/firstkey-loadgen")).arg(what);
        command.arg("--server").arg(self.target.join(SHIPPED).join("firstkey"));
        command.args(["--core", &SERVER_CORE.to_string()]);
        command.arg("--folder").arg(self.target.join("bench").join("server"));
        command.current_dir(workspace::root());
        command
    }
}
