//! Firstkey: the control plane for the first credential. Command line, configuration, wiring.

mod cli;
mod commands;
mod config;
mod control;
mod data;
mod duties;
mod host;
mod running;

use std::process::ExitCode;

use clap::Parser;

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
