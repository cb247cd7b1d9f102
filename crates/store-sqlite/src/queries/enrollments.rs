//! Enrollments: by key, by whom they wait for, and page by page.

use firstkey_domain::{EnrollmentId, PersonId};
use firstkey_ports::{
    After, EnrollmentFilter, EnrollmentRow, OpenNow, Stage, Waiting, WaitingAfter,
};
use jiff::Timestamp;
use rusqlite::{Connection, Params, Result, params};

use super::{all, below, one, people};
use crate::{
    columns::Columns,
    readers::snapshot,
    rows::{attempt_at, enrollment_at},
    sql,
};

pub(super) fn get(connection: &Connection, id: EnrollmentId) -> Result<Option<EnrollmentRow>> {
    one(connection, sql::ENROLLMENTS_GET, [id.uuid().as_bytes()], enrollment_at)
}

pub(super) fn page(
    connection: &Connection,
    filter: &EnrollmentFilter,
    after: After,
    limit: u32,
) -> Result<Vec<Waiting>> {
    let below = below(after);
    snapshot(connection, |connection| match *filter {
        EnrollmentFilter { stage: Some(stage), open: true, .. } if stage.is_closed() => {
            Ok(Vec::new())
        }
        EnrollmentFilter { person: Some(person), stage, open } => {
            let (person, stage) = (person.uuid(), stage.map(Stage::name));
            let params = params![below, limit, person.as_bytes(), stage, open];
            listed(connection, sql::ENROLLMENTS_PAGE_OF_PERSON, params)
        }
        EnrollmentFilter { stage: Some(stage), .. } => {
            let params = params![below, limit, stage.name()];
            listed(connection, sql::ENROLLMENTS_PAGE_AT_STAGE, params)
        }
        EnrollmentFilter { open: true, .. } => {
            listed(connection, sql::ENROLLMENTS_PAGE_OPEN, params![below, limit])
        }
        EnrollmentFilter { .. } => listed(connection, sql::ENROLLMENTS_PAGE, params![below, limit]),
    })
}

pub(super) fn waiting_for(
    connection: &Connection,
    sponsor: PersonId,
    after: Option<WaitingAfter>,
    limit: u32,
) -> Result<Vec<Waiting>> {
    // A page that begins at the beginning is below everything.
    let has_browser = after.is_none_or(|after| after.has_browser);
    let below = below(After(after.map(|after| after.enrollment.uuid())));
    let sponsor = sponsor.uuid();
    snapshot(connection, |connection| {
        let params = params![sponsor.as_bytes(), has_browser, below, limit];
        listed(connection, sql::ENROLLMENTS_WAITING_FOR, params)
    })
}

pub(super) fn open_now(connection: &Connection, limit: u32) -> Result<OpenNow> {
    snapshot(connection, |connection| {
        Ok(OpenNow {
            enrollments: listed(connection, sql::ENROLLMENTS_OPEN_BY_END, [limit])?,
            attempts: all(connection, sql::ATTEMPTS_BY_END, [limit], attempt_at)?,
        })
    })
}

pub(super) fn reported_unexpected(
    connection: &Connection,
    limit: u32,
) -> Result<Vec<(Waiting, Timestamp)>> {
    snapshot(connection, |connection| {
        let read =
            |row: &rusqlite::Row<'_>| Ok((EnrollmentId::from_uuid(row.uuid(0)?), row.time(1)?));
        let mut listed = Vec::new();
        for (id, at) in all(connection, sql::UNEXPECTED_NEWEST, [limit], read)? {
            listed.extend(waiting(connection, id)?.map(|waiting| (waiting, at)));
        }
        Ok(listed)
    })
}

/// The enrollments that a statement lists, with their people.
fn listed(connection: &Connection, sql: &str, params: impl Params) -> Result<Vec<Waiting>> {
    let ids = all(connection, sql, params, |row| row.uuid(0).map(EnrollmentId::from_uuid))?;
    let mut listed = Vec::with_capacity(ids.len());
    for id in ids {
        listed.extend(waiting(connection, id)?);
    }
    Ok(listed)
}

/// An enrollment with its person.
fn waiting(connection: &Connection, id: EnrollmentId) -> Result<Option<Waiting>> {
    let Some(enrollment) = get(connection, id)? else { return Ok(None) };
    let person = people::get(connection, enrollment.person)?;
    Ok(person.map(|person| Waiting { enrollment, person }))
}
