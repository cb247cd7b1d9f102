//! A change that is made only if the enrollment is as the program read it.

use firstkey_domain::{Actor, EnrollmentId, enrollment::Enrollment};
use firstkey_ports::{Reservation, ReservationKind};

use crate::{Backend, Fault, Loaded, Outcome, Unit, UseCase};

/// Does it only while the enrollment is at this version; without one, whatever its version.
#[derive(Debug)]
pub struct IfCurrent<U> {
    /// What to do.
    pub use_case: U,
    /// The enrollment.
    pub enrollment: EnrollmentId,
    /// Its version when it was read.
    pub version: Option<u64>,
}

/// Why it was not done.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum IfCurrentFault<R> {
    /// The enrollment has moved.
    #[error("it is not as it was when it was read")]
    Moved,
    /// It was refused.
    #[error("refused")]
    Refused(R),
}

impl<S: Backend, U: UseCase<S>> UseCase<S> for IfCurrent<U> {
    type Output = U::Output;
    type Refusal = IfCurrentFault<U::Refusal>;

    fn actor(&self) -> Actor {
        self.use_case.actor()
    }

    async fn attempt(
        &self,
        unit: &mut Unit<'_, S>,
    ) -> Outcome<U::Output, IfCurrentFault<U::Refusal>> {
        if let Some(version) = self.version {
            // Loading guards it: the commit is stale when it moves meanwhile, and this is asked again.
            let read: Option<Loaded<Enrollment>> = unit.load(self.enrollment).await?;
            if read.is_some_and(|read| read.version() != version) {
                return Err(Fault::Refused(IfCurrentFault::Moved));
            }
        }
        let output = self.use_case.attempt(unit).await;
        output.map_err(|fault| fault.map(IfCurrentFault::Refused))
    }

    fn taken(&self, kind: ReservationKind) -> Fault<Self::Refusal> {
        self.use_case.taken(kind).map(IfCurrentFault::Refused)
    }

    fn taken_by(&self, taken: &Reservation) -> Option<Fault<Self::Refusal>> {
        let fault = self.use_case.taken_by(taken)?;
        Some(fault.map(IfCurrentFault::Refused))
    }
}
