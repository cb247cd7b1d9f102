//! The policy in force.

use std::sync::{Mutex, PoisonError};

use firstkey_domain::{Actor, Digest, StreamId, policy::Policy};
use firstkey_policy::{Engine, PolicyFaults};

use crate::{Backend, Fault, Loaded, Outcome, Unit, UseCase};

/// The engine of the policy in force, loaded once.
#[derive(Debug, Default)]
pub(crate) struct PolicyCache(Mutex<Option<Engine>>);

impl PolicyCache {
    /// The engine of this policy. Its text was validated when it was activated; that it does not
    /// load now means that somebody altered it.
    pub fn engine<R>(&self, policy: &Policy) -> Outcome<Engine, R> {
        let mut cached = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(engine) = cached.as_ref().filter(|engine| engine.digest() == policy.digest) {
            return Ok(engine.clone());
        }
        let engine =
            Engine::load(&policy.text).map_err(|_| Fault::Corrupt(StreamId::POLICY.to_string()))?;
        *cached = Some(engine.clone());
        Ok(engine)
    }
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
    let engine = unit.app().policies.engine(&policy)?;
    Ok(InForce { revision: policy.version(), digest: policy.digest, engine })
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
