//! Acts that a program prepares and a person signs in the console.
//!
//! What is prepared travels sealed in an address, so nothing waits here and nothing needs to be swept: the
//! commit only notes that it was prepared, and by whom. Whoever opens the address while it holds is shown
//! the act, and signs it like one that they chose themselves, or does not.

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use firstkey_domain::{
    Actor, KeyThumbprint, PersonId, Role,
    machine_key::MachineKey,
    person::{Person, RoleStatement, StopStatement},
};
use firstkey_policy::Operation;
use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::{Caller, Machine};
use crate::{
    App, Backend, Fault, Loaded, Outcome, Unit, UseCase,
    decision::{NotAllowed, allow},
};

/// How long a prepared act waits for its signature.
const WAITS: SignedDuration = SignedDuration::from_hours(24);

/// The purpose under which it is sealed.
const SEAL: &str = "prepared act";

/// Something that a person signs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Act {
    /// Granting or revoking a role.
    Role(RoleStatement),
    /// Stopping a passkey.
    Stop(StopStatement),
}

impl Act {
    /// Whom it concerns.
    pub const fn person(&self) -> PersonId {
        match self {
            Self::Role(statement) => statement.person,
            Self::Stop(statement) => statement.person,
        }
    }

    /// The role that is to be held or not, when it is about one.
    pub const fn role(&self) -> Option<(Role, bool)> {
        match self {
            Self::Role(statement) => Some((statement.role, statement.held)),
            Self::Stop(_) => None,
        }
    }
}

/// A program prepares an act.
#[derive(Debug)]
pub struct PrepareAct {
    /// Which program.
    pub machine: Machine,
    /// The act.
    pub act: Act,
}

/// Why it was not prepared.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum PrepareActFault {
    /// There is nothing here for it.
    #[error(transparent)]
    NotAllowed(#[from] NotAllowed),
}

/// An act that was prepared.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Prepared {
    /// Its id, as the log has it.
    pub id: Uuid,
    /// What stands in the address of its page.
    pub sealed: String,
    /// Until when it can be signed.
    pub ends: Timestamp,
}

/// What is sealed.
#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
struct Held {
    id: Uuid,
    act: Act,
    by: KeyThumbprint,
    ends: Timestamp,
}

/// A prepared act as the console shows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PreparedView {
    /// The act.
    pub act: Act,
    /// The program that prepared it.
    pub program: String,
    /// Until when it can be signed.
    pub ends: Timestamp,
}

/// The leaf that says that it was prepared.
#[derive(Serialize)]
struct PreparedNote {
    kind: &'static str,
    at: Timestamp,
    by: Actor,
    id: Uuid,
    act: Act,
}

impl<S: Backend> UseCase<S> for PrepareAct {
    type Output = Prepared;
    type Refusal = PrepareActFault;

    fn actor(&self) -> Actor {
        self.machine.actor()
    }

    async fn attempt(&self, unit: &mut Unit<'_, S>) -> Outcome<Prepared, PrepareActFault> {
        let (app, now) = (unit.app(), unit.now());
        let person: Option<Loaded<Person>> = unit.load(self.act.person()).await?;
        let person = person.ok_or_else(|| Fault::refuse(NotAllowed))?;
        let caller = Caller::Machine(self.machine);
        allow::<S, PrepareActFault>(unit, caller, Some(&person), Operation::PrepareAct).await?;
        if let Act::Stop(stop) = self.act
            && !person.authenticators.iter().any(|each| each.id == stop.authenticator)
        {
            return Err(Fault::refuse(NotAllowed));
        }
        let id = unit.new_uuid();
        let ends = now.saturating_add(WAITS).unwrap_or(Timestamp::MAX);
        unit.note_lifecycle(&PreparedNote {
            kind: "act.prepared/1",
            at: now,
            by: unit.by().clone(),
            id,
            act: self.act,
        })?;
        let held = Held { id, act: self.act, by: self.machine.key(), ends };
        // As for tickets: neither step fails, and an empty text would open nothing.
        let plain = serde_json::to_vec(&held).unwrap_or_default();
        let sealed = app.keys.seal(SEAL, app.entropy.bytes(), &plain).unwrap_or_default();
        Ok(Prepared { id, sealed: URL_SAFE_NO_PAD.encode(sealed), ends })
    }
}

impl<S: Backend> App<S> {
    /// A prepared act that can still be signed. One whose program's key was ended cannot.
    pub async fn prepared(
        &self,
        sealed: &str,
    ) -> Outcome<Option<PreparedView>, std::convert::Infallible> {
        let opened = URL_SAFE_NO_PAD.decode(sealed).ok();
        let plain = opened.and_then(|sealed| self.keys.open(SEAL, &sealed));
        let held: Option<Held> = plain.and_then(|plain| serde_json::from_slice(&plain).ok());
        let now = self.now();
        let Some(held) = held.filter(|held| now < held.ends) else { return Ok(None) };
        let key = self.peek::<MachineKey>(MachineKey::stream(held.by)).await?;
        Ok(key.filter(|key| key.is_good_at(now)).map(|key| PreparedView {
            act: held.act,
            program: key.grant.name.clone(),
            ends: held.ends,
        }))
    }
}
