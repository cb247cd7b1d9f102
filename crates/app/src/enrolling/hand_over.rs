//! The applicant's browser brings what it took from the voucher's screen (rules 4 and 5).

use firstkey_domain::{
    Actor, AttemptId, EnrollmentId,
    enrollment::{self, Enrollment, HandOverRefusal},
};
use firstkey_policy::Operation;
use firstkey_ports::ReservationKind;

use super::holder;
use crate::{
    Backend, Fault, Loaded, Outcome, ProvenRequest, Unit, UseCase,
    decision::NotAllowed,
    handover::{HandoverFor, HandoverSecret},
    vouching::Vouching,
};

/// What stood behind the `#` of the address on the voucher's screen. Cannot be printed.
#[derive(Clone)]
pub struct BroughtSecret(pub String);

impl std::fmt::Debug for BroughtSecret {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("BroughtSecret(…)")
    }
}

/// The browser that has begun brings a secret.
#[derive(Debug)]
pub struct HandOver {
    /// The request, signed by the attempt's key.
    pub request: ProvenRequest,
    /// The enrollment.
    pub enrollment: EnrollmentId,
    /// The attempt.
    pub attempt: AttemptId,
    /// What it brings.
    pub secret: BroughtSecret,
}

/// Why nothing was taken over.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum HandOverFault {
    /// There is no such attempt with this key.
    #[error("this page is not active any more; open your invitation again")]
    Unknown,
    /// It was shown too long ago, or used before.
    #[error("the screen shows another by now; scan the one that it shows")]
    Over,
    /// It is none of ours, or was shown for another browser.
    #[error("this was shown for another browser")]
    NotForThis,
    /// Whoever showed it is signed out, or may not vouch any more.
    #[error("whoever showed this has signed out or may not confirm you; ask them to look")]
    Withdrawn,
    /// Passes are not minted while the clock is in doubt, and time decides here as well (rule 22).
    #[error("the server's clock was moved; an administrator must look at it first")]
    ClockMoved,
    /// The enrollment refuses.
    #[error(transparent)]
    Refused(#[from] HandOverRefusal),
}

impl From<NotAllowed> for HandOverFault {
    fn from(_: NotAllowed) -> Self {
        Self::Withdrawn
    }
}

impl<S: Backend> UseCase<S> for HandOver {
    type Output = ();
    type Refusal = HandOverFault;

    fn actor(&self) -> Actor {
        Actor::Applicant(self.attempt)
    }

    async fn attempt(&self, unit: &mut Unit<'_, S>) -> Outcome<(), HandOverFault> {
        let (app, now) = (unit.app(), unit.now());
        let unknown = || Fault::Refused(HandOverFault::Unknown);
        let enrollment: Loaded<Enrollment> =
            unit.load(self.enrollment).await?.ok_or_else(unknown)?;
        let attempt =
            holder(&enrollment, self.attempt, self.request.key, now).ok_or_else(unknown)?;
        if app.is_clock_moved() {
            return Err(Fault::Refused(HandOverFault::ClockMoved));
        }
        let secret = HandoverSecret::from_text(&self.secret.0)
            .ok_or(Fault::Refused(HandOverFault::NotForThis))?;
        // Whose session it is follows from its row; who was written into a row did not make the secret.
        let session = app.store.session(secret.session).await?;
        let session = session.ok_or(Fault::Refused(HandOverFault::Withdrawn))?;
        let voucher = session.person.id;
        let is_for = HandoverFor { voucher, enrollment: self.enrollment, attempt };
        if !secret.is_for(&app.keys, is_for) {
            return Err(Fault::Refused(HandOverFault::NotForThis));
        }
        if !secret.is_fresh(now) {
            return Err(Fault::Refused(HandOverFault::Over));
        }
        if !app.is_live(&session, now) {
            return Err(Fault::Refused(HandOverFault::Withdrawn));
        }
        unit.rest_on_session(secret.session, voucher);
        let Vouching { enrollment, voucher, .. } =
            Vouching::load(unit, voucher, self.enrollment, Operation::Vouch).await?;
        let command = enrollment::HandOver { attempt: self.attempt, voucher };
        let events = enrollment.hand_over(&command, now).map_err(Fault::refuse)?;
        unit.spend_proof(&self.request);
        let (once, ends) = secret.spends();
        unit.spend_handover(once, ends);
        unit.append(enrollment, events)?;
        Ok(())
    }

    fn taken(&self, kind: ReservationKind) -> Fault<HandOverFault> {
        match kind {
            ReservationKind::Handover => Fault::Refused(HandOverFault::Over),
            kind => Fault::Spent(kind),
        }
    }
}
