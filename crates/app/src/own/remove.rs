//! Removing an authenticator, with a fresh press (rule 12).

use firstkey_domain::{
    Actor, AuthenticatorId, PersonId,
    challenge::{Purpose, Statement},
    person::{AuthenticatorRefusal, Person, Removal, RemovalStatement},
};
use firstkey_ports::{NoticeKind, ReservationKind, Row};
use firstkey_webauthn::authentication::UnverifiedAssertion;

use crate::{
    App, Backend, Fault, Loaded, Outcome, TicketError, Unit, UseCase,
    enrolling::Ceremony,
    signer::Signer,
    ticket::{self, Ticket},
    webauthn::SignatureRefusal,
};

/// Somebody is about to remove an authenticator.
#[derive(Debug, Clone, Copy)]
pub struct AskRemoval {
    /// Whose.
    pub person: PersonId,
    /// Which.
    pub authenticator: AuthenticatorId,
}

/// They signed for it.
#[derive(Debug)]
pub struct RemoveAuthenticator {
    /// Whose.
    pub person: PersonId,
    /// The ticket that came with the options.
    pub ticket: String,
    /// The browser's answer.
    pub assertion: UnverifiedAssertion,
}

/// Why it was not removed.
#[derive(Debug, thiserror::Error)]
pub enum RemoveAuthenticatorFault {
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

impl<S: Backend> App<S> {
    /// The options with which somebody signs the removal of an authenticator.
    pub async fn ask_removal(
        &self,
        ask: AskRemoval,
    ) -> Outcome<Ceremony, RemoveAuthenticatorFault> {
        let mut unit = Unit::viewing(self);
        let person: Option<Loaded<Person>> = unit.load(ask.person).await?;
        let person = person
            .filter(|person| person.authenticators.iter().any(|each| each.id == ask.authenticator))
            .ok_or_else(|| Fault::refuse(AuthenticatorRefusal::Unknown))?;
        let statement = RemovalStatement { person: ask.person, authenticator: ask.authenticator };
        let signer = Signer::with_best(&mut unit, &person).await?;
        signer.ask(&unit, statement.digest(), statement).map_err(Fault::refuse)
    }
}

impl<S: Backend> UseCase<S> for RemoveAuthenticator {
    type Output = ();
    type Refusal = RemoveAuthenticatorFault;

    fn actor(&self) -> Actor {
        Actor::Person(self.person)
    }

    async fn attempt(&self, unit: &mut Unit<'_, S>) -> Outcome<(), RemoveAuthenticatorFault> {
        let (app, now) = (unit.app(), unit.now());
        let ticket: Ticket<RemovalStatement> =
            Ticket::open(&self.ticket, Purpose::Act, &app.keys, now).map_err(Fault::refuse)?;
        let unknown = || Fault::refuse(AuthenticatorRefusal::Unknown);
        if ticket.body.person != self.person {
            return Err(unknown());
        }
        let person: Option<Loaded<Person>> = unit.load(self.person).await?;
        let person = person.ok_or_else(unknown)?;
        let signed = Signer::with_best(unit, &person)
            .await?
            .signed(unit, &ticket, self.assertion.clone())
            .map_err(Fault::refuse)?;
        let authenticator = ticket.body.authenticator;
        let credential = person.authenticators.iter().find(|each| each.id == authenticator);
        let credential = credential.map(|each| each.credential.id.digest());
        let events = person
            .remove_authenticator(Removal { authenticator, signed })
            .map_err(Fault::refuse)?;
        let person = unit.append(person, events)?;
        if let Some(credential) = credential {
            unit.release(ReservationKind::Credential, credential);
        }
        unit.row(Row::SessionsOfEnded(person.id, authenticator));
        unit.notify(NoticeKind::Removed, person.id, person.id, None);
        Ok(())
    }

    fn taken(&self, kind: ReservationKind) -> Fault<RemoveAuthenticatorFault> {
        ticket::taken(kind)
    }
}
