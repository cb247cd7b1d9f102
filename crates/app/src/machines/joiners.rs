//! Joiners that a program brings: all of them or none, in one commit. A machine key for joiners is a feed,
//! which rule 2 binds, and whoever owns the key has brought them.

use std::{
    collections::{BTreeSet, HashMap},
    sync::{Mutex, PoisonError},
};

use firstkey_domain::{
    Actor, Digest, PersonId, Private,
    person::{Person, Record},
};
use firstkey_policy::Operation;
use firstkey_ports::{Joiner, Reservation, ReservationKind, SponsorRef, email_key, reserved};

use super::{Caller, Machine};
use crate::{
    App, Backend, Fault, Outcome, Unit, UseCase,
    decision::{NotAllowed, allow},
    people::{
        ImportJoinerFault, Imported, Resolved, ResolvedSponsor, change_known,
        joining::{Joining, invite, profile},
        user_name,
    },
};

/// How many joiners are brought at once: what one commit does while others wait for theirs.
pub const MOST_JOINERS: usize = 100;

/// A program brings joiners.
#[derive(Debug)]
pub struct BringJoiners {
    machine: Machine,
    joiners: Vec<Joiner>,
    /// Under which keys their external ids are reserved.
    ids: Vec<Digest>,
    /// Whom they were found to change, by [`BringJoiners::foresee`]. Nobody else is changed.
    foreseen: BTreeSet<PersonId>,
    /// Keys of reservations that were found to be taken, so that the next decision tries others.
    taken: Mutex<BTreeSet<Digest>>,
}

/// Why they were not brought.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum BringJoinersFault {
    /// There is nothing here for it.
    #[error(transparent)]
    NotAllowed(#[from] NotAllowed),
    /// Rows that cannot be applied; none was.
    #[error("{} rows cannot be applied", .0.len())]
    Rows(Vec<RowFault>),
}

/// What is wrong with a row.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RowFault {
    /// Which, from 0.
    pub row: usize,
    /// What.
    pub reason: RowReason,
}

/// What is wrong with a row, beside its fields.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum RowReason {
    /// Another row has the same external id.
    #[error("external_id is the same as in row {first}")]
    Twice {
        /// The other row.
        first: usize,
    },
    /// Nobody is named as sponsor.
    #[error("sponsor is nobody here and nobody in this request; add the sponsor first")]
    NoSponsor,
    /// Several people are.
    #[error("sponsor is an address that several people have; name the sponsor by identifier")]
    SeveralSponsors,
    /// The change itself is refused.
    #[error(transparent)]
    Refused(ImportJoinerFault),
}

impl BringJoiners {
    /// These joiners, by this program. At most [`MOST_JOINERS`] are taken by the edge. They change nobody
    /// who is known unless that was foreseen.
    pub fn new<S: Backend>(app: &App<S>, machine: Machine, joiners: Vec<Joiner>) -> Self {
        let key = app.keys.rows();
        let ids = joiners.iter().map(|row| reserved::external_id(key, &row.external_id)).collect();
        Self { machine, joiners, ids, foreseen: BTreeSet::new(), taken: Mutex::default() }
    }

    /// Whom they would change as things are now, so that the edge can count how often somebody is
    /// changed. Whoever is not among them is not changed: what moves in between makes it
    /// [`Fault::Busy`]. Rows that would be refused change nobody.
    pub async fn foresee<S: Backend>(
        &mut self,
        app: &App<S>,
    ) -> Outcome<&BTreeSet<PersonId>, BringJoinersFault> {
        self.foreseen.clear();
        let mut unit = Unit::rehearsing(app, self.machine.actor());
        let found = app.resolve(&self.joiners).await?;
        let people = People::of(&unit, &self.joiners, &found);
        let sponsors = match people.sponsors(&self.joiners, &found) {
            Ok(sponsors) => sponsors,
            Err(Fault::Refused(_)) => return Ok(&self.foreseen),
            Err(fault) => return Err(fault),
        };
        let rows = self.joiners.iter().zip(&found).zip(sponsors);
        for (row, ((joiner, found), sponsor)) in rows.enumerate() {
            let Some(known) = found.known else { continue };
            match change_known(&mut unit, known, joiner, sponsor).await {
                Ok(Imported::Changed(person)) => {
                    self.foreseen.insert(person);
                }
                Ok(_) | Err(Fault::Refused(_)) => {}
                Err(fault) => return Err(fault.map(|reason| refused(row, reason))),
            }
        }
        Ok(&self.foreseen)
    }

    fn taken(&self) -> std::sync::MutexGuard<'_, BTreeSet<Digest>> {
        // The set is whole between any two statements.
        self.taken.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Rows with the external id of one before.
    fn twice(&self) -> Vec<RowFault> {
        let mut first = HashMap::new();
        let rows = self.joiners.iter().enumerate();
        rows.filter_map(|(row, joiner)| {
            let before = *first.entry(&joiner.external_id).or_insert(row);
            (before != row).then_some(RowFault { row, reason: RowReason::Twice { first: before } })
        })
        .collect()
    }

    /// The first planned user name that is neither taken nor given to somebody else in this request.
    fn user_name<S: Backend>(
        &self,
        unit: &Unit<'_, S>,
        record: &Record,
        given: &mut BTreeSet<Digest>,
    ) -> Option<String> {
        let key = unit.app().keys.rows();
        let taken = self.taken();
        let mut names = user_name::candidates(&unit.app().settings.user_name_patterns, record);
        names.find(|name| {
            let digest = reserved::user_name(key, name);
            !taken.contains(&digest) && given.insert(digest)
        })
    }
}

impl<S: Backend> UseCase<S> for BringJoiners {
    type Output = Vec<Imported>;
    type Refusal = BringJoinersFault;

    fn actor(&self) -> Actor {
        self.machine.actor()
    }

    async fn attempt(&self, unit: &mut Unit<'_, S>) -> Outcome<Vec<Imported>, BringJoinersFault> {
        let caller = Caller::Machine(self.machine);
        allow::<S, BringJoinersFault>(unit, caller, None, Operation::ImportJoiners).await?;
        if self.joiners.len() > 1 {
            unit.in_bulk();
        }
        let twice = self.twice();
        if !twice.is_empty() {
            return Err(Fault::Refused(BringJoinersFault::Rows(twice)));
        }
        let found = unit.app().resolve(&self.joiners).await?;
        let people = People::of(unit, &self.joiners, &found);
        let sponsors = people.sponsors(&self.joiners, &found)?;
        let mut given = BTreeSet::new();
        let mut brought = Vec::with_capacity(self.joiners.len());
        let rows = self.joiners.iter().zip(&found).zip(people.ids).zip(sponsors);
        for (row, (((joiner, found), person), sponsor)) in rows.enumerate() {
            let outcome = if let Some(known) = found.known {
                change_known(unit, known, joiner, sponsor).await
            } else {
                let record = user_name::record(joiner, String::new());
                let user_name = self.user_name(unit, &record, &mut given);
                join(unit, person, record, user_name, profile(joiner, sponsor)).await
            };
            let outcome = outcome.map_err(|fault| fault.map(|reason| refused(row, reason)))?;
            if let Imported::Changed(person) = outcome
                && !self.foreseen.contains(&person)
            {
                // Somebody else changed them meanwhile, so this change is counted nowhere.
                return Err(Fault::Busy);
            }
            brought.push(outcome);
        }
        Ok(brought)
    }

    fn taken_by(&self, taken: &Reservation) -> Option<Fault<BringJoinersFault>> {
        let is_new = || self.taken().insert(taken.key);
        match taken.kind {
            // The next decision plans other names, until there are none.
            ReservationKind::UserName => {
                is_new();
                None
            }
            // Somebody else has just brought them: then they are known now. If not, it is a tombstone.
            ReservationKind::ExternalId if is_new() => None,
            ReservationKind::ExternalId => {
                let row = self.ids.iter().position(|id| *id == taken.key).unwrap_or_default();
                Some(Fault::Refused(refused(row, ImportJoinerFault::ExternalIdTaken)))
            }
            kind => Some(Fault::Spent(kind)),
        }
    }
}

fn refused(row: usize, reason: ImportJoinerFault) -> BringJoinersFault {
    BringJoinersFault::Rows(vec![RowFault { row, reason: RowReason::Refused(reason) }])
}

async fn join<S: Backend>(
    unit: &mut Unit<'_, S>,
    person: PersonId,
    record: Record,
    user_name: Option<String>,
    profile: firstkey_domain::person::Profile,
) -> Outcome<Imported, ImportJoinerFault> {
    let user_name = user_name.ok_or(Fault::Refused(ImportJoinerFault::NoNameLeft))?;
    let joined: crate::Loaded<Person> =
        Joining { person, record, profile, user_name }.record_joined(unit, None)?;
    invite(unit, joined, Private::erased()).await?;
    Ok(Imported::Joined(person))
}

/// The people whom the rows are about, so that rows can name each other's as sponsors.
struct People {
    ids: Vec<PersonId>,
    by_external_id: HashMap<String, PersonId>,
    /// `None` where several rows have the address.
    by_address: HashMap<String, Option<PersonId>>,
}

impl People {
    fn of<S: Backend>(unit: &Unit<'_, S>, joiners: &[Joiner], found: &[Resolved]) -> Self {
        let new = || PersonId::from_uuid(unit.new_uuid());
        let ids: Vec<_> = found.iter().map(|found| found.known.unwrap_or_else(new)).collect();
        let mut by_external_id = HashMap::new();
        let mut by_address = HashMap::new();
        for (joiner, id) in joiners.iter().zip(&ids) {
            by_external_id.insert(joiner.external_id.clone(), *id);
            by_address
                .entry(email_key(&joiner.personal_email))
                .and_modify(|several| *several = None)
                .or_insert(Some(*id));
        }
        Self { ids, by_external_id, by_address }
    }

    /// The sponsor of each row; all rows whose sponsor is not one person are said at once.
    fn sponsors(
        &self,
        joiners: &[Joiner],
        found: &[Resolved],
    ) -> Outcome<Vec<Option<PersonId>>, BringJoinersFault> {
        let mut faults = Vec::new();
        let mut sponsors = Vec::with_capacity(joiners.len());
        for (row, (joiner, found)) in joiners.iter().zip(found).enumerate() {
            let sponsor = match found.sponsor {
                ResolvedSponsor::None => Ok(None),
                ResolvedSponsor::Known(id) => Ok(Some(id)),
                ResolvedSponsor::Several => Err(RowReason::SeveralSponsors),
                ResolvedSponsor::Unknown => self.named(joiner.sponsor.as_ref()).map(Some),
            };
            sponsors.push(sponsor.unwrap_or_else(|reason| {
                faults.push(RowFault { row, reason });
                None
            }));
        }
        if faults.is_empty() {
            return Ok(sponsors);
        }
        Err(Fault::Refused(BringJoinersFault::Rows(faults)))
    }

    fn named(&self, sponsor: Option<&SponsorRef>) -> Result<PersonId, RowReason> {
        let found = match sponsor {
            Some(SponsorRef::ExternalId(id)) => self.by_external_id.get(id).copied().map(Some),
            Some(SponsorRef::Email(address)) => self.by_address.get(&email_key(address)).copied(),
            None => None,
        };
        match found {
            Some(Some(id)) => Ok(id),
            Some(None) => Err(RowReason::SeveralSponsors),
            None => Err(RowReason::NoSponsor),
        }
    }
}
