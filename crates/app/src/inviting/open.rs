//! Opening a first enrollment.

use firstkey_domain::{
    Actor, EnrollmentId, PersonId, Private,
    enrollment::{Ended, Enrollment, Invite, Kind, OpenEnrollment, OpenRefusal, SetupSecret},
    person::Person,
};
use firstkey_policy::Operation;
use firstkey_ports::Message;
use jiff::{Timestamp, tz::TimeZone};

use crate::{
    Backend, Fault, Loaded, Outcome, Unit, UseCase,
    decision::{NotAllowed, allow},
    machines::Caller,
};

/// Opens a first enrollment for somebody who joined.
#[derive(Debug, Clone)]
pub struct OpenFirst {
    /// Who opens it.
    pub operator: Caller,
    /// For whom.
    pub person: PersonId,
    /// Why, in the operator's words: a reason or a ticket.
    pub reason: String,
    /// Whether to invite now rather than at the lead time before the start date.
    pub at_once: bool,
}

/// Why it was not opened.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum OpenFirstFault {
    /// There is nothing here for them.
    #[error(transparent)]
    NotAllowed(#[from] NotAllowed),
    /// The console demands a reason.
    #[error("say why: a reason or a ticket number")]
    NoReason,
    /// The domain refuses.
    #[error(transparent)]
    Refused(#[from] OpenRefusal),
    /// It ended before its invitation was sent.
    #[error(transparent)]
    Ended(Ended),
}

impl<S: Backend> UseCase<S> for OpenFirst {
    type Output = EnrollmentId;
    type Refusal = OpenFirstFault;

    fn actor(&self) -> Actor {
        self.operator.actor()
    }

    async fn attempt(&self, unit: &mut Unit<'_, S>) -> Outcome<EnrollmentId, OpenFirstFault> {
        if self.reason.trim().is_empty() {
            return Err(Fault::Refused(OpenFirstFault::NoReason));
        }
        let person: Option<Loaded<Person>> = unit.load(self.person).await?;
        let person = person.ok_or_else(|| Fault::refuse(NotAllowed))?;
        allow::<S, OpenFirstFault>(unit, self.operator, Some(&person), Operation::OpenEnrollment)
            .await?;
        let from = if self.at_once { unit.now() } else { scheduled(unit, &person) };
        let reason = Private::held(self.reason.trim().to_owned());
        let (enrollment, _) = first_enrollment(unit, person, reason).await?;
        let id = enrollment.id;
        invite_first(unit, enrollment, from, None)
            .map_err(|fault| fault.map(OpenFirstFault::Ended))?;
        Ok(id)
    }
}

/// Opens a first enrollment, and notes it with the person.
pub(crate) async fn first_enrollment<S: Backend, R: From<OpenRefusal>>(
    unit: &mut Unit<'_, S>,
    person: Loaded<Person>,
    reason: Private<String>,
) -> Outcome<(Loaded<Enrollment>, Loaded<Person>), R> {
    let newest = match person.enrollment {
        Some(newest) => unit.load::<Enrollment, R>(newest).await?,
        None => None,
    };
    let command = OpenEnrollment {
        kind: Kind::First,
        lifetime: unit.app().settings.invitation_lifetime,
        reason,
    };
    let events =
        Enrollment::open(&person, newest.as_deref(), command, unit.now()).map_err(Fault::refuse)?;
    let id = EnrollmentId::from_uuid(unit.new_uuid());
    let enrollment = unit.create(id, events)?;
    let noted = person.note_enrollment(id);
    let person = unit.append(person, noted)?;
    Ok((enrollment, person))
}

/// Sends the locator of a first enrollment, at once or later.
pub(crate) fn invite_first<S: Backend>(
    unit: &mut Unit<'_, S>,
    enrollment: Loaded<Enrollment>,
    from: Timestamp,
    secret: Option<SetupSecret>,
) -> Outcome<Loaded<Enrollment>, Ended> {
    let invite = Invite { from, lifetime: unit.app().settings.invitation_lifetime, secret };
    let events = enrollment.invite(&invite, unit.now()).map_err(Fault::Refused)?;
    let enrollment = unit.append(enrollment, events)?;
    if secret.is_none()
        && let Ok(running) = enrollment.running(unit.now())
    {
        let message = Message::Invitation {
            enrollment: enrollment.id,
            generation: running.invitation.generation,
        };
        unit.send(message, from);
    }
    Ok(enrollment)
}

/// The lead time before midnight of the start date in the joiner's time zone, or now when that has
/// passed.
pub(crate) fn scheduled<S: Backend>(unit: &Unit<'_, S>, person: &Person) -> Timestamp {
    let zone = TimeZone::get(&person.profile.time_zone).unwrap_or(TimeZone::UTC);
    let midnight = person.profile.start_date.to_zoned(zone).map(|zoned| zoned.timestamp());
    let lead = unit.app().settings.lead_time;
    midnight.and_then(|midnight| midnight.checked_sub(lead)).unwrap_or(unit.now()).max(unit.now())
}
