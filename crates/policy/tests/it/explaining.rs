//! Why, and what would change it.

use std::collections::BTreeSet;

use firstkey_domain::Role;
use firstkey_policy::{Change, DEFAULT, Engine, Operation, OperatorFacts, Subject};

fn facts(roles: &[Role], subject: Subject) -> OperatorFacts {
    OperatorFacts { roles: roles.iter().copied().collect(), subject }
}

/// Whatever roles somebody holds, whomever it concerns and whatever they would do: each change that is
/// named turns the answer round, and none that would is missing.
#[test]
fn every_change_that_is_named_turns_the_answer_round_and_none_is_missing() {
    let engine = Engine::load(DEFAULT).unwrap();
    let subjects = [Subject::Somebody, Subject::OwnJoiner, Subject::Oneself];
    let mut turned = 0;
    for operation in Operation::ALL {
        for subject in subjects {
            for roles in 0..16_u8 {
                let held = Role::ALL.into_iter().enumerate();
                let held = held.filter(|(index, _)| roles & (1 << index) != 0);
                let held: BTreeSet<Role> = held.map(|(_, role)| role).collect();
                let facts = OperatorFacts { roles: held.clone(), subject };
                let explained = engine.explain_operation(&facts, *operation);
                let is_permitted = explained.decision.is_permitted();
                if explained.decision.alarm().is_some() {
                    assert!(explained.changes.is_empty());
                    continue;
                }
                for role in Role::ALL {
                    let mut other = facts.clone();
                    let change = if other.roles.remove(&role) {
                        Change::Revoked(role)
                    } else {
                        other.roles.insert(role);
                        Change::Granted(role)
                    };
                    let then = engine.decide_operation(&other, *operation).is_permitted();
                    let is_named = explained.changes.iter().any(|(named, _)| *named == change);
                    assert_eq!(
                        is_named,
                        then != is_permitted,
                        "{operation:?} {facts:?} {change:?}"
                    );
                    turned += u32::from(is_named);
                }
                for (change, then) in &explained.changes {
                    assert_ne!(then.is_permitted(), is_permitted, "{operation:?} {change:?}");
                }
            }
        }
    }
    assert!(turned > 100, "{turned}");
}

#[test]
fn only_what_can_be_otherwise_is_named() {
    let engine = Engine::load(DEFAULT).unwrap();
    let officer = facts(&[Role::Officer], Subject::Somebody);
    let explained = engine.explain_operation(&officer, Operation::Vouch);
    let changes: Vec<_> = explained.changes.iter().map(|(change, _)| *change).collect();
    assert_eq!(changes, [Change::Subject(Subject::Oneself), Change::Revoked(Role::Officer)]);
    let lists = engine.explain_operation(&facts(&[], Subject::Organisation), Operation::ViewPeople);
    assert!(lists.changes.iter().all(|(change, _)| matches!(change, Change::Granted(_))));
    assert_eq!(lists.changes.len(), 3);
}
