//! What the planner would ask of a person, before anything is begun: for `firstkey policy plan`.

use std::collections::BTreeSet;

use firstkey_domain::{PersonId, enrollment::Kind, person::Person};
use firstkey_policy::{Earned, Engine, Facts, Plan, PolicyFaults, Shortcoming, Step};

use crate::{App, Backend, Fault, Loaded, Outcome, Unit, model::is_any_listed, policy::in_force};

/// What policy would ask of a person who begins now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Prospect {
    /// The steps.
    pub plan: Plan,
    /// What no passkey of theirs may be; `None` when not every model will do besides.
    pub unfit: Option<BTreeSet<Shortcoming>>,
    /// Whether authenticators are asked to prove what they are.
    pub is_attestation_asked: bool,
}

/// Why there is no plan.
#[derive(Debug, thiserror::Error)]
pub enum PlanFault {
    /// There is no such person.
    #[error("there is no such person")]
    Unknown,
    /// The policy to ask does not load.
    #[error(transparent)]
    Policy(#[from] PolicyFaults),
}

impl<S: Backend> App<S> {
    /// What policy would ask of a person who begins now. Asks the policy in force, or `other`.
    pub async fn plan_for(
        &self,
        person: PersonId,
        other: Option<&str>,
    ) -> Outcome<Prospect, PlanFault> {
        let mut unit = Unit::viewing(self);
        let engine = engine_asked(&mut unit, other).await?;
        let (kind, facts) = beginning(&mut unit, &engine, person).await?;
        let is_listing = is_any_listed(&mut unit).await?;
        Ok(Prospect {
            plan: engine.plan(&facts, Step::of_kind(kind)),
            unfit: engine.asks_of_authenticators(&facts.given),
            is_attestation_asked: engine.heeds_attestation(&facts.with(Earned::ALL), is_listing),
        })
    }
}

/// The engine to ask: of the policy in force, or of another's text.
pub(crate) async fn engine_asked<S: Backend>(
    unit: &mut Unit<'_, S>,
    other: Option<&str>,
) -> Outcome<Engine, PlanFault> {
    match other {
        Some(text) => Engine::load(text).map_err(Fault::refuse),
        None => Ok(in_force::<S, PlanFault>(unit).await?.engine),
    }
}

/// The facts of a person who begins now, with nothing proven.
pub(crate) async fn beginning<S: Backend>(
    unit: &mut Unit<'_, S>,
    engine: &Engine,
    person: PersonId,
) -> Outcome<(Kind, Facts), PlanFault> {
    let person = known(unit, person).await?;
    let kind = if person.is_enrolled() { Kind::Additional } else { Kind::First };
    let groups = engine.named_groups();
    let sponsors_privileged = unit.app().store.sponsors_privileged(person.id, groups).await?;
    let given = engine.given(&person, kind, sponsors_privileged);
    Ok((kind, Facts { given, earned: Earned::default(), authenticator: None }))
}

/// Somebody who is known.
pub(crate) async fn known<S: Backend>(
    unit: &mut Unit<'_, S>,
    person: PersonId,
) -> Outcome<Loaded<Person>, PlanFault> {
    let person: Option<Loaded<Person>> = unit.load(person).await?;
    person.ok_or(Fault::Refused(PlanFault::Unknown))
}
