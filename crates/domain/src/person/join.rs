//! Joining.

use serde::{Deserialize, Serialize};

use super::{ChangeRefusal, Person, PersonEvent, Profile, Record};
use crate::{
    Actor, Digest, PersonId, Private,
    challenge::{Purpose, Signed, Statement},
};

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
    pub signed: Option<SignedJoin>,
}

/// An operator's signature for somebody whom they add.
#[derive(Debug, Clone)]
pub struct SignedJoin {
    /// What the log keeps of it openly.
    pub signature: JoinSignature,
    /// The blind.
    pub blind: Digest,
}

/// A signature over a [`JoinStatement`], and what of that statement the event does not say openly. So
/// whoever has the event can verify it, also after the record was erased.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct JoinSignature {
    /// The signature.
    pub signed: Signed,
    /// [`Record::described`] of the record. Deciders do not look inside private data.
    pub described: Digest,
}

impl JoinSignature {
    /// Whether this very joiner was signed for.
    pub fn is_for(&self, person: PersonId, profile: &Profile) -> bool {
        let statement = JoinStatement { person, profile, record: self.described };
        self.signed.is_over(Purpose::Act, statement.digest())
    }
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

impl Record {
    /// The digest by which an operator signs for a record. The event shows it to everybody who reads
    /// the log, hence the blind: 256 random bits. The user name is not part of it, because Firstkey
    /// plans that one.
    pub fn described(&self, blind: &Digest) -> Digest {
        let typed = Self { user_name: String::new(), ..self.clone() };
        // Strings serialise into memory without a way to fail.
        let json = serde_json::to_vec(&typed).unwrap_or_default();
        Digest::of_parts("firstkey joiner record/1", &[blind.as_bytes(), &json])
    }
}

impl Person {
    /// Records somebody who is to join. Whoever adds them in the console signs for it (rule 1), and
    /// so names their sponsor and address; they are barred from vouching for them (rule 2).
    pub fn join(command: Join, by: &Actor) -> Result<Vec<PersonEvent>, ChangeRefusal> {
        let Join { person, profile, record, signed } = command;
        if profile.sponsor == Some(person) {
            return Err(ChangeRefusal::OwnSponsor);
        }
        let is_signed = signed.as_ref().is_some_and(|join| join.signature.is_for(person, &profile));
        match by {
            Actor::Host(_) | Actor::Source(_) | Actor::Machine { .. } => {}
            Actor::Person(_) if is_signed => {}
            Actor::Person(_) | Actor::Applicant(_) | Actor::Clock => {
                return Err(ChangeRefusal::NeedsSignature);
            }
        }
        let (signed, blind) = match signed {
            Some(SignedJoin { signature, blind }) => (Some(signature), Private::held(blind)),
            None => (None, Private::erased()),
        };
        Ok(vec![PersonEvent::Joined { profile, signed, record, blind }])
    }
}
