//! Reads of rows.

use std::{cmp::Reverse, collections::BTreeSet};

use firstkey_domain::{
    CredentialId, Digest, EnrollmentId, PersonId, Role, SessionId, StreamId, StreamKind,
};
use jiff::Timestamp;
use uuid::Uuid;

use super::{MemoryStore, world::World};
use crate::{
    After, AnswerRow, AttemptRow, AuthenticatorRow, CredentialView, EnrollmentFilter,
    EnrollmentRow, Figure, Holding, Measure, MetadataFile, OpenNow, Part, PartKind, PartNow,
    PeopleFilter, PersonRow, Queries, Residue, RoleRow, SessionRow, SessionView, StoreError,
    Stored, StoredEntry, Tally, Waiting, WaitingAfter, Week, email_key, person_words, search_words,
};

impl Queries for MemoryStore {
    async fn person(&self, id: PersonId) -> Result<Option<PersonRow>, StoreError> {
        Ok(self.world().people.get(&id).cloned())
    }

    async fn residue(&self) -> Result<Residue, StoreError> {
        Ok(Residue::None)
    }

    async fn people_by_external_id(&self, ids: &[String]) -> Result<Vec<PersonRow>, StoreError> {
        let is_wanted = |person: &PersonRow| ids.contains(&person.external_id);
        let known = |person: &&PersonRow| !person.external_id.is_empty() && is_wanted(person);
        Ok(self.world().people.values().filter(known).cloned().collect())
    }

    async fn people_by_email(&self, addresses: &[String]) -> Result<Vec<PersonRow>, StoreError> {
        let wanted: BTreeSet<String> = addresses
            .iter()
            .map(|address| email_key(address))
            .filter(|key| !key.is_empty())
            .collect();
        let is_wanted = |person: &&PersonRow| wanted.contains(&email_key(&person.personal_email));
        Ok(self.world().people.values().filter(is_wanted).cloned().collect())
    }

    async fn people(
        &self,
        filter: &PeopleFilter,
        after: After,
        limit: u32,
    ) -> Result<Vec<PersonRow>, StoreError> {
        let wanted = search_words(&filter.search);
        let is_found = |person: &&PersonRow| {
            filter.sponsor.is_none_or(|sponsor| person.sponsor == Some(sponsor))
                && has_words(person, &wanted)
        };
        let world = self.world();
        let people = world.people.values().rev().filter(|person| is_after(person.id.uuid(), after));
        Ok(people.filter(is_found).take(limit as usize).cloned().collect())
    }

    async fn people_with_role(&self, role: Role) -> Result<Vec<PersonRow>, StoreError> {
        let world = self.world();
        let holders = world.roles.keys().rev().filter(|(_, held)| *held == role);
        Ok(holders.filter_map(|(id, _)| world.people.get(id).cloned()).collect())
    }

    async fn sponsors_privileged(
        &self,
        id: PersonId,
        groups: &BTreeSet<String>,
    ) -> Result<bool, StoreError> {
        let world = self.world();
        let is_privileged = |person: &PersonRow| {
            world.roles.keys().any(|(holder, _)| *holder == person.id)
                || !person.groups.is_disjoint(groups)
        };
        let mut sponsored = world.people.values().filter(|person| person.sponsor == Some(id));
        Ok(sponsored.any(|person| person.active && is_privileged(person)))
    }

    async fn roles(&self, id: PersonId) -> Result<Vec<RoleRow>, StoreError> {
        Ok(self.world().roles_of(id))
    }

    async fn credential(&self, id: &CredentialId) -> Result<Option<CredentialView>, StoreError> {
        let world = self.world();
        let found = world.authenticators.values().find(|row| row.credential == *id);
        Ok(found.map(|authenticator| CredentialView {
            authenticator: authenticator.clone(),
            holder: world.load(authenticator.person.into()),
        }))
    }

    async fn authenticators(&self, id: PersonId) -> Result<Vec<AuthenticatorRow>, StoreError> {
        let world = self.world();
        let held = world.authenticators.values().filter(|row| row.person == id);
        let mut held: Vec<_> = held.cloned().collect();
        held.sort_by_key(|row| (row.bound, row.id));
        Ok(held)
    }

    async fn session(&self, id: SessionId) -> Result<Option<SessionView>, StoreError> {
        let world = self.world();
        let view = world.sessions.get(&id).and_then(|session| {
            Some(SessionView {
                session: session.clone(),
                person: world.people.get(&session.person)?.clone(),
                roles: world.roles_of(session.person),
                authenticator: world.authenticators.get(&session.authenticator).cloned(),
            })
        });
        Ok(view)
    }

    async fn sessions(&self, id: PersonId) -> Result<Vec<SessionRow>, StoreError> {
        let world = self.world();
        Ok(world.sessions.values().rev().filter(|row| row.person == id).cloned().collect())
    }

    async fn sessions_over(
        &self,
        by: Timestamp,
        limit: u32,
    ) -> Result<Vec<SessionRow>, StoreError> {
        let world = self.world();
        let mut over: Vec<_> =
            world.sessions.values().filter(|row| row.expires <= by).cloned().collect();
        over.sort_by_key(|row| row.expires);
        over.truncate(limit as usize);
        Ok(over)
    }

    async fn enrollment(&self, id: EnrollmentId) -> Result<Option<EnrollmentRow>, StoreError> {
        Ok(self.world().enrollments.get(&id).cloned())
    }

    async fn enrollments(
        &self,
        filter: &EnrollmentFilter,
        after: After,
        limit: u32,
    ) -> Result<Vec<Waiting>, StoreError> {
        let wanted = search_words(&filter.search);
        let world = self.world();
        let is_wanted = |row: &&EnrollmentRow| {
            let person = world.people.get(&row.person);
            is_after(row.id.uuid(), after)
                && (wanted.is_empty() || person.is_some_and(|person| has_words(person, &wanted)))
                && filter.stage.is_none_or(|stage| row.stage == stage)
                && filter.person.is_none_or(|person| row.person == person)
                && !(filter.open && row.stage.is_closed())
        };
        let rows = world.enrollments.values().rev().filter(is_wanted);
        Ok(rows.take(limit as usize).filter_map(|row| world.waiting(row)).collect())
    }

    async fn waiting_for(
        &self,
        sponsor: PersonId,
        after: Option<WaitingAfter>,
        limit: u32,
    ) -> Result<Vec<Waiting>, StoreError> {
        let place = |it: WaitingAfter| (Reverse(it.has_browser), Reverse(it.enrollment));
        let world = self.world();
        let rows = world.enrollments.values().rev().filter(|row| !row.stage.is_closed());
        let mut waiting: Vec<Waiting> = rows
            .filter_map(|row| world.waiting(row))
            .filter(|waiting| waiting.person.sponsor == Some(sponsor))
            .collect();
        waiting.sort_by_key(|each| place(each.after()));
        waiting.retain(|each| after.is_none_or(|after| place(each.after()) > place(after)));
        waiting.truncate(limit as usize);
        Ok(waiting)
    }

    async fn open_now(&self, limit: u32) -> Result<OpenNow, StoreError> {
        let world = self.world();
        let mut open: Vec<_> =
            world.enrollments.values().filter(|row| !row.stage.is_closed()).collect();
        open.sort_by_key(|row| (row.expires, row.id));
        open.truncate(limit as usize);
        let mut attempts: Vec<AttemptRow> = world.attempts.values().cloned().collect();
        attempts.sort_by_key(|row| (row.pass_expires.unwrap_or(row.expires), row.id));
        attempts.truncate(limit as usize);
        let enrollments = open.into_iter().filter_map(|row| world.waiting(row)).collect();
        Ok(OpenNow { enrollments, attempts })
    }

    async fn overdue(&self, now: Timestamp, limit: u32) -> Result<Vec<EnrollmentId>, StoreError> {
        let world = self.world();
        let deadlines = world.enrollments.values().filter_map(|row| Some((row.deadline?, row.id)));
        let mut overdue: Vec<_> = deadlines.filter(|(deadline, _)| *deadline <= now).collect();
        overdue.sort_unstable();
        Ok(overdue.into_iter().take(limit as usize).map(|(_, id)| id).collect())
    }

    async fn metadata_file(&self) -> Result<Option<MetadataFile>, StoreError> {
        Ok(self.world().metadata.clone())
    }

    async fn states_of(&self, kind: StreamKind, limit: u32) -> Result<Vec<Stored>, StoreError> {
        let world = self.world();
        let states = world.streams.values().filter(|stored| stored.stream.kind() == kind);
        Ok(states.take(limit as usize).cloned().collect())
    }

    async fn answer(&self, key: Digest) -> Result<Option<AnswerRow>, StoreError> {
        Ok(self.world().answers.get(&key).cloned())
    }

    async fn reported_unexpected(
        &self,
        limit: u32,
    ) -> Result<Vec<(Waiting, Timestamp)>, StoreError> {
        let world = self.world();
        let mut reports: Vec<_> = world.unexpected.iter().map(|(id, at)| (*at, *id)).collect();
        reports.sort_by(|a, b| b.cmp(a));
        let listed = reports.into_iter().filter_map(|(at, id)| {
            let waiting = world.enrollments.get(&id).and_then(|row| world.waiting(row))?;
            Some((waiting, at))
        });
        Ok(listed.take(limit as usize).collect())
    }

    async fn weeks(&self, of: &Part, from: Week) -> Result<Vec<(Week, Measure, i64)>, StoreError> {
        let world = self.world();
        let weekly = world.figures.iter().filter_map(|(figure, count)| match figure {
            Figure::Weekly { of: part, week, measure }
                if part == of && *week >= from && *count != 0 =>
            {
                Some((*week, *measure, *count))
            }
            _ => None,
        });
        Ok(weekly.collect())
    }

    async fn parts(&self, kind: PartKind, limit: u32) -> Result<Vec<PartNow>, StoreError> {
        let world = self.world();
        let count = |of: &Part, holding| {
            let figure = Figure::Now { of: of.clone(), holding };
            world.figures.get(&figure).copied().unwrap_or(0)
        };
        let mut parts: Vec<PartNow> = world
            .figures
            .iter()
            .filter_map(|(figure, people)| match figure {
                Figure::Now { of, holding: Holding::Any } if of.kind == kind && *people > 0 => {
                    let (enrolled, second) = (count(of, Holding::One), count(of, Holding::Two));
                    Some(PartNow { part: of.clone(), people: *people, enrolled, second })
                }
                _ => None,
            })
            .collect();
        parts.sort_by(|a, b| (b.people, &a.part).cmp(&(a.people, &b.part)));
        parts.truncate(limit as usize);
        Ok(parts)
    }

    async fn tallies(&self) -> Result<Vec<(Tally, i64)>, StoreError> {
        let world = self.world();
        let count = |tally| world.tallies.get(&tally).copied().unwrap_or(0);
        Ok(Tally::ALL.into_iter().map(|tally| (tally, count(tally))).collect())
    }

    async fn entries(&self, stream: StreamId) -> Result<Vec<StoredEntry>, StoreError> {
        let world = self.world();
        let entries = world.entries.iter().map(|(_, entry)| entry);
        Ok(entries.filter(|entry| entry.stream.is_some_and(|at| at.0 == stream)).cloned().collect())
    }

    async fn last_event(&self) -> Result<Option<Timestamp>, StoreError> {
        Ok(self.world().last_event)
    }
}

impl World {
    fn roles_of(&self, id: PersonId) -> Vec<RoleRow> {
        self.roles.values().filter(|row| row.person == id).cloned().collect()
    }

    fn waiting(&self, enrollment: &EnrollmentRow) -> Option<Waiting> {
        let person = self.people.get(&enrollment.person)?.clone();
        Some(Waiting { enrollment: enrollment.clone(), person })
    }
}

/// Pages go from the newest id to the oldest.
fn is_after(id: Uuid, after: After) -> bool {
    after.0.is_none_or(|last| id < last)
}

/// Whether each of these words begins one of the person's.
fn has_words(person: &PersonRow, wanted: &BTreeSet<String>) -> bool {
    let words = person_words(person);
    wanted.iter().all(|each| words.iter().any(|word| word.starts_with(each)))
}
