//! Enrollments and their attempts.

use firstkey_domain::{AttemptId, EnrollmentId, KeyThumbprint, PersonId, enrollment::Kind};
use firstkey_ports::{AttemptRow, EnrollmentRow, Stage};
use jiff::Timestamp;
use rusqlite::{Connection, Result, Row, params};

use crate::{
    columns::{Columns, micros},
    sql,
};

pub(super) fn put(connection: &Connection, enrollment: &EnrollmentRow) -> Result<()> {
    connection.prepare_cached(sql::ENROLLMENTS_PUT)?.execute(params![
        enrollment.id.uuid().as_bytes(),
        enrollment.person.uuid().as_bytes(),
        kind_name(enrollment.kind),
        enrollment.stage.name(),
        !enrollment.stage.is_closed(),
        micros(enrollment.opened),
        enrollment.invited_from.map(micros),
        micros(enrollment.expires),
        enrollment.deadline.map(micros),
    ])?;
    if enrollment.stage.is_closed() {
        let id = enrollment.id.uuid();
        connection.prepare_cached(sql::UNEXPECTED_FORGET)?.execute([id.as_bytes()])?;
    }
    Ok(())
}

pub(super) fn reported_unexpected(
    connection: &Connection,
    enrollment: EnrollmentId,
    at: Timestamp,
) -> Result<()> {
    let id = enrollment.uuid();
    connection.prepare_cached(sql::UNEXPECTED_PUT)?.execute(params![id.as_bytes(), micros(at)])?;
    Ok(())
}

pub(super) fn replace_attempts(
    connection: &Connection,
    enrollment: EnrollmentId,
    attempts: &[AttemptRow],
) -> Result<()> {
    let enrollment = enrollment.uuid();
    connection.prepare_cached(sql::ATTEMPTS_CLEAR)?.execute([enrollment.as_bytes()])?;
    for attempt in attempts {
        connection.prepare_cached(sql::ATTEMPTS_INSERT)?.execute(params![
            attempt.id.uuid().as_bytes(),
            enrollment.as_bytes(),
            attempt.key.as_bytes(),
            micros(attempt.began),
            micros(attempt.expires),
            attempt.pass_expires.map(micros),
        ])?;
    }
    Ok(())
}

pub(crate) fn enrollment_at(row: &Row<'_>) -> Result<EnrollmentRow> {
    Ok(EnrollmentRow {
        id: EnrollmentId::from_uuid(row.uuid(0)?),
        person: PersonId::from_uuid(row.uuid(1)?),
        kind: row.word(2, kind_from_name)?,
        stage: row.word(3, Stage::from_name)?,
        opened: row.time(4)?,
        invited_from: row.time_or_null(5)?,
        expires: row.time(6)?,
        deadline: row.time_or_null(7)?,
    })
}

pub(crate) fn attempt_at(row: &Row<'_>) -> Result<AttemptRow> {
    Ok(AttemptRow {
        id: AttemptId::from_uuid(row.uuid(0)?),
        enrollment: EnrollmentId::from_uuid(row.uuid(1)?),
        key: KeyThumbprint::from_bytes(row.bytes32(2)?),
        began: row.time(3)?,
        expires: row.time(4)?,
        pass_expires: row.time_or_null(5)?,
    })
}

const fn kind_name(kind: Kind) -> &'static str {
    match kind {
        Kind::First => "first",
        Kind::Additional => "additional",
    }
}

fn kind_from_name(name: &str) -> Option<Kind> {
    [Kind::First, Kind::Additional].into_iter().find(|kind| kind_name(*kind) == name)
}
