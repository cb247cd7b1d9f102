//! The state of a person, folded from their events.

use std::collections::BTreeSet;

use jiff::{Timestamp, civil::Date};
use serde::{Deserialize, Serialize};

use super::{PersonEvent, Tombstones};
use crate::{
    Aggregate, AuthenticatorId, Credential, EnrollmentId, PersonId, Private, Recorded, Role,
    StreamId, StreamKind, Unfoldable,
};

/// Personal data, kept in the confidential part of events.
#[derive(Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Record {
    /// HR's identifier of the person.
    pub external_id: String,
    /// Given name.
    pub given_name: String,
    /// Family name.
    pub family_name: String,
    /// Where the invitation goes.
    pub personal_email: String,
    /// Mobile number in E.164 form, when HR has one.
    pub mobile: Option<String>,
    /// BCP 47 language tag for pages and mail.
    pub language: Option<String>,
    /// The planned user name; frozen once an enrollment opens.
    pub user_name: String,
}

/// What policy and planning may read of a person.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Profile {
    /// Who vouches for them.
    pub sponsor: Option<PersonId>,
    /// First working day.
    pub start_date: Date,
    /// IANA time zone in which that day begins.
    pub time_zone: String,
    /// Such as `employee` or `contractor`.
    pub worker_type: String,
    /// Department, when HR names one.
    pub department: Option<String>,
    /// Groups, as the source names them.
    pub groups: BTreeSet<String>,
}

/// Whether the person still belongs to the organisation.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Standing {
    /// They belong.
    Active,
    /// They left; nothing of theirs works any more.
    Left(Timestamp),
    /// They left, and what was known of them was erased.
    Erased {
        /// When it was erased.
        at: Timestamp,
        /// What stays taken.
        tombstones: Tombstones,
    },
}

/// Whether an authenticator may be used.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AuthenticatorStanding {
    /// It may.
    Active,
    /// Somebody said "this was not me"; only new proofing releases it.
    Suspended,
}

/// A bound authenticator.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Authenticator {
    /// Its id.
    pub id: AuthenticatorId,
    /// The credential.
    pub credential: Credential,
    /// The enrollment that bound it.
    pub enrollment: EnrollmentId,
    /// When it was bound.
    pub bound: Timestamp,
    /// The name its owner gave it.
    pub name: Private<String>,
    /// Whether it may be used.
    pub standing: AuthenticatorStanding,
}

/// A person. An applicant until the first authenticator is bound, then a subscriber.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Person {
    /// Their id.
    pub id: PersonId,
    /// Whether they belong.
    pub standing: Standing,
    /// What policy may read.
    pub profile: Profile,
    /// Personal data.
    pub record: Private<Record>,
    /// Operator roles.
    pub roles: BTreeSet<Role>,
    /// Bound authenticators, oldest first; removed ones are gone from here and remain in the log.
    pub authenticators: Vec<Authenticator>,
    /// The newest enrollment, open or closed.
    pub enrollment: Option<EnrollmentId>,
    /// Who added them in the console or by a machine key of theirs, or changed the sponsor, an address or
    /// the name since the first enrollment opened. They may not vouch until an authenticator is bound (rule 2). It is kept here and not in an enrollment,
    /// so that withdrawing that one and opening another forgets nothing.
    pub barred: BTreeSet<PersonId>,
    /// When they last signed out everywhere. No sign-in that was begun before counts.
    pub signed_out: Option<Timestamp>,
}

impl Person {
    /// Whether they belong to the organisation.
    pub const fn is_active(&self) -> bool {
        matches!(self.standing, Standing::Active)
    }

    /// Whether an authenticator was ever bound and one is still there.
    pub const fn is_enrolled(&self) -> bool {
        !self.authenticators.is_empty()
    }

    /// The authenticator, when it may be used now.
    pub fn usable_authenticator(&self, id: AuthenticatorId) -> Option<&Authenticator> {
        self.authenticators.iter().find(|each| {
            each.id == id
                && self.is_active()
                && matches!(each.standing, AuthenticatorStanding::Active)
        })
    }

    fn authenticator_mut(&mut self, id: AuthenticatorId) -> Option<&mut Authenticator> {
        self.authenticators.iter_mut().find(|each| each.id == id)
    }
}

impl Aggregate for Person {
    type Event = PersonEvent;

    const KIND: StreamKind = StreamKind::Person;

    fn evolve(state: Option<Self>, recorded: &Recorded<PersonEvent>) -> Result<Self, Unfoldable> {
        let unfoldable = || recorded.unfoldable();
        let mut person = match (state, &recorded.event) {
            (None, PersonEvent::Joined { profile, record, .. }) => {
                return Ok(Self {
                    id: person_id(recorded.stream).ok_or_else(unfoldable)?,
                    standing: Standing::Active,
                    profile: profile.clone(),
                    record: record.clone(),
                    roles: BTreeSet::new(),
                    authenticators: Vec::new(),
                    enrollment: None,
                    barred: recorded.by.responsible().into_iter().collect(),
                    signed_out: None,
                });
            }
            (Some(person), _) => person,
            (None, _) => return Err(unfoldable()),
        };
        // Nothing that would give somebody who left a way in can follow their leaving.
        let is_fit = recorded.stream == person.id.into()
            && match &recorded.event {
                PersonEvent::Joined { .. } => false,
                PersonEvent::Changed { .. }
                | PersonEvent::Corrected { .. }
                | PersonEvent::Left
                | PersonEvent::RoleGranted { .. }
                | PersonEvent::AuthenticatorRemoved { .. } => person.is_active(),
                PersonEvent::AuthenticatorBound { authenticator, credential, .. } => {
                    let is_new = |each: &Authenticator| {
                        each.id != *authenticator && each.credential.id != credential.id
                    };
                    person.is_active() && person.authenticators.iter().all(is_new)
                }
                PersonEvent::Erased { .. } => matches!(person.standing, Standing::Left(_)),
                // Nothing brings personal data back.
                PersonEvent::AuthenticatorNamed { .. } => !person.is_erased(),
                PersonEvent::EnrollmentOpened { .. }
                | PersonEvent::RoleRevoked { .. }
                | PersonEvent::AuthenticatorSuspended { .. }
                | PersonEvent::AuthenticatorStopped { .. }
                | PersonEvent::SignedOutEverywhere => true,
            };
        if !is_fit {
            return Err(unfoldable());
        }
        person.apply(recorded).ok_or_else(unfoldable)?;
        Ok(person)
    }
}

impl Person {
    /// Applies one event that follows joining; `None` when it names an authenticator that is not
    /// theirs.
    fn apply(&mut self, recorded: &Recorded<PersonEvent>) -> Option<()> {
        match &recorded.event {
            PersonEvent::Joined { .. } => return None,
            PersonEvent::Changed { profile, record, changed, .. }
            | PersonEvent::Corrected { profile, record, changed, .. } => {
                self.profile = profile.clone();
                self.record = record.clone();
                let is_trusted = changed.iter().any(|field| field.voids_enrollment());
                if is_trusted && self.enrollment.is_some() {
                    // Whoever acts for themselves signs with an authenticator they hold anyway.
                    self.barred.extend(recorded.by.responsible().filter(|by| *by != self.id));
                }
            }
            PersonEvent::Left => self.standing = Standing::Left(recorded.at),
            PersonEvent::Erased { tombstones, .. } => {
                self.standing = Standing::Erased { at: recorded.at, tombstones: *tombstones };
                self.record = Private::erased();
                for authenticator in &mut self.authenticators {
                    authenticator.name = Private::erased();
                }
            }
            PersonEvent::EnrollmentOpened { enrollment } => self.enrollment = Some(*enrollment),
            PersonEvent::RoleGranted { role, .. } => {
                self.roles.insert(*role);
            }
            PersonEvent::RoleRevoked { role, .. } => {
                self.roles.remove(role);
            }
            PersonEvent::AuthenticatorBound { authenticator, credential, enrollment } => {
                self.barred.clear();
                self.authenticators.push(Authenticator {
                    id: *authenticator,
                    credential: credential.clone(),
                    enrollment: *enrollment,
                    bound: recorded.at,
                    name: Private::erased(),
                    standing: AuthenticatorStanding::Active,
                });
            }
            PersonEvent::AuthenticatorNamed { authenticator, name } => {
                self.authenticator_mut(*authenticator)?.name = name.clone();
            }
            PersonEvent::AuthenticatorSuspended { authenticator }
            | PersonEvent::AuthenticatorStopped { authenticator, .. } => {
                self.authenticator_mut(*authenticator)?.standing = AuthenticatorStanding::Suspended;
            }
            PersonEvent::AuthenticatorRemoved { authenticator, .. } => {
                self.authenticator_mut(*authenticator)?;
                self.authenticators.retain(|each| each.id != *authenticator);
            }
            PersonEvent::SignedOutEverywhere => self.signed_out = Some(recorded.at),
        }
        Some(())
    }
}

fn person_id(stream: StreamId) -> Option<PersonId> {
    (stream.kind() == StreamKind::Person).then(|| PersonId::from_uuid(stream.uuid()))
}
