//! Rule 18: a confidential part is there, or an erasure that was logged names it. Everything else is
//! tampering.

use firstkey_domain::{
    PersonId, Recorded, StreamId,
    enrollment::EnrollmentEvent,
    person::{ErasedPart, PersonEvent},
};
use firstkey_ports::StoredEntry;

use super::{CheckError, Checked, Tampering};

/// Judges the absences of a person's stream, and that what their erasure names is gone everywhere.
pub(super) async fn of_person<S: Checked>(
    store: &S,
    stream: StreamId,
    entries: &[StoredEntry],
) -> Result<(), CheckError> {
    let parts = parts(entries);
    absences(stream, entries, &parts)?;
    for part in &parts {
        presences(part, &store.entries(part.stream).await?)?;
    }
    Ok(())
}

/// Judges the absences of an enrollment's stream by the erasure of whom it was for.
pub(super) async fn of_enrollment<S: Checked>(
    store: &S,
    stream: StreamId,
    entries: &[StoredEntry],
) -> Result<(), CheckError> {
    if entries.iter().any(is_absent) {
        let parts = match person(entries) {
            Some(person) => parts(&store.entries(person.into()).await?),
            None => Vec::new(),
        };
        absences(stream, entries, &parts)?;
    }
    Ok(())
}

/// For whom an enrollment was opened.
fn person(entries: &[StoredEntry]) -> Option<PersonId> {
    let recorded: Recorded<EnrollmentEvent> =
        serde_json::from_slice(&entries.first()?.open).ok()?;
    match recorded.event {
        EnrollmentEvent::Opened { person, .. } => Some(person),
        _ => None,
    }
}

/// No kind of event of other streams has a confidential part that could be erased.
pub(super) fn of_other(stream: StreamId, entries: &[StoredEntry]) -> Result<(), Tampering> {
    absences(stream, entries, &[])
}

/// What a person's erasure names; nothing unless they were erased.
fn parts(entries: &[StoredEntry]) -> Vec<ErasedPart> {
    // The erasure comes last or nearly so, and what does not decode is found when it is folded.
    let mut newest = entries.iter().rev();
    let found = newest.find_map(|entry| {
        match serde_json::from_slice::<Recorded<PersonEvent>>(&entry.open).ok()?.event {
            PersonEvent::Erased { parts, .. } => Some(parts),
            _ => None,
        }
    });
    found.unwrap_or_default()
}

const fn is_absent(entry: &StoredEntry) -> bool {
    entry.inner.is_some() && entry.sealed.is_none()
}

fn absences(
    stream: StreamId,
    entries: &[StoredEntry],
    parts: &[ErasedPart],
) -> Result<(), Tampering> {
    for entry in entries.iter().filter(|entry| is_absent(entry)) {
        let Some((_, version)) = entry.stream else { continue };
        let is_named =
            |part: &ErasedPart| part.stream == stream && part.versions.contains(&version);
        if !parts.iter().any(is_named) {
            return Err(Tampering::ConfidentialRemoved { stream, version });
        }
    }
    Ok(())
}

fn presences(part: &ErasedPart, entries: &[StoredEntry]) -> Result<(), Tampering> {
    let stream = part.stream;
    for version in &part.versions {
        let entry = entries.iter().find(|entry| entry.stream == Some((stream, *version)));
        if entry.is_some_and(|entry| entry.sealed.is_some()) {
            return Err(Tampering::ConfidentialRestored { stream, version: *version });
        }
    }
    Ok(())
}
