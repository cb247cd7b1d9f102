//! `firstkey verify`: offline, with nothing but the receipt and a log key that one trusts already.

use std::{path::Path, process::ExitCode};

use firstkey_app::audit;
use firstkey_log::note::NoteVerifier;

use super::CommandError;
use crate::cli;

/// Verifies a receipt.
pub fn run(options: &cli::Verify) -> Result<ExitCode, CommandError> {
    let key = read_key(&options.key)?;
    let receipt = std::fs::read(&options.receipt)
        .map_err(|error| CommandError::said(format!("{}: {error}", options.receipt.display())))?;
    match audit::verify_json(&receipt, &key) {
        Ok(verified) => {
            println!("{verified}");
            Ok(ExitCode::SUCCESS)
        }
        Err(error) => {
            println!("This receipt proves nothing: {error}");
            Ok(ExitCode::FAILURE)
        }
    }
}

/// A log key, or the file that holds one.
pub fn read_key(text: &str) -> Result<NoteVerifier, CommandError> {
    let text =
        if Path::new(text).exists() { std::fs::read_to_string(text)? } else { text.to_owned() };
    text.trim().parse().map_err(|error| CommandError::said(format!("the log key: {error}")))
}
