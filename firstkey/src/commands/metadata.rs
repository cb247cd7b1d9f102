//! `firstkey metadata`: puts a file of the FIDO Metadata Service into force, and says which is.

use std::{path::Path, process::ExitCode};

use firstkey_app::metadata::{ImportMetadata, ImportedMetadata, LONGEST_METADATA, MetadataReport};
use firstkey_domain::Actor;
use firstkey_ports::MetadataFile;
use tokio::{fs::File, io::AsyncReadExt};

use super::{CommandError, say_with};
use crate::{config::Config, control::Request, running::HostApp};

/// Entries that are named; more are counted.
const MOST_NAMED: usize = 20;

/// What to do about missing or old metadata.
const HOW: &str =
    "Download it from https://mds3.fidoalliance.org/ and run: firstkey metadata import FILE";

/// Why a file is not even read.
const TOO_LARGE: &str =
    "the file is too large: metadata has some 10 MB, and at most 64 MiB are read";

/// Runs `import`.
pub fn run(config: &Config, file: &Path) -> Result<ExitCode, CommandError> {
    let wrong =
        |error: &dyn std::fmt::Display| CommandError::said(format!("{}: {error}", file.display()));
    let bytes = std::fs::metadata(file).map_err(|error| wrong(&error))?.len();
    if bytes > LONGEST_METADATA {
        return Err(wrong(&TOO_LARGE));
    }
    say_with(config, Request::ImportMetadata { bytes }, Some(file))
}

/// Puts a file into force; answers with what there is to say.
pub async fn import(app: &HostApp, host: &str, file: &Path) -> Result<String, String> {
    let file = read(file).await?;
    let import = ImportMetadata { host: host.to_owned(), file };
    match app.run(&import).await.map_err(|fault| fault.to_string())? {
        ImportedMetadata::New(report) => {
            let blob = report.in_force.blob;
            let (number, digest) = (blob.number, blob.digest);
            tracing::warn!(event = "metadata.imported", host, number, %digest, "metadata was imported");
            Ok(format!("FIDO metadata number {number} is in force now.\n{}", said(&report)))
        }
        ImportedMetadata::Same(report) => Ok(format!(
            "This file, number {}, was in force already: nothing was changed.\n{}",
            report.in_force.blob.number,
            said(&report)
        )),
    }
}

/// Reads no more than is taken, whatever becomes of the file meanwhile.
async fn read(file: &Path) -> Result<MetadataFile, String> {
    let mut bytes = Vec::new();
    let opened = File::open(file).await.map_err(|error| error.to_string())?;
    let reading = opened.take(LONGEST_METADATA + 1).read_to_end(&mut bytes).await;
    reading.map_err(|error| error.to_string())?;
    if bytes.len() as u64 > LONGEST_METADATA {
        return Err(TOO_LARGE.to_owned());
    }
    Ok(MetadataFile::new(bytes))
}

/// Says which metadata is in force.
pub async fn show(app: &HostApp) -> Result<String, String> {
    let report = app.metadata_report().await.map_err(|fault| fault.to_string())?;
    Ok(match report {
        Some(report) => {
            let imported = report.in_force.imported.strftime("%F %H:%M UTC");
            let by = match &report.in_force.by {
                Actor::Host(user) => format!(", imported by {user} on the host"),
                _ => String::new(),
            };
            let number = report.in_force.blob.number;
            format!(
                "FIDO metadata number {number} is in force since {imported}{by}.\n{}",
                said(&report)
            )
        }
        None => format!(
            "No FIDO metadata was imported: nothing is known about models of authenticators, and \
             nobody vouches for any. {HOW}"
        ),
    })
}

/// What there is to say about it in any case, without a line break at the end.
fn said(report: &MetadataReport) -> String {
    let MetadataReport { models, set_aside, unreadable_roots, .. } = report;
    let next = report.in_force.blob.next_update;
    let mut lines = vec![if report.is_stale {
        format!("Models known: {models}. It is OUT OF DATE: a newer one was due by {next}. {HOW}")
    } else {
        format!("Models known: {models}. A newer one is due by {next}.")
    }];
    let count = set_aside.len();
    if count > 0 {
        lines.push(format!(
            "Entries set aside: {count}. Nobody vouches for their models, which count as revoked:"
        ));
    }
    lines.extend(set_aside.iter().take(MOST_NAMED).map(|entry| {
        let model = entry.aaguid.map(|aaguid| format!(", {aaguid}")).unwrap_or_default();
        format!("  entry {}{model}: {}", entry.index, entry.reason)
    }));
    if count > MOST_NAMED {
        lines.push(format!("  … and {} more", count - MOST_NAMED));
    }
    if *unreadable_roots > 0 {
        lines.push(format!(
            "{unreadable_roots} root certificates in it cannot be read, and vouch for nobody."
        ));
    }
    lines.join("\n")
}
