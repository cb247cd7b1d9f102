//! `log check`: whether the database still says what was logged and signed.
//!
//! Everything is computed again from the stored events: digests, the tree and its root, every state,
//! every row that follows from a state or a note. The first thing that differs is named.
//!
//! The outbox and spent challenges follow from nothing that is logged, and are not checked.

mod against;
mod counted;
mod entries;
mod erasure;
mod fold;
mod logs;
mod report;
mod reservations;
mod rows;
mod sessions;
mod streams;
mod tampering;

use firstkey_log::note::NoteVerifier;
use firstkey_ports::{Archive, Ledger, Queries, RowKey};

use super::lineage::Lineage;
use counted::Counted;
use entries::Walked;
pub use report::{CheckReport, CheckedLog};
pub use tampering::{Change, CheckError, RowName, Tampering};

/// How many things are read at a time.
const CHUNK: u32 = 1024;

/// A store that can be checked.
pub trait Checked: Archive + Ledger + Queries {}

impl<S: Archive + Ledger + Queries> Checked for S {}

/// What to check against.
#[derive(Debug, Clone, Copy)]
pub struct Check<'a> {
    /// The log's key: pinned, or the host's own.
    pub key: &'a NoteVerifier,
    /// The key of row seals, when whoever checks has it: the host does, an auditor with a copy of the
    /// database does not.
    pub rows: Option<&'a RowKey>,
    /// An older receipt or checkpoint, from outside, with which the log must be consistent.
    pub against: Option<&'a str>,
}

/// Checks a store. It must not change meanwhile: open it to be read only, which pins one snapshot.
pub async fn check<S: Checked>(store: &S, check: Check<'_>) -> Result<CheckReport, CheckError> {
    let lineage = Lineage::read(store, check.key).await?;
    let Walked { logs, versions, closed, gap, sessions } = entries::walk(store, &lineage).await?;
    let mut report = CheckReport {
        seals: check.rows.is_some(),
        restores: lineage.restores().map(|(began, restored)| (began, restored.clone())).collect(),
        keys: lineage.keys().iter().map(NoteVerifier::key_id).collect(),
        ..CheckReport::default()
    };
    let verdict = match gap {
        Some((log, index)) => Err(Tampering::LeafRemoved { log, index }.into()),
        None => logs::judge(store, &lineage, logs, &closed, &mut report).await,
    };
    if !is_lacking(&verdict) {
        verdict.clone()?;
    }
    let mut counted = Counted::default();
    streams::compare(store, check.rows, &versions, &mut counted, &mut report).await?;
    verdict?;
    rows::surplus(store, &versions).await?;
    reservations::of_months(store, check.rows, closed.into_keys()).await?;
    reservations::surplus(store, check.rows, &counted, &mut report).await?;
    counted.compare_tallies(store, &mut report).await?;
    sessions.judge(store, &mut report).await?;
    if let Some(older) = check.against {
        report.against = Some(against::consistent(store, &lineage, older).await?);
    }
    Ok(report)
}

/// Whether an entry is gone: its stream, if it misses it, names it best.
const fn is_lacking(verdict: &Result<(), CheckError>) -> bool {
    matches!(
        verdict,
        Err(CheckError::Tampering(Tampering::LeafRemoved { .. } | Tampering::RolledBack { .. }))
    )
}
