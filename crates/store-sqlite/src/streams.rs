//! Streams: one read, one atomic commit.

use firstkey_domain::{StreamId, StreamKind};
use firstkey_ports::{Commit, CommitError, Store, StoreError, Stored, StoredEntry};
use jiff::Timestamp;
use rusqlite::{Connection, OptionalExtension, Result, Row, params};

use crate::{
    SqliteStore,
    columns::Columns,
    commit::{self, Prepared},
    readers::snapshot,
    sql,
    writer::Lane,
};

/// More states than this are read on a thread for blocking work.
const FEW: usize = 16;

impl Store for SqliteStore {
    async fn load(&self, streams: &[StreamId]) -> Result<Vec<Stored>, StoreError> {
        match streams {
            [stream] => self.point_read(|connection| Ok(vec![load(connection, *stream)?])),
            few if few.len() <= FEW => self.point_read(|connection| load_all(connection, few)),
            many => {
                let many = many.to_vec();
                self.long_read(move |connection| load_all(connection, &many)).await
            }
        }
    }

    async fn commit(&self, commit: Commit) -> Result<(), CommitError> {
        let lane = if commit.bulk { Lane::Bulk } else { Lane::Interactive };
        let erases = !commit.erasures.is_empty();
        let prepared = Prepared::new(commit)?;
        if erases {
            return self.erase(move |connection| commit::write(connection, &prepared)).await;
        }
        self.write(lane, move |connection| commit::write(connection, &prepared)).await
    }
}

fn load_all(connection: &Connection, streams: &[StreamId]) -> Result<Vec<Stored>> {
    snapshot(connection, |connection| {
        streams.iter().map(|stream| load(connection, *stream)).collect()
    })
}

fn load(connection: &Connection, stream: StreamId) -> Result<Stored> {
    let id = stream.uuid();
    let key = params![stream.kind().name(), id.as_bytes()];
    let found = connection
        .prepare_cached(sql::STREAMS_LOAD)?
        .query_row(key, |row| stored_at(row, 0, stream))
        .optional()?;
    Ok(found.unwrap_or_else(|| Stored {
        stream,
        version: 0,
        at: Timestamp::UNIX_EPOCH,
        state: Vec::new(),
    }))
}

/// A stream's version, time and state in three columns.
pub(crate) fn stored_at(row: &Row<'_>, version: usize, stream: StreamId) -> Result<Stored> {
    let (at, state) = (row.time(version + 1)?, row.get(version + 2)?);
    Ok(Stored { stream, version: row.get(version)?, at, state })
}

/// A stream's version; zero when it does not exist.
pub(crate) fn version(connection: &Connection, stream: StreamId) -> Result<u64> {
    let id = stream.uuid();
    let key = params![stream.kind().name(), id.as_bytes()];
    let found = connection.prepare_cached(sql::STREAMS_VERSION)?.query_row(key, |row| row.get(0));
    Ok(found.optional()?.unwrap_or(0))
}

/// A stream's name in two columns.
pub(crate) fn stream_at(row: &Row<'_>, kind: usize) -> Result<StreamId> {
    let known = |name: &str| StreamKind::ALL.into_iter().find(|each| each.name() == name);
    Ok(StreamId::new(row.word(kind, known)?, row.uuid(kind + 1)?))
}

/// A stream with its state.
pub(crate) fn stream_with_state(row: &Row<'_>) -> Result<Stored> {
    stored_at(row, 2, stream_at(row, 0)?)
}

/// An entry in the columns after its log's name.
pub(crate) fn entry_at(row: &Row<'_>) -> Result<StoredEntry> {
    let version: Option<u64> = row.get(4)?;
    let salt: Option<[u8; 32]> = row.get(6)?;
    let confidential: Option<Vec<u8>> = row.get(7)?;
    Ok(StoredEntry {
        sequence: row.get(1)?,
        stream: version
            .map(|version| Ok::<_, rusqlite::Error>((stream_at(row, 2)?, version)))
            .transpose()?,
        open: row.get(5)?,
        // One without the other was not left by us; as a part, it is found to be altered.
        sealed: (salt.is_some() || confidential.is_some()).then(|| firstkey_ports::Sealed {
            salt: salt.unwrap_or_default(),
            bytes: confidential.unwrap_or_default(),
        }),
        inner: row.digest_or_null(8)?,
        digest: row.digest(9)?,
        leaf: row.get(10)?,
    })
}
