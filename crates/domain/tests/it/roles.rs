//! Operator roles.

use firstkey_domain::{
    Actor, AttemptId, Role,
    challenge::{Purpose, Signed, Statement},
    person::{PersonEvent, RoleRefusal, RoleStatement},
};
use uuid::Uuid;

use crate::world::{ADMIN, JOINER, OFFICER, operator, signed_by, subscriber};

fn host() -> Actor {
    Actor::Host("root".into())
}

fn by_admin(role: Role, held: bool) -> Signed {
    let statement = RoleStatement { person: JOINER, role, held };
    signed_by(ADMIN, Purpose::Act, statement.digest())
}

#[test]
fn the_command_line_grants_the_first_role() {
    subscriber(JOINER, None)
        .when(|p, _| p.set_role(Role::Administrator, true, &host(), None))
        .then([PersonEvent::RoleGranted { role: Role::Administrator, signed: None }])
        .when(|p, _| p.set_role(Role::Administrator, true, &host(), None))
        .then([])
        .when(|p, _| p.set_role(Role::Administrator, false, &host(), None))
        .then([PersonEvent::RoleRevoked { role: Role::Administrator, signed: None }]);
}

#[test]
pub(crate) fn rule_01_a_role_is_granted_and_revoked_by_a_fresh_signature_over_that_act() {
    let by = Actor::Person(ADMIN);
    let officer = Role::Officer;
    for (signed, held) in [
        (None, true),
        (Some(by_admin(Role::Administrator, true)), true),
        (Some(by_admin(officer, false)), true),
        (Some(by_admin(officer, true)), false),
        (None, false),
    ] {
        subscriber(JOINER, None)
            .when(|p, _| p.set_role(officer, held, &by, signed))
            .refused(RoleRefusal::NeedsSignature);
    }
    subscriber(JOINER, None)
        .when(|p, _| p.set_role(officer, true, &by, Some(by_admin(officer, true))))
        .then([PersonEvent::RoleGranted { role: officer, signed: Some(by_admin(officer, true)) }])
        .when(|p, _| p.set_role(officer, false, &by, Some(by_admin(officer, false))))
        .then([PersonEvent::RoleRevoked { role: officer, signed: Some(by_admin(officer, false)) }]);
}

#[test]
pub(crate) fn rule_01_feeds_never_set_roles() {
    let applicant = Actor::Applicant(AttemptId::from_uuid(Uuid::nil()));
    for by in [Actor::Source("hr".into()), Actor::Clock, applicant] {
        for held in [true, false] {
            operator(JOINER, Role::Auditor)
                .when(|p, _| {
                    p.set_role(Role::Auditor, held, &by, Some(by_admin(Role::Auditor, held)))
                })
                .refused(RoleRefusal::Feed);
        }
    }
}

#[test]
pub(crate) fn nobody_raises_themselves() {
    let statement = RoleStatement { person: OFFICER, role: Role::Administrator, held: true };
    let signed = signed_by(OFFICER, Purpose::Act, statement.digest());
    operator(OFFICER, Role::Officer)
        .when(|p, _| p.set_role(Role::Administrator, true, &Actor::Person(OFFICER), Some(signed)))
        .refused(RoleRefusal::Oneself);
}

#[test]
pub(crate) fn nobody_who_left_is_given_a_role_and_theirs_can_still_be_taken() {
    operator(JOINER, Role::Officer)
        .and([PersonEvent::Left])
        .when(|p, _| p.set_role(Role::Auditor, true, &host(), None))
        .refused(RoleRefusal::Left)
        .when(|p, _| p.set_role(Role::Officer, false, &host(), None))
        .then([PersonEvent::RoleRevoked { role: Role::Officer, signed: None }]);
}

#[test]
fn every_role_has_a_name_that_leads_back_to_it() {
    for role in Role::ALL {
        assert_eq!(Role::from_name(role.name()), Some(role));
        assert_eq!(serde_json::to_value(role).expect("json"), role.name());
    }
    assert_eq!(Role::from_name("sponsor"), None, "a sponsor is a relation, not a role");
}
