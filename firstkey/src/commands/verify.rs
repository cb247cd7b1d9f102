//! `firstkey verify`: offline, with nothing but the receipt and a log key that one trusts already.

use std::{path::Path, process::ExitCode};

use firstkey_app::audit::{self, ReceiptError};
use firstkey_log::{checkpoint::OpenCheckpointError, note::NoteVerifier};

use super::CommandError;
use crate::cli;

/// What may have happened when another key signed.
const OTHER_KEY: &str = "\
If the log's key was rotated after this receipt was made, verify it with the key that you pinned before,
or get a new receipt of the same enrollment. A key that was replaced is not believed by its successor
alone: it may have been stolen.";

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
            if matches!(error, ReceiptError::Checkpoint(OpenCheckpointError::Signature(_))) {
                println!("{OTHER_KEY}");
            }
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
