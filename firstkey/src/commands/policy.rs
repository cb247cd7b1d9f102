//! `firstkey policy check` and `show`.

use std::{io, path::Path, process::ExitCode};

use firstkey_policy::{DEFAULT, Engine, SMALL_ORGANISATION};

use super::CommandError;
use crate::cli::policy::Pack;

/// Validates a policy strictly.
pub fn check(file: Option<&Path>) -> Result<ExitCode, CommandError> {
    let text = match file {
        Some(file) => std::fs::read_to_string(file)?,
        None => DEFAULT.to_owned(),
    };
    match Engine::load(&text) {
        Ok(engine) => {
            println!(
                "The policy is valid: {} rules, digest {}.",
                engine.rules().len(),
                engine.digest()
            );
            for rule in engine.rules() {
                let verb = if rule.permits { "permits" } else { "forbids" };
                println!("  {} {verb}: {}", rule.id, rule.reason);
            }
            let groups: Vec<_> = engine.named_groups().iter().map(String::as_str).collect();
            if !groups.is_empty() {
                println!("Whoever is in one of these groups is privileged: {}.", groups.join(", "));
            }
            Ok(ExitCode::SUCCESS)
        }
        Err(faults) => {
            eprintln!("{faults}");
            Ok(ExitCode::FAILURE)
        }
    }
}

/// Prints a policy that ships with this binary.
pub fn show(pack: Pack) -> ExitCode {
    print!("{}", shipped(pack));
    ExitCode::SUCCESS
}

/// The policy that is to be put into force: a file's, or one that ships.
pub fn chosen(file: Option<&Path>, pack: Option<Pack>) -> io::Result<String> {
    file.map_or_else(|| Ok(shipped(pack.unwrap_or_default()).to_owned()), std::fs::read_to_string)
}

const fn shipped(pack: Pack) -> &'static str {
    match pack {
        Pack::Default => DEFAULT,
        Pack::SmallOrganisation => SMALL_ORGANISATION,
    }
}
