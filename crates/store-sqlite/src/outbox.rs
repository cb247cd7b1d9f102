//! The outbox as its worker sees it.

use firstkey_ports::{Claimed, CommitError, Delivery, Outbox, OutboxState, StoreError};
use jiff::Timestamp;
use rusqlite::{Connection, Result, Row, params};
use uuid::Uuid;

use crate::{
    SqliteStore,
    columns::{Columns, micros, not_ours},
    queries::all,
    sql,
    writer::Lane,
};

impl Outbox for SqliteStore {
    async fn claim(
        &self,
        now: Timestamp,
        lease: Timestamp,
        limit: u32,
    ) -> Result<Vec<Claimed>, CommitError> {
        // Most of the time nothing is due, and then there is no need to bother the writer.
        let due = self.point_read(|connection| {
            let mut any_due = connection.prepare_cached(sql::OUTBOX_ANY_DUE)?;
            any_due.query_row([micros(now)], |row| row.get::<_, bool>(0))
        });
        if !due.map_err(|error| CommitError::Unavailable(error.to_string()))? {
            return Ok(Vec::new());
        }
        let mut claimed = self
            .write(Lane::Interactive, move |connection| {
                let params = params![micros(now), micros(lease), limit];
                Ok(all(connection, sql::OUTBOX_CLAIM, params, claimed_at)?)
            })
            .await?;
        claimed.sort_unstable_by_key(|message| (message.due, message.id));
        Ok(claimed)
    }

    async fn settle(&self, id: Uuid, delivery: Delivery) -> Result<(), CommitError> {
        self.write(Lane::Interactive, move |connection| Ok(settle(connection, id, &delivery)?))
            .await
    }

    async fn messages(&self, state: OutboxState, limit: u32) -> Result<Vec<Claimed>, StoreError> {
        let statement = match state {
            OutboxState::Waiting => sql::OUTBOX_WAITING,
            OutboxState::Dead => sql::OUTBOX_DEAD,
        };
        self.long_read(move |connection| all(connection, statement, [limit], claimed_at)).await
    }
}

fn settle(connection: &Connection, id: Uuid, delivery: &Delivery) -> Result<()> {
    let id = id.as_bytes();
    match delivery {
        Delivery::Done => connection.prepare_cached(sql::OUTBOX_DONE)?.execute([id])?,
        Delivery::Retry { at, error } => {
            let mut retry = connection.prepare_cached(sql::OUTBOX_RETRY)?;
            retry.execute(params![id, micros(*at), error])?
        }
        Delivery::Dead { error } => {
            connection.prepare_cached(sql::OUTBOX_BURY)?.execute(params![id, error])?
        }
    };
    Ok(())
}

fn claimed_at(row: &Row<'_>) -> Result<Claimed> {
    let body = row.get_ref(1)?.as_str()?;
    Ok(Claimed {
        id: row.uuid(0)?,
        message: serde_json::from_str(body).map_err(|why| not_ours(1, why))?,
        due: row.time(2)?,
        tries: row.get(3)?,
        last_error: row.get(4)?,
    })
}
