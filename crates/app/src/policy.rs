//! The policy in force.

use std::sync::{Mutex, PoisonError};

use firstkey_domain::{
    Actor, Digest, Event, Recorded, StreamId,
    policy::{Policy, PolicyEvent},
};
use firstkey_policy::{Engine, PolicyFaults};
use firstkey_ports::StoredEntry;

use crate::{App, Backend, Fault, Loaded, Outcome, Unit, UseCase};

/// The engine of the policy in force, loaded once.
#[derive(Debug, Default)]
pub(crate) struct PolicyCache(Mutex<Option<Engine>>);

impl PolicyCache {
    fn get(&self, policy: &Policy) -> Option<Engine> {
        let cached = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        cached.as_ref().filter(|engine| engine.digest() == policy.digest).cloned()
    }

    fn put(&self, engine: Engine) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = Some(engine);
    }
}

/// The engine of this policy. Its text was validated when it was activated; that it does not load now,
/// or is not there, means that somebody altered it.
async fn engine<S: Backend, R>(app: &App<S>, policy: &Loaded<Policy>) -> Outcome<Engine, R> {
    if let Some(engine) = app.policies.get(policy) {
        return Ok(engine);
    }
    let text = text_in_force(app, policy).await?;
    let engine = text
        .and_then(|text| Engine::load(&text).ok())
        .ok_or_else(|| Fault::Corrupt(StreamId::POLICY.to_string()))?;
    app.policies.put(engine.clone());
    Ok(engine)
}

/// The text that an activation carries.
fn text_of(entry: &StoredEntry) -> Option<String> {
    let mut recorded: Recorded<PolicyEvent> = serde_json::from_slice(&entry.open).ok()?;
    recorded.event.attach(&entry.sealed.as_ref()?.bytes).ok()?;
    let PolicyEvent::Activated { text, .. } = recorded.event;
    Some(text)
}

/// The policy in force with its engine, guarded by the unit that loaded it.
pub(crate) struct InForce {
    pub revision: u64,
    pub digest: Digest,
    pub engine: Engine,
}

/// Loads the policy in force. That there is none is as good as altered data: setup puts one there
/// before anything else.
pub(crate) async fn in_force<S: Backend, R>(unit: &mut Unit<'_, S>) -> Outcome<InForce, R> {
    let policy: Loaded<Policy> = unit
        .load(StreamId::POLICY)
        .await?
        .ok_or_else(|| Fault::Corrupt(StreamId::POLICY.to_string()))?;
    let engine = engine(unit.app(), &policy).await?;
    Ok(InForce { revision: policy.version(), digest: policy.digest, engine })
}

/// The policy in force, for reading.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PolicyText {
    /// Which it is, counted from 1.
    pub revision: u64,
    /// The digest by which decisions name it.
    pub digest: Digest,
    /// The Cedar text.
    pub text: String,
}

impl<S: Backend> App<S> {
    /// The policy in force, as it was activated.
    pub async fn policy_text(&self) -> Outcome<PolicyText, std::convert::Infallible> {
        let corrupt = || Fault::Corrupt(StreamId::POLICY.to_string());
        let policy = self.peek::<Policy>(StreamId::POLICY).await?.ok_or_else(corrupt)?;
        let text = text_in_force(self, &policy).await?.ok_or_else(corrupt)?;
        Ok(PolicyText { revision: policy.version(), digest: policy.digest, text })
    }
}

/// The text of this policy, if it is as it was activated.
async fn text_in_force<S: Backend, R>(
    app: &App<S>,
    policy: &Loaded<Policy>,
) -> Outcome<Option<String>, R> {
    let entries = app.store.entries(StreamId::POLICY).await?;
    let activation = Some((StreamId::POLICY, policy.version()));
    let text = entries.iter().find(|entry| entry.stream == activation).and_then(text_of);
    Ok(text.filter(|text| Policy::digest_of(text) == policy.digest))
}

/// Puts a policy into force.
#[derive(Debug)]
pub struct Activate {
    /// Who: today only the host; in the console it will need a signature (rule 1).
    pub host: String,
    /// The Cedar text.
    pub text: String,
}

/// Why a policy was not put into force.
#[derive(Debug, thiserror::Error)]
pub enum ActivateFault {
    /// Strict validation refused it.
    #[error(transparent)]
    Invalid(#[from] PolicyFaults),
}

impl<S: Backend> UseCase<S> for Activate {
    type Output = Digest;
    type Refusal = ActivateFault;

    fn actor(&self) -> Actor {
        Actor::Host(self.host.clone())
    }

    async fn attempt(&self, unit: &mut Unit<'_, S>) -> Outcome<Digest, ActivateFault> {
        Engine::load(&self.text).map_err(Fault::refuse)?;
        let current: Option<Loaded<Policy>> = unit.load(StreamId::POLICY).await?;
        let events = Policy::activate(current.as_deref(), self.text.clone());
        match current {
            Some(current) => unit.append(current, events)?,
            None => unit.create(StreamId::POLICY, events)?,
        };
        Ok(Policy::digest_of(&self.text))
    }
}
