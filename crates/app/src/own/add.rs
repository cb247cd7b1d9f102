//! Adding another authenticator: an additional enrollment through the same door (rule 12).

use firstkey_domain::{
    Actor, EnrollmentId, PersonId, Private,
    enrollment::{Ended, Enrollment, Invite, Kind, OpenEnrollment, OpenRefusal},
    person::Person,
};
use firstkey_policy::Operation;

use crate::{
    Backend, Fault, Loaded, Locator, Outcome, Unit, UseCase,
    decision::{NotAllowed, allow},
};

/// Somebody wants another authenticator.
#[derive(Debug, Clone, Copy)]
pub struct AddAuthenticator {
    /// Who.
    pub person: PersonId,
}

/// Why no enrollment was opened.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum AddAuthenticatorFault {
    /// There is nothing here for them.
    #[error(transparent)]
    NotAllowed(#[from] NotAllowed),
    /// The enrollment cannot be opened.
    #[error(transparent)]
    Refused(#[from] OpenRefusal),
    /// It ended before it began.
    #[error(transparent)]
    Ended(#[from] Ended),
}

impl<S: Backend> UseCase<S> for AddAuthenticator {
    /// The enrollment, and the address to open on the device that is to hold the new authenticator.
    type Output = (EnrollmentId, String);
    type Refusal = AddAuthenticatorFault;

    fn actor(&self) -> Actor {
        Actor::Person(self.person)
    }

    async fn attempt(
        &self,
        unit: &mut Unit<'_, S>,
    ) -> Outcome<(EnrollmentId, String), AddAuthenticatorFault> {
        let (app, now) = (unit.app(), unit.now());
        let person: Option<Loaded<Person>> = unit.load(self.person).await?;
        let person = person.ok_or_else(|| Fault::refuse(NotAllowed))?;
        allow::<S, AddAuthenticatorFault>(
            unit,
            self.person,
            Some(&person),
            Operation::AddAuthenticator,
        )
        .await?;
        let newest = match person.enrollment {
            Some(newest) => unit.load::<Enrollment, AddAuthenticatorFault>(newest).await?,
            None => None,
        };
        let lifetime = app.settings.additional_lifetime;
        let is_going_on = newest
            .as_ref()
            .is_some_and(|newest| newest.kind == Kind::Additional && newest.running(now).is_ok());
        let enrollment = match newest {
            // Asking again starts clean: the address before opens nothing any more.
            Some(open) if is_going_on => open,
            newest => {
                let command =
                    OpenEnrollment { kind: Kind::Additional, lifetime, reason: Private::erased() };
                let events = Enrollment::open(&person, newest.as_deref(), command, now)
                    .map_err(Fault::refuse)?;
                let id = EnrollmentId::from_uuid(unit.new_uuid());
                let enrollment = unit.create(id, events)?;
                let noted = person.note_enrollment(id);
                unit.append(person, noted)?;
                enrollment
            }
        };
        let invite = Invite { from: now, lifetime, secret: None };
        let events = enrollment.invite(&invite, now).map_err(Fault::refuse)?;
        let enrollment = unit.append(enrollment, events)?;
        let generation = enrollment.running(now).map_err(Fault::refuse)?.invitation.generation;
        let locator = Locator { enrollment: enrollment.id, generation }.to_text(&app.keys);
        Ok((enrollment.id, format!("{}/i/{locator}", app.site.join_origin)))
    }
}
