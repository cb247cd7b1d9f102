//! Somebody new, whoever brings them: an id, a user name of their own, and a first enrollment.

use firstkey_domain::{
    PersonId, Private,
    person::{Join, Person, Profile, Record, SignedRecord},
};
use firstkey_ports::{Joiner, ReservationKind, reserved};

use super::{ImportJoinerFault, user_name};
use crate::{
    Backend, Fault, Loaded, Outcome, Unit,
    inviting::{first_enrollment, invite_first, scheduled},
};

/// Somebody who is to join, under a user name that may be taken.
pub(crate) struct Joining {
    /// The id that they are to have.
    pub person: PersonId,
    /// What HR or an operator says of them. Its user name is not read.
    pub record: Record,
    /// What policy may read.
    pub profile: Profile,
    /// The planned user name to try; the caller tries the next one while they are taken.
    pub user_name: String,
}

impl Joining {
    /// Records them under the planned user name.
    pub fn record_joined<S: Backend>(
        self,
        unit: &mut Unit<'_, S>,
        signed: Option<SignedRecord>,
    ) -> Outcome<Loaded<Person>, ImportJoinerFault> {
        let Self { person, record, profile, user_name } = self;
        let owner = person.uuid();
        let key = unit.app().keys.rows();
        let (name, id) =
            (reserved::user_name(key, &user_name), reserved::external_id(key, &record.external_id));
        unit.reserve(ReservationKind::UserName, name, owner, None);
        unit.reserve(ReservationKind::ExternalId, id, owner, None);
        let record = Private::held(Record { user_name, ..record });
        let command = Join { person, profile, record, signed };
        let events = Person::join(command, unit.by()).map_err(Fault::refuse)?;
        unit.create(person, events)
    }
}

/// The planned user name that comes after so many which were taken.
pub(crate) fn planned<S: Backend>(
    unit: &Unit<'_, S>,
    record: &Record,
    name_try: usize,
) -> Outcome<String, ImportJoinerFault> {
    user_name::candidates(&unit.app().settings.user_name_patterns, record)
        .nth(name_try)
        .ok_or(Fault::Refused(ImportJoinerFault::NoNameLeft))
}

/// Opens their first enrollment and schedules its invitation.
pub(crate) async fn invite<S: Backend>(
    unit: &mut Unit<'_, S>,
    person: Loaded<Person>,
    reason: Private<String>,
) -> Outcome<(), ImportJoinerFault> {
    let from = scheduled(unit, &person);
    let (enrollment, _) = first_enrollment(unit, person, reason).await?;
    invite_first(unit, enrollment, from, None)
        .map_err(|fault| fault.map(ImportJoinerFault::Ended))?;
    Ok(())
}

/// What a joiner's reservation that somebody else holds means.
pub(crate) fn taken(kind: ReservationKind) -> Fault<ImportJoinerFault> {
    match kind {
        ReservationKind::UserName => Fault::Refused(ImportJoinerFault::NameTaken),
        ReservationKind::ExternalId => Fault::Refused(ImportJoinerFault::ExternalIdTaken),
        kind => Fault::Spent(kind),
    }
}

/// What policy may read of a joiner.
pub(crate) fn profile(joiner: &Joiner, sponsor: Option<PersonId>) -> Profile {
    Profile {
        sponsor,
        start_date: joiner.start_date,
        time_zone: joiner.time_zone.clone(),
        worker_type: joiner.worker_type.clone(),
        department: joiner.department.clone(),
        groups: joiner.groups.clone(),
    }
}
