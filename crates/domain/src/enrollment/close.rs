//! How an enrollment ends without binding anything.

use jiff::Timestamp;

use super::{AttemptEnd, Ended, Enrollment, EnrollmentEnd, EnrollmentEvent, PassEnd, Phase};
use crate::{Actor, person::Person};

/// Why an enrollment was not withdrawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum WithdrawRefusal {
    /// It is over.
    #[error(transparent)]
    Ended(#[from] Ended),
}

impl Enrollment {
    /// Withdraws the invitation and all that came of it.
    pub fn withdraw(&self, now: Timestamp) -> Result<Vec<EnrollmentEvent>, WithdrawRefusal> {
        self.running(now)?;
        Ok(vec![EnrollmentEvent::Closed { reason: EnrollmentEnd::Withdrawn }])
    }

    /// Voids what was begun, because the sponsor, an address or the name changed (rule 2).
    pub fn void(&self, by: &Actor, now: Timestamp) -> Result<Vec<EnrollmentEvent>, Ended> {
        let running = self.running(now)?;
        let mut events = running.close_attempts(AttemptEnd::Voided);
        events.push(EnrollmentEvent::Voided { changed_by: by.responsible() });
        Ok(events)
    }

    /// Closes it after a restore: what was begun since the backup is not known, and what was open then
    /// may have been used since (rule 21).
    pub fn close_restored(&self) -> Vec<EnrollmentEvent> {
        match &self.phase {
            Phase::Open(_) => vec![EnrollmentEvent::Closed { reason: EnrollmentEnd::Restored }],
            Phase::Closed { .. } => Vec::new(),
        }
    }

    /// Records what time and the person's leaving have ended (rule 22). Nothing waits for it: every
    /// decider computes expiry from `now` itself.
    pub fn sweep(&self, person: &Person, now: Timestamp) -> Vec<EnrollmentEvent> {
        let Phase::Open(running) = &self.phase else { return Vec::new() };
        if !person.is_active() {
            return vec![EnrollmentEvent::Closed { reason: EnrollmentEnd::Left }];
        }
        if now >= running.expires {
            return vec![EnrollmentEvent::Closed { reason: EnrollmentEnd::Expired }];
        }
        let mut events = running.close_expired_attempts(now);
        for attempt in running.open(now) {
            if let Some(pass) = attempt.pass.filter(|pass| !pass.is_open(now)) {
                events.push(EnrollmentEvent::PassEnded {
                    attempt: attempt.id,
                    pass: pass.id,
                    reason: PassEnd::Expired,
                });
            }
        }
        events
    }

    /// When [`Enrollment::sweep`] next has something to record.
    pub fn next_deadline(&self) -> Option<Timestamp> {
        let Phase::Open(running) = &self.phase else { return None };
        running
            .attempts
            .iter()
            .flat_map(|attempt| [Some(attempt.expires), attempt.pass.map(|pass| pass.expires)])
            .flatten()
            .chain([running.expires])
            .min()
    }
}
