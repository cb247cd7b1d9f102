//! The quick way to see that earning a fact never takes permission away: nothing stands in its way.
//!
//! If every `permit` asks for what is earned without a "not", and every `forbid` is lifted by it, then
//! more can only help. Most policies are written so, and need no case to be tried.

use cedar_policy::{Effect, Policy, PolicySet};
use serde_json::Value;

/// Operators that strict validation keeps from ever failing. Arithmetic can overflow, and a failure
/// behind an earned fact would be a refusal earned.
const UNFAILING: [&str; 22] = [
    "!",
    "!=",
    "&&",
    ".",
    "<",
    "<=",
    "==",
    ">",
    ">=",
    "Record",
    "Set",
    "Value",
    "Var",
    "contains",
    "containsAll",
    "containsAny",
    "has",
    "if-then-else",
    "in",
    "is",
    "isEmpty",
    "like",
];

/// Whether it can be seen at a glance that earning a fact never takes permission away. If not, it may
/// still be so.
pub(crate) fn only_helps(policies: &PolicySet) -> bool {
    policies.policies().all(|policy| helps(policy).unwrap_or(false))
}

fn helps(policy: &Policy) -> Option<bool> {
    let json = policy.to_json().ok()?;
    let conditions = json["conditions"].as_array()?;
    Some(conditions.iter().all(|condition| {
        let permits = policy.effect() == Effect::Permit;
        grows(&condition["body"], permits == (condition["kind"] == "when"))
    }))
}

/// Whether the expression can only turn from false to true (`up`), or from true to false, when a fact
/// is earned.
fn grows(expression: &Value, up: bool) -> bool {
    let Some((operator, operands)) = sole_entry(expression) else { return false };
    match operator {
        "&&" | "||" => grows(&operands["left"], up) && grows(&operands["right"], up),
        "!" => grows(&operands["arg"], !up),
        "." if names_proofing(&operands["left"]) => up,
        _ => is_constant(expression),
    }
}

/// Whether no earned fact is looked at, and nothing can fail.
fn is_constant(expression: &Value) -> bool {
    let Some((operator, operands)) = sole_entry(expression) else { return false };
    let is_known = operator == "||" || UNFAILING.contains(&operator);
    is_known
        && !names_proofing(expression)
        && match (operator, operands) {
            ("Value" | "Var", _) => true,
            (_, Value::Array(items)) => items.iter().all(is_constant),
            (_, Value::Object(fields)) => {
                fields.values().filter(|field| field.is_object()).all(is_constant)
            }
            _ => false,
        }
}

/// `resource.proofing`.
fn names_proofing(expression: &Value) -> bool {
    expression["."]["attr"] == "proofing"
}

/// Cedar's JSON form of an expression is an object with the operator as its only key.
fn sole_entry(expression: &Value) -> Option<(&str, &Value)> {
    let fields = expression.as_object()?;
    let (operator, operands) = fields.iter().next()?;
    (fields.len() == 1).then_some((operator, operands))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn only_helps_text(text: &str) -> bool {
        only_helps(&text.parse().unwrap())
    }

    #[test]
    fn the_shipped_policies_can_be_seen_to_help() {
        assert!(only_helps_text(crate::DEFAULT));
        assert!(only_helps_text(crate::DEMO));
        assert!(only_helps_text(crate::SMALL_ORGANISATION));
    }

    #[test]
    fn what_stands_against_an_earned_fact_cannot() {
        let yes = [
            "permit(principal, action, resource) when { resource.proofing.matched };",
            "permit(principal, action, resource) unless { !resource.proofing.matched };",
            "forbid(principal, action, resource) unless { resource.proofing.matched };",
            "forbid(principal, action, resource) when { !(resource.proofing.matched || principal.privileged) };",
            "permit(principal, action, resource) when { [\"a\"].contains(principal.worker_type) };",
            "forbid(principal, action, resource) unless { context.authenticator.transports.isEmpty() };",
            "forbid(principal, action, resource) when { context.authenticator.transports.containsAny([Transport::\"nfc\"]) };",
            "forbid(principal, action, resource) when { context.authenticator.transports.containsAll([Transport::\"nfc\"]) };",
        ];
        for text in yes {
            assert!(only_helps_text(text), "{text}");
        }
        let no = [
            "permit(principal, action, resource) unless { resource.proofing.matched };",
            "permit(principal, action, resource) when { !resource.proofing.matched };",
            "permit(principal, action, resource) when { resource.proofing.matched == false };",
            "permit(principal, action, resource) when { resource.proofing == {matched: false} };",
            "permit(principal, action, resource) when { if resource.proofing.matched then false else true };",
            "forbid(principal, action, resource) when { resource.proofing.matched };",
            "permit(principal, action, resource) when { resource.proofing.matched && 9223372036854775807 + 1 > 0 };",
            "permit(principal, action, resource) when { principal.worker_type == {a: resource.proofing}.a };",
        ];
        for text in no {
            assert!(!only_helps_text(text), "{text}");
        }
    }
}
