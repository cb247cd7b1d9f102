//! People, and the words under which they are found.

use std::collections::BTreeSet;

use firstkey_domain::{EnrollmentId, PersonId};
use firstkey_ports::{PersonRow, email_key, person_words};
use rusqlite::{Connection, OptionalExtension, Result, Row, params};

use crate::{
    columns::{Columns, not_ours},
    sql,
};

pub(super) fn put(connection: &Connection, person: &PersonRow) -> Result<()> {
    let words = person_words(person);
    // No word holds a space.
    let words_column = words.iter().map(String::as_str).collect::<Vec<_>>().join(" ");
    replace_words(connection, person.id, &words, &words_column)?;
    connection.prepare_cached(sql::PEOPLE_PUT)?.execute(params![
        person.id.uuid().as_bytes(),
        person.external_id,
        person.given_name,
        person.family_name,
        person.user_name,
        person.personal_email,
        email_key(&person.personal_email),
        person.sponsor.map(|id| *id.uuid().as_bytes()),
        person.start_date.to_string(),
        person.worker_type,
        person.department,
        person.active,
        person.authenticators,
        person.enrollment.map(|id| *id.uuid().as_bytes()),
        words_column,
        serde_json::json!(person.groups).to_string(),
    ])?;
    Ok(())
}

/// Most changes of a person leave their names alone, and then this is one read.
fn replace_words(
    connection: &Connection,
    person: PersonId,
    words: &BTreeSet<String>,
    words_column: &str,
) -> Result<()> {
    let id = person.uuid();
    let before: Option<String> = connection
        .prepare_cached(sql::PEOPLE_WORDS)?
        .query_row([id.as_bytes()], |row| row.get(0))
        .optional()?;
    let before = before.unwrap_or_default();
    if before == words_column {
        return Ok(());
    }
    let before: BTreeSet<&str> = before.split_whitespace().collect();
    for word in before.iter().filter(|word| !words.contains(**word)) {
        connection
            .prepare_cached(sql::PEOPLE_REMOVE_WORD)?
            .execute(params![id.as_bytes(), word])?;
    }
    for word in words.iter().filter(|word| !before.contains(word.as_str())) {
        connection.prepare_cached(sql::PEOPLE_ADD_WORD)?.execute(params![id.as_bytes(), word])?;
    }
    Ok(())
}

pub(crate) fn person_at(row: &Row<'_>) -> Result<PersonRow> {
    Ok(PersonRow {
        id: PersonId::from_uuid(row.uuid(0)?),
        external_id: row.get(1)?,
        given_name: row.get(2)?,
        family_name: row.get(3)?,
        user_name: row.get(4)?,
        personal_email: row.get(5)?,
        sponsor: row.uuid_or_null(6)?.map(PersonId::from_uuid),
        start_date: row
            .get_ref(7)?
            .as_str()?
            .parse()
            .map_err(|why| not_ours::<jiff::Error>(7, why))?,
        worker_type: row.get(8)?,
        department: row.get(9)?,
        active: row.get(10)?,
        authenticators: row.get(11)?,
        enrollment: row.uuid_or_null(12)?.map(EnrollmentId::from_uuid),
        groups: serde_json::from_str(row.get_ref(13)?.as_str()?)
            .map_err(|why| not_ours(13, why))?,
    })
}
