//! One commit: everything is checked, then everything is written.

mod check;
mod prepared;
mod write;

pub(crate) use prepared::Prepared;
use rusqlite::Connection;

use crate::writer::Failure;

/// Checks and writes a commit within the caller's transaction.
pub(crate) fn write(connection: &Connection, prepared: &Prepared) -> Result<(), Failure> {
    check::check(connection, &prepared.commit)?;
    write::write(connection, prepared)?;
    Ok(())
}
