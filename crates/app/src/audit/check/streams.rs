//! Every stream: its state, and the rows that follow from it.

use std::collections::{BTreeMap, BTreeSet};

use firstkey_domain::{
    StreamId, StreamKind, enrollment::Enrollment, log::Log, machine_key::MachineKey,
    metadata::MetadataInForce, person::Person, policy::Policy,
};
use firstkey_ports::{RowKey, Stored};

use super::{
    CHUNK, CheckError, CheckReport, Checked, Tampering, counted::Counted, erasure, fold::fold,
    reservations, rows,
};

/// Compares every state with its events, and its rows with the state.
pub(super) async fn compare<S: Checked>(
    store: &S,
    key: Option<&RowKey>,
    versions: &BTreeMap<StreamId, u64>,
    counted: &mut Counted,
    report: &mut CheckReport,
) -> Result<(), CheckError> {
    let mut last = None;
    let mut seen = BTreeSet::new();
    loop {
        let chunk = store.states_after(last, CHUNK).await?;
        let Some(end) = chunk.last() else { break };
        last = Some(end.stream);
        for stored in chunk {
            one(store, key, &stored, counted, report).await?;
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
    counted: &mut Counted,
    report: &mut CheckReport,
) -> Result<(), CheckError> {
    let stream = stored.stream;
    let entries = store.entries(stream).await?;
    match stream.kind() {
        StreamKind::Person => {
            erasure::of_person(store, stream, &entries).await?;
            let folded = fold::<Person>(stored, &entries, key)?;
            rows::person(store, key, &folded.state, report).await?;
            counted.held(store, reservations::of_person(&folded.state, key)).await?;
            counted.moved(folded.tallies, folded.figures);
            report.erased += u64::from(folded.state.is_erased());
        }
        StreamKind::Enrollment => {
            erasure::of_enrollment(store, stream, &entries).await?;
            let folded = fold::<Enrollment>(stored, &entries, key)?;
            rows::enrollment(store, &folded.state, report).await?;
            counted.held(store, reservations::of_enrollment(&folded)).await?;
            counted.moved(folded.tallies, folded.figures);
        }
        StreamKind::Policy => {
            erasure::of_other(stream, &entries)?;
            let folded = fold::<Policy>(stored, &entries, key)?;
            counted.moved(folded.tallies, folded.figures);
        }
        StreamKind::Metadata => {
            erasure::of_other(stream, &entries)?;
            let folded = fold::<MetadataInForce>(stored, &entries, key)?;
            rows::metadata(store, &folded.state, report).await?;
            counted.moved(folded.tallies, folded.figures);
        }
        StreamKind::Log => {
            erasure::of_other(stream, &entries)?;
            let folded = fold::<Log>(stored, &entries, key)?;
            counted.moved(folded.tallies, folded.figures);
        }
        StreamKind::MachineKey => {
            erasure::of_other(stream, &entries)?;
            let folded = fold::<MachineKey>(stored, &entries, key)?;
            counted.moved(folded.tallies, folded.figures);
        }
    }
    report.streams += 1;
    report.events += entries.len() as u64;
    Ok(())
}
