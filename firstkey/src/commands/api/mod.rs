//! `firstkey api`: makes a machine key, and calls the API with it. Neither needs a data folder.

mod call;
mod key;
mod wire;

use std::process::ExitCode;

use super::{CommandError, runtime};
use crate::{cli, config::Config};

/// Runs a command about the API.
pub fn run(
    command: &cli::Api,
    load: impl FnOnce() -> Result<Config, CommandError>,
) -> Result<ExitCode, CommandError> {
    match command {
        cli::Api::Key { out } => key::make(out),
        cli::Api::Call(options) => {
            let origin = match &options.origin {
                Some(origin) => origin.clone(),
                None => load()?.server.console_origin,
            };
            runtime()?.block_on(call::call(options, &origin))
        }
    }
}
