//! Who asks for something: somebody at the console, or a program.

use firstkey_domain::{Actor, KeyThumbprint, PersonId, machine_key::MachineKey, person::Person};
use firstkey_policy::{MachineFacts, Operation};

use crate::{
    App, Backend, Loaded, Outcome, ProvenRequest, Unit,
    decision::permits,
    policy::{InForce, in_force},
};

/// Who asks for something.
#[derive(Debug, Clone, Copy)]
pub enum Caller {
    /// Somebody who is signed in.
    Person(PersonId),
    /// A program.
    Machine(Machine),
}

impl Caller {
    /// Who causes what comes of it.
    pub const fn actor(&self) -> Actor {
        match self {
            Self::Person(id) => Actor::Person(*id),
            Self::Machine(machine) => machine.actor(),
        }
    }

    /// Whose rights it has at most.
    pub(crate) const fn responsible(&self) -> PersonId {
        match self {
            Self::Person(id) => *id,
            Self::Machine(machine) => machine.owner,
        }
    }
}

impl From<PersonId> for Caller {
    fn from(id: PersonId) -> Self {
        Self::Person(id)
    }
}

impl From<Machine> for Caller {
    fn from(machine: Machine) -> Self {
        Self::Machine(machine)
    }
}

/// A program whose proof was verified, and whose key was good when it was looked for. Each decision looks
/// again, and guards what it saw.
#[derive(Debug, Clone, Copy)]
pub struct Machine {
    key: KeyThumbprint,
    owner: PersonId,
    request: ProvenRequest,
}

impl Machine {
    /// The key.
    pub const fn key(&self) -> KeyThumbprint {
        self.key
    }

    /// Who causes what comes of it.
    pub const fn actor(&self) -> Actor {
        Actor::Machine { key: self.key, owner: self.owner }
    }

    /// Whether its key is good and its scopes cover the operation. Uses up the request's proof in the
    /// commit (rule 7), so it is asked once in a unit.
    pub(crate) async fn is_covered<S: Backend, R>(
        &self,
        unit: &mut Unit<'_, S>,
        policy: &InForce,
        concerns_person: bool,
        operation: Operation,
    ) -> Outcome<bool, R> {
        let key: Option<Loaded<MachineKey>> = unit.load(MachineKey::stream(self.key)).await?;
        let owner: Option<Loaded<Person>> = unit.load(self.owner).await?;
        unit.spend_proof(&self.request);
        let now = unit.now();
        Ok(key.zip(owner).is_some_and(|(key, owner)| {
            let facts = MachineFacts { scopes: key.grant.scopes.clone(), concerns_person };
            key.grant.key == self.key
                && key.counts_for(&owner, now)
                && permits(&policy.engine.decide_machine(&facts, operation))
        }))
    }
}

impl<S: Backend> App<S> {
    /// The program that signed a request; `None` when its key is unknown or over, its owner left, or the
    /// authenticator that signed for it was stopped or removed.
    pub async fn machine(
        &self,
        request: ProvenRequest,
    ) -> Outcome<Option<Machine>, std::convert::Infallible> {
        let key = self.peek::<MachineKey>(MachineKey::stream(request.key)).await?;
        let now = self.now();
        let Some(key) = key.filter(|it| it.grant.key == request.key && it.is_good_at(now)) else {
            return Ok(None);
        };
        let owner = self.peek::<Person>(key.grant.owner).await?;
        Ok(owner.filter(|owner| key.counts_for(owner, now)).map(|owner| Machine {
            key: request.key,
            owner: owner.id,
            request,
        }))
    }

    /// Whether the key's scopes cover an operation at all, whomever it concerns.
    pub async fn covers(
        &self,
        machine: &Machine,
        operation: Operation,
        concerns_person: bool,
    ) -> Outcome<bool, std::convert::Infallible> {
        let mut unit = Unit::viewing(self);
        let policy = in_force::<S, std::convert::Infallible>(&mut unit).await?;
        machine.is_covered(&mut unit, &policy, concerns_person, operation).await
    }
}
