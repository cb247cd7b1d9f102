//! People: by key, by role, and page by page.

pub(super) mod search;

use std::collections::BTreeSet;

use firstkey_domain::{PersonId, Role};
use firstkey_ports::{After, PeopleFilter, PersonRow, RoleRow, email_key, search_words};
use rusqlite::{Connection, Result, params};

use super::{all, below, one};
use crate::{
    columns::Columns,
    readers::snapshot,
    rows::{person_at, role_at},
    sql,
};

pub(super) fn get(connection: &Connection, id: PersonId) -> Result<Option<PersonRow>> {
    one(connection, sql::PEOPLE_GET, [id.uuid().as_bytes()], person_at)
}

pub(super) fn roles(connection: &Connection, id: PersonId) -> Result<Vec<RoleRow>> {
    all(connection, sql::ROLES_OF_PERSON, [id.uuid().as_bytes()], role_at)
}

pub(super) fn with_external_ids(connection: &Connection, ids: &[String]) -> Result<Vec<PersonRow>> {
    let ids: BTreeSet<&str> = ids.iter().map(String::as_str).collect();
    looked_up(connection, sql::PEOPLE_WITH_EXTERNAL_ID, ids)
}

pub(super) fn with_emails(connection: &Connection, addresses: &[String]) -> Result<Vec<PersonRow>> {
    let keys: BTreeSet<String> = addresses.iter().map(|address| email_key(address)).collect();
    looked_up(connection, sql::PEOPLE_WITH_EMAIL, keys)
}

pub(super) fn with_role(connection: &Connection, role: Role) -> Result<Vec<PersonRow>> {
    looked_up(connection, sql::PEOPLE_WITH_ROLE, [role.name()])
}

pub(super) fn sponsors_anybody(connection: &Connection, id: PersonId) -> Result<bool> {
    let found =
        one(connection, sql::PEOPLE_SPONSORS_ANYBODY, [id.uuid().as_bytes()], |row| row.get(0))?;
    Ok(found.unwrap_or(false))
}

pub(super) fn sponsors_privileged(
    connection: &Connection,
    id: PersonId,
    groups: &str,
) -> Result<bool> {
    let id = id.uuid();
    let params = params![id.as_bytes(), groups];
    let found = one(connection, sql::PEOPLE_SPONSORS_PRIVILEGED, params, |row| row.get(0))?;
    Ok(found.unwrap_or(false))
}

fn looked_up<K: rusqlite::ToSql>(
    connection: &Connection,
    sql: &str,
    keys: impl IntoIterator<Item = K>,
) -> Result<Vec<PersonRow>> {
    snapshot(connection, |connection| {
        let mut people = Vec::new();
        for key in keys {
            let ids = all(connection, sql, [key], id_at)?;
            people.extend(rows(connection, ids)?);
        }
        Ok(people)
    })
}

pub(super) fn page(
    connection: &Connection,
    filter: &PeopleFilter,
    after: After,
    limit: u32,
) -> Result<Vec<PersonRow>> {
    snapshot(connection, |connection| {
        let ids = page_of_ids(connection, filter, after, limit)?;
        rows(connection, ids)
    })
}

fn page_of_ids(
    connection: &Connection,
    filter: &PeopleFilter,
    after: After,
    limit: u32,
) -> Result<Vec<PersonId>> {
    let below = below(after);
    let words = search_words(&filter.search);
    if let Some(sponsor) = filter.sponsor {
        let sponsor = sponsor.uuid();
        let params = params![below, limit, sponsor.as_bytes(), search::as_json(&words)];
        all(connection, sql::PEOPLE_PAGE_OF_SPONSOR, params, id_at)
    } else if words.is_empty() {
        all(connection, sql::PEOPLE_PAGE, params![below, limit], id_at)
    } else {
        search::page(connection, &words, &below, limit)
    }
}

fn id_at(row: &rusqlite::Row<'_>) -> Result<PersonId> {
    row.uuid(0).map(PersonId::from_uuid)
}

fn rows(connection: &Connection, ids: Vec<PersonId>) -> Result<Vec<PersonRow>> {
    ids.into_iter().filter_map(|id| get(connection, id).transpose()).collect()
}
