use firstkey_domain::Action;
use firstkey_policy::{Decision, Earned, Facts, NewAuthenticator};
use proptest::prelude::*;

use crate::stage::*;

fn names(decision: &Decision) -> Vec<&str> {
    decision.rules.iter().map(|rule| rule.id.as_str()).collect()
}

fn bind(facts: &Facts, authenticator: NewAuthenticator) -> Decision {
    let facts = Facts { authenticator: Some(authenticator), ..facts.clone() };
    SHIPPED.decide_enrollment(&facts, Action::Bind)
}

#[test]
fn who_may_be_given_a_pass_and_by_which_rule() {
    let contested = |mut facts: Facts| {
        facts.given.contested = true;
        facts
    };
    let lost_voucher = |mut facts: Facts| {
        facts.given.vouchers_in_good_standing = false;
        facts
    };
    let table: &[(&str, Facts, bool, &[&str])] = &[
        ("nobody met them", joiner(), false, &[]),
        ("one voucher who knew them", joiner().with(KNOWN), true, &["first-by-one-voucher"]),
        ("rule 4: one voucher who never met them", joiner().with(MATCHED), false, &[]),
        ("handover", joiner().with(HANDED_OVER), true, &["first-by-handover"]),
        ("terminal", joiner().with(AT_TERMINAL), true, &["first-by-terminal"]),
        ("two vouchers", joiner().with(MATCHED_TWICE), true, &["first-by-two-vouchers"]),
        (
            "two vouchers, one of whom knew them",
            joiner().with(Earned { known_by_sight: true, ..MATCHED_TWICE }),
            true,
            &["first-by-one-voucher", "first-by-two-vouchers"],
        ),
        ("one voucher, two browsers", contested(joiner().with(KNOWN)), false, &[]),
        (
            "handover, two browsers",
            contested(joiner().with(HANDED_OVER)),
            true,
            &["first-by-handover"],
        ),
        ("the voucher left", lost_voucher(joiner().with(KNOWN)), false, &["vouchers-stay-good"]),
        (
            "the voucher left, whatever else",
            lost_voucher(privileged().with(HANDED_OVER)),
            false,
            &["vouchers-stay-good"],
        ),
        ("their own word is no proofing", joiner().with(OWN), false, &[]),
        ("privileged, one voucher", privileged().with(MATCHED), false, &[]),
        ("privileged, one voucher who knew them", privileged().with(KNOWN), false, &[]),
        (
            "privileged, two vouchers",
            privileged().with(MATCHED_TWICE),
            true,
            &["first-by-two-vouchers"],
        ),
        (
            "privileged, two vouchers, two browsers",
            contested(privileged().with(MATCHED_TWICE)),
            false,
            &[],
        ),
        ("privileged, handover", privileged().with(HANDED_OVER), true, &["first-by-handover"]),
        ("privileged, terminal", privileged().with(AT_TERMINAL), true, &["first-by-terminal"]),
        ("adding another one", subscriber().with(OWN), true, &["additional-by-own-authenticator"]),
        ("adding one on a voucher's word", subscriber().with(MATCHED_TWICE), false, &[]),
        ("adding one by handover", subscriber().with(HANDED_OVER), false, &[]),
        ("adding one from the terminal", subscriber().with(AT_TERMINAL), false, &[]),
    ];
    for (story, facts, permitted, rules) in table {
        let decision = SHIPPED.decide_enrollment(facts, Action::Mint);
        assert_eq!(decision.alarm(), None, "{story}");
        assert_eq!(decision.is_permitted(), *permitted, "{story}: {decision:?}");
        assert_eq!(names(&decision), *rules, "{story}");
    }
}

#[test]
fn nothing_is_bound_without_proofing_or_without_a_registration() {
    assert!(!bind(&joiner(), SECURITY_KEY).is_permitted());
    let unregistered = SHIPPED.decide_enrollment(&joiner().with(MATCHED), Action::Bind);
    assert!(!unregistered.is_permitted());
    assert!(unregistered.alarm().is_some(), "asking too early is somebody's mistake");
}

#[test]
fn an_unprivileged_person_may_bind_a_synced_passkey() {
    assert!(bind(&joiner().with(KNOWN), SYNCED).is_permitted());
}

#[test]
fn rule_23_an_administrators_key_must_not_leave_its_device() {
    let administrator = administrator().with(MATCHED_TWICE);
    let refused = bind(&administrator, SYNCED);
    assert!(!refused.is_permitted());
    assert_eq!(names(&refused), ["administrators-hold-device-bound-keys"]);
    assert!(bind(&administrator, SECURITY_KEY).is_permitted());
}

#[test]
fn rule_23_nor_the_key_of_whoever_sponsors_privileged_people() {
    let sponsor = privileged().with(HANDED_OVER);
    let refused = bind(&sponsor, SYNCED);
    assert_eq!(names(&refused), ["sponsors-of-privileged-hold-device-bound-keys"]);
    assert!(!refused.is_permitted());
    assert!(bind(&sponsor, SECURITY_KEY).is_permitted());
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    /// Two points of the space of earned facts, one at least as strong as the other.
    #[test]
    fn earning_more_never_loses_permission(
        bits in any::<[bool; 9]>(), less in 0..3_usize, more in 0..3_usize, kind in any::<bool>(),
        contested in any::<bool>(),
    ) {
        use firstkey_policy::{Matches, Privilege};
        let matches = |level| [Matches::None, Matches::One, Matches::Several][level];
        let weaker = Earned {
            matches: matches(less.min(more)),
            known_by_sight: bits[7],
            handover: bits[0],
            terminal: bits[1],
            own_authenticator: bits[2],
        };
        let stronger = Earned {
            matches: matches(less.max(more)),
            known_by_sight: bits[7] || bits[8],
            handover: bits[0] || bits[3],
            terminal: bits[1] || bits[4],
            own_authenticator: bits[2] || bits[5],
        };
        prop_assert!(stronger.is_at_least(weaker));
        let mut facts = if kind { joiner() } else { subscriber() };
        if bits[6] {
            facts.given.privilege = Privilege::Own;
        }
        facts.given.contested = contested;
        let permitted =
            |earned| SHIPPED.decide_enrollment(&facts.with(earned), Action::Mint).is_permitted();
        prop_assert!(!permitted(weaker) || permitted(stronger));
    }
}
