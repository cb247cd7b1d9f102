//! One row of a source: a person who joins, or one who changed.

use firstkey_domain::{
    Actor, PersonId, Private,
    person::{Change, ChangeRefusal, Person},
};
use firstkey_ports::{Joiner, ReservationKind};

use super::{
    changed::{Changed, personal},
    joining::{self, Joining, invite, planned, profile},
    user_name,
};
use crate::{App, Backend, Fault, Loaded, Outcome, Unit, UseCase};

/// Applies one row of a source.
#[derive(Debug)]
pub struct ImportJoiner {
    /// Who brings it: a configured feed, or the host's user on the command line.
    pub by: Actor,
    /// The row.
    pub joiner: Joiner,
    /// The person whom the row names, when they are known.
    pub known: Option<PersonId>,
    /// The sponsor whom the row names.
    pub sponsor: Option<PersonId>,
    /// Which of the planned user names to try; the caller counts up while they are taken.
    pub name_try: usize,
    /// Whether to open a first enrollment and schedule its invitation for somebody new. The terminal
    /// invites administrators itself.
    pub invite: bool,
    /// Whether interactive work goes first.
    pub bulk: bool,
}

/// What became of a row.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Imported {
    /// Somebody new; their first enrollment is open and its invitation scheduled.
    Joined(PersonId),
    /// Somebody known, and something differs.
    Changed(PersonId),
    /// Nothing differs.
    Same(PersonId),
}

/// Why a row was not applied.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum ImportJoinerFault {
    /// This user name is taken; try the next.
    #[error("the planned user name is taken")]
    NameTaken,
    /// Every planned user name is taken.
    #[error("all planned user names are taken; configure another pattern")]
    NoNameLeft,
    /// This external id is taken by nobody who is known by it: another import brought it at the same
    /// time, or it is the tombstone of somebody whose data was erased.
    #[error(
        "this external id belonged to somebody whose data was erased, or another import brings it at \
         this moment; import again, and if it stays refused, take the row out or give another id"
    )]
    ExternalIdTaken,
    /// Rule 2: less would be asked of them after this change, and nothing in it voids what was begun.
    #[error(
        "after this change of groups or worker type, policy would ask for less while an enrollment is \
         open; withdraw the enrollment first, or wait until a passkey is bound"
    )]
    Weakens,
    /// The person refuses.
    #[error(transparent)]
    Refused(#[from] ChangeRefusal),
    /// The enrollment could not be opened.
    #[error(transparent)]
    Open(#[from] firstkey_domain::enrollment::OpenRefusal),
    /// The enrollment ended meanwhile.
    #[error(transparent)]
    Ended(#[from] firstkey_domain::enrollment::Ended),
}

impl<S: Backend> UseCase<S> for ImportJoiner {
    type Output = Imported;
    type Refusal = ImportJoinerFault;

    fn actor(&self) -> Actor {
        self.by.clone()
    }

    async fn attempt(&self, unit: &mut Unit<'_, S>) -> Outcome<Imported, ImportJoinerFault> {
        if self.bulk {
            unit.in_bulk();
        }
        match self.known {
            Some(known) => change_known(unit, known, &self.joiner, self.sponsor).await,
            None => self.join(unit).await,
        }
    }

    fn taken(&self, kind: ReservationKind) -> Fault<ImportJoinerFault> {
        joining::taken(kind)
    }
}

impl<S: Backend> App<S> {
    /// Applies one row, trying planned user names in turn.
    pub async fn import_joiner(
        &self,
        mut row: ImportJoiner,
    ) -> Outcome<Imported, ImportJoinerFault> {
        loop {
            match self.run(&row).await {
                Err(Fault::Refused(ImportJoinerFault::NameTaken)) => row.name_try += 1,
                outcome => return outcome,
            }
        }
    }
}

impl ImportJoiner {
    async fn join<S: Backend>(
        &self,
        unit: &mut Unit<'_, S>,
    ) -> Outcome<Imported, ImportJoinerFault> {
        let person = PersonId::from_uuid(unit.new_uuid());
        let record = user_name::record(&self.joiner, String::new());
        let user_name = planned(unit, &record, self.name_try)?;
        let profile = profile(&self.joiner, self.sponsor);
        let joined = Joining { person, record, profile, user_name }.record_joined(unit, None)?;
        if self.invite {
            invite(unit, joined, Private::erased()).await?;
        }
        Ok(Imported::Joined(person))
    }
}

/// Applies a row about somebody who is known.
pub(crate) async fn change_known<S: Backend>(
    unit: &mut Unit<'_, S>,
    known: PersonId,
    joiner: &Joiner,
    sponsor: Option<PersonId>,
) -> Outcome<Imported, ImportJoinerFault> {
    let person: Loaded<Person> =
        unit.load(known).await?.ok_or(Fault::Refused(ChangeRefusal::Left.into()))?;
    let Some(old) = person.record.expose().cloned() else {
        return Ok(Imported::Same(known));
    };
    let new = user_name::record(joiner, old.user_name.clone());
    let personal = personal(&old, &new);
    let change = Change {
        profile: profile(joiner, sponsor),
        personal: personal.clone(),
        record: Private::held(new),
    };
    let events = person.change(change, unit.by()).map_err(Fault::refuse)?;
    if events.is_empty() {
        return Ok(Imported::Same(known));
    }
    let before = person.state.clone();
    let person = unit.append(person, events)?;
    Changed::of(&before, &person, &old, &personal).reach_enrollment(unit).await?;
    Ok(Imported::Changed(known))
}
