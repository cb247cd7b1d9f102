//! Signed-in sessions.

use firstkey_domain::{AuthenticatorId, PersonId, SessionId};
use firstkey_ports::SessionRow;
use jiff::Timestamp;
use rusqlite::{Connection, Result, Row, params};

use crate::{
    columns::{Columns, micros},
    sql,
};

pub(super) fn insert(connection: &Connection, session: &SessionRow) -> Result<()> {
    connection.prepare_cached(sql::SESSIONS_INSERT)?.execute(params![
        session.id.uuid().as_bytes(),
        session.person.uuid().as_bytes(),
        session.authenticator.uuid().as_bytes(),
        session.secret.as_bytes(),
        micros(session.began),
        micros(session.expires),
        micros(session.seen),
        session.browser,
    ])?;
    Ok(())
}

pub(super) fn seen(connection: &Connection, id: SessionId, at: Timestamp) -> Result<()> {
    let mut seen = connection.prepare_cached(sql::SESSIONS_SEEN)?;
    seen.execute(params![id.uuid().as_bytes(), micros(at)]).map(drop)
}

pub(super) fn end(connection: &Connection, id: SessionId) -> Result<()> {
    let mut end = connection.prepare_cached(sql::SESSIONS_END)?;
    end.execute([id.uuid().as_bytes()]).map(drop)
}

pub(super) fn end_of_person(connection: &Connection, id: PersonId) -> Result<()> {
    let mut end = connection.prepare_cached(sql::SESSIONS_END_OF_PERSON)?;
    end.execute([id.uuid().as_bytes()]).map(drop)
}

pub(super) fn end_of_authenticator(
    connection: &Connection,
    person: PersonId,
    id: AuthenticatorId,
) -> Result<()> {
    let mut end = connection.prepare_cached(sql::SESSIONS_END_OF_AUTHENTICATOR)?;
    end.execute([person.uuid().as_bytes(), id.uuid().as_bytes()]).map(drop)
}

pub(crate) fn session_at(row: &Row<'_>) -> Result<SessionRow> {
    Ok(SessionRow {
        id: SessionId::from_uuid(row.uuid(0)?),
        person: PersonId::from_uuid(row.uuid(1)?),
        authenticator: AuthenticatorId::from_uuid(row.uuid(2)?),
        secret: row.digest(3)?,
        began: row.time(4)?,
        expires: row.time(5)?,
        seen: row.time(6)?,
        browser: row.get(7)?,
    })
}
