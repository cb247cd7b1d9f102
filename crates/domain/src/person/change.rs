//! Changing and leaving.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use super::{Person, PersonEvent, Profile, Record};
use crate::{Actor, EnrollmentId, Private};

/// A part of a person that can change.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Field {
    /// Given or family name.
    Name,
    /// Where invitations and notices go: e-mail or mobile.
    Address,
    /// Who vouches.
    Sponsor,
    /// Groups.
    Groups,
    /// Worker type.
    WorkerType,
    /// Start date, time zone, department or language: nothing that trust rests on.
    Details,
}

impl Field {
    /// Whether a change of it, once an enrollment is open, voids what was begun (rule 2).
    pub const fn voids_enrollment(self) -> bool {
        matches!(self, Self::Name | Self::Address | Self::Sponsor)
    }
}

/// A change to a person, as a feed or the host brings it.
///
/// Which personal fields differ arrives in the command, because deciders do not look inside
/// [`Private`] data.
#[derive(Debug, Clone)]
pub struct Change {
    /// What policy may read, as it is to be.
    pub profile: Profile,
    /// Personal data, as it is to be, with the user name unchanged.
    pub record: Private<Record>,
    /// Which personal fields differ: names or addresses.
    pub personal: BTreeSet<Field>,
}

/// Why a change was refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum ChangeRefusal {
    /// Nobody who left changes any more.
    #[error("the person has left")]
    Left,
    /// Rule 1: altering a trust path needs a fresh signature.
    #[error("this change alters who can vouch or where messages go; sign it with your passkey")]
    NeedsSignature,
    /// Nobody vouches for themselves.
    #[error("a person cannot be their own sponsor")]
    OwnSponsor,
}

impl Person {
    /// Applies a change that a feed or the host brings. No events when nothing differs, so that
    /// importing twice changes nothing.
    pub fn change(&self, change: Change, by: &Actor) -> Result<Vec<PersonEvent>, ChangeRefusal> {
        let Change { profile, record, personal } = change;
        let changed = self.changed(&profile, &record, &personal)?;
        match by {
            Actor::Host(_) | Actor::Source(_) | Actor::Machine { .. } => {}
            // Rule 1: an operator corrects a record and signs for it.
            Actor::Person(_) | Actor::Applicant(_) | Actor::Clock => {
                return Err(ChangeRefusal::NeedsSignature);
            }
        }
        if changed.is_empty() {
            return Ok(Vec::new());
        }
        Ok(vec![PersonEvent::Changed { profile, changed, signed: None, record }])
    }

    /// What differs, unless it may not be so.
    pub(super) fn changed(
        &self,
        profile: &Profile,
        record: &Private<Record>,
        personal: &BTreeSet<Field>,
    ) -> Result<BTreeSet<Field>, ChangeRefusal> {
        if !self.is_active() {
            return Err(ChangeRefusal::Left);
        }
        if profile.sponsor == Some(self.id) {
            return Err(ChangeRefusal::OwnSponsor);
        }
        Ok(self.differences(profile, record, personal))
    }

    fn differences(
        &self,
        new: &Profile,
        record: &Private<Record>,
        personal: &BTreeSet<Field>,
    ) -> BTreeSet<Field> {
        let old = &self.profile;
        let details = (&old.start_date, &old.time_zone, &old.department)
            != (&new.start_date, &new.time_zone, &new.department);
        let mut changed = personal.clone();
        changed.extend(
            [
                (Field::Sponsor, old.sponsor != new.sponsor),
                (Field::Groups, old.groups != new.groups),
                (Field::WorkerType, old.worker_type != new.worker_type),
                (Field::Details, details),
            ]
            .into_iter()
            .filter_map(|(field, differs)| differs.then_some(field)),
        );
        if changed.is_empty() && self.record != *record {
            changed.insert(Field::Details);
        }
        changed
    }

    /// Records that they left. Leaving twice is leaving once.
    pub fn leave(&self) -> Vec<PersonEvent> {
        if self.is_active() { vec![PersonEvent::Left] } else { Vec::new() }
    }

    /// Notes that an enrollment was opened for them.
    pub fn note_enrollment(&self, enrollment: EnrollmentId) -> Vec<PersonEvent> {
        vec![PersonEvent::EnrollmentOpened { enrollment }]
    }
}
