//! What machine keys may do, by their scopes.

use std::collections::BTreeSet;

use firstkey_domain::machine_key::Scope;
use firstkey_policy::{DEMO, Engine, MachineFacts, Operation};

use crate::stage::SHIPPED;

/// Everything that a key with these scopes may do, to the organisation or to somebody. What the schema
/// has no question for is a refusal and an alarm.
fn may(engine: &Engine, scopes: &[Scope]) -> BTreeSet<Operation> {
    let permitted = |operation: &Operation| {
        [false, true].into_iter().any(|concerns_person| {
            let facts = MachineFacts { scopes: scopes.iter().copied().collect(), concerns_person };
            engine.decide_machine(&facts, *operation).is_permitted()
        })
    };
    Operation::ALL.iter().copied().filter(permitted).collect()
}

#[test]
fn each_scope_is_for_what_it_says() {
    let expected = [
        (
            Scope::Read,
            vec![
                Operation::ViewPeople,
                Operation::ViewLog,
                Operation::ViewPerson,
                Operation::ViewEnrollment,
            ],
        ),
        (Scope::Joiners, vec![Operation::ImportJoiners]),
        (
            Scope::Invitations,
            vec![Operation::OpenEnrollment, Operation::Reinvite, Operation::Withdraw],
        ),
        (Scope::Outbox, vec![Operation::ViewOutbox, Operation::ReplayOutbox]),
        (Scope::Policy, vec![Operation::ViewPolicy]),
        (Scope::Prepare, vec![Operation::PrepareAct]),
    ];
    assert_eq!(expected.len(), Scope::ALL.len());
    let demo = Engine::load(DEMO).unwrap();
    for (scope, operations) in expected {
        let operations = operations.into_iter().collect();
        assert_eq!(may(&SHIPPED, &[scope]), operations, "{scope:?}");
        assert_eq!(may(&demo, &[scope]), operations, "{scope:?}");
    }
    assert_eq!(may(&SHIPPED, &[]), [].into());
}

#[test]
fn rule_01_no_policy_lets_a_program_vouch_or_grant() {
    let everything = r#"
@id("all") @reason("Everything.") permit (principal, action, resource);
"#;
    let engine = Engine::load(everything).unwrap();
    let never = [
        Operation::Vouch,
        Operation::RefuseApplicant,
        Operation::AddAuthenticator,
        Operation::NameAuthenticator,
        Operation::RemoveAuthenticator,
        Operation::AddJoiner,
        Operation::ChangePerson,
        Operation::MarkLeft,
        Operation::SuspendAuthenticator,
        Operation::GrantRole,
        Operation::ActivatePolicy,
        Operation::ViewMachineKeys,
        Operation::RegisterMachineKey,
        Operation::EndMachineKey,
    ];
    let may = may(&engine, &Scope::ALL);
    assert!(may.contains(&Operation::ImportJoiners), "a policy may give what the schema lists");
    for operation in never {
        assert!(!may.contains(&operation), "{operation:?}");
    }
    let facts = MachineFacts { scopes: Scope::ALL.into(), concerns_person: true };
    assert!(engine.decide_machine(&facts, Operation::Vouch).alarm().is_some());
}
