//! Reads of rows. Reads by key run on the calling thread; lists and searches do not.

mod enrollments;
mod people;
mod sessions;

use std::collections::BTreeSet;

use firstkey_domain::{
    CredentialId, Digest, EnrollmentId, PersonId, Role, SessionId, StreamId, StreamKind,
};
use firstkey_ports::{
    After, AnswerRow, AuthenticatorRow, CredentialView, EnrollmentFilter, EnrollmentRow, Measure,
    MetadataFile, OpenNow, Part, PartKind, PartNow, PeopleFilter, PersonRow, Queries, Residue,
    RoleRow, SessionRow, SessionView, StoreError, Stored, StoredEntry, Tally, Waiting,
    WaitingAfter, Week,
};
use jiff::Timestamp;
use rusqlite::{Connection, OptionalExtension, Params, Row, params};

use crate::{
    SqliteStore,
    columns::{Columns, micros},
    figures,
    readers::snapshot,
    rows::{answer_at, authenticator_at, metadata_file_at, session_at},
    sql,
    streams::{entry_at, stored_at, stream_with_state, version},
};

/// More entries than this are read on a thread for blocking work.
const FEW: u64 = 32;

impl Queries for SqliteStore {
    async fn person(&self, id: PersonId) -> Result<Option<PersonRow>, StoreError> {
        self.point_read(|connection| people::get(connection, id))
    }

    async fn residue(&self) -> Result<Residue, StoreError> {
        let is_in_database = self.point_read(|connection| {
            connection.prepare_cached(sql::SCRUB_IS_DEMANDED)?.query_row([], |row| row.get(0))
        })?;
        Ok(match (is_in_database, self.is_wal_kept()) {
            (true, _) => Residue::Database,
            (false, true) => Residue::Journal,
            (false, false) => Residue::None,
        })
    }

    async fn people_by_external_id(&self, ids: &[String]) -> Result<Vec<PersonRow>, StoreError> {
        let ids = ids.to_vec();
        self.long_read(move |connection| people::with_external_ids(connection, &ids)).await
    }

    async fn people_by_email(&self, addresses: &[String]) -> Result<Vec<PersonRow>, StoreError> {
        let addresses = addresses.to_vec();
        self.long_read(move |connection| people::with_emails(connection, &addresses)).await
    }

    async fn people(
        &self,
        filter: &PeopleFilter,
        after: After,
        limit: u32,
    ) -> Result<Vec<PersonRow>, StoreError> {
        let filter = filter.clone();
        self.long_read(move |connection| people::page(connection, &filter, after, limit)).await
    }

    async fn people_with_role(&self, role: Role) -> Result<Vec<PersonRow>, StoreError> {
        self.long_read(move |connection| people::with_role(connection, role)).await
    }

    async fn sponsors_privileged(
        &self,
        id: PersonId,
        groups: &BTreeSet<String>,
    ) -> Result<bool, StoreError> {
        // Applicants sponsor nobody, as a rule; only looking through somebody's joiners may take long.
        if !self.point_read(|connection| people::sponsors_anybody(connection, id))? {
            return Ok(false);
        }
        let groups = serde_json::json!(groups).to_string();
        self.long_read(move |connection| people::sponsors_privileged(connection, id, &groups)).await
    }

    async fn roles(&self, id: PersonId) -> Result<Vec<RoleRow>, StoreError> {
        self.point_read(|connection| people::roles(connection, id))
    }

    async fn credential(&self, id: &CredentialId) -> Result<Option<CredentialView>, StoreError> {
        self.point_read(|connection| {
            let key = params![id.as_bytes(), StreamKind::Person.name()];
            one(connection, sql::AUTHENTICATORS_WITH_CREDENTIAL, key, |row| {
                let authenticator = authenticator_at(row)?;
                let holder = stored_at(row, 13, authenticator.person.into())?;
                Ok(CredentialView { authenticator, holder })
            })
        })
    }

    async fn authenticators(&self, id: PersonId) -> Result<Vec<AuthenticatorRow>, StoreError> {
        self.point_read(|connection| {
            let person = id.uuid();
            let person = [person.as_bytes()];
            all(connection, sql::AUTHENTICATORS_OF_PERSON, person, authenticator_at)
        })
    }

    async fn session(&self, id: SessionId) -> Result<Option<SessionView>, StoreError> {
        self.point_read(|connection| {
            snapshot(connection, |connection| sessions::view(connection, id))
        })
    }

    async fn sessions(&self, id: PersonId) -> Result<Vec<SessionRow>, StoreError> {
        self.point_read(|connection| {
            all(connection, sql::SESSIONS_OF_PERSON, [id.uuid().as_bytes()], session_at)
        })
    }

    async fn sessions_over(
        &self,
        by: Timestamp,
        limit: u32,
    ) -> Result<Vec<SessionRow>, StoreError> {
        self.point_read(|connection| {
            all(connection, sql::SESSIONS_OVER, params![micros(by), limit], session_at)
        })
    }

    async fn enrollment(&self, id: EnrollmentId) -> Result<Option<EnrollmentRow>, StoreError> {
        self.point_read(|connection| enrollments::get(connection, id))
    }

    async fn enrollments(
        &self,
        filter: &EnrollmentFilter,
        after: After,
        limit: u32,
    ) -> Result<Vec<Waiting>, StoreError> {
        let filter = filter.clone();
        self.long_read(move |connection| enrollments::page(connection, &filter, after, limit)).await
    }

    async fn waiting_for(
        &self,
        sponsor: PersonId,
        after: Option<WaitingAfter>,
        limit: u32,
    ) -> Result<Vec<Waiting>, StoreError> {
        self.long_read(move |connection| {
            enrollments::waiting_for(connection, sponsor, after, limit)
        })
        .await
    }

    async fn open_now(&self, limit: u32) -> Result<OpenNow, StoreError> {
        self.long_read(move |connection| enrollments::open_now(connection, limit)).await
    }

    async fn overdue(&self, now: Timestamp, limit: u32) -> Result<Vec<EnrollmentId>, StoreError> {
        self.long_read(move |connection| {
            all(connection, sql::ENROLLMENTS_OVERDUE, params![micros(now), limit], |row| {
                row.uuid(0).map(EnrollmentId::from_uuid)
            })
        })
        .await
    }

    async fn metadata_file(&self) -> Result<Option<MetadataFile>, StoreError> {
        self.long_read(|connection| one(connection, sql::METADATA_GET, [], metadata_file_at)).await
    }

    async fn states_of(&self, kind: StreamKind, limit: u32) -> Result<Vec<Stored>, StoreError> {
        self.long_read(move |connection| {
            all(connection, sql::STREAMS_OF_KIND, params![kind.name(), limit], stream_with_state)
        })
        .await
    }

    async fn answer(&self, key: Digest) -> Result<Option<AnswerRow>, StoreError> {
        self.point_read(|connection| one(connection, sql::ANSWERS_GET, [key.as_bytes()], answer_at))
    }

    async fn reported_unexpected(
        &self,
        limit: u32,
    ) -> Result<Vec<(Waiting, Timestamp)>, StoreError> {
        self.long_read(move |connection| enrollments::reported_unexpected(connection, limit)).await
    }

    async fn weeks(&self, of: &Part, from: Week) -> Result<Vec<(Week, Measure, i64)>, StoreError> {
        // A few hundred rows side by side, however many people there are.
        self.point_read(|connection| figures::weeks(connection, of, from))
    }

    async fn parts(&self, kind: PartKind, limit: u32) -> Result<Vec<PartNow>, StoreError> {
        self.point_read(|connection| figures::parts(connection, kind, limit))
    }

    async fn tallies(&self) -> Result<Vec<(Tally, i64)>, StoreError> {
        let counted: Vec<(String, i64)> = self.point_read(|connection| {
            all(connection, sql::TALLIES_ALL, [], |row| Ok((row.get(0)?, row.get(1)?)))
        })?;
        let count = |tally: Tally| {
            counted.iter().find(|(name, _)| name == tally.name()).map_or(0, |(_, count)| *count)
        };
        Ok(Tally::ALL.into_iter().map(|tally| (tally, count(tally))).collect())
    }

    async fn entries(&self, stream: StreamId) -> Result<Vec<StoredEntry>, StoreError> {
        let read = move |connection: &Connection| {
            let id = stream.uuid();
            let key = params![stream.kind().name(), id.as_bytes()];
            all(connection, sql::ENTRIES_OF_STREAM, key, entry_at)
        };
        // A stream has as many entries as its version says; an enrollment's are a dozen.
        if self.point_read(|connection| version(connection, stream))? <= FEW {
            return self.point_read(read);
        }
        self.long_read(read).await
    }

    async fn last_event(&self) -> Result<Option<Timestamp>, StoreError> {
        self.point_read(|connection| {
            one(connection, sql::STREAMS_LAST_EVENT, [], |row| row.time(0))
        })
    }
}

/// The one row that there may be.
fn one<T>(
    connection: &Connection,
    sql: &str,
    params: impl Params,
    read: impl FnOnce(&Row<'_>) -> rusqlite::Result<T>,
) -> rusqlite::Result<Option<T>> {
    connection.prepare_cached(sql)?.query_row(params, read).optional()
}

/// All rows.
pub(crate) fn all<T>(
    connection: &Connection,
    sql: &str,
    params: impl Params,
    read: impl FnMut(&Row<'_>) -> rusqlite::Result<T>,
) -> rusqlite::Result<Vec<T>> {
    connection.prepare_cached(sql)?.query_map(params, read)?.collect()
}

/// An id above the page's: that of the page before, or one above all.
fn below(after: After) -> Vec<u8> {
    after.0.map_or_else(|| vec![0xff; 17], |id| id.as_bytes().to_vec())
}
