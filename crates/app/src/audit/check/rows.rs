//! Rows beside the states from which they follow, and rows that follow from nothing.

use std::collections::BTreeMap;

use firstkey_domain::{
    StreamId, enrollment::Enrollment, metadata::MetadataInForce, person::Person,
};
use firstkey_ports::{
    After, AttemptRow, AuthenticatorRow, EnrollmentFilter, PeopleFilter, RoleRow, RowKey, RowSeal,
    person_words, project,
};

use super::{CHUNK, Change, CheckError, CheckReport, Checked, RowName, Tampering};

/// Without the key, a row is compared but for its seal.
const UNSEALED: [u8; 32] = [0; 32];

/// A person's rows are what the state says.
pub(super) async fn person<S: Checked>(
    store: &S,
    key: Option<&RowKey>,
    person: &Person,
    report: &mut CheckReport,
) -> Result<(), CheckError> {
    let without_key = RowKey::new(&UNSEALED);
    let sealing = key.unwrap_or(&without_key);
    let row = store.person(person.id).await?;
    let expected = project::person_row(person);
    one(RowName::Person(person.id), row.as_ref(), &expected)?;
    let words = store.words_of(person.id).await?;
    one(RowName::Words(person.id), Some(&words), &person_words(&expected))?;
    report.people += 1;

    let found = store.authenticators(person.id).await?;
    let expected = project::authenticator_rows(person, sealing);
    for row in &found {
        let name = RowName::Authenticator(row.id, row.person);
        let made = expected.iter().find(|made| made.id == row.id);
        let made = made.ok_or(Tampering::Row { row: name, change: Change::Inserted })?;
        authenticator(name, row, made, key.is_some())?;
    }
    if let Some(lost) = expected.iter().find(|made| found.iter().all(|row| row.id != made.id)) {
        let row = RowName::Authenticator(lost.id, lost.person);
        return Err(Tampering::Row { row, change: Change::Removed }.into());
    }
    report.authenticators += found.len() as u64;

    let found = store.roles(person.id).await?;
    let expected = project::role_rows(person, sealing);
    for row in &found {
        let name = RowName::Role(row.person, row.role);
        let made = expected.iter().find(|made| made.role == row.role);
        let made = made.ok_or(Tampering::Row { row: name, change: Change::Inserted })?;
        role(name, row, made, key.is_some())?;
    }
    if let Some(lost) = expected.iter().find(|made| found.iter().all(|row| row.role != made.role)) {
        let row = RowName::Role(lost.person, lost.role);
        return Err(Tampering::Row { row, change: Change::Removed }.into());
    }
    report.roles += found.len() as u64;
    Ok(())
}

/// An enrollment's rows are what the state says.
pub(super) async fn enrollment<S: Checked>(
    store: &S,
    enrollment: &Enrollment,
    report: &mut CheckReport,
) -> Result<(), CheckError> {
    let row = store.enrollment(enrollment.id).await?;
    let expected = project::enrollment_row(enrollment);
    one(RowName::Enrollment(enrollment.id), row.as_ref(), &expected)?;
    report.enrollments += 1;

    let found = store.attempts_of(enrollment.id).await?;
    let expected = project::attempt_rows(enrollment);
    let name = |row: &AttemptRow| RowName::Attempt(row.id, row.enrollment);
    for row in &found {
        let made = expected.iter().find(|made| made.id == row.id);
        let made =
            made.ok_or_else(|| Tampering::Row { row: name(row), change: Change::Inserted })?;
        one(name(row), Some(row), made)?;
    }
    for made in &expected {
        one(name(made), found.iter().find(|row| row.id == made.id), made)?;
    }
    report.attempts += found.len() as u64;
    Ok(())
}

/// The file of the metadata in force is the one that was imported.
pub(super) async fn metadata<S: Checked>(
    store: &S,
    in_force: &MetadataInForce,
    report: &mut CheckReport,
) -> Result<(), CheckError> {
    let found = store.metadata_file().await?.map(|file| file.digest());
    one(RowName::Metadata, found.as_ref(), &in_force.blob.digest)?;
    report.metadata = Some(in_force.blob.number);
    Ok(())
}

fn one<T: PartialEq>(row: RowName, found: Option<&T>, expected: &T) -> Result<(), Tampering> {
    match found {
        Some(found) if found == expected => Ok(()),
        Some(_) => Err(Tampering::Row { row, change: Change::Altered }),
        None => Err(Tampering::Row { row, change: Change::Removed }),
    }
}

/// When it was last used and its counter are the row's own; the counter never goes back.
fn authenticator(
    name: RowName,
    found: &AuthenticatorRow,
    expected: &AuthenticatorRow,
    has_key: bool,
) -> Result<(), Tampering> {
    let said = AuthenticatorRow {
        last_used: found.last_used,
        sign_count: found.sign_count.max(expected.sign_count),
        seal: found.seal,
        ..expected.clone()
    };
    one(name, Some(found), &said)?;
    sealed(name, found.seal, expected.seal, has_key)
}

fn role(
    name: RowName,
    found: &RoleRow,
    expected: &RoleRow,
    has_key: bool,
) -> Result<(), Tampering> {
    one(name, Some(found), &RoleRow { seal: found.seal, ..expected.clone() })?;
    sealed(name, found.seal, expected.seal, has_key)
}

fn sealed(row: RowName, found: RowSeal, made: RowSeal, has_key: bool) -> Result<(), Tampering> {
    if has_key && found != made {
        return Err(Tampering::Row { row, change: Change::SealBroken });
    }
    Ok(())
}

/// Rows of people and enrollments that have no stream. What has a stream was compared with it.
pub(super) async fn surplus<S: Checked>(
    store: &S,
    streams: &BTreeMap<StreamId, u64>,
) -> Result<(), CheckError> {
    let known = |stream: StreamId| streams.contains_key(&stream);
    let inserted = |row| CheckError::from(Tampering::Row { row, change: Change::Inserted });

    if !known(StreamId::METADATA) && store.metadata_file().await?.is_some() {
        return Err(inserted(RowName::Metadata));
    }
    let mut last = None;
    loop {
        let chunk = store.authenticators_after(last, CHUNK).await?;
        let Some(end) = chunk.last() else { break };
        last = Some(end.id);
        if let Some(row) = chunk.iter().find(|row| !known(row.person.into())) {
            return Err(inserted(RowName::Authenticator(row.id, row.person)));
        }
    }
    let mut last = None;
    loop {
        let chunk = store.roles_after(last, CHUNK).await?;
        let Some(end) = chunk.last() else { break };
        last = Some((end.person, end.role));
        if let Some(row) = chunk.iter().find(|row| !known(row.person.into())) {
            return Err(inserted(RowName::Role(row.person, row.role)));
        }
    }
    let mut last = None;
    loop {
        let chunk = store.attempts_after(last, CHUNK).await?;
        let Some(end) = chunk.last() else { break };
        last = Some(end.id);
        if let Some(row) = chunk.iter().find(|row| !known(row.enrollment.into())) {
            return Err(inserted(RowName::Attempt(row.id, row.enrollment)));
        }
    }
    let mut after = After::default();
    loop {
        let chunk = store.people(&PeopleFilter::default(), after, CHUNK).await?;
        let Some(end) = chunk.last() else { break };
        after = After(Some(end.id.uuid()));
        if let Some(row) = chunk.iter().find(|row| !known(row.id.into())) {
            return Err(inserted(RowName::Person(row.id)));
        }
    }
    let mut after = After::default();
    loop {
        let chunk = store.enrollments(&EnrollmentFilter::default(), after, CHUNK).await?;
        let Some(end) = chunk.last() else { break };
        after = After(Some(end.enrollment.id.uuid()));
        if let Some(row) = chunk.iter().find(|row| !known(row.enrollment.id.into())) {
            return Err(inserted(RowName::Enrollment(row.enrollment.id)));
        }
    }
    Ok(())
}
