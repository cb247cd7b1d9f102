//! A voucher types the code that they see on the applicant's screen.

use firstkey_domain::{
    Actor, EnrollmentId, PersonId,
    challenge::{Purpose, Statement},
    enrollment::{self, Checklist, CodeOutcome, MAX_WRONG_CODES, MatchCode, VouchRefusal},
};
use firstkey_policy::Operation;
use firstkey_ports::NoticeKind;

use super::{Approval, Vouching, signer};
use crate::{
    Backend, Fault, Outcome, Unit, UseCase, decision::NotAllowed, enrolling::Ceremony,
    match_code::accepted, ticket::Ticket, webauthn::SignatureRefusal,
};

/// A voucher types a code.
#[derive(Debug, Clone)]
pub struct TryCode {
    /// Who.
    pub operator: PersonId,
    /// In which enrollment.
    pub enrollment: EnrollmentId,
    /// What they typed.
    pub typed: MatchCode,
    /// What they confirmed.
    pub checklist: Checklist,
}

/// What typing a code led to.
#[derive(Debug, Clone)]
pub enum CodeAnswer {
    /// It is the code: this is what the voucher is to sign.
    Right(Ceremony),
    /// It is not; so many more tries before all attempts close. None: they have closed.
    Wrong {
        /// Tries left.
        left: u8,
    },
}

/// Why a code was not compared.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
pub enum TryCodeFault {
    /// There is nothing here for them.
    #[error(transparent)]
    NotAllowed(#[from] NotAllowed),
    /// None of their authenticators serves for this applicant.
    #[error(transparent)]
    Signature(#[from] SignatureRefusal),
    /// The enrollment refuses.
    #[error(transparent)]
    Refused(#[from] VouchRefusal),
}

impl<S: Backend> UseCase<S> for TryCode {
    type Output = CodeAnswer;
    type Refusal = TryCodeFault;

    fn actor(&self) -> Actor {
        Actor::Person(self.operator)
    }

    async fn attempt(&self, unit: &mut Unit<'_, S>) -> Outcome<CodeAnswer, TryCodeFault> {
        let (app, now) = (unit.app(), unit.now());
        let Vouching { enrollment, applicant, operator, voucher } =
            Vouching::load(unit, self.operator, self.enrollment, Operation::Vouch).await?;
        let signer = signer(unit, &operator, &applicant).await?;
        let running = enrollment
            .running(now)
            .map_err(|ended| Fault::Refused(TryCodeFault::Refused(VouchRefusal::Ended(ended))))?;
        let shown =
            running.open(now).flat_map(|attempt| accepted(&app.keys, attempt, now)).collect();
        let command =
            enrollment::TryCode { voucher, typed: self.typed, shown, checklist: self.checklist };
        match enrollment.check_code(&command, now).map_err(Fault::refuse)? {
            CodeOutcome::Right(statement) => {
                let context = statement.digest();
                let body = Approval { by: operator.id, statement };
                let ticket = Ticket::begin(Purpose::Approval, context, body, app.entropy(), now);
                Ok(CodeAnswer::Right(Ceremony {
                    options: signer.options(&app.site, &ticket.challenge).map_err(Fault::refuse)?,
                    ticket: ticket.seal(&app.keys, app.entropy()),
                }))
            }
            CodeOutcome::Wrong(events) => {
                let left = MAX_WRONG_CODES.saturating_sub(running.wrong_codes.saturating_add(1));
                if left == 0 {
                    unit.notify(NoticeKind::WrongCodes, applicant.id, applicant.id, None);
                }
                unit.append(enrollment, events)?;
                Ok(CodeAnswer::Wrong { left })
            }
        }
    }
}
