//! `firstkey import`: every row is checked first; nothing is applied unless all are good or
//! `--skip-invalid` says so. Importing the same file again changes nothing.

mod apply;
mod check;
mod rows;
mod sponsors;

use std::{collections::HashSet, path::Path, process::ExitCode};

use serde::{Deserialize, Serialize};

use super::{CommandError, ask};
use crate::{
    cli,
    config::Config,
    control::{Request, Response},
    running::HostApp,
};

/// Bad rows that are reported; more are counted.
const MOST_REPORTED: usize = 100;

/// What became of a file.
#[derive(Debug, Default, Serialize, Deserialize)]
pub struct ImportReport {
    /// People who are new.
    pub joined: u64,
    /// People of whom something differed.
    pub changed: u64,
    /// People of whom nothing differed.
    pub same: u64,
    /// Rows that were not applied.
    pub refused: u64,
    /// What is wrong with them, the first hundred. Says whose row it is by line and HR's identifier:
    /// for whoever holds the file, and not for the log.
    pub problems: Vec<String>,
    /// Whether the file could not be read to its end; then nothing of it is applied.
    pub broken_off: bool,
    /// Lines that were refused for their sponsor: none is counted again when the others are applied.
    #[serde(skip)]
    refused_sponsors: HashSet<u64>,
    /// Whether anything was applied.
    pub applied: bool,
}

/// Runs the command.
pub async fn run(config: &Config, options: &cli::Import) -> Result<ExitCode, CommandError> {
    let bytes = std::fs::metadata(&options.file)
        .map_err(|error| CommandError::said(format!("{}: {error}", options.file.display())))?
        .len();
    let request = Request::Import { skip_invalid: options.skip_invalid, bytes };
    match Box::pin(ask(config, request, Some(&options.file))).await? {
        Response::Imported(report) => Ok(say(&report)),
        Response::Refused(reason) => Err(CommandError::said(reason)),
        other => Err(CommandError::said(format!("the server answered something else: {other:?}"))),
    }
}

fn say(report: &ImportReport) -> ExitCode {
    for problem in &report.problems {
        eprintln!("{problem}");
    }
    let unsaid = report.refused.saturating_sub(report.problems.len() as u64);
    if unsaid > 0 {
        eprintln!("… and {unsaid} more");
    }
    if report.applied {
        println!(
            "{} joined, {} changed, {} unchanged, {} refused.",
            report.joined, report.changed, report.same, report.refused
        );
    } else {
        let advice = if report.broken_off {
            "Mend the file and import it again."
        } else {
            "Mend the rows above, or import the others with --skip-invalid."
        };
        eprintln!("Nothing was imported. {advice}");
    }
    if report.refused == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

/// Checks a file, then applies it.
pub async fn import(
    app: &HostApp,
    host: &str,
    file: &Path,
    skip_invalid: bool,
) -> Result<ImportReport, String> {
    let (mut report, repeated) = check::check(app, file).await?;
    if report.broken_off || (report.refused > 0 && !skip_invalid) {
        return Ok(report);
    }
    report.applied = true;
    apply::apply(app, host, file, &repeated, &mut report).await?;
    Ok(report)
}

impl ImportReport {
    fn refuse(&mut self, problem: String) {
        self.refused += 1;
        if self.problems.len() < MOST_REPORTED {
            self.problems.push(problem);
        }
    }

    /// Refuses a row for its sponsor, once.
    fn refuse_sponsor(&mut self, line: u64, why: &str) {
        if self.refused_sponsors.insert(line) {
            self.refuse(format!("line {line}, sponsor: {why}"));
        }
    }
}
