//! Every stream: its state, and the rows that follow from it.

use std::collections::{BTreeMap, BTreeSet};

use firstkey_domain::{
    StreamId, StreamKind, enrollment::Enrollment, person::Person, policy::Policy,
};
use firstkey_ports::{RowKey, Stored};

use super::{CHUNK, CheckError, CheckReport, Checked, Tampering, fold::fold, rows};

/// Compares every state with its events, and its rows with the state.
pub(super) async fn compare<S: Checked>(
    store: &S,
    key: Option<&RowKey>,
    versions: &BTreeMap<StreamId, u64>,
    report: &mut CheckReport,
) -> Result<(), CheckError> {
    let mut last = None;
    let mut seen = BTreeSet::new();
    loop {
        let chunk = store.states_after(last, CHUNK).await?;
        let Some(end) = chunk.last() else { break };
        last = Some(end.stream);
        for stored in chunk {
            one(store, key, &stored, report).await?;
            seen.insert(stored.stream);
        }
    }
    match versions.keys().find(|stream| !seen.contains(stream)) {
        Some(stream) => Err(Tampering::StateRemoved(*stream).into()),
        None => Ok(()),
    }
}

async fn one<S: Checked>(
    store: &S,
    key: Option<&RowKey>,
    stored: &Stored,
    report: &mut CheckReport,
) -> Result<(), CheckError> {
    let entries = store.entries(stored.stream).await?;
    match stored.stream.kind() {
        StreamKind::Person => {
            let person: Person = fold(stored, &entries, key)?;
            rows::person(store, key, &person, report).await?;
        }
        StreamKind::Enrollment => {
            let enrollment: Enrollment = fold(stored, &entries, key)?;
            rows::enrollment(store, &enrollment, report).await?;
        }
        StreamKind::Policy => drop(fold::<Policy>(stored, &entries, key)?),
    }
    report.streams += 1;
    report.events += entries.len() as u64;
    Ok(())
}
