//! Bound authenticators.

use firstkey_domain::{AuthenticatorId, CredentialId, PersonId};
use firstkey_ports::{AuthenticatorRow, RowSeal};
use jiff::Timestamp;
use rusqlite::{Connection, Result, Row, params};

use crate::{
    columns::{Columns, firsts, micros, not_ours},
    sql,
};

pub(super) fn replace(
    connection: &Connection,
    person: PersonId,
    held: &[AuthenticatorRow],
) -> Result<()> {
    let mut ids_of = connection.prepare_cached(sql::AUTHENTICATORS_IDS_OF)?;
    let before: Vec<[u8; 16]> = firsts(&mut ids_of, [person.uuid().as_bytes()])?;
    for id in before {
        if !held.iter().any(|each| *each.id.uuid().as_bytes() == id) {
            connection.prepare_cached(sql::AUTHENTICATORS_REMOVE)?.execute([id])?;
        }
    }
    held.iter().try_for_each(|each| put(connection, each))
}

fn put(connection: &Connection, row: &AuthenticatorRow) -> Result<()> {
    connection.prepare_cached(sql::AUTHENTICATORS_PUT)?.execute(params![
        row.id.uuid().as_bytes(),
        row.person.uuid().as_bytes(),
        row.credential.as_bytes(),
        row.public_key,
        row.backup_eligible,
        row.aaguid.as_bytes(),
        serde_json::json!(row.transports).to_string(),
        row.name,
        row.active,
        micros(row.bound),
        row.last_used.map(micros),
        row.sign_count,
        row.seal.0,
    ])?;
    Ok(())
}

pub(super) fn used(
    connection: &Connection,
    id: AuthenticatorId,
    at: Timestamp,
    sign_count: u32,
) -> Result<()> {
    let mut used = connection.prepare_cached(sql::AUTHENTICATORS_USED)?;
    used.execute(params![id.uuid().as_bytes(), micros(at), sign_count]).map(drop)
}

pub(crate) fn authenticator_at(row: &Row<'_>) -> Result<AuthenticatorRow> {
    let transports = row.get_ref(6)?.as_str()?;
    Ok(AuthenticatorRow {
        id: AuthenticatorId::from_uuid(row.uuid(0)?),
        person: PersonId::from_uuid(row.uuid(1)?),
        credential: CredentialId::new(row.get(2)?),
        public_key: row.get(3)?,
        backup_eligible: row.get(4)?,
        aaguid: row.uuid(5)?,
        transports: serde_json::from_str(transports).map_err(|why| not_ours(6, why))?,
        name: row.get(7)?,
        active: row.get(8)?,
        bound: row.time(9)?,
        last_used: row.time_or_null(10)?,
        sign_count: row.get(11)?,
        seal: RowSeal(row.bytes32(12)?),
    })
}
