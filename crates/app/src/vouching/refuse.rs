//! "This is not the person." Nobody is to blame.

use firstkey_domain::{Actor, EnrollmentId, PersonId, Role, enrollment::VouchRefusal};
use firstkey_policy::Operation;
use firstkey_ports::NoticeKind;

use super::Vouching;
use crate::{Backend, Fault, Outcome, Unit, UseCase, decision::NotAllowed};

/// A voucher does not know the applicant.
#[derive(Debug, Clone)]
pub struct Refuse {
    /// Who says so.
    pub operator: PersonId,
    /// In which enrollment.
    pub enrollment: EnrollmentId,
}

/// Why a refusal was not recorded.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum RefuseFault {
    /// There is nothing here for them.
    #[error(transparent)]
    NotAllowed(#[from] NotAllowed),
    /// The enrollment refuses.
    #[error(transparent)]
    Refused(#[from] VouchRefusal),
}

impl<S: Backend> UseCase<S> for Refuse {
    type Output = ();
    type Refusal = RefuseFault;

    fn actor(&self) -> Actor {
        Actor::Person(self.operator)
    }

    async fn attempt(&self, unit: &mut Unit<'_, S>) -> Outcome<(), RefuseFault> {
        let Vouching { enrollment, applicant, voucher, .. } =
            Vouching::load(unit, self.operator, self.enrollment, Operation::RefuseApplicant)
                .await?;
        let events = enrollment.refuse(&voucher, unit.now()).map_err(Fault::refuse)?;
        unit.append(enrollment, events)?;
        for officer in unit.app().store.people_with_role(Role::Officer).await? {
            unit.notify(NoticeKind::Refused, officer.id, applicant.id, None);
        }
        Ok(())
    }
}
