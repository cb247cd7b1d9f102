//! What policy answered, and which of its rules did.

use std::sync::Arc;

use serde::{Deserialize, Serialize};

/// A policy's name and its reason, in words that people are shown.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Rule {
    /// The `@id`.
    pub id: String,
    /// The `@reason`.
    pub reason: String,
    /// Whether it is a `permit` or a `forbid`.
    pub permits: bool,
}

/// Yes, no, or an error, which is a no.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Verdict {
    /// At least one rule permits and none forbids.
    Permitted,
    /// A rule forbids, or none permits.
    Refused,
    /// A rule could not be evaluated, so nobody knows what it would have forbidden. Cedar would skip
    /// it; here it is a refusal, and somebody must be told.
    Failed(Vec<String>),
}

/// The answer to one question.
#[derive(Debug, Clone, PartialEq, Eq)]
#[must_use]
pub struct Decision {
    /// The answer.
    pub verdict: Verdict,
    /// The rules that determined it, by name; none when nothing permits.
    pub rules: Vec<Arc<Rule>>,
}

impl Decision {
    /// Whether it is allowed.
    pub const fn is_permitted(&self) -> bool {
        matches!(self.verdict, Verdict::Permitted)
    }

    /// What somebody must be told, when the policy could not be evaluated.
    pub fn alarm(&self) -> Option<&[String]> {
        match &self.verdict {
            Verdict::Failed(errors) => Some(errors),
            Verdict::Permitted | Verdict::Refused => None,
        }
    }

    /// Whether it is the answer whenever it is asked for, and not a failure to find out.
    pub(crate) const fn lasts(&self) -> bool {
        !matches!(self.verdict, Verdict::Failed(_))
    }

    pub(crate) fn failed(error: String) -> Self {
        Self { verdict: Verdict::Failed(vec![error]), rules: Vec::new() }
    }
}
