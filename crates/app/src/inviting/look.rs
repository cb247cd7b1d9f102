//! What a locator's page shows before anything is begun. Looking changes nothing.

use std::convert::Infallible;

use firstkey_domain::{
    EnrollmentId,
    enrollment::{Enrollment, Kind},
    person::Person,
};
use jiff::Timestamp;

use crate::{App, Backend, Locator, Outcome};

/// An invitation that can be used.
#[derive(Debug, Clone)]
pub struct InvitationView {
    /// The enrollment.
    pub enrollment: EnrollmentId,
    /// What for.
    pub kind: Kind,
    /// Whom it invites.
    pub person: Person,
    /// Who expects them.
    pub sponsor: Option<Person>,
    /// From when it can be used.
    pub from: Timestamp,
    /// When it ends.
    pub ends: Timestamp,
}

/// What a locator leads to.
#[derive(Debug, Clone)]
pub enum LookAnswer {
    /// An invitation that can be used, now or from its time on.
    Active(Box<InvitationView>),
    /// Nothing: unknown, replaced, withdrawn and used ones, and those of who left, look alike.
    NotActive,
}

impl<S: Backend> App<S> {
    /// Looks where a locator leads.
    pub async fn look(&self, locator: &str) -> Outcome<LookAnswer, Infallible> {
        let Ok(locator) = Locator::from_text(locator, &self.keys) else {
            return Ok(LookAnswer::NotActive);
        };
        let Some(enrollment) = self.peek::<Enrollment>(locator.enrollment).await? else {
            return Ok(LookAnswer::NotActive);
        };
        let Ok(running) = enrollment.running(self.now()) else { return Ok(LookAnswer::NotActive) };
        let invitation = &running.invitation;
        let Some(from) = invitation.from.filter(|_| invitation.generation == locator.generation)
        else {
            return Ok(LookAnswer::NotActive);
        };
        let person = self.peek::<Person>(enrollment.person).await?;
        // What leaving closes is closed a moment later.
        let Some(person) = person.filter(|person| person.is_active()) else {
            return Ok(LookAnswer::NotActive);
        };
        let sponsor = match person.profile.sponsor {
            Some(sponsor) => self.peek::<Person>(sponsor).await?.map(|sponsor| sponsor.state),
            None => None,
        };
        Ok(LookAnswer::Active(Box::new(InvitationView {
            enrollment: enrollment.id,
            kind: enrollment.kind,
            person: person.state,
            sponsor,
            from,
            ends: running.expires,
        })))
    }
}
