//! The planner: what an applicant still needs, or why nothing helps.

use std::sync::Arc;

use firstkey_domain::Action;
use serde::Serialize;

use crate::{Earned, Engine, Facts, Rule, Step};

/// What is still needed before policy permits a pass.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Plan {
    /// Nothing.
    Satisfied,
    /// These steps, in this order: the cheapest that suffice. Never empty.
    Needs(Vec<Step>),
    /// No step that can be taken suffices.
    Impossible(Obstacle),
}

/// Why no step suffices. The first that applies, in the order of declaration.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Obstacle {
    /// The policy could not be evaluated; somebody must be told.
    PolicyFailed(Vec<String>),
    /// More than one browser has begun. Sending the invitation again starts clean.
    Contested,
    /// These steps would suffice, but cannot be taken now; for example, nobody else can vouch.
    Unavailable(Vec<Step>),
    /// Somebody who vouched no longer could. Sending the invitation again starts clean.
    VoucherLost,
    /// These rules forbid it, whatever is earned.
    Forbidden(Vec<Arc<Rule>>),
    /// No rule permits it, whatever is earned.
    NothingPermits,
}

impl Plan {
    /// Whether it is the plan whenever it is asked for, and not a failure to find out.
    const fn lasts(&self) -> bool {
        !matches!(self, Self::Impossible(Obstacle::PolicyFailed(_)))
    }
}

impl Engine {
    /// Finds the cheapest steps, out of those that can be taken now, after which policy permits a
    /// pass. While more than one browser is at it no step can be taken: the enrollment refuses
    /// vouching (rule 4).
    pub fn plan(&self, facts: &Facts, available: &[Step]) -> Plan {
        let question = (self.told_apart(facts), available.to_vec());
        self.loaded.known.plans.recall(question, Plan::lasts, |(facts, available)| {
            let available = if facts.given.contested { &[][..] } else { available };
            match self.cheapest(facts, available) {
                Some(steps) if steps.is_empty() => Plan::Satisfied,
                Some(steps) => Plan::Needs(steps),
                None => Plan::Impossible(self.obstacle(facts)),
            }
        })
    }

    /// The cheapest sufficient steps; no steps when nothing is needed.
    fn cheapest(&self, facts: &Facts, available: &[Step]) -> Option<Vec<Step>> {
        let mut candidates = candidates(facts.earned, available);
        candidates.sort_by_key(|(steps, _)| (cost(steps, facts.earned), steps.len()));
        let suffices = |earned| self.judge(&facts.with(earned), Action::Mint).is_permitted();
        candidates.into_iter().find(|(_, earned)| suffices(*earned)).map(|(steps, _)| steps)
    }

    fn obstacle(&self, facts: &Facts) -> Obstacle {
        let every_step = Step::of_kind(facts.given.kind);
        let strongest = candidates(facts.earned, every_step).pop();
        let strongest = facts.with(strongest.map_or(facts.earned, |(_, earned)| earned));
        let decision = self.judge(&strongest, Action::Mint);
        if let Some(errors) = decision.alarm() {
            return Obstacle::PolicyFailed(errors.to_vec());
        }
        let mut otherwise = facts.clone();
        otherwise.given.contested = false;
        if facts.given.contested && self.cheapest(&otherwise, every_step).is_some() {
            return Obstacle::Contested;
        }
        if let Some(steps) = self.cheapest(facts, every_step) {
            return Obstacle::Unavailable(steps);
        }
        otherwise.given.vouchers_in_good_standing = true;
        if self.cheapest(&otherwise, every_step).is_some() {
            return Obstacle::VoucherLost;
        }
        if decision.rules.is_empty() {
            Obstacle::NothingPermits
        } else {
            Obstacle::Forbidden(decision.rules)
        }
    }
}

/// What the steps cost together, one after the other.
pub(crate) fn cost(steps: &[Step], mut earned: Earned) -> u32 {
    let costs = steps.iter().map(|step| {
        let cost = step.cost(earned);
        earned = step.take(earned).unwrap_or(earned);
        cost
    });
    costs.sum()
}

/// Every set of steps that makes sense from here, with what it leads to; the fullest comes last.
pub(crate) fn candidates(earned: Earned, available: &[Step]) -> Vec<(Vec<Step>, Earned)> {
    let mut found = vec![(Vec::new(), earned)];
    for step in Step::ALL.into_iter().filter(|step| available.contains(step)) {
        let longer = found.iter().filter_map(|(steps, earned): &(Vec<Step>, Earned)| {
            let earned = step.take(*earned)?;
            Some((steps.iter().copied().chain([step]).collect(), earned))
        });
        let longer: Vec<_> = longer.collect();
        found.extend(longer);
    }
    found
}
