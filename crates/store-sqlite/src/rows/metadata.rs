//! The file of the FIDO metadata in force.

use firstkey_ports::MetadataFile;
use rusqlite::{Connection, Result, Row};

use crate::sql;

pub(super) fn put(connection: &Connection, file: &MetadataFile) -> Result<()> {
    connection.prepare_cached(sql::METADATA_PUT)?.execute([file.as_bytes()]).map(drop)
}

pub(crate) fn metadata_file_at(row: &Row<'_>) -> Result<MetadataFile> {
    Ok(MetadataFile::new(row.get_ref(0)?.as_blob()?))
}
