//! Rules about what kind of authenticator may be bound.

use std::collections::BTreeSet;

use firstkey_domain::{Action, Attestation, Role};
use firstkey_policy::{
    Certified, DEFAULT, DEMO, Decision, Engine, Facts, Listing, Model, ModelFacts,
    NewAuthenticator, Operation, OperatorFacts, Shortcoming, Subject, Transport,
};
use uuid::Uuid;

use Shortcoming::{Copyable, Reported, Unattested};

use crate::stage::*;

/// The default policy and this rule about binding.
fn with_rule(rule: &str) -> Engine {
    Engine::load(&rule_added(rule)).unwrap_or_else(|faults| panic!("{rule}: {faults}"))
}

fn rule_added(rule: &str) -> String {
    format!(
        "{DEFAULT}\n@id(\"it\") @reason(\"A test.\")\nforbid (principal, action == Action::\"bind\", resource)\n{rule};"
    )
}

fn bind(engine: &Engine, facts: &Facts, new: &NewAuthenticator) -> Decision {
    engine.decide_enrollment(&registered(facts, new), Action::Bind)
}

fn registered(facts: &Facts, new: &NewAuthenticator) -> Facts {
    Facts { authenticator: Some(new.clone()), ..facts.clone() }
}

fn rules(decision: &Decision) -> Vec<&str> {
    decision.rules.iter().map(|rule| rule.id.as_str()).collect()
}

fn listed(known: ModelFacts) -> NewAuthenticator {
    NewAuthenticator { listing: Listing::Listed(known), ..SECURITY_KEY }
}

fn revoked() -> NewAuthenticator {
    listed(ModelFacts { revoked: true, ..ModelFacts::default() })
}

/// Somebody in the group that the default policy names.
fn treasurer() -> Facts {
    let mut facts = privileged().with(MATCHED_TWICE);
    facts.given.privilege = firstkey_policy::Privilege::Own;
    facts.given.groups = ["privileged".into()].into();
    facts
}

#[test]
fn a_revoked_model_is_refused_to_everybody_and_so_is_one_that_may_be() {
    let demo = Engine::load(DEMO).unwrap();
    for engine in [&*SHIPPED, &demo] {
        for facts in [joiner().with(KNOWN), administrator().with(AT_TERMINAL), treasurer()] {
            assert!(bind(engine, &facts, &SECURITY_KEY).is_permitted());
            assert!(bind(engine, &facts, &listed(ModelFacts::default())).is_permitted());
            let set_aside = NewAuthenticator { listing: Listing::SetAside, ..SECURITY_KEY };
            for new in [revoked(), set_aside] {
                let refused = bind(engine, &facts, &new);
                assert_eq!(rules(&refused), ["revoked-models-are-refused"], "{facts:?}");
                assert!(!refused.is_permitted());
            }
        }
    }
}

#[test]
fn what_is_reported_short_of_a_revocation_refuses_nobody_unless_a_policy_says_so() {
    let weak = listed(ModelFacts {
        compromised: true,
        retired: true,
        update_available: true,
        ..ModelFacts::default()
    });
    let facts = joiner().with(KNOWN);
    assert!(bind(&SHIPPED, &facts, &weak).is_permitted());
    for fact in ["compromised", "retired", "update_available"] {
        let strict = with_rule(&format!("when {{ context.authenticator.{fact} }}"));
        assert_eq!(rules(&bind(&strict, &facts, &weak)), ["it"], "{fact}");
        assert!(bind(&strict, &facts, &SECURITY_KEY).is_permitted(), "{fact}");
    }
}

#[test]
fn a_privileged_group_needs_a_key_that_stays_and_whose_model_is_proven() {
    assert!(bind(&SHIPPED, &treasurer(), &SECURITY_KEY).is_permitted());
    for attestation in [Attestation::None, Attestation::SelfSigned, Attestation::Untrusted] {
        let new = NewAuthenticator { attestation, ..SECURITY_KEY };
        let refused = bind(&SHIPPED, &treasurer(), &new);
        assert_eq!(rules(&refused), ["privileged-groups-hold-attested-keys"]);
        assert!(!refused.is_permitted(), "{attestation:?}");
        // Nobody else is asked for it.
        assert!(bind(&SHIPPED, &joiner().with(KNOWN), &new).is_permitted());
        assert!(bind(&SHIPPED, &administrator().with(AT_TERMINAL), &new).is_permitted());
    }
    let copyable = NewAuthenticator { device_bound: false, ..SECURITY_KEY };
    assert!(!bind(&SHIPPED, &treasurer(), &copyable).is_permitted());
}

#[test]
fn the_line_that_asks_the_same_of_administrators_stands_in_the_default_policy() {
    let (_, given) = DEFAULT.split_once("//   when {").unwrap();
    let (given, _) = given.split_once('\n').unwrap();
    let text = DEFAULT
        .replace("when { principal in Group::\"privileged\" }\n", &format!("when {{{given}\n"));
    assert_ne!(text, DEFAULT);
    let engine = Engine::load(&text).unwrap();
    let unattested = NewAuthenticator { attestation: Attestation::None, ..SECURITY_KEY };
    for facts in [administrator().with(AT_TERMINAL), treasurer()] {
        assert!(!bind(&engine, &facts, &unattested).is_permitted());
        assert!(bind(&engine, &facts, &SECURITY_KEY).is_permitted());
    }
    assert!(bind(&engine, &joiner().with(KNOWN), &unattested).is_permitted());
}

#[test]
fn the_rules_of_the_operators_guide_load_and_each_refuses_somebody() {
    let guide = include_str!("../../../../docs/operators-guide.md");
    let rules: Vec<_> =
        guide.split("```cedar\n").skip(1).map(|rest| rest.split("```").next().unwrap()).collect();
    assert!(rules.len() >= 3);
    for rule in rules {
        let engine = Engine::load(&format!("{DEFAULT}\n{rule}"));
        let engine = engine.unwrap_or_else(|faults| panic!("{rule}: {faults}"));
        if rule.contains("change_person") {
            let officer =
                OperatorFacts { roles: [Role::Officer].into(), subject: Subject::Somebody };
            let may = |engine: &Engine| {
                engine.decide_operation(&officer, Operation::ChangePerson).is_permitted()
            };
            assert!(!may(&SHIPPED) && may(&engine), "{rule}");
            continue;
        }
        let mut clerk = treasurer();
        clerk.given.groups = ["finance".into()].into();
        assert!(bind(&SHIPPED, &clerk, &SYNCED).is_permitted());
        assert!(!bind(&engine, &clerk, &SYNCED).is_permitted(), "{rule}");
    }
}

#[test]
fn a_list_of_models_takes_these_and_no_claim_to_be_one() {
    let engine = with_rule(
        r#"unless {
            context.authenticator.attestation == Attestation::"trusted" &&
            [
                Model::"ee882879-721c-4913-9775-3dfcce97072a",
                Model::"fa2b99dc-9e39-4257-8f92-4a30d23c4118"
            ].contains(context.authenticator.model)
        }"#,
    );
    let facts = joiner().with(KNOWN);
    let model = |text: &str| NewAuthenticator { model: text.parse().unwrap(), ..SECURITY_KEY };
    assert!(bind(&engine, &facts, &SECURITY_KEY).is_permitted());
    let second = model("fa2b99dc-9e39-4257-8f92-4a30d23c4118");
    assert!(bind(&engine, &facts, &second).is_permitted());
    let claimed = NewAuthenticator { attestation: Attestation::SelfSigned, ..second };
    for other in [claimed, model("cb69481e-8ff7-4039-93ec-0a2729a154a8"), model("unknown")] {
        assert_eq!(rules(&bind(&engine, &facts, &other)), ["it"], "{other:?}");
    }
}

#[test]
fn privileged_people_may_be_asked_for_a_certified_model() {
    let engine =
        with_rule("when { principal.privileged } unless { context.authenticator.certified_l2 }");
    let certified = |level| listed(ModelFacts { certified: level, ..ModelFacts::default() });
    for level in [Some(Certified::L2), Some(Certified::L3)] {
        assert!(bind(&engine, &treasurer(), &certified(level)).is_permitted(), "{level:?}");
    }
    for level in [None, Some(Certified::L1)] {
        assert_eq!(rules(&bind(&engine, &treasurer(), &certified(level))), ["it"], "{level:?}");
        assert!(bind(&engine, &joiner().with(KNOWN), &certified(level)).is_permitted());
    }
    assert!(!bind(&engine, &treasurer(), &SECURITY_KEY).is_permitted(), "listed nowhere");
}

#[test]
fn rules_may_ask_how_an_authenticator_is_reached_and_how_it_can_verify_its_user() {
    let facts = joiner().with(KNOWN);
    let engine = with_rule(
        r#"unless {
            context.authenticator.transports.contains(Transport::"usb") ||
            context.authenticator.verifies_by_biometric ||
            context.authenticator.verifies_by_pin_inside
        }"#,
    );
    let able = |known| bind(&engine, &facts, &listed(known)).is_permitted();
    assert!(!able(ModelFacts::default()));
    assert!(able(ModelFacts { verifies_by_biometric: true, ..ModelFacts::default() }));
    assert!(able(ModelFacts { verifies_by_pin_inside: true, ..ModelFacts::default() }));
    let reached = |by: BTreeSet<_>| NewAuthenticator { transports: by, ..SECURITY_KEY };
    assert!(
        bind(&engine, &facts, &reached([Transport::Usb, Transport::Nfc].into())).is_permitted()
    );
    assert!(!bind(&engine, &facts, &reached([Transport::Nfc].into())).is_permitted());
}

#[test]
fn a_model_that_is_spelt_otherwise_than_it_is_known_is_refused_with_the_policy() {
    for id in [
        "EE882879-721C-4913-9775-3DFCCE97072A",
        "ee882879721c491397753dfcce97072a",
        "00000000-0000-0000-0000-000000000000",
        "YubiKey 5",
    ] {
        let text =
            rule_added(&format!("when {{ context.authenticator.model == Model::\"{id}\" }}"));
        let said = Engine::load(&text).expect_err(id).to_string();
        assert!(said.contains("names Model::") && said.contains("small letters"), "{said}");
    }
    with_rule("when { context.authenticator.model == Model::\"unknown\" }");
    let text = rule_added("when { context.authenticator.transports.contains(Transport::\"UFO\") }");
    assert!(Engine::load(&text).is_err());
}

/// However long a list is, only two kinds of model are told apart by it. The rule does not only help,
/// so that every case is tried.
#[test]
fn a_long_list_of_models_is_one_thing_to_try() {
    let models: Vec<_> =
        (1..=300_u128).map(|id| format!("Model::\"{}\"", Uuid::from_u128(id << 64))).collect();
    let list = models.join(", ");
    let in_list = format!("[{list}].contains(context.authenticator.model)");
    with_rule(&format!("when {{ {in_list} }}"));
    let hidden = format!("when {{ {in_list} && resource.proofing.handover }}");
    let said = Engine::load(&rule_added(&hidden)).expect_err("more proofing is punished");
    assert!(said.to_string().contains("Handover"), "{said}");
    let one = &models[7];
    let hidden = format!(
        "when {{ {in_list} && context.authenticator.model != {one} && resource.proofing.handover }}"
    );
    assert!(
        Engine::load(&rule_added(&hidden)).is_err(),
        "two places tell the list's members apart"
    );
}

#[test]
fn a_policy_that_tells_too_many_authenticators_apart_is_refused_with_advice() {
    let whole = r#"when { context.authenticator == {
        device_bound: true, attestation: Attestation::"trusted", model: Model::"unknown",
        transports: [Transport::"usb"], listed: false, revoked: false, compromised: false,
        retired: false, update_available: false, certified_l1: false, certified_l2: false,
        certified_l3: false, verifies_by_biometric: false, verifies_by_pin_inside: false
    } }"#;
    let said = Engine::load(&rule_added(whole)).expect_err("256 listings and more").to_string();
    assert!(said.contains("too many kinds of authenticator"), "{said}");
}

#[test]
fn who_must_not_get_a_group_or_lose_it_while_enrolling_is_seen_by_what_may_be_bound() {
    let (before, mut after) = (treasurer().given, treasurer().given);
    after.groups.clear();
    let weaker = SHIPPED.weakens(&before, &after);
    let (action, facts) = weaker.expect("without the group an unattested key would do");
    assert_eq!(action, Action::Bind);
    let new = facts.authenticator.unwrap();
    assert!(!new.device_bound || new.attestation != Attestation::Trusted, "{new:?}");
    assert_eq!(SHIPPED.weakens(&after, &before), None);
}

#[test]
fn attestation_is_asked_for_where_it_can_make_a_difference() {
    let ordinary = joiner().with(KNOWN);
    let administrator = administrator().with(AT_TERMINAL);
    for (story, engine, facts, without, with) in [
        ("nobody is listed before metadata is imported", &*SHIPPED, &ordinary, false, true),
        ("nor for administrators", &*SHIPPED, &administrator, false, true),
        ("a privileged group's keys must be proven", &*SHIPPED, &treasurer(), true, true),
    ] {
        assert_eq!(engine.heeds_attestation(facts, false), without, "{story}");
        assert_eq!(engine.heeds_attestation(facts, true), with, "{story}");
    }
    // An organisation that looks at the models of privileged people only.
    let of_some = DEFAULT.replace(
        "when { context.authenticator.revoked };",
        "when { principal.privileged && context.authenticator.revoked };",
    );
    let of_some = Engine::load(&of_some).unwrap();
    assert!(!of_some.heeds_attestation(&ordinary, true));
    assert!(of_some.heeds_attestation(&administrator, true));
    // What is known without attestation makes no difference.
    let by_usb =
        with_rule(r#"unless { context.authenticator.transports.contains(Transport::"usb") }"#);
    assert!(!by_usb.heeds_attestation(&ordinary, false));
    let named = with_rule(r#"when { context.authenticator.model == Model::"unknown" }"#);
    assert!(named.heeds_attestation(&ordinary, false));
}

#[test]
fn a_refusal_says_what_would_have_to_be_otherwise() {
    let lacks = |engine: &Engine, facts: &Facts, new: &NewAuthenticator| -> Vec<Shortcoming> {
        engine.shortcomings(&registered(facts, new)).into_iter().collect()
    };
    let administrator = administrator().with(AT_TERMINAL);
    assert_eq!(lacks(&SHIPPED, &administrator, &SYNCED), [Copyable]);
    assert_eq!(lacks(&SHIPPED, &treasurer(), &SYNCED), [Copyable, Unattested]);
    let unattested = NewAuthenticator { attestation: Attestation::None, ..SECURITY_KEY };
    assert_eq!(lacks(&SHIPPED, &treasurer(), &unattested), [Unattested]);
    assert_eq!(lacks(&SHIPPED, &treasurer(), &revoked()), [Reported]);
    let set_aside = NewAuthenticator { listing: Listing::SetAside, ..SYNCED };
    assert_eq!(lacks(&SHIPPED, &administrator, &set_aside), [Copyable, Reported]);
    // Only another model helps, or nothing about the authenticator.
    let others = with_rule("unless { context.authenticator.certified_l1 }");
    assert_eq!(lacks(&others, &administrator, &SYNCED), []);
    assert_eq!(lacks(&SHIPPED, &joiner(), &SECURITY_KEY), []);
    assert_eq!(lacks(&SHIPPED, &administrator, &SECURITY_KEY), []);
}

#[test]
fn what_is_asked_of_somebody_s_authenticator_is_known_beforehand() {
    let asked = |engine: &Engine, facts: Facts| {
        engine.asks_of_authenticators(&facts.given).map(Vec::from_iter)
    };
    assert_eq!(asked(&SHIPPED, joiner()), Some(vec![]));
    assert_eq!(asked(&SHIPPED, subscriber()), Some(vec![]));
    assert_eq!(asked(&SHIPPED, administrator()), Some(vec![Copyable]));
    assert_eq!(asked(&SHIPPED, treasurer()), Some(vec![Copyable, Unattested]));
    let others = with_rule("unless { context.authenticator.certified_l1 }");
    assert_eq!(asked(&others, joiner()), None);
}

#[test]
fn a_model_is_known_by_its_text() {
    assert_eq!(Model::of(Uuid::nil()), Model::Unknown);
    assert_eq!(serde_json::to_string(&Model::of(AAGUID)).unwrap(), format!("\"{AAGUID}\""));
    assert_eq!(serde_json::from_str::<Model>("\"unknown\"").unwrap(), Model::Unknown);
}
