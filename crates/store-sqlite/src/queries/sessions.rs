//! A session with what every request must check.

use firstkey_domain::SessionId;
use firstkey_ports::SessionView;
use rusqlite::{Connection, Result};

use super::{one, people};
use crate::{
    rows::{authenticator_at, session_at},
    sql,
};

pub(super) fn view(connection: &Connection, id: SessionId) -> Result<Option<SessionView>> {
    let id = id.uuid();
    let Some(session) = one(connection, sql::SESSIONS_GET, [id.as_bytes()], session_at)? else {
        return Ok(None);
    };
    // A session whose owner is gone is no session.
    let Some(person) = people::get(connection, session.person)? else { return Ok(None) };
    let roles = people::roles(connection, session.person)?;
    let authenticator = session.authenticator.uuid();
    let authenticator =
        one(connection, sql::AUTHENTICATORS_GET, [authenticator.as_bytes()], authenticator_at)?;
    Ok(Some(SessionView { session, person, roles, authenticator }))
}
