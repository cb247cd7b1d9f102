//! Every statement, by name. The texts are files under `sql/`.
//!
//! Parameters are written `?1`. SQLite takes `$1` for a name and counts names as they appear, so that
//! values would be bound in another order than the numbers say.

macro_rules! statements {
    ($($name:ident = $file:literal;)+) => {
        $(pub(crate) const $name: &str = include_str!(concat!("../sql/", $file));)+

        /// All of them with their files.
        #[cfg(test)]
        const ALL: &[(&str, &str)] = &[$(($file, $name)),+];
    };
}

statements! {
    // streams
    STREAMS_AFTER = "streams/after.sql";
    STREAMS_LAST_EVENT = "streams/last_event.sql";
    STREAMS_LOAD = "streams/load.sql";
    STREAMS_MOVE_LAST_EVENT = "streams/move_last_event.sql";
    STREAMS_OF_KIND = "streams/of_kind.sql";
    STREAMS_PUT = "streams/put.sql";
    STREAMS_VERSION = "streams/version.sql";
    // entries
    ENTRIES_AFTER = "entries/after.sql";
    ENTRIES_ERASE = "entries/erase.sql";
    ENTRIES_EXISTS = "entries/exists.sql";
    ENTRIES_INSERT = "entries/insert.sql";
    ENTRIES_OF_STREAM = "entries/of_stream.sql";
    // scrub
    SCRUB_DEMAND = "scrub/demand.sql";
    SCRUB_DONE = "scrub/done.sql";
    SCRUB_IS_DEMANDED = "scrub/is_demanded.sql";
    // reservations
    RESERVATIONS_AFTER = "reservations/after.sql";
    RESERVATIONS_FORGET_ENDED = "reservations/forget_ended.sql";
    RESERVATIONS_GET = "reservations/get.sql";
    RESERVATIONS_HELD = "reservations/held.sql";
    RESERVATIONS_PUT = "reservations/put.sql";
    RESERVATIONS_RELEASE = "reservations/release.sql";
    // people
    PEOPLE_ADD_WORD = "people/add_word.sql";
    PEOPLE_GET = "people/get.sql";
    PEOPLE_HAS_WORD = "people/has_word.sql";
    PEOPLE_HAVING_WORD = "people/having_word.sql";
    PEOPLE_PAGE = "people/page.sql";
    PEOPLE_PAGE_OF_SPONSOR = "people/page_of_sponsor.sql";
    PEOPLE_PAGE_WALKING = "people/page_walking.sql";
    PEOPLE_PUT = "people/put.sql";
    PEOPLE_REMOVE_WORD = "people/remove_word.sql";
    PEOPLE_SPONSORS_ANYBODY = "people/sponsors_anybody.sql";
    PEOPLE_SPONSORS_PRIVILEGED = "people/sponsors_privileged.sql";
    PEOPLE_WITH_EMAIL = "people/with_email.sql";
    PEOPLE_WITH_EXTERNAL_ID = "people/with_external_id.sql";
    PEOPLE_WITH_ROLE = "people/with_role.sql";
    PEOPLE_WORDS = "people/words.sql";
    PEOPLE_WORDS_OF = "people/words_of.sql";
    // enrollments
    ENROLLMENTS_GET = "enrollments/get.sql";
    ENROLLMENTS_OPEN_BY_END = "enrollments/open_by_end.sql";
    ENROLLMENTS_OVERDUE = "enrollments/overdue.sql";
    ENROLLMENTS_PAGE = "enrollments/page.sql";
    ENROLLMENTS_PAGE_AT_STAGE = "enrollments/page_at_stage.sql";
    ENROLLMENTS_PAGE_OF_PEOPLE = "enrollments/page_of_people.sql";
    ENROLLMENTS_PAGE_OF_PERSON = "enrollments/page_of_person.sql";
    ENROLLMENTS_PAGE_OPEN = "enrollments/page_open.sql";
    ENROLLMENTS_PUT = "enrollments/put.sql";
    ENROLLMENTS_WAITING_FOR = "enrollments/waiting_for.sql";
    // attempts
    ATTEMPTS_AFTER = "attempts/after.sql";
    ATTEMPTS_BY_END = "attempts/by_end.sql";
    ATTEMPTS_CLEAR = "attempts/clear.sql";
    ATTEMPTS_INSERT = "attempts/insert.sql";
    ATTEMPTS_OF_ENROLLMENT = "attempts/of_enrollment.sql";
    // authenticators
    AUTHENTICATORS_AFTER = "authenticators/after.sql";
    AUTHENTICATORS_GET = "authenticators/get.sql";
    AUTHENTICATORS_IDS_OF = "authenticators/ids_of.sql";
    AUTHENTICATORS_OF_PERSON = "authenticators/of_person.sql";
    AUTHENTICATORS_PUT = "authenticators/put.sql";
    AUTHENTICATORS_REMOVE = "authenticators/remove.sql";
    AUTHENTICATORS_USED = "authenticators/used.sql";
    AUTHENTICATORS_WITH_CREDENTIAL = "authenticators/with_credential.sql";
    // roles
    ROLES_AFTER = "roles/after.sql";
    ROLES_CLEAR = "roles/clear.sql";
    ROLES_INSERT = "roles/insert.sql";
    ROLES_OF_PERSON = "roles/of_person.sql";
    // sessions
    SESSIONS_AFTER = "sessions/after.sql";
    SESSIONS_END = "sessions/end.sql";
    SESSIONS_END_OF_AUTHENTICATOR = "sessions/end_of_authenticator.sql";
    SESSIONS_END_OF_PERSON = "sessions/end_of_person.sql";
    SESSIONS_GET = "sessions/get.sql";
    SESSIONS_HELD = "sessions/held.sql";
    SESSIONS_INSERT = "sessions/insert.sql";
    SESSIONS_OF_PERSON = "sessions/of_person.sql";
    SESSIONS_OVER = "sessions/over.sql";
    SESSIONS_SEEN = "sessions/seen.sql";
    // metadata
    METADATA_GET = "metadata/get.sql";
    METADATA_PUT = "metadata/put.sql";

    // answers
    ANSWERS_FORGET_ENDED = "answers/forget_ended.sql";
    ANSWERS_GET = "answers/get.sql";
    ANSWERS_PUT = "answers/put.sql";
    // outbox
    OUTBOX_ANY_DUE = "outbox/any_due.sql";
    OUTBOX_BURY = "outbox/bury.sql";
    OUTBOX_CLAIM = "outbox/claim.sql";
    OUTBOX_DEAD = "outbox/dead.sql";
    OUTBOX_DONE = "outbox/done.sql";
    OUTBOX_INSERT = "outbox/insert.sql";
    OUTBOX_RETRY = "outbox/retry.sql";
    OUTBOX_REVIVE = "outbox/revive.sql";
    OUTBOX_UNSEND = "outbox/unsend.sql";
    OUTBOX_WAITING = "outbox/waiting.sql";
    // figures
    FIGURES_ALL_PARTS = "figures/all_parts.sql";
    FIGURES_ALL_WEEKS = "figures/all_weeks.sql";
    FIGURES_MOVE_PART = "figures/move_part.sql";
    FIGURES_MOVE_WEEK = "figures/move_week.sql";
    FIGURES_PARTS = "figures/parts.sql";
    FIGURES_WEEKS = "figures/weeks.sql";
    // recount
    RECOUNT_DONE = "recount/done.sql";
    RECOUNT_ENTRIES = "recount/entries.sql";
    RECOUNT_FORGET_TALLIES = "recount/forget_tallies.sql";
    RECOUNT_IS_DUE = "recount/is_due.sql";
    // unexpected
    UNEXPECTED_FORGET = "unexpected/forget.sql";
    UNEXPECTED_NEWEST = "unexpected/newest.sql";
    UNEXPECTED_PUT = "unexpected/put.sql";
    // tallies
    TALLIES_ALL = "tallies/all.sql";
    TALLIES_MOVE = "tallies/move.sql";
    // log
    LOG_ALL = "log/all.sql";
    LOG_DIGESTS = "log/digests.sql";
    LOG_NEWEST_CHECKPOINT = "log/newest_checkpoint.sql";
    LOG_PENDING = "log/pending.sql";
    LOG_PENDING_LOGS = "log/pending_logs.sql";
    LOG_PUT_CHECKPOINT = "log/put_checkpoint.sql";
    LOG_PUT_TILE = "log/put_tile.sql";
    LOG_ROOT_AT = "log/root_at.sql";
    LOG_SET_LEAF = "log/set_leaf.sql";
    LOG_SET_SIZE = "log/set_size.sql";
    LOG_SIZE = "log/size.sql";
    LOG_TILE = "log/tile.sql";
}

#[cfg(test)]
mod tests {
    use std::{collections::BTreeSet, path::Path};

    use rusqlite::Connection;

    use super::ALL;
    use crate::schema;

    fn database() -> Connection {
        let mut connection = Connection::open_in_memory().unwrap();
        schema::migrate(&mut connection).unwrap();
        connection
    }

    #[test]
    fn every_statement_fits_the_schema() {
        let connection = database();
        for (file, sql) in ALL {
            if let Err(error) = connection.prepare(sql) {
                panic!("{file}: {error}");
            }
            assert!(!sql.contains('$'), "{file}: parameters are written ?1");
        }
    }

    #[test]
    fn every_file_is_a_statement_that_somebody_uses() {
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("sql");
        let names = |folder: &Path| -> Vec<String> {
            let entries = folder.read_dir().unwrap();
            entries.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect()
        };
        let mut files = BTreeSet::new();
        for folder in names(&root) {
            for file in names(&root.join(&folder)) {
                files.insert(format!("{folder}/{file}"));
            }
        }
        let listed: BTreeSet<String> = ALL.iter().map(|(file, _)| (*file).to_owned()).collect();
        assert_eq!(files, listed);
    }

    /// Statements that read or sort a whole table or list, because they must or because it is short.
    const WITHOUT_INDEX: &[&str] = &[
        "enrollments/page_of_people.sql",
        "enrollments/waiting_for.sql",
        "outbox/unsend.sql",
        "outbox/waiting.sql",
        "figures/all_parts.sql",
        "figures/all_weeks.sql",
        "recount/is_due.sql",
        "tallies/all.sql",
        "log/all.sql",
    ];

    #[test]
    fn every_other_statement_uses_an_index() {
        let connection = database();
        let costly = |sql: &str| {
            let mut explain = connection.prepare(&format!("EXPLAIN QUERY PLAN {sql}")).unwrap();
            let steps = explain.raw_query().mapped(|row| row.get::<_, String>(3));
            steps.map(Result::unwrap).any(|step| is_costly(&step))
        };
        let found = ALL.iter().filter(|(_, sql)| costly(sql)).map(|(file, _)| *file);
        assert_eq!(found.collect::<Vec<_>>(), WITHOUT_INDEX);
    }

    /// A scan of an index in its order ends with the limit; a scan of a table does not.
    fn is_costly(step: &str) -> bool {
        let is_short = ["INDEX", "VIRTUAL TABLE", "CONSTANT ROW", "(subquery"];
        let reads_all = step.starts_with("SCAN ") && !is_short.iter().any(|it| step.contains(it));
        reads_all || step.starts_with("USE TEMP B-TREE")
    }
}
