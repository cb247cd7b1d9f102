//! Applies a file that was checked.

use std::path::Path;

use firstkey_app::people::{ImportJoiner, Imported, ResolvedSponsor};
use firstkey_connectors::csv::{Repeated, Row};
use firstkey_domain::Actor;
use firstkey_ports::Joiner;
use futures_util::{StreamExt, stream};

use super::{ImportReport, rows, sponsors::SEVERAL};
use crate::running::HostApp;

/// Rows that are applied at once: while the commits of some wait for the disk, which they do together,
/// others are worked on.
const AT_ONCE: usize = 384;

/// Applies the rows. Those whose sponsor stands further down in the file are read again once that is
/// applied; each round joins one more generation of them.
pub(super) async fn apply(
    app: &HostApp,
    host: &str,
    file: &Path,
    repeated: &Repeated,
    report: &mut ImportReport,
) -> Result<(), String> {
    // The lines to apply, in order; all of them at first.
    let mut lines: Option<Vec<u64>> = None;
    loop {
        let is_wanted =
            |row: &Row| lines.as_ref().is_none_or(|lines| lines.binary_search(&row.line).is_ok());
        let mut waiting = Vec::new();
        let mut again = rows::again(file, repeated)?;
        while let Some(chunk) = rows::chunk(&mut again) {
            let wanted = chunk.into_iter().flatten().filter(is_wanted).collect();
            waiting.extend(apply_rows(app, host, wanted, report).await?);
        }
        if lines.is_some_and(|before| before.len() == waiting.len()) {
            for line in waiting {
                report.refuse_sponsor(line, "this person was not imported");
            }
            return Ok(());
        }
        if waiting.is_empty() {
            return Ok(());
        }
        lines = Some(waiting);
    }
}

/// Applies rows; answers with the lines of those whose sponsor is not known yet.
async fn apply_rows(
    app: &HostApp,
    host: &str,
    rows: Vec<Row>,
    report: &mut ImportReport,
) -> Result<Vec<u64>, String> {
    let (lines, joiners): (Vec<_>, Vec<Joiner>) =
        rows.into_iter().map(|row| (row.line, row.joiner)).unzip();
    let resolved = app.resolve(&joiners).await.map_err(|error| error.to_string())?;
    let mut waiting = Vec::new();
    let mut ready = Vec::with_capacity(joiners.len());
    for ((line, joiner), resolved) in lines.into_iter().zip(joiners).zip(resolved) {
        let sponsor = match resolved.sponsor {
            ResolvedSponsor::None => None,
            ResolvedSponsor::Known(id) => Some(id),
            ResolvedSponsor::Unknown => {
                waiting.push(line);
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
