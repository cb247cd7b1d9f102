//! Rows: how each is written, and how it is read back.

mod answer;
mod authenticator;
mod enrollment;
mod metadata;
mod person;
mod role;
mod session;

use firstkey_domain::{EnrollmentId, PersonId};
use firstkey_ports::Row;
use rusqlite::{Connection, Result};

use crate::sql;

pub(crate) use self::{
    answer::answer_at,
    authenticator::authenticator_at,
    enrollment::{attempt_at, enrollment_at},
    metadata::metadata_file_at,
    person::person_at,
    role::role_at,
    session::session_at,
};

/// Applies a change to rows.
pub(crate) fn apply(connection: &Connection, row: &Row) -> Result<()> {
    match row {
        Row::Person(person) => person::put(connection, person),
        Row::Enrollment(enrollment) => enrollment::put(connection, enrollment),
        Row::Attempts(of, attempts) => enrollment::replace_attempts(connection, *of, attempts),
        Row::Authenticators(of, held) => authenticator::replace(connection, *of, held),
        Row::Roles(of, roles) => role::replace(connection, *of, roles),
        Row::AuthenticatorUsed { id, at, sign_count } => {
            authenticator::used(connection, *id, *at, *sign_count)
        }
        Row::Session(session) => session::insert(connection, session),
        Row::SessionSeen(id, at) => session::seen(connection, *id, *at),
        Row::SessionEnded(id) => session::end(connection, *id),
        Row::SessionsEnded(person) => session::end_of_person(connection, *person),
        Row::SessionsOfEnded(person, id) => session::end_of_authenticator(connection, *person, *id),
        Row::Unsent { to, enrollments } => unsend(connection, *to, enrollments),
        Row::ReportedUnexpected(id, at) => enrollment::reported_unexpected(connection, *id, *at),
        Row::Metadata(file) => metadata::put(connection, file),
        Row::Answer(answer) => answer::put(connection, answer),
    }
}

fn unsend(connection: &Connection, to: PersonId, enrollments: &[EnrollmentId]) -> Result<()> {
    let ids = enrollments.iter().map(EnrollmentId::to_string);
    for id in ids.chain([to.to_string()]) {
        connection.prepare_cached(sql::OUTBOX_UNSEND)?.execute([id])?;
    }
    Ok(())
}
