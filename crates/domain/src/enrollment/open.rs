//! Opening an enrollment and sending its locator.

use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

use super::{
    AttemptEnd, Ended, Enrollment, EnrollmentEvent, Kind, SETUP_LIFETIME, deadline::after,
};
use crate::{Digest, Private, person::Person};

/// The secret of the one-time setup link, as a digest. It sits in the link's fragment.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SetupSecret {
    /// SHA-256 of the secret.
    pub digest: Digest,
    /// When it ends by itself.
    pub expires: Timestamp,
}

impl SetupSecret {
    /// A secret that lives for [`SETUP_LIFETIME`].
    pub fn new(digest: Digest, now: Timestamp) -> Self {
        Self { digest, expires: after(now, SETUP_LIFETIME) }
    }
}

/// Opens an enrollment.
#[derive(Debug, Clone)]
pub struct Open {
    /// What for.
    pub kind: Kind,
    /// How long it stays open.
    pub lifetime: SignedDuration,
    /// Why, in the operator's words.
    pub reason: Private<String>,
}

/// Sends a locator, at once or later.
#[derive(Debug, Clone)]
pub struct Invite {
    /// When it is to be sent; it works from then on.
    pub from: Timestamp,
    /// How long the enrollment stays open after that.
    pub lifetime: SignedDuration,
    /// The setup link's secret, when it is one.
    pub secret: Option<SetupSecret>,
}

/// Why an enrollment was not opened.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum OpenRefusal {
    /// Nobody who left enrolls.
    #[error("the person has left")]
    Left,
    /// One door at a time.
    #[error("an enrollment is already open for this person; re-send or withdraw that one")]
    AlreadyOpen,
    /// A first authenticator is bound once.
    #[error("this person already holds a passkey; they add another one themselves")]
    AlreadyEnrolled,
    /// An additional authenticator needs one to sign for it.
    #[error("this person holds no passkey yet; open a first enrollment")]
    NotEnrolled,
}

impl Enrollment {
    /// Opens an enrollment for a person whose newest one, if any, is `newest`.
    pub fn open(
        person: &Person,
        newest: Option<&Self>,
        command: Open,
        now: Timestamp,
    ) -> Result<Vec<EnrollmentEvent>, OpenRefusal> {
        if !person.is_active() {
            return Err(OpenRefusal::Left);
        }
        // One whose time is over can never run again, recorded or not (rule 22).
        if newest.is_some_and(|newest| newest.running(now).is_ok()) {
            return Err(OpenRefusal::AlreadyOpen);
        }
        match (command.kind, person.is_enrolled()) {
            (Kind::First, true) => return Err(OpenRefusal::AlreadyEnrolled),
            (Kind::Additional, false) => return Err(OpenRefusal::NotEnrolled),
            (Kind::First, false) | (Kind::Additional, true) => {}
        }
        Ok(vec![EnrollmentEvent::Opened {
            person: person.id,
            enrollment: command.kind,
            expires: after(now, command.lifetime),
            reason: command.reason,
        }])
    }

    /// Sends a locator, or sends it again: the one before opens nothing any more, and attempts begun
    /// from it close.
    pub fn invite(&self, command: &Invite, now: Timestamp) -> Result<Vec<EnrollmentEvent>, Ended> {
        let running = self.running(now)?;
        let mut events = running.close_attempts(AttemptEnd::Reinvited);
        events.push(EnrollmentEvent::Invited {
            generation: running.invitation.generation.saturating_add(1),
            from: command.from,
            expires: after(command.from.max(now), command.lifetime),
            secret: command.secret,
        });
        Ok(events)
    }
}
