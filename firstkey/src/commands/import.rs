//! `firstkey import`: every row is checked first; nothing is applied unless all are good or
//! `--skip-invalid` says so. Importing the same file again changes nothing.

use std::{
    collections::HashSet,
    fs::File,
    io::{self, BufReader},
    path::Path,
    process::ExitCode,
};

use firstkey_app::people::{ImportJoiner, Imported, ResolvedSponsor};
use firstkey_connectors::csv::{self, Row};
use firstkey_domain::Actor;
use firstkey_ports::{Joiner, SponsorRef};
use futures_util::{StreamExt, stream};
use serde::{Deserialize, Serialize};

use super::{CommandError, ask};
use crate::{
    cli,
    config::Config,
    control::{Request, Response},
    running::HostApp,
};

/// Rows that are resolved together.
const CHUNK: usize = 512;
/// Rows that are applied at once, so that their commits share a sync.
const AT_ONCE: usize = 64;
/// Bad rows that are reported; more are counted.
const MOST_REPORTED: usize = 100;
/// What is said of a sponsor whom the file does not tell from others.
const SEVERAL: &str = "several people here have this address; name the sponsor by identifier";

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
    let mut report = check(app, file).await?;
    if report.broken_off || (report.refused > 0 && !skip_invalid) {
        return Ok(report);
    }
    report.applied = true;
    let mut waiting = Vec::new();
    for chunk in chunks(open(file)?) {
        let rows = chunk.into_iter().filter_map(Result::ok).collect();
        waiting.extend(apply(app, host, rows, &mut report).await?);
    }
    // Whose sponsor stood further down in the file; each round joins one more generation of them.
    while !waiting.is_empty() {
        let before = waiting.len();
        let mut left = Vec::new();
        let mut rows = std::mem::take(&mut waiting).into_iter().peekable();
        while rows.peek().is_some() {
            let chunk = rows.by_ref().take(CHUNK).collect();
            left.extend(apply(app, host, chunk, &mut report).await?);
        }
        if left.len() == before {
            for row in left {
                report.refuse_sponsor(row.line, "this person was not imported");
            }
            break;
        }
        waiting = left;
    }
    Ok(report)
}

type Rows = csv::Rows<BufReader<File>>;

fn open(file: &Path) -> Result<Rows, String> {
    let opened = File::open(file).map_err(|error: io::Error| error.to_string())?;
    csv::read(BufReader::new(opened)).map_err(|error| error.to_string())
}

fn chunks(rows: Rows) -> impl Iterator<Item = Vec<Result<Row, csv::RowError>>> {
    let mut rows = rows;
    std::iter::from_fn(move || {
        let chunk: Vec<_> = rows.by_ref().take(CHUNK).collect();
        (!chunk.is_empty()).then_some(chunk)
    })
}

/// Checks every row and every sponsor. Applies nothing.
async fn check(app: &HostApp, file: &Path) -> Result<ImportReport, String> {
    let mut report = ImportReport::default();
    let mut named: HashSet<u64> = HashSet::new();
    let mut sponsors = Vec::new();
    for chunk in chunks(open(file)?) {
        let mut rows = Vec::with_capacity(chunk.len());
        for row in chunk {
            match row {
                Ok(row) => rows.push(row),
                Err(error) => {
                    report.broken_off |= error.ends_reading();
                    report.refuse(error.to_string());
                }
            }
        }
        let joiners: Vec<Joiner> = rows.iter().map(|row| row.joiner.clone()).collect();
        let resolved = app.resolve(&joiners).await.map_err(|error| error.to_string())?;
        for (row, resolved) in rows.iter().zip(resolved) {
            if resolved.sponsor == ResolvedSponsor::Several {
                report.refuse_sponsor(row.line, SEVERAL);
            }
            named.insert(fingerprint(&row.joiner.external_id));
            named.insert(fingerprint(&row.joiner.personal_email.to_lowercase()));
            if resolved.sponsor == ResolvedSponsor::Unknown
                && let Some(sponsor) = &row.joiner.sponsor
            {
                sponsors.push((row.line, fingerprint(&sponsor_name(sponsor))));
            }
        }
    }
    for (line, sponsor) in sponsors {
        if !named.contains(&sponsor) {
            let why = "nobody here or in this file has this address or identifier";
            report.refuse_sponsor(line, why);
        }
    }
    Ok(report)
}

fn sponsor_name(sponsor: &SponsorRef) -> String {
    match sponsor {
        SponsorRef::Email(address) => address.to_lowercase(),
        SponsorRef::ExternalId(id) => id.clone(),
    }
}

/// Eight bytes for a name, so that a million rows need some tens of megabytes. Two names that share
/// them would only let a row wait for a sponsor who never comes, which is reported too.
fn fingerprint(name: &str) -> u64 {
    let digest = firstkey_domain::Digest::of(name.as_bytes());
    let mut short = [0; 8];
    short.copy_from_slice(&digest.as_bytes()[..8]);
    u64::from_be_bytes(short)
}

/// Applies rows; answers with those whose sponsor is not known yet.
async fn apply(
    app: &HostApp,
    host: &str,
    rows: Vec<Row>,
    report: &mut ImportReport,
) -> Result<Vec<Row>, String> {
    let (lines, joiners): (Vec<_>, Vec<_>) =
        rows.into_iter().map(|row| (row.line, row.joiner)).unzip();
    let resolved = app.resolve(&joiners).await.map_err(|error| error.to_string())?;
    let mut waiting = Vec::new();
    let mut ready = Vec::with_capacity(joiners.len());
    for ((line, joiner), resolved) in lines.into_iter().zip(joiners).zip(resolved) {
        let sponsor = match resolved.sponsor {
            ResolvedSponsor::None => None,
            ResolvedSponsor::Known(id) => Some(id),
            ResolvedSponsor::Unknown => {
                waiting.push(Row { line, joiner });
                continue;
            }
            ResolvedSponsor::Several => {
                report.refuse_sponsor(line, SEVERAL);
                continue;
            }
        };
        let row = ImportJoiner {
            by: Actor::Host(host.to_owned()),
            joiner,
            known: resolved.known,
            sponsor,
            name_try: 0,
            invite: true,
            bulk: true,
        };
        ready.push((line, row));
    }
    let mut outcomes = stream::iter(ready)
        .map(|(line, row)| async move {
            let external_id = row.joiner.external_id.clone();
            (line, external_id, app.import_joiner(row).await)
        })
        .buffer_unordered(AT_ONCE);
    while let Some((line, external_id, outcome)) = outcomes.next().await {
        match outcome {
            Ok(Imported::Joined(_)) => report.joined += 1,
            Ok(Imported::Changed(_)) => report.changed += 1,
            Ok(Imported::Same(_)) => report.same += 1,
            Err(fault) => report.refuse(format!("line {line}, {external_id}: {fault}")),
        }
    }
    Ok(waiting)
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
