//! The engine: a policy that was checked, ready to answer.

use std::{
    collections::{BTreeSet, HashMap},
    sync::Arc,
};

use cedar_policy::{Authorizer, PolicyId, PolicySet};
use firstkey_domain::{Action, Digest, person::Person};

use crate::{
    Decision, Facts, MachineFacts, NewAuthenticator, Operation, OperatorFacts, Plan, Rule, Step,
    Verdict,
    gather::marks_out,
    memo::Memo,
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
    pub(crate) known: Known,
}

/// What was answered before. A policy reads nothing but what it is asked about.
#[derive(Debug, Default)]
pub(crate) struct Known {
    enrollments: Memo<(Facts, Action), Decision>,
    operations: Memo<(OperatorFacts, Operation), Decision>,
    machines: Memo<(MachineFacts, Operation), Decision>,
    pub(crate) plans: Memo<(Facts, Vec<Step>), Plan>,
    pub(crate) heeding: Memo<(Facts, bool), bool>,
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
        let question = (self.told_apart(facts), action);
        self.loaded
            .known
            .enrollments
            .recall(question, Decision::lasts, |(facts, action)| self.judge(facts, *action))
    }

    /// The same, worked out: for whoever asks about many cases once.
    pub(crate) fn judge(&self, facts: &Facts, action: Action) -> Decision {
        self.answer(Question::about_enrollment(facts, action))
    }

    /// These facts with no groups but those that the policy names: of nobody's others can it tell.
    pub(crate) fn told_apart(&self, facts: &Facts) -> Facts {
        let mut facts = facts.clone();
        facts.given.groups.retain(|group| self.named_groups().contains(group));
        facts
    }

    /// Whether an operator may do something in the console.
    pub fn decide_operation(&self, facts: &OperatorFacts, operation: Operation) -> Decision {
        let question = (facts.clone(), operation);
        self.loaded.known.operations.recall(question, Decision::lasts, |(facts, operation)| {
            self.answer(Question::about_operation(facts, *operation))
        })
    }

    /// Whether a machine key's scopes cover an operation. Its owner must be permitted it as well.
    pub fn decide_machine(&self, facts: &MachineFacts, operation: Operation) -> Decision {
        let question = (facts.clone(), operation);
        self.loaded.known.machines.recall(question, Decision::lasts, |(facts, operation)| {
            self.answer(Question::about_machine(facts, *operation))
        })
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Earned, cases};

    /// Lets in whoever is in one group, and asks a match of everybody else.
    const TRADERS: &str = r#"
@id("traders") @reason("Traders are let in.")
permit (principal in Group::"traders", action, resource is Enrollment);
@id("others") @reason("Others are met.")
permit (principal, action in [Action::"mint", Action::"bind"], resource)
when { resource.proofing.matched };
"#;

    #[test]
    fn what_is_remembered_is_what_is_worked_out() {
        let engine = Engine::load(TRADERS).unwrap();
        let given = cases::given(&engine.loaded.vocabulary, 100).unwrap();
        let groups = [&[][..], &["staff"], &["traders"], &["staff", "traders"]];
        let authenticator = engine.loaded.authenticators.last();
        for round in 0..2 {
            for (given, groups) in given.iter().flat_map(|each| groups.map(|set| (each, set))) {
                let mut facts = Facts {
                    given: given.clone(),
                    earned: Earned::default(),
                    authenticator: authenticator.cloned(),
                };
                facts.given.groups = groups.iter().copied().map(str::to_owned).collect();
                for action in [Action::Mint, Action::Bind] {
                    let decision = engine.decide_enrollment(&facts, action);
                    assert_eq!(decision, engine.judge(&facts, action), "{round} {facts:?}");
                    assert_eq!(decision.is_permitted(), groups.contains(&"traders"), "{facts:?}");
                }
            }
        }
    }
}
