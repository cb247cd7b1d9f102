//! The words that a policy uses: what it can tell apart, and so what must be tried to know it all.

use std::collections::{BTreeMap, BTreeSet};

use cedar_policy::{Policy, PolicySet, RequestEnv, Schema};
use serde_json::Value;

use crate::{Model, PolicyFault, PolicyFaults};

/// The words of a policy.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Vocabulary {
    /// Groups.
    pub(crate) groups: BTreeSet<String>,
    /// Roles.
    pub(crate) roles: BTreeSet<String>,
    /// Strings that worker types are compared with, and one that each `like` pattern accepts.
    pub(crate) worker_types: BTreeSet<String>,
    /// Models, each with the places in which it is written. A policy in which two models stand in the
    /// same places, as in one list, makes no difference between them.
    pub(crate) models: BTreeMap<Model, BTreeSet<usize>>,
    /// Attributes.
    attributes: BTreeSet<String>,
    /// Other words from closed lists, by type.
    words: BTreeSet<(String, String)>,
    /// How many places were looked at.
    places: usize,
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

    /// The values of a yes or no that need to be tried.
    pub(crate) fn flag(&self, attribute: &str) -> &'static [bool] {
        if self.mentions(attribute) { &[false, true] } else { &[false] }
    }

    /// Whether the policy names this word of a closed list.
    pub(crate) fn names(&self, kind: &str, word: &str) -> bool {
        self.words.contains(&(kind.to_owned(), word.to_owned()))
    }

    fn read(&mut self, policy: &Policy) -> Result<(), PolicyFaults> {
        for literal in policy.entity_literals() {
            let id = literal.id().unescaped().to_owned();
            match literal.type_name().basename() {
                "Group" => self.groups.insert(id),
                "Role" => self.roles.insert(id),
                "Model" => {
                    id.parse::<Model>().map_err(|_| misspelt(policy, &id))?;
                    false
                }
                kind => self.words.insert((kind.to_owned(), id)),
            };
        }
        let json = policy.to_json().map_err(|error| {
            PolicyFaults(vec![PolicyFault::text(
                format!("policy {} cannot be analysed: {error}", policy.id()),
                "write it with fewer kinds of expression",
            )])
        })?;
        self.walk(&json["conditions"], None);
        Ok(())
    }

    /// Walks Cedar's JSON form of an expression: `{"." : {"left": …, "attr": name}}`,
    /// `{"Value": string}`, `{"Value": {"__entity": {"type": …, "id": …}}}`, `{"Set": […]}`,
    /// `{"like": {"left": …, "pattern": [{"Literal": string}, "Wildcard"]}}`. `list` is the place of
    /// the list whose member this is.
    fn walk(&mut self, json: &Value, list: Option<usize>) {
        match json {
            Value::Array(items) => {
                let list = self.place();
                for item in items {
                    self.walk(item, Some(list));
                }
            }
            Value::Object(fields) => {
                for (key, value) in fields {
                    match (key.as_str(), value) {
                        ("attr", Value::String(name)) => {
                            self.attributes.insert(name.clone());
                        }
                        // Comparing with a whole record mentions all that is in it.
                        ("Record", Value::Object(entries)) => {
                            self.attributes.extend(entries.keys().cloned());
                            self.walk(value, None);
                        }
                        ("Value", Value::String(text)) => {
                            self.worker_types.insert(text.clone());
                        }
                        ("Value", _) => self.walk(value, list),
                        ("__entity", entity) if entity["type"] == "Model" => {
                            let model = entity["id"].as_str().and_then(|id| id.parse().ok());
                            let place = list.unwrap_or_else(|| self.place());
                            if let Some(model) = model {
                                self.models.entry(model).or_default().insert(place);
                            }
                        }
                        ("pattern", Value::Array(parts)) => {
                            let literals = parts.iter().filter_map(|part| part["Literal"].as_str());
                            self.worker_types.insert(literals.collect());
                        }
                        _ => self.walk(value, None),
                    }
                }
            }
            _ => {}
        }
    }

    /// A place that was not looked at before.
    const fn place(&mut self) -> usize {
        self.places += 1;
        self.places
    }
}

/// A name under which no authenticator will ever be known: in a list of what is refused it would
/// silently refuse nothing.
fn misspelt(policy: &Policy, id: &str) -> PolicyFaults {
    PolicyFaults(vec![PolicyFault::text(
        format!("policy {} names Model::\"{id}\", which no model is called", policy.id()),
        "write the AAGUID in small letters, such as \
         Model::\"ee882879-721c-4913-9775-3dfcce97072a\", or Model::\"unknown\" for those that \
         name none",
    )])
}
