//! The words that a policy uses: what it can tell apart, and so what must be tried to know it all.

use std::collections::BTreeSet;

use cedar_policy::{Policy, PolicySet, RequestEnv, Schema};
use serde_json::Value;

use crate::{PolicyFault, PolicyFaults};

/// The words of a policy.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Vocabulary {
    /// Groups.
    pub(crate) groups: BTreeSet<String>,
    /// Roles.
    pub(crate) roles: BTreeSet<String>,
    /// Strings that worker types are compared with, and one that each `like` pattern accepts.
    pub(crate) worker_types: BTreeSet<String>,
    /// Attributes.
    attributes: BTreeSet<String>,
}

impl Vocabulary {
    /// Reads the words out of the policies about enrollments.
    pub(crate) fn of(policies: &PolicySet, schema: &Schema) -> Result<Self, PolicyFaults> {
        let mut words = Self::default();
        let applicant = |env: RequestEnv| env.principal().basename() == "Applicant";
        for policy in policies.policies() {
            if policy.get_valid_request_envs(schema).any(applicant) {
                words.read(policy)?;
            }
        }
        Ok(words)
    }

    /// Whether the policy can tell apart two requests that differ in this attribute only.
    pub(crate) fn mentions(&self, attribute: &str) -> bool {
        self.attributes.contains(attribute)
    }

    fn read(&mut self, policy: &Policy) -> Result<(), PolicyFaults> {
        for literal in policy.entity_literals() {
            let id = literal.id().unescaped().to_owned();
            match literal.type_name().basename() {
                "Group" => self.groups.insert(id),
                "Role" => self.roles.insert(id),
                _ => false,
            };
        }
        let json = policy.to_json().map_err(|error| {
            PolicyFaults(vec![PolicyFault::text(
                format!("policy {} cannot be analysed: {error}", policy.id()),
                "write it with fewer kinds of expression",
            )])
        })?;
        self.walk(&json["conditions"]);
        Ok(())
    }

    /// Walks Cedar's JSON form of an expression: `{"." : {"left": …, "attr": name}}`,
    /// `{"Value": string}`, `{"like": {"left": …, "pattern": [{"Literal": string}, "Wildcard"]}}`.
    fn walk(&mut self, json: &Value) {
        match json {
            Value::Array(items) => items.iter().for_each(|item| self.walk(item)),
            Value::Object(fields) => {
                for (key, value) in fields {
                    match (key.as_str(), value) {
                        ("attr", Value::String(name)) => {
                            self.attributes.insert(name.clone());
                        }
                        // Comparing with a whole record mentions all that is in it.
                        ("Record", Value::Object(entries)) => {
                            self.attributes.extend(entries.keys().cloned());
                            self.walk(value);
                        }
                        ("Value", Value::String(text)) => {
                            self.worker_types.insert(text.clone());
                        }
                        ("pattern", Value::Array(parts)) => {
                            let literals = parts.iter().filter_map(|part| part["Literal"].as_str());
                            self.worker_types.insert(literals.collect());
                        }
                        _ => self.walk(value),
                    }
                }
            }
            _ => {}
        }
    }
}
