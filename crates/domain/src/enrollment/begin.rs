//! Begin: the applicant's browser made a key, and an attempt is bound to it.

use jiff::Timestamp;

use super::{
    AttemptEnd, Device, Ended, Enrollment, EnrollmentEvent, Invitation, MAX_OPEN_ATTEMPTS,
};
use crate::{AttemptId, Clearance, Digest, KeyThumbprint, Private, person::Person};

/// The applicant pressed Begin.
#[derive(Debug, Clone)]
pub struct Begin {
    /// The new attempt's id.
    pub attempt: AttemptId,
    /// The browser key, which signed the request.
    pub key: KeyThumbprint,
    /// Which locator was used.
    pub generation: u32,
    /// The digest of the setup link's secret, when there was one.
    pub secret: Option<Digest>,
    /// The console's word that no operator is signed in in this browser.
    pub clearance: Clearance,
    /// What the voucher is to be shown.
    pub device: Private<Device>,
    /// The attempt that this one replaces, whose key signed for the move (rule 10).
    pub replaces: Option<AttemptId>,
}

/// Why Begin was refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum BeginRefusal {
    /// The enrollment is over.
    #[error(transparent)]
    Ended(#[from] Ended),
    /// The person left.
    #[error("the person has left")]
    Left,
    /// The locator was replaced or voided.
    #[error("this link was replaced by a newer one; look for the newest message")]
    Replaced,
    /// The locator is scheduled for later.
    #[error("this link opens later")]
    NotYet,
    /// Rule 3: an operator is signed in in this browser.
    #[error("somebody is signed in to the console in this browser")]
    NotCleared,
    /// Three browsers are at it already.
    #[error("too many browsers have begun; ask for the invitation to be sent again")]
    TooMany,
    /// The browser key is already an attempt's.
    #[error("this browser has begun already")]
    KeyInUse,
    /// The setup link's secret is wrong, used or too old.
    #[error("this setup link was used or has expired; make a new one in the terminal")]
    BadSecret,
    /// There is nothing to move, or somebody was already met on the other device.
    #[error("the other device cannot hand over any more; begin afresh from the invitation")]
    CannotMove,
}

impl Enrollment {
    /// Binds a browser key to a new attempt.
    pub fn begin(
        &self,
        person: &Person,
        command: Begin,
        now: Timestamp,
    ) -> Result<Vec<EnrollmentEvent>, BeginRefusal> {
        let running = self.running(now)?;
        if !person.is_active() {
            return Err(BeginRefusal::Left);
        }
        let Clearance { enrollment, key, ends } = command.clearance;
        if enrollment != self.id || key != command.key || now >= ends {
            return Err(BeginRefusal::NotCleared);
        }
        running.invitation.admits(&command, now)?;
        if running.open(now).any(|attempt| attempt.key == command.key) {
            return Err(BeginRefusal::KeyInUse);
        }
        let mut events = running.close_expired_attempts(now);
        let mut open = running.open(now).count();
        if let Some(replaced) = command.replaces {
            let replaced = running.attempt(replaced, now).ok_or(BeginRefusal::CannotMove)?;
            // Proofing never moves to a new key.
            if !replaced.proofings.is_empty() {
                return Err(BeginRefusal::CannotMove);
            }
            events.push(EnrollmentEvent::AttemptClosed {
                attempt: replaced.id,
                reason: AttemptEnd::Moved,
            });
            open -= 1;
        }
        if open >= MAX_OPEN_ATTEMPTS {
            return Err(BeginRefusal::TooMany);
        }
        events.push(EnrollmentEvent::AttemptBegun {
            attempt: command.attempt,
            key: command.key,
            device: command.device,
        });
        Ok(events)
    }
}

impl Invitation {
    fn admits(&self, command: &Begin, now: Timestamp) -> Result<(), BeginRefusal> {
        let from = self.from.ok_or(BeginRefusal::Replaced)?;
        if command.generation != self.generation {
            return Err(BeginRefusal::Replaced);
        }
        if now < from {
            return Err(BeginRefusal::NotYet);
        }
        if !self.needs_secret {
            return Ok(());
        }
        let is_right = self
            .secret
            .is_some_and(|secret| now < secret.expires && command.secret == Some(secret.digest));
        // Moving to another device is vouched for by the first key, which had the secret.
        if is_right || command.replaces.is_some() { Ok(()) } else { Err(BeginRefusal::BadSecret) }
    }
}
