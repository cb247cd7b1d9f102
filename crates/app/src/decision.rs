//! Asking policy: the facts of an enrollment, and what an operator may do.

use std::collections::{BTreeMap, BTreeSet};

use firstkey_domain::{
    Action, Permit, PersonId,
    enrollment::{Attempt, Enrollment, Method, Phase, Proofing},
    person::Person,
};
use firstkey_policy::{
    Decision, Facts, Listing, Operation, OperatorFacts, Plan, Shortcoming, Step, Surroundings,
    Verdict,
};

use crate::{
    App, Backend, Fault, Loaded, Outcome, Unit,
    machines::Caller,
    model::{KnownModels, is_any_listed},
    policy::{InForce, in_force},
    privilege::{keep_best, keep_suitable, sponsors_privileged},
};

/// The facts of an attempt and the policy in force. All that they rest on is guarded.
pub(crate) struct Case {
    policy: InForce,
    facts: Facts,
}

impl Case {
    /// Gathers the facts of an attempt.
    pub async fn gather<S: Backend, R>(
        unit: &mut Unit<'_, S>,
        enrollment: &Enrollment,
        person: &Person,
        attempt: &Attempt,
    ) -> Outcome<Self, R> {
        let policy = in_force(unit).await?;
        let mut vouchers = BTreeMap::new();
        for id in attempt.proofings.iter().filter_map(Proofing::person) {
            if id != person.id
                && !vouchers.contains_key(&id)
                && let Some(voucher) = unit.load::<Person, R>(id).await?
            {
                vouchers.insert(id, voucher.state);
            }
        }
        let sponsors_privileged = sponsors_privileged(unit, &policy, person).await?;
        if sponsors_privileged || policy.engine.marks_out(person) {
            // Vouched for before the applicant, or the voucher, became what they are now.
            for voucher in vouchers.values_mut() {
                keep_suitable(unit, voucher).await?;
            }
        }
        if attempt.proofings.iter().any(|proofing| proofing.person() == Some(person.id)) {
            let mut oneself = person.clone();
            keep_best(unit, &mut oneself).await?;
            vouchers.insert(person.id, oneself);
        }
        let vouchers: Vec<_> = vouchers.into_values().collect();
        let listing = match &attempt.verified {
            Some(credential) => KnownModels::known(unit).await?.listing(credential),
            None => Listing::Unlisted,
        };
        let around = Surroundings {
            named_groups: policy.engine.named_groups(),
            sponsors_privileged,
            vouchers: &vouchers,
            listing,
        };
        let facts = Facts::gather(person, enrollment, attempt, around, unit.now());
        Ok(Self { policy, facts })
    }

    /// What is still needed before a pass is minted.
    pub fn plan(&self, enrollment: &Enrollment) -> Plan {
        if came_from_the_terminal(enrollment) {
            // Dear as the terminal is elsewhere: whoever made this link is sitting at it.
            let plan = self.policy.engine.plan(&self.facts, &[Step::Terminal]);
            if !matches!(plan, Plan::Impossible(_)) {
                return plan;
            }
        }
        self.policy.engine.plan(&self.facts, Step::of_kind(enrollment.kind))
    }

    /// Whether matches alone would do, by as many vouchers as it takes: for whoever cannot take an
    /// address from a screen.
    pub fn do_matches_suffice(&self) -> bool {
        let matches = [Step::Match, Step::MatchBySight, Step::SecondMatch];
        matches!(self.policy.engine.plan(&self.facts, &matches), Plan::Needs(_))
    }

    /// Asks policy; a permit when it allows.
    pub fn ask(&self, action: Action, enrollment: &Loaded<Enrollment>) -> Result<Permit, Decision> {
        let decision = self.policy.engine.decide_enrollment(&self.facts, action);
        if !permits(&decision) {
            return Err(decision);
        }
        Ok(Permit {
            action,
            enrollment: enrollment.id,
            version: enrollment.version(),
            policy_revision: self.policy.revision,
            policy: self.policy.digest,
            facts: self.facts.digest(),
        })
    }

    /// Whether what an authenticator proves about itself can make a difference to this applicant.
    pub async fn heeds_attestation<S: Backend, R>(
        &self,
        unit: &mut Unit<'_, S>,
    ) -> Outcome<bool, R> {
        Ok(self.policy.engine.heeds_attestation(&self.facts, is_any_listed(unit).await?))
    }

    /// What about the authenticator would have to be otherwise for policy to bind it.
    pub fn shortcomings(&self) -> BTreeSet<Shortcoming> {
        self.policy.engine.shortcomings(&self.facts)
    }

    /// The digest of the facts.
    pub fn facts(&self) -> firstkey_domain::Digest {
        self.facts.digest()
    }

    /// The digest of the policy's text.
    pub const fn policy(&self) -> firstkey_domain::Digest {
        self.policy.digest
    }
}

/// Whether the newest link was made in the terminal.
fn came_from_the_terminal(enrollment: &Enrollment) -> bool {
    matches!(&enrollment.phase, Phase::Open(running) if running.invitation.needs_secret)
}

/// The steps that an attempt's proofing stands for.
pub(crate) fn steps_done(attempt: &Attempt) -> impl Iterator<Item = Step> {
    let mut matches = 0;
    attempt.proofings.iter().map(move |proofing| match proofing.method {
        Method::Match => {
            matches += 1;
            match matches {
                1 if proofing.checklist.is_by_sight() => Step::MatchBySight,
                1 => Step::Match,
                _ => Step::SecondMatch,
            }
        }
        Method::Handover => Step::Handover,
        Method::Terminal => Step::Terminal,
        Method::OwnAuthenticator => Step::OwnAuthenticator,
    })
}

/// The operator may not do this. Said alike for what does not exist.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("there is nothing here that you may do")]
pub struct NotAllowed;

/// Loads the operator, or the owner of the machine key, and asks policy whether they may do this to
/// `subject`. Of a program, policy is asked as well whether its key's scopes cover it; what a program does
/// is so never more than its owner may at this moment.
pub(crate) async fn allow<S: Backend, R: From<NotAllowed>>(
    unit: &mut Unit<'_, S>,
    caller: impl Into<Caller> + Send,
    subject: Option<&Person>,
    operation: Operation,
) -> Outcome<Loaded<Person>, R> {
    let caller = caller.into();
    let operator: Option<Loaded<Person>> = unit.load(caller.responsible()).await?;
    let operator = operator.ok_or_else(|| Fault::refuse(NotAllowed))?;
    let policy = in_force(unit).await?;
    let facts = OperatorFacts::gather(&operator, subject);
    let decision = facts.map(|facts| policy.engine.decide_operation(&facts, operation));
    let is_covered = match &caller {
        Caller::Person(_) => true,
        Caller::Machine(machine) => {
            machine.is_covered(unit, &policy, subject.is_some(), operation).await?
        }
    };
    if is_covered && decision.as_ref().is_some_and(permits) {
        Ok(operator)
    } else {
        Err(Fault::refuse(NotAllowed))
    }
}

/// Whether policy permits. Tells somebody when it could not be evaluated.
pub(crate) fn permits(decision: &Decision) -> bool {
    if let Verdict::Failed(errors) = &decision.verdict {
        tracing::error!(event = "policy.failed", errors = ?errors, "a policy could not be evaluated");
    }
    decision.is_permitted()
}

impl<S: Backend> App<S> {
    /// Whether an operator may see or do this, for pages. Acts ask again inside their commit.
    pub async fn may(
        &self,
        operator: impl Into<Caller> + Send,
        subject: Option<PersonId>,
        operation: Operation,
    ) -> Outcome<bool, NotAllowed> {
        let operator = operator.into();
        let mut unit = Unit::viewing(self);
        let subject = match subject {
            Some(subject) => match unit.load::<Person, NotAllowed>(subject).await? {
                Some(subject) => Some(subject),
                None => return Ok(false),
            },
            None => None,
        };
        match allow::<S, NotAllowed>(&mut unit, operator, subject.as_deref(), operation).await {
            Ok(_) => Ok(true),
            Err(Fault::Refused(NotAllowed)) => Ok(false),
            Err(fault) => Err(fault),
        }
    }
}
