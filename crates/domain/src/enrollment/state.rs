//! The state of an enrollment, folded from its events.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::{Attempt, AttemptEnd, EnrollmentEnd, EnrollmentEvent, SetupSecret};
use crate::{
    Actor, Aggregate, AttemptId, AuthenticatorId, CredentialId, EnrollmentId, KeyThumbprint,
    PersonId, Recorded, StreamKind, Unfoldable,
};

/// What an enrollment is for. Kinds differ by policy only.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// The first authenticator.
    First,
    /// One more, added by somebody who holds one.
    Additional,
}

impl Kind {
    /// Whether the person opens it themselves and vouches with an authenticator they hold.
    pub const fn is_own_act(self) -> bool {
        matches!(self, Self::Additional)
    }
}

/// How far an enrollment has ever come, for the funnel. It never goes back.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Milestone {
    /// It was opened.
    Opened,
    /// A locator was sent or scheduled.
    Invited,
    /// A browser began.
    Begun,
    /// Somebody vouched.
    Proofed,
    /// An authenticator was bound.
    Bound,
}

impl Milestone {
    fn of(event: &EnrollmentEvent) -> Self {
        match event {
            EnrollmentEvent::Invited { .. } => Self::Invited,
            EnrollmentEvent::AttemptBegun { .. } => Self::Begun,
            EnrollmentEvent::ProofedUnasked { .. } | EnrollmentEvent::Proofed { .. } => {
                Self::Proofed
            }
            EnrollmentEvent::Bound { .. } => Self::Bound,
            _ => Self::Opened,
        }
    }
}

/// The newest locator.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Invitation {
    /// Counts locators; only the newest opens anything. Zero before the first.
    pub generation: u32,
    /// From when it may be used; `None` when it is void until somebody sends it again.
    pub from: Option<Timestamp>,
    /// The setup link's secret, unless it was used.
    pub secret: Option<SetupSecret>,
    /// Whether the locator needs a secret, used or not.
    pub needs_secret: bool,
}

/// An enrollment that is not closed.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Running {
    /// When it ends by itself.
    pub expires: Timestamp,
    /// The newest locator.
    pub invitation: Invitation,
    /// Attempts that were not closed, oldest first. Time may have ended some: see [`Running::open`].
    pub attempts: Vec<Attempt>,
    /// Wrong match codes since the invitation was last sent.
    pub wrong_codes: u8,
}

/// Whether an enrollment can still bind something.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Phase {
    /// It can.
    Open(Running),
    /// It cannot, and holds no attempt and no pass.
    Closed {
        /// Why.
        reason: EnrollmentEnd,
        /// When.
        at: Timestamp,
        /// Who won, when it bound something.
        winner: Option<Winner>,
    },
}

/// The attempt that bound an authenticator, so that its last request can be repeated (rule 24).
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Winner {
    /// The attempt.
    pub attempt: AttemptId,
    /// Its browser key.
    pub key: KeyThumbprint,
    /// The credential.
    pub credential: CredentialId,
    /// The authenticator.
    pub authenticator: AuthenticatorId,
}

/// An attempt that is over, kept so that its page can say what happened.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct EndedAttempt {
    /// The attempt.
    pub id: AttemptId,
    /// Its browser key.
    pub key: KeyThumbprint,
    /// Why it ended; `None` when the enrollment ended with it.
    pub reason: Option<AttemptEnd>,
    /// The credential that it had verified and that was never bound: its device can drop it.
    pub unbound: Option<CredentialId>,
}

impl EndedAttempt {
    /// What is kept of an attempt when it ends with its enrollment.
    pub fn of(attempt: &Attempt) -> Self {
        let unbound = attempt.verified.as_ref().map(|credential| credential.id.clone());
        Self { id: attempt.id, key: attempt.key, reason: None, unbound }
    }
}

/// How many ended attempts are kept.
const KEPT_ENDED: usize = 8;

/// One run of the one state machine.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Enrollment {
    /// Its id.
    pub id: EnrollmentId,
    /// For whom.
    pub person: PersonId,
    /// What for.
    pub kind: Kind,
    /// When it was opened.
    pub opened: Timestamp,
    /// Who opened it.
    pub opened_by: Actor,
    /// How far it has ever come.
    pub milestone: Milestone,
    /// The attempts that ended last.
    pub ended: Vec<EndedAttempt>,
    /// Whether it can still bind something.
    pub phase: Phase,
}

/// The enrollment is over.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("this enrollment has ended")]
pub struct Ended(pub EnrollmentEnd);

impl Enrollment {
    /// The open part, unless it closed or its time is over.
    pub fn running(&self, now: Timestamp) -> Result<&Running, Ended> {
        match &self.phase {
            Phase::Open(running) if now < running.expires => Ok(running),
            Phase::Open(_) => Err(Ended(EnrollmentEnd::Expired)),
            Phase::Closed { reason, .. } => Err(Ended(*reason)),
        }
    }

    /// Keeps the attempts that an event ended, newest last.
    fn remember_ended(&mut self, before: Vec<EndedAttempt>, event: &EnrollmentEvent) {
        let (left, winner) = match &self.phase {
            Phase::Open(running) => (running.attempts.as_slice(), None),
            Phase::Closed { winner, .. } => (&[][..], winner.as_ref()),
        };
        let is_over = |id: AttemptId| {
            left.iter().all(|attempt| attempt.id != id)
                && winner.is_none_or(|winner| winner.attempt != id)
        };
        let reason = match event {
            EnrollmentEvent::AttemptClosed { reason, .. } => Some(*reason),
            _ => None,
        };
        let ended = before.into_iter().filter(|each| is_over(each.id));
        self.ended.extend(ended.map(|each| EndedAttempt { reason, ..each }));
        let surplus = self.ended.len().saturating_sub(KEPT_ENDED);
        self.ended.drain(..surplus);
    }

    /// Whether this person vouched in it, for an attempt that is not closed.
    pub fn was_vouched_by(&self, person: PersonId) -> bool {
        match &self.phase {
            Phase::Open(running) => running
                .attempts
                .iter()
                .flat_map(|attempt| &attempt.proofings)
                .any(|proofing| proofing.person() == Some(person)),
            Phase::Closed { .. } => false,
        }
    }
}

impl Running {
    /// Attempts that can still go on.
    pub fn open(&self, now: Timestamp) -> impl Iterator<Item = &Attempt> {
        self.attempts.iter().filter(move |attempt| attempt.is_open(now))
    }

    /// An attempt that can still go on.
    pub fn attempt(&self, id: AttemptId, now: Timestamp) -> Option<&Attempt> {
        self.open(now).find(|attempt| attempt.id == id)
    }

    /// Whether more than one browser is at it, so that one of them may not be the person.
    pub fn is_contested(&self, now: Timestamp) -> bool {
        self.open(now).count() > 1
    }

    /// Events that record which attempts time has ended.
    pub(super) fn close_expired_attempts(&self, now: Timestamp) -> Vec<EnrollmentEvent> {
        let expired = self.attempts.iter().filter(|attempt| !attempt.is_open(now));
        expired
            .map(|attempt| EnrollmentEvent::AttemptClosed {
                attempt: attempt.id,
                reason: AttemptEnd::Expired,
            })
            .collect()
    }

    /// Events that close every attempt.
    pub(super) fn close_attempts(&self, reason: AttemptEnd) -> Vec<EnrollmentEvent> {
        self.attempts
            .iter()
            .map(|attempt| EnrollmentEvent::AttemptClosed { attempt: attempt.id, reason })
            .collect()
    }
}

impl Aggregate for Enrollment {
    type Event = EnrollmentEvent;

    const KIND: StreamKind = StreamKind::Enrollment;

    fn evolve(
        state: Option<Self>,
        recorded: &Recorded<EnrollmentEvent>,
    ) -> Result<Self, Unfoldable> {
        let Some(mut enrollment) = state else { return Self::opened(recorded) };
        if recorded.stream != enrollment.id.into() {
            return Err(recorded.unfoldable());
        }
        let Phase::Open(running) = &mut enrollment.phase else {
            return Err(recorded.unfoldable());
        };
        let before = running.attempts.iter().map(EndedAttempt::of).collect();
        if let Some(closed) = running.apply(recorded).map_err(|_| recorded.unfoldable())? {
            enrollment.phase = closed;
        }
        enrollment.remember_ended(before, &recorded.event);
        enrollment.milestone = enrollment.milestone.max(Milestone::of(&recorded.event));
        Ok(enrollment)
    }
}

impl Enrollment {
    fn opened(recorded: &Recorded<EnrollmentEvent>) -> Result<Self, Unfoldable> {
        let EnrollmentEvent::Opened { person, enrollment: kind, expires, .. } = &recorded.event
        else {
            return Err(recorded.unfoldable());
        };
        if recorded.stream.kind() != StreamKind::Enrollment {
            return Err(recorded.unfoldable());
        }
        Ok(Self {
            id: EnrollmentId::from_uuid(recorded.stream.uuid()),
            person: *person,
            kind: *kind,
            opened: recorded.at,
            opened_by: recorded.by.clone(),
            milestone: Milestone::Opened,
            ended: Vec::new(),
            phase: Phase::Open(Running {
                expires: *expires,
                invitation: Invitation {
                    generation: 0,
                    from: None,
                    secret: None,
                    needs_secret: false,
                },
                attempts: Vec::new(),
                wrong_codes: 0,
            }),
        })
    }
}
