//! Why policy answers as it does, for `firstkey policy explain`. Nothing is decided here.

use std::collections::BTreeSet;

use firstkey_domain::{Action, PersonId, enrollment::Kind};
use firstkey_policy::{
    Decision, Earned, Explained, Operation, OperatorFacts, Privilege, Shortcoming, Step,
};

use crate::{
    App, Backend, Outcome, PlanFault, Unit,
    planning::{beginning, engine_asked, known},
};

/// What would let somebody through the door who begins now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DoorExplained {
    /// A first passkey, or another one.
    pub kind: Kind,
    /// Whether more is asked of them than of others.
    pub is_privileged: bool,
    /// The answer with nothing proven.
    pub at_first: Decision,
    /// Each way that would be enough, the cheapest first, with the answer after it.
    pub ways: Vec<(Vec<Step>, Decision)>,
    /// The answer with everything proven.
    pub at_most: Decision,
    /// What no passkey of theirs may be; `None` when not every model will do besides.
    pub unfit: Option<BTreeSet<Shortcoming>>,
}

impl<S: Backend> App<S> {
    /// What would let a person through who begins now. Asks the policy in force, or `other`.
    pub async fn explain_door(
        &self,
        person: PersonId,
        other: Option<&str>,
    ) -> Outcome<DoorExplained, PlanFault> {
        let mut unit = Unit::viewing(self);
        let engine = engine_asked(&mut unit, other).await?;
        let (kind, facts) = beginning(&mut unit, &engine, person).await?;
        Ok(DoorExplained {
            kind,
            is_privileged: facts.given.privilege != Privilege::None,
            at_first: engine.decide_enrollment(&facts, Action::Mint),
            ways: engine.ways(&facts, Step::of_kind(kind)),
            at_most: engine.decide_enrollment(&facts.with(Earned::ALL), Action::Mint),
            unfit: engine.asks_of_authenticators(&facts.given),
        })
    }

    /// Whether somebody may do this, where it concerns `about`, and what would change it; with the facts
    /// that were asked about. `None` when they have left.
    pub async fn explain_operation(
        &self,
        person: PersonId,
        about: Option<PersonId>,
        operation: Operation,
        other: Option<&str>,
    ) -> Outcome<Option<(OperatorFacts, Explained)>, PlanFault> {
        let mut unit = Unit::viewing(self);
        let engine = engine_asked(&mut unit, other).await?;
        let operator = known(&mut unit, person).await?;
        let about = match about {
            Some(about) => Some(known(&mut unit, about).await?),
            None => None,
        };
        let facts = OperatorFacts::gather(&operator, about.as_deref());
        Ok(facts.map(|facts| {
            let explained = engine.explain_operation(&facts, operation);
            (facts, explained)
        }))
    }
}
