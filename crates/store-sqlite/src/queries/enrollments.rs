//! Enrollments: by key, by whom they wait for, and page by page.

use std::collections::BTreeSet;

use firstkey_domain::{EnrollmentId, PersonId};
use firstkey_ports::{
    After, EnrollmentFilter, EnrollmentRow, OpenNow, Stage, Waiting, WaitingAfter, search_words,
};
use jiff::Timestamp;
use rusqlite::{Connection, Params, Result, params};

use super::{all, below, one, people};
use crate::{
    columns::Columns,
    readers::snapshot,
    rows::{attempt_at, enrollment_at},
    sql,
};

pub(super) fn get(connection: &Connection, id: EnrollmentId) -> Result<Option<EnrollmentRow>> {
    one(connection, sql::ENROLLMENTS_GET, [id.uuid().as_bytes()], enrollment_at)
}

pub(super) fn page(
    connection: &Connection,
    filter: &EnrollmentFilter,
    after: After,
    limit: u32,
) -> Result<Vec<Waiting>> {
    let words = search_words(&filter.search);
    snapshot(connection, |connection| {
        // The few who have a rare word; a list of all enrollments may be long before it comes to them.
        let few = people::search::candidates(connection, &words)?;
        page_among(connection, filter, few.as_deref(), &words, (after, limit))
    })
}

/// A page of those of `few`, or of everybody, who have all the words.
fn page_among(
    connection: &Connection,
    filter: &EnrollmentFilter,
    few: Option<&[PersonId]>,
    words: &BTreeSet<String>,
    (after, limit): (After, u32),
) -> Result<Vec<Waiting>> {
    let EnrollmentFilter { stage, person, open, .. } = filter;
    let (words, name, below) =
        (people::search::as_json(words), stage.map(Stage::name), below(after));
    match (person, few, stage) {
        (_, _, Some(stage)) if stage.is_closed() && *open => Ok(Vec::new()),
        (Some(person), ..) => {
            let person = person.uuid();
            let params = params![below, limit, person.as_bytes(), name, open, words];
            listed(connection, sql::ENROLLMENTS_PAGE_OF_PERSON, params)
        }
        (None, Some(few), _) => {
            let params = params![below, limit, as_hex(few), name, open, words];
            listed(connection, sql::ENROLLMENTS_PAGE_OF_PEOPLE, params)
        }
        (None, None, Some(_)) => {
            let params = params![below, limit, name, words];
            listed(connection, sql::ENROLLMENTS_PAGE_AT_STAGE, params)
        }
        (None, None, None) if *open => {
            listed(connection, sql::ENROLLMENTS_PAGE_OPEN, params![below, limit, words])
        }
        (None, None, None) => {
            listed(connection, sql::ENROLLMENTS_PAGE, params![below, limit, words])
        }
    }
}

fn as_hex(people: &[PersonId]) -> String {
    let ids: Vec<_> = people.iter().map(|id| id.uuid().simple().to_string()).collect();
    serde_json::json!(ids).to_string()
}

pub(super) fn waiting_for(
    connection: &Connection,
    sponsor: PersonId,
    after: Option<WaitingAfter>,
    limit: u32,
) -> Result<Vec<Waiting>> {
    // A page that begins at the beginning is below everything.
    let has_browser = after.is_none_or(|after| after.has_browser);
    let below = below(After(after.map(|after| after.enrollment.uuid())));
    let sponsor = sponsor.uuid();
    snapshot(connection, |connection| {
        let params = params![sponsor.as_bytes(), has_browser, below, limit];
        listed(connection, sql::ENROLLMENTS_WAITING_FOR, params)
    })
}

pub(super) fn open_now(connection: &Connection, limit: u32) -> Result<OpenNow> {
    snapshot(connection, |connection| {
        Ok(OpenNow {
            enrollments: listed(connection, sql::ENROLLMENTS_OPEN_BY_END, [limit])?,
            attempts: all(connection, sql::ATTEMPTS_BY_END, [limit], attempt_at)?,
        })
    })
}

pub(super) fn reported_unexpected(
    connection: &Connection,
    limit: u32,
) -> Result<Vec<(Waiting, Timestamp)>> {
    snapshot(connection, |connection| {
        let read =
            |row: &rusqlite::Row<'_>| Ok((EnrollmentId::from_uuid(row.uuid(0)?), row.time(1)?));
        let mut listed = Vec::new();
        for (id, at) in all(connection, sql::UNEXPECTED_NEWEST, [limit], read)? {
            listed.extend(waiting(connection, id)?.map(|waiting| (waiting, at)));
        }
        Ok(listed)
    })
}

/// The enrollments that a statement lists, with their people.
fn listed(connection: &Connection, sql: &str, params: impl Params) -> Result<Vec<Waiting>> {
    let ids = all(connection, sql, params, |row| row.uuid(0).map(EnrollmentId::from_uuid))?;
    let mut listed = Vec::with_capacity(ids.len());
    for id in ids {
        listed.extend(waiting(connection, id)?);
    }
    Ok(listed)
}

/// An enrollment with its person.
fn waiting(connection: &Connection, id: EnrollmentId) -> Result<Option<Waiting>> {
    let Some(enrollment) = get(connection, id)? else { return Ok(None) };
    let person = people::get(connection, enrollment.person)?;
    Ok(person.map(|person| Waiting { enrollment, person }))
}

#[cfg(test)]
mod tests {
    use firstkey_domain::enrollment::Kind;
    use firstkey_ports::Row;
    use uuid::Uuid;

    use super::*;
    use crate::rows;

    /// The people that searches are tested with, each with an enrollment; the first thirty have begun.
    fn enrolled() -> Connection {
        let connection = people::search::tests::people();
        for number in 1..=100_u128 {
            let row = EnrollmentRow {
                id: EnrollmentId::from_uuid(Uuid::from_u128(1000 + number)),
                person: PersonId::from_uuid(Uuid::from_u128(number)),
                kind: Kind::First,
                stage: if number <= 30 { Stage::Begun } else { Stage::Invited },
                opened: Timestamp::UNIX_EPOCH,
                invited_from: None,
                expires: Timestamp::UNIX_EPOCH,
                deadline: None,
            };
            rows::apply(&connection, &Row::Enrollment(row)).unwrap();
        }
        connection
    }

    #[test]
    fn rare_and_common_words_find_the_same_enrollments() {
        let connection = enrolled();
        let words = search_words("a b");
        let few = people::search::candidates(&connection, &words).unwrap().expect("they are rare");
        let begun = EnrollmentFilter { stage: Some(Stage::Begun), ..Default::default() };
        let open = EnrollmentFilter { open: true, ..Default::default() };
        let person = Some(PersonId::from_uuid(Uuid::from_u128(36)));
        let of_one = EnrollmentFilter { person, ..Default::default() };
        for (filter, expected) in [
            (EnrollmentFilter::default(), vec![48, 42, 36]),
            (open, vec![48, 42, 36]),
            (begun, vec![30, 24, 18]),
            (of_one, vec![36]),
        ] {
            for few in [Some(&*few), None] {
                let from = (After(Some(Uuid::from_u128(1054))), 3);
                let page = page_among(&connection, &filter, few, &words, from).unwrap();
                let page = page.iter().map(|it| it.enrollment.id.uuid().as_u128() - 1000);
                assert_eq!(page.collect::<Vec<_>>(), expected, "{filter:?} {few:?}");
            }
        }
    }
}
