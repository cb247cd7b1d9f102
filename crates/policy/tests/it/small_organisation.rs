//! The policy for a small organisation: two administrators vouch for everybody.

use std::sync::LazyLock;

use firstkey_domain::{Action, Role};
use firstkey_policy::{
    Engine, Facts, Matches, NewAuthenticator, Operation, OperatorFacts, Plan, SMALL_ORGANISATION,
    Step, Subject,
};

use crate::stage::*;

static SMALL: LazyLock<Engine> =
    LazyLock::new(|| Engine::load(SMALL_ORGANISATION).expect("a policy"));

fn may_vouch(roles: &[Role], subject: Subject) -> bool {
    let facts = OperatorFacts { roles: roles.iter().copied().collect(), subject };
    SMALL.decide_operation(&facts, Operation::Vouch).is_permitted()
}

#[test]
fn everybody_is_met_by_two() {
    for facts in [joiner(), privileged(), administrator()] {
        let permitted = |facts: Facts| SMALL.decide_enrollment(&facts, Action::Mint).is_permitted();
        assert!(!permitted(facts.with(NOTHING)));
        assert!(!permitted(facts.with(MATCHED)), "one is not enough");
        let mut handed_over = HANDED_OVER;
        handed_over.matches = Matches::One;
        assert!(!permitted(facts.with(handed_over)), "nor is one who hands over");
        assert!(permitted(facts.with(MATCHED_TWICE)));
        assert!(permitted(facts.with(AT_TERMINAL)));
        let mut contested = facts.with(MATCHED_TWICE);
        contested.given.contested = true;
        assert!(!permitted(contested));
        let steps = [Step::Match, Step::SecondMatch, Step::Handover];
        assert_eq!(SMALL.plan(&facts, &steps), Plan::Needs(vec![Step::Match, Step::SecondMatch]));
    }
}

#[test]
fn those_two_are_administrators() {
    assert!(may_vouch(&[Role::Administrator], Subject::Somebody));
    assert!(!may_vouch(&[Role::Administrator], Subject::Oneself));
    for subject in [Subject::Somebody, Subject::OwnJoiner, Subject::Oneself] {
        assert!(!may_vouch(&[], subject), "{subject:?}");
        let others = [Role::Officer, Role::Approver, Role::Auditor];
        assert!(!may_vouch(&others, subject), "{subject:?}");
    }
    // A sponsor still sees their joiners, and says that this is not one.
    let sponsor = OperatorFacts { roles: [].into(), subject: Subject::OwnJoiner };
    for operation in [Operation::ViewPerson, Operation::RefuseApplicant, Operation::Withdraw] {
        assert!(SMALL.decide_operation(&sponsor, operation).is_permitted(), "{operation:?}");
    }
}

#[test]
fn rule_23_administrators_hold_keys_that_do_not_leave_their_device() {
    let bind = |facts: Facts, authenticator: NewAuthenticator| {
        let facts = Facts { authenticator: Some(authenticator), ..facts.with(MATCHED_TWICE) };
        SMALL.decide_enrollment(&facts, Action::Bind).is_permitted()
    };
    assert!(!bind(administrator(), SYNCED));
    assert!(bind(administrator(), SECURITY_KEY));
    assert!(bind(joiner(), SYNCED), "everybody else's may be synced");
}

#[test]
fn nobody_is_let_in_whom_the_default_policy_keeps_out() {
    let contested = [false, true];
    let earned = [NOTHING, MATCHED, MATCHED_TWICE, HANDED_OVER, AT_TERMINAL, OWN];
    for mut facts in [joiner(), privileged(), administrator(), subscriber()] {
        for is_contested in contested {
            facts.given.contested = is_contested;
            for earned in earned {
                let facts = facts.with(earned);
                let small = SMALL.decide_enrollment(&facts, Action::Mint).is_permitted();
                let shipped = SHIPPED.decide_enrollment(&facts, Action::Mint).is_permitted();
                assert!(!small || shipped, "{facts:?}");
            }
        }
    }
}
