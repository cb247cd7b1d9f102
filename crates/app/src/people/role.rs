//! Granting and revoking roles, signed with a fresh press (rule 1).

use firstkey_domain::{
    Actor, PersonId, Role,
    challenge::{Purpose, Statement},
    person::{Person, RoleRefusal, RoleStatement},
};
use firstkey_policy::Operation;
use firstkey_ports::ReservationKind;
use firstkey_webauthn::authentication::UnverifiedAssertion;

use crate::{
    App, Backend, Fault, Loaded, Outcome, TicketError, Unit, UseCase,
    decision::{NotAllowed, allow},
    enrolling::Ceremony,
    privilege::suitable,
    signer::{Signer, usable},
    ticket::{self, Ticket},
    webauthn::SignatureRefusal,
};

/// An administrator is about to grant or revoke a role.
#[derive(Debug, Clone, Copy)]
pub struct AskRole {
    /// Who.
    pub operator: PersonId,
    /// Whose role.
    pub person: PersonId,
    /// Which.
    pub role: Role,
    /// Whether they are to hold it.
    pub held: bool,
}

/// An administrator signed for a change of role.
#[derive(Debug)]
pub struct GrantRole {
    /// Who.
    pub operator: PersonId,
    /// The ticket that came with the options.
    pub ticket: String,
    /// The browser's answer.
    pub assertion: UnverifiedAssertion,
}

/// Why a role was not changed.
#[derive(Debug, thiserror::Error)]
pub enum GrantRoleFault {
    /// There is nothing here for them.
    #[error(transparent)]
    NotAllowed(#[from] NotAllowed),
    /// The ticket is not for this.
    #[error(transparent)]
    Ticket(#[from] TicketError),
    /// The signature does not count.
    #[error(transparent)]
    Signature(#[from] SignatureRefusal),
    /// Rule 23: policy would bind none of their authenticators to somebody with this role.
    #[error(
        "policy takes none of their passkeys for somebody with this role; have them add a security \
         key or a passkey that stays on its device first"
    )]
    NoSuitableKey,
    /// The person refuses.
    #[error(transparent)]
    Refused(#[from] RoleRefusal),
}

/// Rule 23: refuses a role whose holder has authenticators, and none that policy would bind to
/// somebody with that role. Whoever holds none yet is asked at the door.
async fn holds_a_key_for_it<S: Backend>(
    unit: &mut Unit<'_, S>,
    person: &Person,
    change: RoleStatement,
) -> Outcome<(), GrantRoleFault> {
    if !change.held || person.roles.contains(&change.role) || usable(person).next().is_none() {
        return Ok(());
    }
    let mut holder = person.clone();
    holder.roles.insert(change.role);
    if suitable::<S, GrantRoleFault>(unit, &holder).await?.is_empty() {
        return Err(Fault::Refused(GrantRoleFault::NoSuitableKey));
    }
    Ok(())
}

impl<S: Backend> App<S> {
    /// The options with which an administrator signs a change of role.
    pub async fn ask_role(&self, ask: AskRole) -> Outcome<Ceremony, GrantRoleFault> {
        let mut unit = Unit::viewing(self);
        let person: Option<Loaded<Person>> = unit.load(ask.person).await?;
        let person = person.ok_or_else(|| Fault::refuse(NotAllowed))?;
        let operator: Loaded<Person> = allow::<S, GrantRoleFault>(
            &mut unit,
            ask.operator,
            Some(&person),
            Operation::GrantRole,
        )
        .await?;
        let statement = RoleStatement { person: ask.person, role: ask.role, held: ask.held };
        holds_a_key_for_it(&mut unit, &person, statement).await?;
        let signer = Signer::with_suitable(&mut unit, &operator).await?;
        signer.ask(&unit, statement.digest(), statement).map_err(Fault::refuse)
    }
}

impl<S: Backend> UseCase<S> for GrantRole {
    type Output = ();
    type Refusal = GrantRoleFault;

    fn actor(&self) -> Actor {
        Actor::Person(self.operator)
    }

    async fn attempt(&self, unit: &mut Unit<'_, S>) -> Outcome<(), GrantRoleFault> {
        let (app, now) = (unit.app(), unit.now());
        let ticket: Ticket<RoleStatement> =
            Ticket::open(&self.ticket, Purpose::Act, &app.keys, now).map_err(Fault::refuse)?;
        let RoleStatement { person, role, held } = ticket.body;
        let person: Option<Loaded<Person>> = unit.load(person).await?;
        let person = person.ok_or_else(|| Fault::refuse(NotAllowed))?;
        let operator: Loaded<Person> =
            allow::<S, GrantRoleFault>(unit, self.operator, Some(&person), Operation::GrantRole)
                .await?;
        holds_a_key_for_it(unit, &person, ticket.body).await?;
        let signer = Signer::with_suitable(unit, &operator).await?;
        let signed = signer.signed(unit, &ticket, self.assertion.clone()).map_err(Fault::refuse)?;
        let events = person.set_role(role, held, unit.by(), Some(signed)).map_err(Fault::refuse)?;
        unit.append(person, events)?;
        Ok(())
    }

    fn taken(&self, kind: ReservationKind) -> Fault<GrantRoleFault> {
        ticket::taken(kind)
    }
}
