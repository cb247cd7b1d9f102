//! Erasing what is known of somebody who left (rule 18).
//!
//! One commit closes what they have open, deletes salt and confidential bytes of every event about
//! them, clears state, rows, sessions and outbox, and logs which events it was. Their user name and
//! HR's identifier stay taken, by keyed digests that name nobody.

use std::collections::BTreeSet;

use firstkey_domain::{
    Actor, EnrollmentId, PersonId, Recorded, StreamId,
    enrollment::Enrollment,
    person::{self, EraseRefusal, ErasedPart, Person, PersonEvent},
};
use firstkey_ports::{Row, StoredEntry, person_words, project, search_words};

use crate::{Backend, Fault, Loaded, Outcome, Unit, UseCase};

/// The longest reason, in characters.
const LONGEST_REASON: usize = 500;

/// Erases somebody who left.
#[derive(Debug, Clone)]
pub struct ErasePerson {
    /// Who.
    pub person: PersonId,
    /// Why: a ticket number, or words that name nobody. It stays in the log for ever.
    pub reason: String,
    /// Who erases them.
    pub by: Actor,
}

/// What was erased.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Erased {
    /// Events whose confidential parts are gone.
    pub events: usize,
}

/// Why nobody was erased.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum ErasePersonFault {
    /// Nobody has this id.
    #[error("there is no such person")]
    Unknown,
    /// The reason would keep what is to go.
    #[error(
        "the reason names the person and would stay in the log for ever; give a ticket number or \
         words that name nobody"
    )]
    ReasonNamesThem,
    /// Nobody reads novels.
    #[error("the reason is longer than {LONGEST_REASON} characters")]
    ReasonTooLong,
    /// The person's record refuses.
    #[error(transparent)]
    Refused(#[from] EraseRefusal),
}

impl<S: Backend> UseCase<S> for ErasePerson {
    type Output = Erased;
    type Refusal = ErasePersonFault;

    fn actor(&self) -> Actor {
        self.by.clone()
    }

    async fn attempt(&self, unit: &mut Unit<'_, S>) -> Outcome<Erased, ErasePersonFault> {
        let person: Option<Loaded<Person>> = unit.load(self.person).await?;
        let person = person.ok_or(Fault::Refused(ErasePersonFault::Unknown))?;
        let Some(record) = person.record.expose() else {
            return Err(Fault::refuse(EraseRefusal::AlreadyErased));
        };
        self.check_reason(&person)?;
        let tombstones = project::tombstones(record, unit.app().keys.rows());

        let own = unit.app().store.entries(StreamId::from(person.id)).await?;
        let enrollments = enrollments(&own)?;
        let mut parts: Vec<_> = part(person.id.into(), &own).into_iter().collect();
        for id in &enrollments {
            let enrollment: Option<Loaded<Enrollment>> = unit.load(*id).await?;
            let enrollment = enrollment.ok_or_else(|| Fault::Corrupt(id.to_string()))?;
            let entries = unit.app().store.entries(StreamId::from(*id)).await?;
            parts.extend(part((*id).into(), &entries));
            // A closed enrollment's state holds nothing personal.
            let events = enrollment.sweep(&person, unit.now());
            unit.append(enrollment, events)?;
        }
        let events = parts.iter().map(|part| part.versions.len()).sum();
        for part in &parts {
            for version in &part.versions {
                unit.erase(part.stream, *version);
            }
        }
        let erase = person::Erase { reason: self.reason.trim().to_owned(), parts, tombstones };
        let erased = person.erase(erase, unit.by()).map_err(Fault::refuse)?;
        let person = unit.append(person, erased)?;
        unit.row(Row::SessionsEnded(person.id));
        unit.row(Row::Unsent { to: person.id, enrollments });
        Ok(Erased { events })
    }
}

impl ErasePerson {
    /// The reason is kept, so it must not say what is erased.
    fn check_reason<R: From<ErasePersonFault>>(&self, person: &Person) -> Outcome<(), R> {
        if self.reason.chars().count() > LONGEST_REASON {
            return Err(Fault::refuse(ErasePersonFault::ReasonTooLong));
        }
        let row = project::person_row(person);
        // Addresses and identifiers whole, names also by their parts: "Ana's", "(O'Brien)".
        let (wholes, parts) = (person_words(&row), parts_of(&[row.given_name, row.family_name]));
        let around = |each: char| !each.is_alphanumeric();
        let mut words = self.reason.split_whitespace().map(|word| word.trim_matches(around));
        let names_them = words.any(|word| !wholes.is_disjoint(&search_words(word)))
            || !parts.is_disjoint(&parts_of(std::slice::from_ref(&self.reason)));
        if names_them { Err(Fault::refuse(ErasePersonFault::ReasonNamesThem)) } else { Ok(()) }
    }
}

/// The words of texts, cut at everything that is no letter and no digit.
fn parts_of(texts: &[String]) -> BTreeSet<String> {
    let parts = texts.iter().flat_map(|text| text.split(|each: char| !each.is_alphanumeric()));
    parts.flat_map(search_words).collect()
}

/// Every enrollment that was ever opened for the person.
fn enrollments<R>(own: &[StoredEntry]) -> Outcome<Vec<EnrollmentId>, R> {
    let mut found = BTreeSet::new();
    for entry in own {
        let recorded: Recorded<PersonEvent> = serde_json::from_slice(&entry.open)
            .map_err(|_| Fault::Corrupt(format!("entry {}", entry.sequence)))?;
        if let PersonEvent::EnrollmentOpened { enrollment } = recorded.event {
            found.insert(enrollment);
        }
    }
    Ok(found.into_iter().collect())
}

/// The events of a stream that have a confidential part.
fn part(stream: StreamId, entries: &[StoredEntry]) -> Option<ErasedPart> {
    let with_part = entries.iter().filter(|entry| entry.inner.is_some());
    let versions: Vec<u64> = with_part.filter_map(|entry| Some(entry.stream?.1)).collect();
    (!versions.is_empty()).then_some(ErasedPart { stream, versions })
}
