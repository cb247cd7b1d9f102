use std::collections::BTreeSet;

use firstkey_domain::Role;
use firstkey_policy::{Operation, OperatorFacts, Subject};

use crate::stage::SHIPPED;

const OF_THE_ORGANISATION: [Operation; 12] = [
    Operation::ViewPeople,
    Operation::ViewLog,
    Operation::ViewPolicy,
    Operation::ViewOutbox,
    Operation::ExportLists,
    Operation::ImportJoiners,
    Operation::AddJoiner,
    Operation::ActivatePolicy,
    Operation::ReplayOutbox,
    Operation::ViewMachineKeys,
    Operation::RegisterMachineKey,
    Operation::EndMachineKey,
];

/// Everything that somebody with these roles may do to that subject; to somebody in particular unless
/// the operation concerns nobody.
fn may(roles: &[Role], subject: Subject) -> BTreeSet<Operation> {
    let facts = OperatorFacts { roles: roles.iter().copied().collect(), subject };
    let of_organisation = subject == Subject::Organisation;
    Operation::ALL
        .iter()
        .copied()
        .filter(|operation| OF_THE_ORGANISATION.contains(operation) == of_organisation)
        .filter(|operation| {
            let decision = SHIPPED.decide_operation(&facts, *operation);
            assert_eq!(decision.alarm(), None, "{operation:?} on {subject:?}");
            decision.is_permitted()
        })
        .collect()
}

fn all(of_organisation: bool) -> BTreeSet<Operation> {
    let all = Operation::ALL.iter().copied();
    all.filter(|each| OF_THE_ORGANISATION.contains(each) == of_organisation).collect()
}

#[test]
fn somebody_without_a_role_may_do_nothing_to_others() {
    assert_eq!(may(&[], Subject::Organisation), [].into());
    assert_eq!(may(&[], Subject::Somebody), [].into());
}

#[test]
fn an_auditor_reads_everything_and_changes_nothing() {
    assert_eq!(
        may(&[Role::Auditor], Subject::Organisation),
        [
            Operation::ViewPeople,
            Operation::ViewLog,
            Operation::ViewPolicy,
            Operation::ViewOutbox,
            Operation::ExportLists,
            Operation::ViewMachineKeys,
        ]
        .into()
    );
    assert_eq!(
        may(&[Role::Auditor], Subject::Somebody),
        [Operation::ViewPerson, Operation::ViewEnrollment].into()
    );
}

#[test]
fn an_officer_helps_people_in_and_governs_nothing() {
    assert_eq!(may(&[Role::Officer], Subject::Organisation), [Operation::ViewPeople].into());
    assert_eq!(
        may(&[Role::Officer], Subject::Somebody),
        [
            Operation::ViewPerson,
            Operation::ViewEnrollment,
            Operation::OpenEnrollment,
            Operation::Reinvite,
            Operation::Withdraw,
            Operation::Vouch,
            Operation::RefuseApplicant,
            Operation::SuspendAuthenticator,
        ]
        .into()
    );
}

#[test]
fn an_administrator_does_everything_but_touch_the_authenticators_of_others() {
    assert_eq!(may(&[Role::Administrator], Subject::Organisation), all(true));
    let own =
        [Operation::AddAuthenticator, Operation::NameAuthenticator, Operation::RemoveAuthenticator];
    let others = all(false).into_iter().filter(|each| !own.contains(each)).collect();
    assert_eq!(may(&[Role::Administrator], Subject::Somebody), others);
}

#[test]
fn a_sponsor_meets_their_own_joiners() {
    assert_eq!(
        may(&[], Subject::OwnJoiner),
        [
            Operation::ViewPerson,
            Operation::ViewEnrollment,
            Operation::Withdraw,
            Operation::Vouch,
            Operation::RefuseApplicant,
        ]
        .into()
    );
}

#[test]
fn everybody_keeps_their_own_authenticators() {
    assert_eq!(
        may(&[], Subject::Oneself),
        [
            Operation::ViewPerson,
            Operation::ViewEnrollment,
            Operation::AddAuthenticator,
            Operation::NameAuthenticator,
            Operation::RemoveAuthenticator,
            Operation::SuspendAuthenticator,
        ]
        .into()
    );
}

#[test]
fn rule_3_nobody_vouches_for_themselves_whatever_their_roles() {
    let may = may(&Role::ALL, Subject::Oneself);
    assert!(!may.contains(&Operation::Vouch) && !may.contains(&Operation::RefuseApplicant));
}

#[test]
fn asking_about_nobody_what_concerns_somebody_is_a_refusal_and_an_alarm() {
    let facts = OperatorFacts { roles: Role::ALL.into(), subject: Subject::Organisation };
    let decision = SHIPPED.decide_operation(&facts, Operation::GrantRole);
    assert!(!decision.is_permitted());
    assert!(decision.alarm().is_some());
}
