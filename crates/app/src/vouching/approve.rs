//! The voucher signs for the applicant with their own passkey.

use firstkey_domain::{
    Actor, EnrollmentId, PersonId,
    challenge::Purpose,
    enrollment::{Vouch, VouchRefusal},
};
use firstkey_policy::Operation;
use firstkey_ports::{NoticeKind, ReservationKind};
use firstkey_webauthn::authentication::UnverifiedAssertion;

use super::{Approval, Vouching, signer};
use crate::{
    Backend, Fault, Outcome, TicketError, Unit, UseCase,
    decision::NotAllowed,
    ticket::{self, Ticket},
    webauthn::SignatureRefusal,
};

/// The voucher signed.
#[derive(Debug)]
pub struct Approve {
    /// Who.
    pub operator: PersonId,
    /// In which enrollment.
    pub enrollment: EnrollmentId,
    /// The ticket that came with the options.
    pub ticket: String,
    /// The browser's answer.
    pub assertion: UnverifiedAssertion,
}

/// Why an approval did not count.
#[derive(Debug, thiserror::Error)]
pub enum ApproveFault {
    /// There is nothing here for them.
    #[error(transparent)]
    NotAllowed(#[from] NotAllowed),
    /// The ticket is not for this.
    #[error(transparent)]
    Ticket(#[from] TicketError),
    /// The signature does not count.
    #[error(transparent)]
    Signature(#[from] SignatureRefusal),
    /// The enrollment refuses.
    #[error(transparent)]
    Refused(#[from] VouchRefusal),
}

impl<S: Backend> UseCase<S> for Approve {
    type Output = ();
    type Refusal = ApproveFault;

    fn actor(&self) -> Actor {
        Actor::Person(self.operator)
    }

    async fn attempt(&self, unit: &mut Unit<'_, S>) -> Outcome<(), ApproveFault> {
        let (app, now) = (unit.app(), unit.now());
        let Vouching { enrollment, applicant, operator, voucher } =
            Vouching::load(unit, self.operator, self.enrollment, Operation::Vouch).await?;
        let signer = signer(unit, &operator, &applicant).await?;
        let ticket: Ticket<Approval> =
            Ticket::open(&self.ticket, Purpose::Approval, &app.keys, now).map_err(Fault::refuse)?;
        if ticket.body.by != operator.id {
            return Err(Fault::refuse(TicketError::NotOurs));
        }
        let signed = signer.signed(unit, &ticket, self.assertion.clone()).map_err(Fault::refuse)?;
        let authenticator = signed.authenticator;
        let command = Vouch { voucher, statement: ticket.body.statement, signed: Some(signed) };
        let events = enrollment.vouch(command, now).map_err(Fault::refuse)?;
        unit.append(enrollment, events)?;
        if operator.id != applicant.id {
            // Every approval is told to its signer independently (rule 13).
            unit.notify(NoticeKind::Vouched, operator.id, applicant.id, Some(authenticator));
        }
        Ok(())
    }

    fn taken(&self, kind: ReservationKind) -> Fault<ApproveFault> {
        ticket::taken(kind)
    }
}
