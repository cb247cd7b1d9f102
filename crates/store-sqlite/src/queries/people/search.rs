//! People by the beginnings of words, fast among a million of them.
//!
//! The people of a rare word are looked up, and those of several rare words intersected; a common
//! word is only checked on the people found so far. When all words are common, people are walked
//! through, newest first: enough of them have all the words soon.

use std::collections::BTreeSet;

use firstkey_domain::PersonId;
use firstkey_ports::After;
use rusqlite::{Connection, Result, params};

use super::{all, below, id_at};
use crate::sql;

/// A word of so many people is common. To look up so many takes some 10 ms.
const COMMON: usize = 50_000;

pub(super) fn page(
    connection: &Connection,
    words: &BTreeSet<String>,
    below: &[u8],
    limit: u32,
) -> Result<Vec<PersonId>> {
    page_where(connection, words, below, limit, COMMON)
}

/// Everybody who has all the words that few people have; `None` when there is no such word. Common words
/// are still to be checked.
pub(in crate::queries) fn candidates(
    connection: &Connection,
    words: &BTreeSet<String>,
) -> Result<Option<Vec<PersonId>>> {
    let everybody = below(After(None));
    candidates_where(connection, words, &everybody, COMMON).map(|(found, _)| found)
}

/// A page, where a word of so many people is common.
fn page_where(
    connection: &Connection,
    words: &BTreeSet<String>,
    below: &[u8],
    limit: u32,
    too_many: usize,
) -> Result<Vec<PersonId>> {
    let (found, common) = candidates_where(connection, words, below, too_many)?;
    if let Some(found) = found {
        return with_common(connection, found, &common, limit as usize);
    }
    let params = params![below, limit, as_json(words)];
    all(connection, sql::PEOPLE_PAGE_WALKING, params, id_at)
}

/// Candidates, and the common words.
fn candidates_where<'a>(
    connection: &Connection,
    words: &'a BTreeSet<String>,
    below: &[u8],
    too_many: usize,
) -> Result<(Option<Vec<PersonId>>, Vec<&'a String>)> {
    let mut found: Option<Vec<PersonId>> = None;
    let mut common = Vec::new();
    for word in words {
        let params = params![word, below, too_many];
        let mut people = all(connection, sql::PEOPLE_HAVING_WORD, params, id_at)?;
        if people.len() == too_many {
            common.push(word);
            continue;
        }
        people.sort_unstable();
        people.dedup();
        if let Some(found) = found {
            people.retain(|person| found.binary_search(person).is_ok());
        }
        found = Some(people);
    }
    Ok((found, common))
}

/// The newest of those found that have the common words too.
fn with_common(
    connection: &Connection,
    found: Vec<PersonId>,
    common: &[&String],
    limit: usize,
) -> Result<Vec<PersonId>> {
    let mut has_word = connection.prepare_cached(sql::PEOPLE_HAS_WORD)?;
    let mut page = Vec::new();
    for person in found.into_iter().rev() {
        if page.len() == limit {
            break;
        }
        let id = person.uuid();
        let mut has_all = true;
        for word in common {
            has_all =
                has_all && has_word.query_row(params![id.as_bytes(), word], |row| row.get(0))?;
        }
        if has_all {
            page.push(person);
        }
    }
    Ok(page)
}

pub(in crate::queries) fn as_json(words: &BTreeSet<String>) -> String {
    serde_json::json!(words).to_string()
}

#[cfg(test)]
pub(in crate::queries) mod tests {
    use firstkey_ports::{PersonRow, Row, search_words};
    use jiff::civil::date;
    use uuid::Uuid;

    use super::*;
    use crate::{rows, schema};

    /// A hundred people: every second is an Ana, every third a Bea, every seventh a Cid.
    pub(in crate::queries) fn people() -> Connection {
        let mut connection = Connection::open_in_memory().unwrap();
        schema::migrate(&mut connection).unwrap();
        for number in 1..=100_u128 {
            let everywhere = [(2, "Ana"), (3, "Bea"), (7, "Cid")];
            let named = everywhere.iter().filter(|(every, _)| number.is_multiple_of(*every));
            let row = Row::Person(PersonRow {
                id: PersonId::from_uuid(Uuid::from_u128(number)),
                external_id: String::new(),
                given_name: named.map(|(_, name)| *name).collect::<Vec<_>>().join(" "),
                family_name: String::new(),
                user_name: String::new(),
                personal_email: String::new(),
                sponsor: None,
                start_date: date(2026, 1, 5),
                worker_type: String::new(),
                department: None,
                groups: BTreeSet::new(),
                active: true,
                authenticators: 0,
                enrollment: None,
            });
            rows::apply(&connection, &row).unwrap();
        }
        connection
    }

    #[test]
    fn rare_and_common_words_find_the_same_people() {
        let connection = people();
        let after = below(After(Some(Uuid::from_u128(90))));
        // Of the hundred, 50 are an Ana, 33 a Bea, 14 a Cid.
        for too_many in [1, 14, 20, 40, 1000] {
            for (search, expected) in [
                ("ana", vec![88, 86, 84]),
                ("bea a", vec![84, 78, 72]),
                ("cid ana", vec![84, 70, 56]),
                ("a b c", vec![84, 42]),
                ("ana dora", vec![]),
            ] {
                let words = search_words(search);
                let found = page_where(&connection, &words, &after, 3, too_many).unwrap();
                let found: Vec<u128> = found.iter().map(|id| id.uuid().as_u128()).collect();
                assert_eq!(found, expected, "{search:?} where {too_many} are common");
            }
        }
    }
}
