//! Withdrawing an invitation and all that came of it.

use firstkey_domain::{
    Actor, EnrollmentId,
    enrollment::{Enrollment, WithdrawRefusal},
    person::Person,
};
use firstkey_policy::Operation;

use crate::{
    Backend, Fault, Loaded, Outcome, Unit, UseCase,
    decision::{NotAllowed, allow},
    machines::Caller,
};

/// Withdraws an invitation.
#[derive(Debug, Clone)]
pub struct Withdraw {
    /// Who.
    pub operator: Caller,
    /// Which enrollment.
    pub enrollment: EnrollmentId,
}

/// Why it was not withdrawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum WithdrawFault {
    /// There is nothing here for them.
    #[error(transparent)]
    NotAllowed(#[from] NotAllowed),
    /// It is over.
    #[error(transparent)]
    Refused(#[from] WithdrawRefusal),
}

impl<S: Backend> UseCase<S> for Withdraw {
    type Output = ();
    type Refusal = WithdrawFault;

    fn actor(&self) -> Actor {
        self.operator.actor()
    }

    async fn attempt(&self, unit: &mut Unit<'_, S>) -> Outcome<(), WithdrawFault> {
        let not_allowed = || Fault::refuse(NotAllowed);
        let enrollment: Option<Loaded<Enrollment>> = unit.load(self.enrollment).await?;
        let enrollment = enrollment.ok_or_else(not_allowed)?;
        let person: Option<Loaded<Person>> = unit.load(enrollment.person).await?;
        let person = person.ok_or_else(not_allowed)?;
        allow::<S, WithdrawFault>(unit, self.operator, Some(&person), Operation::Withdraw).await?;
        let events = enrollment.withdraw(unit.now()).map_err(Fault::refuse)?;
        unit.append(enrollment, events)?;
        Ok(())
    }
}
