use firstkey_policy::{Engine, Obstacle, Plan, Step};

use crate::stage::*;

const EVERYTHING: &[Step] = &Step::ALL;
/// What a call with a voucher can do.
const BY_CALL: &[Step] = &[Step::Match, Step::MatchBySight, Step::SecondMatch, Step::Terminal];

#[test]
fn a_joiner_needs_one_match_by_somebody_who_knows_them() {
    assert_eq!(SHIPPED.plan(&joiner(), EVERYTHING), Plan::Needs(vec![Step::MatchBySight]));
}

#[test]
fn rule_04_who_was_matched_by_a_stranger_needs_a_handover_or_a_second_voucher() {
    let matched = joiner().with(MATCHED);
    assert_eq!(SHIPPED.plan(&matched, EVERYTHING), Plan::Needs(vec![Step::Handover]));
    assert_eq!(SHIPPED.plan(&matched, BY_CALL), Plan::Needs(vec![Step::SecondMatch]));
    let by_stranger = &[Step::Match, Step::Handover];
    assert_eq!(SHIPPED.plan(&joiner(), by_stranger), Plan::Needs(vec![Step::Handover]));
}

#[test]
fn what_a_meeting_can_earn_at_once_is_a_sequence_of_steps() {
    // A second voucher who knew the applicant, after a handover: whatever holds after each step does
    // after all.
    let steps = [Step::Handover, Step::MatchBySight, Step::SecondMatch];
    let earned = steps.into_iter().fold(MATCHED, |earned, step| step.take(earned).unwrap());
    assert!(earned.is_at_least(firstkey_policy::Earned {
        handover: true,
        known_by_sight: true,
        ..MATCHED_TWICE
    }));
    for step in Step::ALL {
        for earned in [NOTHING, MATCHED, KNOWN, MATCHED_TWICE, HANDED_OVER, AT_TERMINAL, OWN] {
            assert!(step.take(earned).is_none_or(|after| after.is_at_least(earned)), "{step:?}");
        }
    }
}

#[test]
fn a_privileged_joiner_needs_a_handover_or_two_matches_where_there_is_none() {
    assert_eq!(SHIPPED.plan(&privileged(), EVERYTHING), Plan::Needs(vec![Step::Handover]));
    assert_eq!(
        SHIPPED.plan(&privileged(), BY_CALL),
        Plan::Needs(vec![Step::Match, Step::SecondMatch])
    );
}

#[test]
fn what_was_earned_is_not_asked_for_again() {
    assert_eq!(
        SHIPPED.plan(&privileged().with(MATCHED), BY_CALL),
        Plan::Needs(vec![Step::SecondMatch])
    );
    assert_eq!(SHIPPED.plan(&privileged().with(AT_TERMINAL), EVERYTHING), Plan::Satisfied);
}

#[test]
fn without_a_second_voucher_the_terminal_remains() {
    let plan = SHIPPED.plan(&privileged().with(MATCHED), &[Step::Match, Step::Terminal]);
    assert_eq!(plan, Plan::Needs(vec![Step::Terminal]));
}

#[test]
fn a_second_device_needs_the_first() {
    assert_eq!(SHIPPED.plan(&subscriber(), EVERYTHING), Plan::Needs(vec![Step::OwnAuthenticator]));
}

#[test]
fn when_nobody_can_vouch_the_plan_says_what_would_suffice() {
    let plan = SHIPPED.plan(&joiner(), &[]);
    assert_eq!(plan, Plan::Impossible(Obstacle::Unavailable(vec![Step::MatchBySight])));
}

#[test]
fn while_two_browsers_are_at_it_nothing_can_be_earned() {
    let mut facts = joiner();
    facts.given.contested = true;
    assert_eq!(SHIPPED.plan(&facts, EVERYTHING), Plan::Impossible(Obstacle::Contested));
    assert_eq!(SHIPPED.plan(&facts.with(HANDED_OVER), EVERYTHING), Plan::Satisfied);
}

#[test]
fn a_lost_voucher_is_named_as_the_obstacle() {
    let mut facts = joiner().with(KNOWN);
    facts.given.vouchers_in_good_standing = false;
    assert_eq!(SHIPPED.plan(&facts, EVERYTHING), Plan::Impossible(Obstacle::VoucherLost));
}

#[test]
fn a_rule_that_forbids_is_named_and_silence_is_told_apart() {
    let policy = r#"
        @id("doors-open") @reason("Everybody.")
        permit (principal, action == Action::"mint", resource)
        when { resource.kind == Kind::"first" };
        @id("no-robots") @reason("Robots enrol elsewhere.")
        forbid (principal, action == Action::"mint", resource)
        when { principal.worker_type == "robot" };
    "#;
    let engine = Engine::load(policy).unwrap();
    let mut robot = joiner();
    robot.given.worker_type = "robot".into();
    let Plan::Impossible(Obstacle::Forbidden(rules)) = engine.plan(&robot, EVERYTHING) else {
        panic!("a forbid stands in the way")
    };
    assert_eq!(rules[0].reason, "Robots enrol elsewhere.");
    let plan = engine.plan(&subscriber(), EVERYTHING);
    assert_eq!(plan, Plan::Impossible(Obstacle::NothingPermits));
    assert_eq!(engine.plan(&joiner(), EVERYTHING), Plan::Satisfied);
}
