//! Rule 17: a policy under which earning a fact takes permission away is rejected.
//!
//! What can be earned is a finite space, and of what is given a policy can tell apart only what it
//! mentions. So every case is tried: all that is earned, for one representative of each class of
//! given facts.

use std::{fmt, sync::Arc};

use firstkey_domain::Action;

use crate::{Decision, Earned, Engine, Facts, PolicyFault, Rule, Step, cases, positive};

/// Kinds of applicant, and of applicant with an authenticator, beyond which a policy is refused
/// untried, so that loading one takes ten seconds at most.
const MAX_GIVEN: usize = 2_000;
const MAX_CASES: usize = 10_000;

/// A case in which doing more makes things worse.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Counterexample {
    /// What was asked.
    pub action: Action,
    /// Facts under which it is permitted.
    pub facts: Facts,
    /// The step after which it no longer is.
    pub step: Step,
    /// The rules that then refuse; none when it is a permission that ends.
    pub rules: Vec<Arc<Rule>>,
}

impl fmt::Display for Counterexample {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { action, facts, step, rules } = self;
        write!(f, "the step {step:?} takes away the permission to {action:?}")?;
        for rule in rules {
            write!(f, ", by \"{}\"", rule.id)?;
        }
        // Facts are enumerations, strings and flags.
        let facts = serde_json::to_string(facts).map_err(|_| fmt::Error)?;
        write!(f, "; it was permitted with {facts} (doing more must never count against anybody)")
    }
}

impl Engine {
    /// What is wrong when earning a fact takes permission away, or when it cannot be known.
    pub(crate) fn loses_by_earning(&self) -> Option<PolicyFault> {
        let vocabulary = &self.loaded.vocabulary;
        if positive::only_helps(&self.loaded.policies) {
            return None;
        }
        let authenticators = &self.loaded.authenticators;
        let given = cases::given(vocabulary, MAX_GIVEN)
            .filter(|given| given.len() * (1 + authenticators.len()) <= MAX_CASES);
        let Some(given) = given else {
            return Some(PolicyFault::text(
                "the policy tells too many kinds of people and authenticators apart to try whether \
                 earning a fact could take permission away",
                "ask for what is earned without a \"not\" in every permit, and lift every forbid \
                 by it; or name fewer worker types and groups, and fewer facts about authenticators",
            ));
        };
        let counterexample = given.into_iter().find_map(|given| {
            let facts = Facts { given, earned: Earned::default(), authenticator: None };
            self.loses(&facts, Action::Mint).or_else(|| {
                authenticators.iter().find_map(|new| {
                    let facts = Facts { authenticator: Some(new.clone()), ..facts.clone() };
                    self.loses(&facts, Action::Bind)
                })
            })
        });
        counterexample.map(|found| PolicyFault::Perverse(Box::new(found)))
    }

    fn loses(&self, facts: &Facts, action: Action) -> Option<Counterexample> {
        let decide = |earned| self.judge(&facts.with(earned), action);
        let decided: Vec<(Earned, Decision)> =
            cases::earned().map(|earned| (earned, decide(earned))).collect();
        let after = |earned| decided.iter().find(|(each, _)| *each == earned);
        decided.iter().filter(|(_, decision)| decision.is_permitted()).find_map(|(earned, _)| {
            Step::ALL.into_iter().find_map(|step| {
                let (_, later) = after(step.take(*earned)?)?;
                (!later.is_permitted()).then(|| Counterexample {
                    action,
                    facts: facts.with(*earned),
                    step,
                    rules: later.rules.clone(),
                })
            })
        })
    }
}
