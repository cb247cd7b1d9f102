//! What the voucher's screen shows for a handover. Showing changes nothing.

use firstkey_domain::{
    EnrollmentId,
    enrollment::{HandOver, HandOverRefusal},
};
use firstkey_policy::Operation;
use jiff::Timestamp;

use super::Vouching;
use crate::{
    App, Backend, Fault, Outcome, Unit,
    decision::NotAllowed,
    handover::{HandoverFor, HandoverSecret},
    signing_in::Session,
};

/// An address for the applicant's own browser.
#[derive(Clone)]
pub struct HandoverAddress {
    /// The whole address, with its secret behind the `#`.
    url: String,
    /// When the screen shows another. This one is taken for a minute longer.
    pub ends: Timestamp,
}

impl HandoverAddress {
    /// The address, for the screen of whoever asked.
    pub fn expose(&self) -> &str {
        &self.url
    }
}

impl std::fmt::Debug for HandoverAddress {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "HandoverAddress(…, until {})", self.ends)
    }
}

/// Why there is nothing to show.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum OfferFault {
    /// There is nothing here for them.
    #[error(transparent)]
    NotAllowed(#[from] NotAllowed),
    /// Nobody has begun.
    #[error("nobody is waiting; ask the person to open their invitation and press Begin")]
    NobodyWaiting,
    /// The enrollment would refuse it.
    #[error(transparent)]
    Refused(#[from] HandOverRefusal),
}

impl<S: Backend> App<S> {
    /// The address that this session's screen shows now to whoever begun in an enrollment.
    pub async fn handover_address(
        &self,
        session: &Session,
        enrollment: EnrollmentId,
    ) -> Outcome<HandoverAddress, OfferFault> {
        let mut unit = Unit::viewing(self);
        let Vouching { enrollment, operator, voucher, .. } =
            Vouching::load(&mut unit, session.person_id(), enrollment, Operation::Vouch).await?;
        let now = unit.now();
        let running = enrollment
            .running(now)
            .map_err(|ended| Fault::<OfferFault>::refuse(HandOverRefusal::Ended(ended)))?;
        let attempt = running.open(now).next().ok_or(Fault::Refused(OfferFault::NobodyWaiting))?;
        // What would be refused is not shown.
        let command = HandOver { attempt: attempt.id, voucher };
        enrollment.hand_over(&command, now).map_err(Fault::refuse)?;
        let is_for = HandoverFor { voucher: operator.id, enrollment: enrollment.id, attempt };
        let (secret, ends) = HandoverSecret::shown(&self.keys, session, is_for, now);
        let url = format!("{}/handover#{}", self.site.join_origin, secret.expose());
        Ok(HandoverAddress { url, ends })
    }
}
