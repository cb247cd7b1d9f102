//! The engine: a policy that was checked, ready to answer.

use std::{
    collections::{BTreeSet, HashMap},
    sync::Arc,
};

use cedar_policy::{Authorizer, PolicyId, PolicySet};
use firstkey_domain::{Action, Digest, person::Person};

use crate::{
    Decision, Facts, NewAuthenticator, Operation, OperatorFacts, Rule, Verdict,
    gather::marks_out,
    question::{Question, Unaskable},
    vocabulary::Vocabulary,
};

/// A policy in force. Cloning shares it.
#[derive(Debug, Clone)]
pub struct Engine {
    pub(crate) loaded: Arc<Loaded>,
}

/// What loading made of the text.
#[derive(Debug)]
pub(crate) struct Loaded {
    pub(crate) digest: Digest,
    pub(crate) policies: PolicySet,
    pub(crate) rules: HashMap<PolicyId, Arc<Rule>>,
    pub(crate) vocabulary: Vocabulary,
    pub(crate) authorizer: Authorizer,
    /// One authenticator of each class that the policy tells apart.
    pub(crate) authenticators: Vec<NewAuthenticator>,
}

impl Engine {
    /// The digest by which decisions and receipts name this policy.
    pub fn digest(&self) -> Digest {
        self.loaded.digest
    }

    /// The policy's rules, sorted by name.
    pub fn rules(&self) -> Vec<Arc<Rule>> {
        let mut rules: Vec<_> = self.loaded.rules.values().cloned().collect();
        rules.sort();
        rules
    }

    /// The groups that the policy names. Whoever is in one is privileged.
    pub fn named_groups(&self) -> &BTreeSet<String> {
        &self.loaded.vocabulary.groups
    }

    /// Whether a person is privileged in their own right: holds a role, or is in a named group.
    /// Their sponsor is then privileged too.
    pub fn marks_out(&self, person: &Person) -> bool {
        marks_out(person, self.named_groups())
    }

    /// Whether policy permits minting a pass, or binding what was registered. Nothing else permits.
    pub fn decide_enrollment(&self, facts: &Facts, action: Action) -> Decision {
        self.answer(Question::about_enrollment(facts, action))
    }

    /// Whether an operator may do something in the console.
    pub fn decide_operation(&self, facts: &OperatorFacts, operation: Operation) -> Decision {
        self.answer(Question::about_operation(facts, operation))
    }

    fn answer(&self, question: Result<Question, Unaskable>) -> Decision {
        let Question { request, entities } = match question {
            Ok(question) => question,
            Err(error) => return Decision::failed(error),
        };
        let loaded = &*self.loaded;
        let response = loaded.authorizer.is_authorized(&request, &loaded.policies, &entities);
        let diagnostics = response.diagnostics();
        let errors: Vec<_> = diagnostics.errors().map(ToString::to_string).collect();
        let mut rules: Vec<_> =
            diagnostics.reason().filter_map(|id| loaded.rules.get(id).cloned()).collect();
        rules.sort();
        let verdict = if !errors.is_empty() {
            Verdict::Failed(errors)
        } else if response.decision() == cedar_policy::Decision::Allow {
            Verdict::Permitted
        } else {
            Verdict::Refused
        };
        Decision { verdict, rules }
    }
}
