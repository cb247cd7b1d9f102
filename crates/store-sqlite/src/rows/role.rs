//! Operator roles.

use firstkey_domain::{PersonId, Role};
use firstkey_ports::{RoleRow, RowSeal};
use rusqlite::{Connection, Result, Row, params};

use crate::{columns::Columns, sql};

pub(super) fn replace(connection: &Connection, person: PersonId, roles: &[RoleRow]) -> Result<()> {
    let person = person.uuid();
    connection.prepare_cached(sql::ROLES_CLEAR)?.execute([person.as_bytes()])?;
    for row in roles {
        let mut insert = connection.prepare_cached(sql::ROLES_INSERT)?;
        insert.execute(params![person.as_bytes(), row.role.name(), row.seal.0])?;
    }
    Ok(())
}

pub(crate) fn role_at(row: &Row<'_>) -> Result<RoleRow> {
    Ok(RoleRow {
        person: PersonId::from_uuid(row.uuid(0)?),
        role: row.word(1, Role::from_name)?,
        seal: RowSeal(row.bytes32(2)?),
    })
}
