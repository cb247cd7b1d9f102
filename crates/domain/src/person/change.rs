//! Changing and leaving.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use super::{Person, PersonEvent, Profile, Record};
use crate::{
    Actor, Digest, EnrollmentId, PersonId, Private,
    challenge::{Purpose, Signed, Statement},
};

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

/// A change to a person, as a source or the console brings it.
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
    /// The signature, when a person changes a trust path in the console.
    pub signed: Option<Signed>,
}

/// What a person signs when they change somebody's trust path in the console.
#[derive(Debug, Serialize)]
struct ChangeStatement<'a> {
    person: PersonId,
    profile: &'a Profile,
    record: Option<Digest>,
}

impl Statement for ChangeStatement<'_> {
    const TAG: &'static str = "firstkey person change/1";
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
    /// The digest that whoever makes this change in the console must sign.
    pub fn change_digest(&self, change: &Change) -> Digest {
        let record = change.record.to_confidential().map(|bytes| Digest::of(&bytes));
        ChangeStatement { person: self.id, profile: &change.profile, record }.digest()
    }

    /// Applies a change. No events when nothing differs, so that importing twice changes nothing.
    pub fn change(&self, change: Change, by: &Actor) -> Result<Vec<PersonEvent>, ChangeRefusal> {
        if !self.is_active() {
            return Err(ChangeRefusal::Left);
        }
        if change.profile.sponsor == Some(self.id) {
            return Err(ChangeRefusal::OwnSponsor);
        }
        let changed = self.differences(&change);
        if changed.is_empty() {
            return Ok(Vec::new());
        }
        let trust_path = changed.iter().any(|field| *field != Field::Details);
        // Rule 1: feeds and the command line are logged as such; everybody else signs.
        let must_sign = match by {
            Actor::Host(_) | Actor::Source(_) | Actor::Machine { .. } => false,
            Actor::Person(_) | Actor::Applicant(_) | Actor::Clock => trust_path,
        };
        let digest = self.change_digest(&change);
        let is_signed =
            change.signed.as_ref().is_some_and(|signed| signed.is_over(Purpose::Act, digest));
        if must_sign && !is_signed {
            return Err(ChangeRefusal::NeedsSignature);
        }
        let Change { profile, record, signed, .. } = change;
        Ok(vec![PersonEvent::Changed { profile, changed, signed, record }])
    }

    fn differences(&self, change: &Change) -> BTreeSet<Field> {
        let (old, new) = (&self.profile, &change.profile);
        let details = (&old.start_date, &old.time_zone, &old.department)
            != (&new.start_date, &new.time_zone, &new.department);
        let mut changed = change.personal.clone();
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
        if changed.is_empty() && self.record != change.record {
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
