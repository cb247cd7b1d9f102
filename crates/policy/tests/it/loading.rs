use firstkey_domain::{Action, policy::Policy};
use firstkey_policy::{DEFAULT, DEMO, Engine, PolicyFault, Step};

use crate::stage::*;

/// A policy with this condition for a pass.
fn permit_when(condition: &str) -> String {
    format!(
        "@id(\"it\") @reason(\"A test.\")\npermit (principal, action == Action::\"mint\", resource)\nwhen {{ {condition} }};"
    )
}

/// What is said of a policy that must not load.
fn fault(text: &str) -> String {
    Engine::load(text).expect_err("it must not load").to_string()
}

#[test]
fn the_shipped_policies_load_and_are_named_by_their_text() {
    assert_eq!(SHIPPED.digest(), Policy::digest_of(DEFAULT));
    let demo = Engine::load(DEMO).unwrap();
    let administrator =
        firstkey_policy::Facts { authenticator: Some(SYNCED), ..administrator().with(AT_TERMINAL) };
    assert!(demo.decide_enrollment(&administrator, Action::Bind).is_permitted());
}

#[test]
fn a_syntax_error_is_refused_where_it_stands() {
    let said = fault(
        "@id(\"it\") @reason(\"A test.\")\npermit (principal, action, resource) wenn { true };",
    );
    assert!(said.starts_with("line 2, column 38: "), "{said}");
}

#[test]
fn an_attribute_that_the_schema_lacks_is_refused_where_it_stands() {
    let said = fault(&permit_when("resource.proofing.machted"));
    assert!(said.starts_with("line 3, column 8: "), "{said}");
    assert!(said.contains("machted") && said.contains("matched"), "{said}");
}

#[test]
fn a_type_error_is_refused() {
    let said = fault(&permit_when("resource.proofing.matched > 1"));
    assert!(said.contains("Long"), "{said}");
}

#[test]
fn a_word_outside_a_closed_list_is_refused() {
    let said = fault(&permit_when(r#"resource.kind == Kind::"frist""#));
    assert!(said.contains("frist"), "{said}");
}

#[test]
fn a_rule_that_can_never_apply_is_refused() {
    let said = fault(&permit_when("principal.privileged && false"));
    assert!(said.contains("impossible"), "{said}");
}

#[test]
fn groups_from_feeds_cannot_be_given_to_operators() {
    let said = fault(
        "@id(\"it\") @reason(\"A test.\")\npermit (principal in Group::\"admins\", action == Action::\"grant_role\", resource);",
    );
    assert!(said.contains("applicable action"), "{said}");
}

#[test]
fn every_rule_needs_a_name_of_its_own_and_a_reason() {
    let nameless = "@reason(\"A test.\") forbid (principal, action, resource);";
    assert!(fault(nameless).contains("has no @id"));
    let unreasoned = "@id(\"it\") forbid (principal, action, resource);";
    assert!(fault(unreasoned).contains("policy it has no @reason"));
    let twice = permit_when("resource.proofing.matched").repeat(2);
    assert!(fault(&twice).contains("two policies are named \"it\""));
}

#[test]
fn templates_are_refused() {
    let said = fault(
        "@id(\"it\") @reason(\"A test.\") permit (principal == ?principal, action, resource);",
    );
    assert!(said.contains("template"), "{said}");
}

#[test]
fn a_policy_that_punishes_more_proofing_is_refused_with_the_case() {
    let text = permit_when("resource.proofing.matched && !resource.proofing.handover");
    let faults = Engine::load(&text).expect_err("earning a handover loses the pass");
    let [PolicyFault::Perverse(case)] = &*faults.0 else { panic!("{faults}") };
    assert_eq!(case.step, Step::Handover);
    assert_eq!(case.action, Action::Mint);
    assert!(case.facts.earned.is_at_least(MATCHED));
}

#[test]
fn punishment_that_hides_behind_a_worker_type_a_group_or_a_role_is_found() {
    let hidden = [
        r#"principal.worker_type == "temp""#,
        r#"principal.worker_type like "ext*rn""#,
        r#"principal in Group::"payroll""#,
        r#"principal in Role::"approver""#,
        "principal.holds_two",
        "!resource.vouchers_in_good_standing",
        r#"resource.kind == Kind::"additional""#,
        "principal.sponsors_privileged",
        "principal.privileged && !principal.sponsors_privileged",
    ];
    for given in hidden {
        let text = format!(
            "{}\n@id(\"hidden\") @reason(\"A test.\")\nforbid (principal, action == Action::\"mint\", resource)\nwhen {{ {given} && resource.proofing.terminal }};",
            permit_when("resource.proofing.matched")
        );
        let faults = Engine::load(&text).expect_err(given);
        let [PolicyFault::Perverse(case)] = &*faults.0 else { panic!("{given}: {faults}") };
        assert_eq!(case.rules[0].id, "hidden", "{given}");
        assert!(faults.to_string().contains("Terminal"), "{faults}");
    }
}

#[test]
fn punishment_of_one_kind_of_authenticator_is_found() {
    let hidden = [
        "!context.authenticator.device_bound",
        r#"context.authenticator.attestation == Attestation::"untrusted""#,
        r#"context.authenticator.model == Model::"ee882879-721c-4913-9775-3dfcce97072a""#,
        r#"context.authenticator.model != Model::"unknown""#,
        r#"context.authenticator.transports.contains(Transport::"nfc")"#,
        "context.authenticator.transports.isEmpty()",
        r#"context.authenticator.transports == [Transport::"usb"]"#,
        "context.authenticator.listed && !context.authenticator.certified_l1",
        "context.authenticator.certified_l2 && !context.authenticator.certified_l3",
        "context.authenticator.revoked && !context.authenticator.listed",
        "context.authenticator.update_available",
        "context.authenticator.verifies_by_biometric",
        "context.authenticator.verifies_by_pin_inside && context.authenticator.compromised",
        "context.authenticator.retired",
    ];
    for given in hidden {
        let text = format!(
            "@id(\"a\") @reason(\"A test.\") permit (principal, action == Action::\"bind\", resource);
            @id(\"b\") @reason(\"A test.\") forbid (principal, action == Action::\"bind\", resource)
            when {{ {given} && resource.proofing.handover }};"
        );
        let faults = Engine::load(&text).expect_err(given);
        let [PolicyFault::Perverse(case)] = &*faults.0 else { panic!("{given}: {faults}") };
        assert_eq!((case.action, case.step), (Action::Bind, Step::Handover), "{given}");
    }
}

#[test]
fn a_failure_that_only_more_proofing_reaches_is_found() {
    let text = permit_when(&format!(
        "resource.proofing.handover || (resource.proofing.terminal && {OVERFLOW})"
    ));
    assert!(Engine::load(&text).is_ok(), "a handover hides the failure");
    let text = permit_when(&format!(
        "(resource.proofing.terminal && {OVERFLOW}) || resource.proofing.handover"
    ));
    let faults = Engine::load(&text).expect_err("the terminal brings the failure out");
    assert!(matches!(&*faults.0, [PolicyFault::Perverse(_)]), "{faults}");
}

#[test]
fn what_helps_in_sum_is_accepted_though_one_rule_alone_would_not() {
    let without = permit_when("resource.proofing.matched && !resource.proofing.handover");
    let with = permit_when("resource.proofing.handover").replace("\"it\"", "\"with\"");
    assert!(Engine::load(&format!("{without}{with}")).is_ok());
}

#[test]
fn a_policy_too_large_to_try_is_refused_with_advice() {
    let types: Vec<_> = (0..2_000).map(|number| format!("\"type-{number}\"")).collect();
    let of_type = format!("[{}].contains(principal.worker_type)", types.join(", "));
    let text = permit_when(&format!("{of_type} && !resource.proofing.handover"));
    assert!(fault(&text).contains("too many kinds of people"));
    let text = permit_when(&format!("{of_type} && resource.proofing.handover"));
    assert!(Engine::load(&text).is_ok(), "what only helps needs no trying");
}

/// Cedar's own parser would take the process down with it: these come back as refusals.
#[test]
fn neither_length_nor_depth_brings_the_loader_down() {
    let nested = |open: &str, levels: usize, close: &str| {
        permit_when(&format!("{}resource.contested{}", open.repeat(levels), close.repeat(levels)))
    };
    assert!(fault(&nested("(", 200, ")")).contains("too many brackets"));
    assert!(fault(&nested("[", 200, "]")).contains("too many brackets"));
    assert!(fault(&nested("resource.contested && ", 300, "")).contains("this rule is too long"));
    assert!(fault(&nested("true }\nwhen { ", 300, "")).contains("this rule is too long"));
    assert!(
        fault(&nested("if resource.contested then true else ", 300, ""))
            .contains("this rule is too long")
    );
    let accesses = permit_when(&format!("resource{}", ".a".repeat(300)));
    assert!(fault(&accesses).contains("too many accesses"));
    assert!(fault(&nested("// \"\n(", 200, "\n)")).contains("too many brackets"));
    assert!(fault(&nested("// \r(", 200, "\r)")).contains("too many brackets"));
    assert!(fault(&" ".repeat(70_000)).contains("longer than"));
}

#[test]
fn what_a_readable_rule_needs_is_well_within_the_limits() {
    let types: Vec<_> = (0..40).map(|n| format!("principal.worker_type == \"t{n}\"")).collect();
    let text = permit_when(&format!("({}) && resource.proofing.matched", types.join(" || ")));
    assert!(Engine::load(&text).is_ok());
    let text = permit_when(
        "((((((((resource.proofing.matched)))))))) && principal.worker_type != \"((((((((((((((((\" // ((((((((((((((((\n",
    );
    assert!(Engine::load(&text).is_ok());
    let text = permit_when(
        r#"principal.worker_type != "\"((((((((((((((((" && resource.proofing.matched"#,
    );
    assert!(Engine::load(&text).is_ok());
}

#[test]
fn a_case_that_cannot_exist_is_not_held_against_a_policy() {
    let text = format!(
        "{}\n@id(\"never\") @reason(\"A test.\")\nforbid (principal in Group::\"payroll\", action == Action::\"mint\", resource)\nwhen {{ !principal.privileged && resource.proofing.terminal }};",
        permit_when("resource.proofing.matched")
    );
    assert!(Engine::load(&text).is_ok(), "whoever is in a named group is privileged");
}

/// Strict validation proves nearly everything; what is left is arithmetic that overflows.
const OVERFLOW: &str = "9223372036854775807 + (if principal.privileged then 1 else 0) > 0";

#[test]
fn a_permit_that_errs_is_a_refusal_and_an_alarm() {
    let engine = Engine::load(&permit_when(OVERFLOW)).unwrap();
    assert!(engine.decide_enrollment(&joiner(), Action::Mint).is_permitted());
    let decision = engine.decide_enrollment(&privileged(), Action::Mint);
    assert!(!decision.is_permitted());
    assert!(decision.alarm().unwrap()[0].contains("overflow"), "{decision:?}");
}

#[test]
fn a_forbid_that_errs_is_a_refusal_and_an_alarm_though_cedar_skips_it() {
    let text = format!(
        "{}\n@id(\"errs\") @reason(\"A test.\")\nforbid (principal, action == Action::\"mint\", resource)\nunless {{ {OVERFLOW} }};",
        permit_when(r#"resource.kind == Kind::"first""#)
    );
    let engine = Engine::load(&text).unwrap();
    assert!(engine.decide_enrollment(&joiner(), Action::Mint).is_permitted());
    let decision = engine.decide_enrollment(&privileged(), Action::Mint);
    assert!(!decision.is_permitted());
    assert!(decision.alarm().unwrap()[0].contains("errs"), "{decision:?}");
}

#[test]
fn groups_that_a_policy_names_are_known() {
    let engine = Engine::load(&permit_when(
        r#"principal in [Group::"payroll", Group::"board"] && resource.proofing.handover"#,
    ))
    .unwrap();
    assert_eq!(engine.named_groups(), &["board".to_owned(), "payroll".to_owned()].into());
    assert_eq!(SHIPPED.named_groups(), &["privileged".to_owned()].into());
}
