//! The voucher's side of the door.

mod approve;
mod hand_over;
mod refuse;
mod terminal;
mod try_code;
mod waiting;

use firstkey_domain::{
    EnrollmentId, PersonId,
    enrollment::{ApprovalStatement, Enrollment, Voucher},
    person::Person,
};
use firstkey_policy::Operation;
use serde::{Deserialize, Serialize};

use crate::{
    Backend, Fault, Loaded, Outcome, Unit,
    decision::{NotAllowed, allow},
    privilege::is_privileged,
    signer::Signer,
};

pub use approve::{Approve, ApproveFault};
pub use hand_over::{HandoverAddress, OfferFault};
pub use refuse::{Refuse, RefuseFault};
pub use terminal::{TerminalVouch, TerminalVouchFault};
pub use try_code::{CodeAnswer, TryCode, TryCodeFault};
pub use waiting::{WaitingAttempt, WaitingView};

/// What travels with a voucher's ticket.
#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
pub(crate) struct Approval {
    /// Who typed the code. Nobody else signs for it: who did not meet the applicant typed nothing.
    pub by: PersonId,
    /// What they sign.
    pub statement: ApprovalStatement,
}

/// Everything that vouching reads, guarded.
pub(crate) struct Vouching {
    pub enrollment: Loaded<Enrollment>,
    pub applicant: Loaded<Person>,
    pub operator: Loaded<Person>,
    pub voucher: Voucher,
}

impl Vouching {
    /// Loads an enrollment for somebody who may vouch in it. What does not exist and what they may
    /// not touch are refused alike.
    pub async fn load<S: Backend, R: From<NotAllowed>>(
        unit: &mut Unit<'_, S>,
        operator: PersonId,
        enrollment: EnrollmentId,
        operation: Operation,
    ) -> Outcome<Self, R> {
        let not_allowed = || Fault::refuse(NotAllowed);
        let enrollment: Loaded<Enrollment> =
            unit.load(enrollment).await?.ok_or_else(not_allowed)?;
        let applicant: Loaded<Person> =
            unit.load(enrollment.person).await?.ok_or_else(not_allowed)?;
        // Whoever adds a passkey of their own signs for it themselves: no meeting, an act of theirs.
        let is_own_act = enrollment.kind.is_own_act() && applicant.id == operator;
        let operation = if is_own_act { Operation::AddAuthenticator } else { operation };
        let operator = allow(unit, operator, Some(&applicant), operation).await?;
        let own = match operator.enrollment {
            Some(own) if own != enrollment.id => unit.load::<Enrollment, R>(own).await?,
            _ => None,
        };
        let voucher = Voucher::person(&applicant, &enrollment, &operator, own.as_deref())
            .ok_or_else(not_allowed)?;
        Ok(Self { enrollment, applicant, operator, voucher })
    }
}

/// With what a voucher signs. For somebody privileged, only with what policy would bind to the voucher
/// today: they may have become that person's sponsor, or an administrator, since (rule 23).
pub(crate) async fn signer<'a, S: Backend, R>(
    unit: &mut Unit<'_, S>,
    voucher: &'a Person,
    applicant: &Person,
) -> Outcome<Signer<'a>, R> {
    if voucher.id == applicant.id {
        return Signer::with_best(unit, voucher).await;
    }
    if is_privileged(unit, applicant).await? {
        return Signer::with_suitable(unit, voucher).await;
    }
    Ok(Signer::with_any(voucher))
}
