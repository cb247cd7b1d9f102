//! The load generator behind `cargo xtask bench` and `cargo xtask soak`.
//!
//! It starts a Firstkey server on one core, runs itself on another, and reports what the server did
//! per second of its own CPU time. The product never links it.

mod bench;
mod figures;
mod host;
mod import;
mod joiner;
mod limits;
mod load;
mod mail;
mod operator;
mod server;
mod sign_in;
mod site;
mod soak;
mod starting;
mod table;
mod wire;
mod world;

use std::{error::Error, path::PathBuf, process::ExitCode};

use clap::{Args, Parser, Subcommand};

/// What is reported to whoever runs a benchmark: a sentence.
pub type Fallible<T> = Result<T, Box<dyn Error + Send + Sync>>;

/// Measures a Firstkey server.
#[derive(Debug, Parser)]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Measure everything, print a table and write JSON.
    Bench {
        #[command(flatten)]
        under_test: UnderTest,
        /// Fewer of everything: to see that it works, not to quote.
        #[arg(long)]
        quick: bool,
        /// Only this part, for a profiler to look at.
        #[arg(long)]
        only: Option<bench::Part>,
        /// Only so many clients at once: 1, 16 or 64.
        #[arg(long)]
        clients: Option<usize>,
        /// The folder for the JSON, which is named after the day.
        #[arg(long)]
        reports: PathBuf,
    },
    /// Import a file of many rows and watch the server's memory.
    Soak {
        #[command(flatten)]
        under_test: UnderTest,
        /// How many rows.
        #[arg(long, default_value_t = 1_000_000)]
        rows: u32,
    },
    /// Measure what this core and this disk can do at most, and print it as JSON.
    Limits {
        /// A folder on the disk in question.
        folder: PathBuf,
    },
}

/// The server under test.
#[derive(Debug, Args)]
pub struct UnderTest {
    /// The `firstkey` program.
    #[arg(long)]
    server: PathBuf,
    /// The core it is pinned to.
    #[arg(long, default_value_t = 0)]
    core: usize,
    /// A folder for its data, on the disk to be measured. Emptied first.
    #[arg(long)]
    folder: PathBuf,
}

fn main() -> ExitCode {
    let done = match Cli::parse().command {
        Command::Bench { under_test, quick, only, clients, reports } => {
            bench::run(&under_test, quick, bench::Chosen { only, clients }, &reports)
        }
        Command::Soak { under_test, rows } => soak::run(&under_test, rows),
        Command::Limits { folder } => limits::print(&folder),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("firstkey-loadgen: {error}");
            ExitCode::FAILURE
        }
    }
}
