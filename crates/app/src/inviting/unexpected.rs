//! Whoever opened an invitation did not expect it. Nothing is closed for that: anybody who holds the
//! link could say so. Those who can look into it are told, once for each invitation.

use firstkey_domain::{Actor, Digest, Role, enrollment::Enrollment, person::Person};
use firstkey_ports::{NoticeKind, ReservationKind, Row};

use crate::{Backend, Fault, Loaded, Locator, LocatorError, Outcome, Unit, UseCase};

/// "I did not expect this."
#[derive(Debug, Clone, Copy)]
pub struct ReportUnexpected {
    /// The locator of the page on which it was said.
    pub locator: Locator,
}

impl<S: Backend> UseCase<S> for ReportUnexpected {
    type Output = ();
    type Refusal = LocatorError;

    fn actor(&self) -> Actor {
        // No event is recorded: who said it is not known.
        Actor::Clock
    }

    async fn attempt(&self, unit: &mut Unit<'_, S>) -> Outcome<(), LocatorError> {
        let Locator { enrollment: id, generation } = self.locator;
        let inactive = || Fault::Refused(LocatorError);
        let enrollment: Loaded<Enrollment> = unit.load(id).await?.ok_or_else(inactive)?;
        let running = enrollment.running(unit.now()).map_err(|_| inactive())?;
        if running.invitation.generation != generation {
            return Err(inactive());
        }
        let person: Loaded<Person> = unit.load(enrollment.person).await?.ok_or_else(inactive)?;
        let once = Digest::of_parts(
            "firstkey unexpected",
            &[id.uuid().as_bytes(), &generation.to_be_bytes()],
        );
        unit.reserve(ReservationKind::Delivery, once, id.uuid(), Some(running.expires));
        unit.row(Row::ReportedUnexpected(id, unit.now()));
        let officers = unit.app().store.people_with_role(Role::Officer).await?;
        let told = officers.into_iter().map(|officer| officer.id);
        for to in person.profile.sponsor.into_iter().chain(told) {
            unit.notify(NoticeKind::Unexpected, to, person.id, None);
        }
        Ok(())
    }
}
