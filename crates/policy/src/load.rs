//! Loading a policy: what cannot be fully checked is refused (rule 17).

use std::{collections::HashMap, sync::Arc};

use cedar_policy::{
    Authorizer, Effect, Policy, PolicyId, PolicySet, ValidationMode, Validator, ffi::DetailedError,
};
use firstkey_domain::policy::Policy as PolicyState;

use crate::{
    Engine, PolicyFault, PolicyFaults, Rule,
    classes::authenticators,
    engine::{Known, Loaded},
    question::CEDAR_SCHEMA,
    shape::too_large,
    vocabulary::Vocabulary,
};

/// Kinds of authenticator beyond which a policy is refused, so that a change of somebody's record is
/// compared in a second or two.
const MAX_AUTHENTICATORS: usize = 512;

impl Engine {
    /// Loads a policy: parses it, validates it strictly against the schema with warnings refused
    /// too, and makes sure that earning a fact never takes permission away.
    pub fn load(text: &str) -> Result<Self, PolicyFaults> {
        if let Some(fault) = too_large(text) {
            return Err(PolicyFaults(vec![fault]));
        }
        let parsed: PolicySet = text.parse().map_err(|error| {
            PolicyFaults(PolicyFault::from_cedar(DetailedError::from(&error), text))
        })?;
        let (policies, rules) = named(&parsed)?;
        validate(&policies, text)?;
        let vocabulary = Vocabulary::of(&policies, &CEDAR_SCHEMA)?;
        let authenticators = authenticators(&vocabulary, MAX_AUTHENTICATORS).ok_or_else(|| {
            PolicyFaults(vec![PolicyFault::text(
                "the policy tells too many kinds of authenticator apart to compare what it asks of \
                 somebody before and after a change",
                "ask for fewer of the facts about authenticators, or name models and transports in \
                 one list",
            )])
        })?;
        let engine = Self {
            loaded: Arc::new(Loaded {
                digest: PolicyState::digest_of(text),
                policies,
                rules,
                vocabulary,
                authorizer: Authorizer::new(),
                authenticators,
                known: Known::default(),
            }),
        };
        match engine.loses_by_earning() {
            None => Ok(engine),
            Some(fault) => Err(PolicyFaults(vec![fault])),
        }
    }
}

/// Takes each policy's name and reason from its annotations.
fn named(parsed: &PolicySet) -> Result<(PolicySet, HashMap<PolicyId, Arc<Rule>>), PolicyFaults> {
    let mut faults = Vec::new();
    if let Some(template) = parsed.templates().next() {
        faults.push(PolicyFault::text(
            format!("policy {} is a template, which nothing here would fill in", template.id()),
            "write ?principal and ?resource out",
        ));
    }
    let mut policies = PolicySet::new();
    let mut rules = HashMap::new();
    for policy in parsed.policies() {
        match rule(policy) {
            Err(fault) => faults.push(fault),
            Ok(rule) => {
                let id = PolicyId::new(&rule.id);
                if policies.add(policy.new_id(id.clone())).is_err() {
                    faults.push(PolicyFault::text(
                        format!("two policies are named \"{}\"", rule.id),
                        "give each its own @id, because receipts cite it",
                    ));
                }
                rules.insert(id, Arc::new(rule));
            }
        }
    }
    if faults.is_empty() { Ok((policies, rules)) } else { Err(PolicyFaults(faults)) }
}

fn rule(policy: &Policy) -> Result<Rule, PolicyFault> {
    let annotation = |key: &str| {
        let value = policy.annotation(key).map(str::trim).filter(|value| !value.is_empty());
        value.map(ToOwned::to_owned).ok_or_else(|| {
            let which = policy.annotation("id").unwrap_or_else(|| policy.id().as_ref());
            PolicyFault::text(
                format!("policy {which} has no @{key}"),
                "each policy needs an @id to cite and a @reason to show, such as \
                 @id(\"two-vouchers\") @reason(\"Two people met the applicant.\")",
            )
        })
    };
    Ok(Rule {
        id: annotation("id")?,
        reason: annotation("reason")?,
        permits: policy.effect() == Effect::Permit,
    })
}

fn validate(policies: &PolicySet, text: &str) -> Result<(), PolicyFaults> {
    let result = Validator::new(CEDAR_SCHEMA.clone()).validate(policies, ValidationMode::Strict);
    let mut errors: Vec<_> = result.validation_errors().map(DetailedError::from).collect();
    if errors.is_empty() {
        // A warning says that a rule can never apply or looks like what it is not: a rule that
        // somebody believes in and that does nothing.
        errors.extend(result.validation_warnings().map(DetailedError::from));
    }
    let mut faults: Vec<_> =
        errors.into_iter().flat_map(|error| PolicyFault::from_cedar(error, text)).collect();
    faults.sort_by_key(PolicyFault::place);
    if faults.is_empty() { Ok(()) } else { Err(PolicyFaults(faults)) }
}
