//! Checks every row and every sponsor of a file. Applies nothing.
//!
//! The file is read up to three times, so that memory holds little of it: for the faults of each row; for
//! the sponsors whom nobody here is, but who may be in the file; and for the lines of what was found to be
//! wrong with either, or named twice.

use std::path::Path;

use firstkey_connectors::csv::{Repeated, RowFault};

use super::{ImportReport, rows, sponsors::Sponsors};
use crate::running::HostApp;

pub(super) async fn check(app: &HostApp, file: &Path) -> Result<(ImportReport, Repeated), String> {
    let mut report = ImportReport::default();
    let mut sponsors = Sponsors::default();
    let mut first = rows::first(file)?;
    while let Some(chunk) = rows::chunk(&mut first) {
        let mut named = Vec::new();
        for row in chunk {
            match row {
                Ok(row) => named.extend(row.joiner.sponsor),
                Err(error) => {
                    report.broken_off |= error.ends_reading();
                    report.refuse(error.to_string());
                }
            }
        }
        sponsors.look_up(app, named).await?;
    }
    let repeated = first.repeated();
    if sponsors.are_missing() {
        for row in rows::first(file)?.flatten() {
            sponsors.find_in_file(&row.joiner);
        }
    }
    if !repeated.is_empty() || sponsors.are_faulty() {
        say_where(file, &repeated, &sponsors, &mut report)?;
    }
    Ok((report, repeated))
}

/// Reports the lines of what no row shows by itself.
fn say_where(
    file: &Path,
    repeated: &Repeated,
    sponsors: &Sponsors,
    report: &mut ImportReport,
) -> Result<(), String> {
    for row in rows::again(file, repeated)? {
        match row {
            Ok(row) => {
                if let Some(fault) =
                    row.joiner.sponsor.as_ref().and_then(|name| sponsors.fault(name))
                {
                    report.refuse_sponsor(row.line, fault);
                }
            }
            Err(error) if matches!(error.reason, RowFault::SameAs { .. }) => {
                report.refuse(error.to_string());
            }
            // Reported when it was read for the first time.
            Err(_) => {}
        }
    }
    Ok(())
}
