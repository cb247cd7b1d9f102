//! Handover (rule 4): the applicant takes an address from the voucher's own screen into the browser that
//! has begun, so that nobody who only passes digits on can stand between.

use jiff::Timestamp;

use super::{Ended, Enrollment, EnrollmentEvent, Voucher};
use crate::AttemptId;

/// The applicant's browser brought what it took from a voucher's screen. Whoever calls has seen that it
/// was made for this attempt, by this voucher, just now.
#[derive(Debug, Clone)]
pub struct HandOver {
    /// The attempt whose key signed the request.
    pub attempt: AttemptId,
    /// From whose screen.
    pub voucher: Voucher,
}

/// Why an attempt was not upgraded.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum HandOverRefusal {
    /// The enrollment is over.
    #[error(transparent)]
    Ended(#[from] Ended),
    /// The attempt is over.
    #[error("this attempt has ended; open the invitation again")]
    NoAttempt,
    /// Rule 4: more than one browser has begun.
    #[error("more than one browser has begun; ask for the invitation to be sent again")]
    Contested,
    /// Rule 2: the voucher added this person in the console, or changed whom we trust.
    #[error("whoever showed this may not confirm you; somebody else must")]
    Barred,
    /// Nobody hands over to themselves, and the host has no screen of its own.
    #[error("this is not how this passkey is confirmed")]
    NotAMeeting,
    /// It was done before.
    #[error("this was taken over already")]
    Already,
}

impl Enrollment {
    /// Upgrades the sole open attempt. It earns nothing yet: the match by the same voucher does.
    pub fn hand_over(
        &self,
        command: &HandOver,
        now: Timestamp,
    ) -> Result<Vec<EnrollmentEvent>, HandOverRefusal> {
        let running = self.running(now)?;
        let HandOver { attempt, voucher } = command;
        let attempt = running.attempt(*attempt, now).ok_or(HandOverRefusal::NoAttempt)?;
        if running.is_contested(now) {
            return Err(HandOverRefusal::Contested);
        }
        if voucher.is_barred() {
            return Err(HandOverRefusal::Barred);
        }
        let person = voucher.actor().person().filter(|_| voucher.meets());
        let voucher = person.ok_or(HandOverRefusal::NotAMeeting)?;
        if attempt.was_handed_over_by(voucher) {
            return Err(HandOverRefusal::Already);
        }
        Ok(vec![EnrollmentEvent::HandedOver { attempt: attempt.id, voucher }])
    }
}
