//! The log's side: indices, tiles and checkpoints.

use firstkey_domain::Digest;
use firstkey_ports::{CommitError, Ledger, LogName, PendingEntry, Sequenced, StoreError, TileRow};
use rusqlite::{Connection, OptionalExtension, Result, params};

use crate::{
    SqliteStore,
    columns::Columns,
    queries::all,
    sql,
    writer::{Failure, Lane},
};

impl Ledger for SqliteStore {
    async fn logs(&self) -> Result<Vec<(LogName, u64)>, StoreError> {
        self.long_read(|connection| {
            all(connection, sql::LOG_ALL, [], |row| Ok((row.log(0)?, row.get(1)?)))
        })
        .await
    }

    async fn pending(&self, log: LogName, limit: u32) -> Result<Vec<PendingEntry>, StoreError> {
        self.long_read(move |connection| pending(connection, log, limit)).await
    }

    async fn logs_pending(&self) -> Result<Vec<LogName>, StoreError> {
        self.point_read(|connection| all(connection, sql::LOG_PENDING_LOGS, [], |row| row.log(0)))
    }

    async fn sequence(&self, batch: Sequenced) -> Result<(), CommitError> {
        self.write(Lane::Interactive, move |connection| sequence(connection, &batch)).await
    }

    async fn keep_checkpoint(
        &self,
        log: LogName,
        size: u64,
        root: Digest,
        note: String,
    ) -> Result<(), CommitError> {
        self.write(Lane::Interactive, move |connection| {
            keep_checkpoint(connection, log, size, root, &note)
        })
        .await
    }

    async fn checkpoint(&self, log: LogName) -> Result<Option<String>, StoreError> {
        self.point_read(|connection| {
            let mut newest = connection.prepare_cached(sql::LOG_NEWEST_CHECKPOINT)?;
            newest.query_row([log.to_string()], |row| row.get(0)).optional()
        })
    }

    async fn tile(
        &self,
        log: LogName,
        level: u8,
        index: u64,
    ) -> Result<Option<TileRow>, StoreError> {
        self.point_read(|connection| {
            let mut tile = connection.prepare_cached(sql::LOG_TILE)?;
            tile.query_row(params![log.to_string(), level, index], |row| {
                Ok(TileRow { level, index, hashes: row.get(0)? })
            })
            .optional()
        })
    }

    async fn entry_digests(
        &self,
        log: LogName,
        first: u64,
        limit: u32,
    ) -> Result<Vec<Digest>, StoreError> {
        self.long_read(move |connection| {
            let params = params![log.to_string(), first, limit];
            all(connection, sql::LOG_DIGESTS, params, |row| row.digest(0))
        })
        .await
    }
}

fn pending(connection: &Connection, log: LogName, limit: u32) -> Result<Vec<PendingEntry>> {
    all(connection, sql::LOG_PENDING, params![log.to_string(), limit], |row| {
        Ok(PendingEntry { sequence: row.get(0)?, digest: row.digest(1)? })
    })
}

/// Sequenced entries; zero before the first.
fn size(connection: &Connection, log: LogName) -> Result<u64> {
    let mut size = connection.prepare_cached(sql::LOG_SIZE)?;
    Ok(size.query_row([log.to_string()], |row| row.get(0)).optional()?.unwrap_or(0))
}

fn sequence(connection: &Connection, batch: &Sequenced) -> Result<(), Failure> {
    let refused = |why| Err(Failure::Refused(CommitError::Refused(why)));
    if size(connection, batch.log)? != batch.first {
        return refused("the batch does not begin where the log ends");
    }
    let Ok(count) = u32::try_from(batch.entries.len()) else {
        return refused("the batch is too large");
    };
    let waiting = pending(connection, batch.log, count)?;
    if !waiting.iter().map(|entry| entry.sequence).eq(batch.entries.iter().copied()) {
        return refused("the batch is not what waits, in the order in which it was committed");
    }
    let name = batch.log.to_string();
    for (leaf, sequence) in (batch.first..).zip(&batch.entries) {
        connection.prepare_cached(sql::LOG_SET_LEAF)?.execute(params![sequence, leaf])?;
    }
    for tile in &batch.tiles {
        let mut put = connection.prepare_cached(sql::LOG_PUT_TILE)?;
        put.execute(params![name, tile.level, tile.index, tile.hashes])?;
    }
    let size = batch.first + u64::from(count);
    connection.prepare_cached(sql::LOG_SET_SIZE)?.execute(params![name, size])?;
    Ok(())
}

fn keep_checkpoint(
    connection: &Connection,
    log: LogName,
    size: u64,
    root: Digest,
    note: &str,
) -> Result<(), Failure> {
    let refused = |why| Err(Failure::Refused(CommitError::Refused(why)));
    let name = log.to_string();
    let kept: Option<Digest> = connection
        .prepare_cached(sql::LOG_ROOT_AT)?
        .query_row(params![name, size], |row| row.digest(0))
        .optional()?;
    if kept.is_some_and(|kept| kept != root) {
        return refused("a checkpoint of this size has another root");
    }
    if size > self::size(connection, log)? {
        return refused("the checkpoint is larger than the log");
    }
    let mut put = connection.prepare_cached(sql::LOG_PUT_CHECKPOINT)?;
    put.execute(params![name, size, root.as_bytes(), note])?;
    Ok(())
}
