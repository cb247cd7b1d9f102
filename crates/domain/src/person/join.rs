//! Joining.

use serde::Serialize;

use super::{ChangeRefusal, Person, PersonEvent, Profile, Record, SignedRecord};
use crate::{Actor, Digest, PersonId, Private, challenge::Statement};

/// Somebody who is to join.
#[derive(Debug, Clone)]
pub struct Join {
    /// The id that they are to have.
    pub person: PersonId,
    /// What policy may read.
    pub profile: Profile,
    /// Personal data, with the planned user name.
    pub record: Private<Record>,
    /// What an operator signed who adds them in the console.
    pub signed: Option<SignedRecord>,
}

/// What an operator signs when they add somebody in the console.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize)]
pub struct JoinStatement<'a> {
    /// The id that they are to have.
    pub person: PersonId,
    /// What policy may read.
    pub profile: &'a Profile,
    /// [`Record::described`].
    pub record: Digest,
}

impl Statement for JoinStatement<'_> {
    const TAG: &'static str = "firstkey joiner/1";
}

impl Person {
    /// Records somebody who is to join. Whoever adds them in the console signs for it (rule 1), and
    /// so names their sponsor and address; they are barred from vouching for them (rule 2).
    pub fn join(command: Join, by: &Actor) -> Result<Vec<PersonEvent>, ChangeRefusal> {
        let Join { person, profile, record, signed } = command;
        if profile.sponsor == Some(person) {
            return Err(ChangeRefusal::OwnSponsor);
        }
        let is_signed =
            signed.as_ref().is_some_and(|join| join.signature.is_for_joiner(person, &profile));
        match by {
            Actor::Host(_) | Actor::Source(_) | Actor::Machine { .. } => {}
            Actor::Person(_) if is_signed => {}
            Actor::Person(_) | Actor::Applicant(_) | Actor::Clock => {
                return Err(ChangeRefusal::NeedsSignature);
            }
        }
        let (signed, blind) = match signed {
            Some(SignedRecord { signature, blind }) => (Some(signature), Private::held(blind)),
            None => (None, Private::erased()),
        };
        Ok(vec![PersonEvent::Joined { profile, signed, record, blind }])
    }
}
