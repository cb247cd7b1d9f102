//! Why policy answers as it does, and what would change it: found by asking about the cases beside the one
//! at hand.

use firstkey_domain::{Action, Role};

use crate::{
    Decision, Earned, Engine, Facts, Operation, OperatorFacts, Step, Subject, plan::candidates,
};

/// One thing about an operator, or about whom they act on, that could be otherwise.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Change {
    /// The operator stands so to whom it concerns.
    Subject(Subject),
    /// The operator holds this role as well.
    Granted(Role),
    /// The operator does not hold this role.
    Revoked(Role),
}

/// An answer about an operation, and what would turn it round.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Explained {
    /// The answer.
    pub decision: Decision,
    /// Each single change after which it is the other way, with the answer then.
    pub changes: Vec<(Change, Decision)>,
}

impl Engine {
    /// Whether an operator may do something, and each single change that would turn that round. None is
    /// looked for when the policy could not be evaluated.
    pub fn explain_operation(&self, facts: &OperatorFacts, operation: Operation) -> Explained {
        let decision = self.decide_operation(facts, operation);
        if decision.alarm().is_some() {
            return Explained { decision, changes: Vec::new() };
        }
        let others = beside(facts).into_iter().map(|(change, facts)| {
            let then = self.decide_operation(&facts, operation);
            (change, then)
        });
        let turned = others.filter(|(_, then)| {
            then.alarm().is_none() && then.is_permitted() != decision.is_permitted()
        });
        let changes = turned.collect();
        Explained { decision, changes }
    }

    /// Every way in which somebody could earn a pass from here, the cheapest first, with the answer after
    /// it. A way with a step too many is none.
    pub fn ways(&self, facts: &Facts, available: &[Step]) -> Vec<(Vec<Step>, Decision)> {
        let mut suffice: Vec<(Vec<Step>, Earned, Decision)> = candidates(facts.earned, available)
            .into_iter()
            .map(|(steps, earned)| {
                let decision = self.decide_enrollment(&facts.with(earned), Action::Mint);
                (steps, earned, decision)
            })
            .filter(|(_, _, decision)| decision.is_permitted())
            .collect();
        suffice.sort_by_key(|(steps, ..)| (crate::plan::cost(steps, facts.earned), steps.len()));
        let mut ways: Vec<(Vec<Step>, Earned, Decision)> = Vec::new();
        for (steps, earned, decision) in suffice {
            let has_more = |(_, less, _): &(Vec<Step>, Earned, Decision)| earned.is_at_least(*less);
            if !ways.iter().any(has_more) {
                ways.push((steps, earned, decision));
            }
        }
        ways.into_iter().map(|(steps, _, decision)| (steps, decision)).collect()
    }
}

/// The cases that differ from this one by one thing.
fn beside(facts: &OperatorFacts) -> Vec<(Change, OperatorFacts)> {
    let subjects: &[Subject] = match facts.subject {
        Subject::Organisation => &[],
        _ => &[Subject::Somebody, Subject::OwnJoiner, Subject::Oneself],
    };
    let subjects = subjects.iter().filter(|subject| **subject != facts.subject).map(|subject| {
        (Change::Subject(*subject), OperatorFacts { subject: *subject, ..facts.clone() })
    });
    let roles = Role::ALL.into_iter().map(|role| {
        let mut facts = facts.clone();
        if facts.roles.remove(&role) {
            (Change::Revoked(role), facts)
        } else {
            facts.roles.insert(role);
            (Change::Granted(role), facts)
        }
    });
    subjects.chain(roles).collect()
}
