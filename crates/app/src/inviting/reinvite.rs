//! Sending an invitation again: the locator before opens nothing any more, and attempts close.

use firstkey_domain::{
    Actor, EnrollmentId,
    enrollment::{Ended, Enrollment},
    person::Person,
};
use firstkey_policy::Operation;

use super::invite_first;
use crate::{
    Backend, Fault, Loaded, Outcome, Unit, UseCase,
    decision::{NotAllowed, allow},
    machines::Caller,
};

/// Sends an invitation again, now.
#[derive(Debug, Clone)]
pub struct Reinvite {
    /// Who.
    pub operator: Caller,
    /// Which enrollment.
    pub enrollment: EnrollmentId,
}

/// Why it was not sent again.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum ReinviteFault {
    /// There is nothing here for them.
    #[error(transparent)]
    NotAllowed(#[from] NotAllowed),
    /// It is over.
    #[error(transparent)]
    Ended(#[from] Ended),
}

impl<S: Backend> UseCase<S> for Reinvite {
    type Output = ();
    type Refusal = ReinviteFault;

    fn actor(&self) -> Actor {
        self.operator.actor()
    }

    async fn attempt(&self, unit: &mut Unit<'_, S>) -> Outcome<(), ReinviteFault> {
        let not_allowed = || Fault::refuse(NotAllowed);
        let enrollment: Option<Loaded<Enrollment>> = unit.load(self.enrollment).await?;
        // Whoever adds a passkey of their own starts again on their own page: its address is never
        // mailed, and its minutes do not become days.
        let enrollment = enrollment.filter(|it| !it.kind.is_own_act()).ok_or_else(not_allowed)?;
        let person: Option<Loaded<Person>> = unit.load(enrollment.person).await?;
        let person = person.ok_or_else(not_allowed)?;
        allow::<S, ReinviteFault>(unit, self.operator, Some(&person), Operation::Reinvite).await?;
        let now = unit.now();
        invite_first(unit, enrollment, now, None)
            .map_err(|fault| fault.map(ReinviteFault::Ended))?;
        Ok(())
    }
}
