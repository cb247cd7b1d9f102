//! Stopping an authenticator that was lost or stolen, signed with a fresh press: it cannot be taken back,
//! and a stolen session must not lock everybody out.

use firstkey_domain::{
    Actor, AuthenticatorId, PersonId, Role,
    challenge::{Purpose, Statement},
    person::{AuthenticatorRefusal, Person, StopStatement},
};
use firstkey_policy::Operation;
use firstkey_ports::{NoticeKind, ReservationKind};
use firstkey_webauthn::authentication::UnverifiedAssertion;

use crate::{
    App, Backend, Fault, Loaded, Outcome, TicketError, Unit, UseCase,
    decision::{NotAllowed, allow},
    enrolling::Ceremony,
    own::tell_of_the_end,
    signer::Signer,
    ticket::{self, Ticket},
    webauthn::SignatureRefusal,
};

/// An operator is about to stop somebody's authenticator.
#[derive(Debug, Clone, Copy)]
pub struct AskStop {
    /// Who.
    pub operator: PersonId,
    /// Whose it is.
    pub person: PersonId,
    /// Which.
    pub authenticator: AuthenticatorId,
}

/// They signed for it.
#[derive(Debug)]
pub struct StopAuthenticator {
    /// Who.
    pub operator: PersonId,
    /// The ticket that came with the options.
    pub ticket: String,
    /// The browser's answer.
    pub assertion: UnverifiedAssertion,
}

/// Why it was not stopped.
#[derive(Debug, thiserror::Error)]
pub enum StopAuthenticatorFault {
    /// There is nothing here for them.
    #[error(transparent)]
    NotAllowed(#[from] NotAllowed),
    /// The ticket is not for this.
    #[error(transparent)]
    Ticket(#[from] TicketError),
    /// The signature does not count.
    #[error(transparent)]
    Signature(#[from] SignatureRefusal),
    /// The person's record refuses.
    #[error(transparent)]
    Refused(#[from] AuthenticatorRefusal),
}

/// The person and the operator, who may stop their authenticators.
async fn concerned<S: Backend>(
    unit: &mut Unit<'_, S>,
    operator: PersonId,
    stop: StopStatement,
) -> Outcome<(Loaded<Person>, Loaded<Person>), StopAuthenticatorFault> {
    let person: Option<Loaded<Person>> = unit.load(stop.person).await?;
    let person = person.ok_or_else(|| Fault::refuse(NotAllowed))?;
    let operation = Operation::SuspendAuthenticator;
    let operator: Loaded<Person> =
        allow::<S, StopAuthenticatorFault>(unit, operator, Some(&person), operation).await?;
    if !person.authenticators.iter().any(|each| each.id == stop.authenticator) {
        return Err(Fault::refuse(AuthenticatorRefusal::Unknown));
    }
    Ok((person, operator))
}

impl<S: Backend> App<S> {
    /// The options with which an operator signs that an authenticator is to be stopped.
    pub async fn ask_stop(&self, ask: AskStop) -> Outcome<Ceremony, StopAuthenticatorFault> {
        let mut unit = Unit::viewing(self);
        let statement = StopStatement { person: ask.person, authenticator: ask.authenticator };
        let (_, operator) = concerned(&mut unit, ask.operator, statement).await?;
        let signer = Signer::with_best(&mut unit, &operator).await?;
        signer.ask(&unit, statement.digest(), statement).map_err(Fault::refuse)
    }
}

impl<S: Backend> UseCase<S> for StopAuthenticator {
    type Output = ();
    type Refusal = StopAuthenticatorFault;

    fn actor(&self) -> Actor {
        Actor::Person(self.operator)
    }

    async fn attempt(&self, unit: &mut Unit<'_, S>) -> Outcome<(), StopAuthenticatorFault> {
        let (app, now) = (unit.app(), unit.now());
        let ticket: Ticket<StopStatement> =
            Ticket::open(&self.ticket, Purpose::Act, &app.keys, now).map_err(Fault::refuse)?;
        let authenticator = ticket.body.authenticator;
        let (person, operator) = concerned(unit, self.operator, ticket.body).await?;
        let signed = Signer::with_best(unit, &operator)
            .await?
            .signed(unit, &ticket, self.assertion.clone())
            .map_err(Fault::refuse)?;
        let events = person.stop_authenticator(authenticator, signed).map_err(Fault::refuse)?;
        if events.is_empty() {
            return Ok(());
        }
        let person = unit.append(person, events)?;
        tell_of_the_end(unit, &person, authenticator, NoticeKind::Stopped).await?;
        // Officers are told of each other's, and of their own.
        if !person.roles.contains(&Role::Officer) {
            unit.notify(NoticeKind::Stopped, person.id, person.id, None);
        }
        Ok(())
    }

    fn taken(&self, kind: ReservationKind) -> Fault<StopAuthenticatorFault> {
        ticket::taken(kind)
    }
}
