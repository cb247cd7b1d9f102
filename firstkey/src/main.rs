//! Firstkey: the control plane for the first credential. Command line, configuration, wiring.

mod archive;
mod certificate;
mod cli;
mod commands;
mod config;
mod control;
mod data;
mod duties;
mod host;
mod listeners;
mod running;

use std::process::ExitCode;

use clap::Parser;
use mimalloc::MiMalloc;

/// Answering a request allocates many small things, over which glibc's allocator took a tenth of the
/// server's time.
#[global_allocator]
static ALLOCATOR: MiMalloc = MiMalloc;

fn main() -> ExitCode {
    let cli = cli::Cli::parse();
    match commands::run(cli) {
        Ok(code) => code,
        Err(error) => {
            eprintln!("firstkey: {error}");
            ExitCode::FAILURE
        }
    }
}
