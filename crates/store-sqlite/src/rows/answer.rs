//! What programs were answered.

use firstkey_ports::AnswerRow;
use rusqlite::{Connection, Result, Row, params};

use crate::{
    columns::{Columns, micros},
    sql,
};

pub(super) fn put(connection: &Connection, answer: &AnswerRow) -> Result<()> {
    connection.prepare_cached(sql::ANSWERS_PUT)?.execute(params![
        answer.key.as_bytes(),
        answer.request.as_bytes(),
        answer.answer,
        micros(answer.ends),
    ])?;
    Ok(())
}

pub(crate) fn answer_at(row: &Row<'_>) -> Result<AnswerRow> {
    Ok(AnswerRow {
        key: row.digest(0)?,
        request: row.digest(1)?,
        answer: row.get(2)?,
        ends: row.time(3)?,
    })
}
