//! Rule 23: policy says which authenticators suit whom, also after they were bound.

use std::sync::Arc;

use firstkey_app::{
    Fault, SignatureRefusal,
    enrolling::AskPassFault,
    own::{AddAuthenticator, AskRemoval, RemoveAuthenticator},
    people::{AskRole, GrantRole, GrantRoleFault},
    policy::Activate,
    vouching::{ApproveFault, CodeAnswer, TryCode, TryCodeFault},
};
use firstkey_domain::{Role, enrollment::Checklist};
use firstkey_policy::DEMO;
use firstkey_testkit::authenticator::SoftAuthenticator;

use crate::{
    invariants::{Whole, over_both_stores},
    world::{Browser, CONSOLE, HOST_USER, Member, World, press},
};

over_both_stores!(
    rule_23_a_role_waits_for_a_passkey_that_suits_it,
    rule_23_a_role_is_not_granted_to_a_passkey_made_between_question_and_signature,
    rule_23_who_came_to_sponsor_privileged_people_vouches_with_a_key_that_suits_that,
    rule_23_a_match_signed_before_the_applicant_became_privileged_is_asked_for_again,
    rule_23_beside_a_better_passkey_a_weaker_one_adds_and_removes_none,
    where_policy_takes_synced_passkeys_they_sign_everything,
);

/// A joiner of this sponsor whose only passkey is synced.
async fn with_synced_passkey<S: Whole>(world: &World<S>, sponsor: &mut Member) -> Member {
    let browser = begun(world, sponsor).await;
    world.match_by(sponsor, &browser).await;
    world.enroll(&browser, SoftAuthenticator::synced(700 + world.number())).await
}

async fn begun<S: Whole>(world: &World<S>, sponsor: &Member) -> Browser {
    let person = world.import(Some(sponsor.id)).await;
    world.begin(world.enrollment_of(person).await, None).await
}

async fn applicant<S: Whole>(world: &World<S>, browser: &Browser) -> firstkey_domain::PersonId {
    world.enrollment(browser.enrollment).await.person
}

fn is_unsuitable<T: std::fmt::Debug>(answer: &Result<T, Fault<GrantRoleFault>>) -> bool {
    matches!(answer, Err(Fault::Refused(GrantRoleFault::NoSuitableKey)))
}

async fn rule_23_a_role_waits_for_a_passkey_that_suits_it<S: Whole>(world: Arc<World<S>>) {
    let mut admin = world.admin().await;
    let mut synced = with_synced_passkey(&world, &mut admin).await;
    let refused = world.set_role(&mut admin, synced.id, Role::Administrator, true).await;
    assert!(is_unsuitable(&refused), "{refused:?}");
    assert!(world.person(synced.id).await.roles.is_empty());
    world.set_role(&mut admin, synced.id, Role::Auditor, true).await.unwrap();

    let mut bound = world.add_key(&mut synced, SoftAuthenticator::new(900)).await;
    world.set_role(&mut admin, synced.id, Role::Administrator, true).await.unwrap();

    // They hold both, and sign for others with the one that suits an administrator only.
    let ask = AskRole { operator: bound.id, person: admin.id, role: Role::Approver, held: true };
    let ceremony = world.app.ask_role(ask).await.unwrap();
    let assertion = synced.key.get(&ceremony.options, CONSOLE);
    assert!(assertion.is_err(), "the synced one is not asked for");
    world.set_role(&mut bound, admin.id, Role::Approver, true).await.unwrap();
}

async fn rule_23_a_role_is_not_granted_to_a_passkey_made_between_question_and_signature<
    S: Whole,
>(
    world: Arc<World<S>>,
) {
    let mut admin = world.admin().await;
    let browser = begun(&world, &admin).await;
    let person = applicant(&world, &browser).await;
    let ask = AskRole { operator: admin.id, person, role: Role::Administrator, held: true };
    let ceremony = world.app.ask_role(ask).await.unwrap();
    let assertion = press(&mut admin.key, &ceremony, CONSOLE);

    world.match_by(&mut admin, &browser).await;
    world.enroll(&browser, SoftAuthenticator::synced(900)).await;
    let grant = GrantRole { operator: admin.id, assertion, ticket: ceremony.ticket };
    let refused = world.app.run(&grant).await;
    assert!(is_unsuitable(&refused), "{refused:?}");
}

async fn rule_23_who_came_to_sponsor_privileged_people_vouches_with_a_key_that_suits_that<
    S: Whole,
>(
    world: Arc<World<S>>,
) {
    let mut admin = world.admin().await;
    let mut sponsor = with_synced_passkey(&world, &mut admin).await;
    let browser = begun(&world, &sponsor).await;
    let typed = world.shown_code(&browser).await;
    let approval = world.approval(&mut sponsor, &browser).await;

    let person = applicant(&world, &browser).await;
    world.set_role(&mut admin, person, Role::Auditor, true).await.unwrap();
    let refused = world.app.run(&approval).await;
    let unsuitable = SignatureRefusal::Unsuitable;
    assert!(
        matches!(&refused, Err(Fault::Refused(ApproveFault::Signature(why))) if *why == unsuitable),
        "{refused:?}"
    );
    let try_code = TryCode {
        operator: sponsor.id,
        enrollment: browser.enrollment,
        typed,
        checklist: Checklist::ACQUAINTED,
    };
    let refused = world.app.run(&try_code).await;
    assert!(
        matches!(&refused, Err(Fault::Refused(TryCodeFault::Signature(why))) if *why == unsuitable),
        "{refused:?}"
    );

    // For ordinary people the passkey that they hold is enough.
    let ordinary = begun(&world, &sponsor).await;
    world.match_by(&mut sponsor, &ordinary).await;
    // With a better one they vouch for anybody whom they sponsor.
    let mut better = world.add_key(&mut sponsor, SoftAuthenticator::new(900)).await;
    world.match_by(&mut better, &browser).await;
    world.match_by(&mut admin, &browser).await;
    world.enroll(&browser, SoftAuthenticator::new(901)).await;
}

async fn rule_23_a_match_signed_before_the_applicant_became_privileged_is_asked_for_again<
    S: Whole,
>(
    world: Arc<World<S>>,
) {
    let mut admin = world.admin().await;
    let mut sponsor = with_synced_passkey(&world, &mut admin).await;
    let browser = begun(&world, &sponsor).await;
    world.match_by(&mut sponsor, &browser).await;
    let person = applicant(&world, &browser).await;
    world.set_role(&mut admin, person, Role::Auditor, true).await.unwrap();
    let digits = crate::policy_moves::code_of(&world, &browser).await;
    assert_eq!(digits, None, "another match in this attempt would not help");

    let ask = world.app.run(&world.ask_pass(&browser)).await.map(drop);
    assert!(matches!(ask, Err(Fault::Refused(AskPassFault::Missing(_)))), "{ask:?}");
}

/// Somebody came by an administrator's old synced passkey. It makes them no key of their own, and takes
/// the good one away from nobody.
async fn rule_23_beside_a_better_passkey_a_weaker_one_adds_and_removes_none<S: Whole>(
    world: Arc<World<S>>,
) {
    let mut admin = world.admin().await;
    let mut synced = with_synced_passkey(&world, &mut admin).await;
    let mut bound = world.add_key(&mut synced, SoftAuthenticator::new(900)).await;

    // Signed while both were as good as each other.
    let (enrollment, _) = world.app.run(&AddAuthenticator { person: synced.id }).await.unwrap();
    let before = world.begin(enrollment, None).await;
    world.match_by(&mut synced, &before).await;
    world.set_role(&mut admin, synced.id, Role::Administrator, true).await.unwrap();
    let ask = world.app.run(&world.ask_pass(&before)).await.map(drop);
    assert!(matches!(ask, Err(Fault::Refused(AskPassFault::Missing(_)))), "{ask:?}");

    // Signed since: it is not asked for, and not taken.
    let (enrollment, _) = world.app.run(&AddAuthenticator { person: synced.id }).await.unwrap();
    let since = world.begin(enrollment, None).await;
    let approval = TryCode {
        operator: synced.id,
        enrollment,
        typed: world.shown_code(&since).await,
        checklist: Checklist::ACQUAINTED,
    };
    let CodeAnswer::Right(ceremony) = world.app.run(&approval).await.unwrap() else {
        panic!("the code is right")
    };
    assert!(synced.key.get(&ceremony.options, CONSOLE).is_err());
    let removal = AskRemoval { person: synced.id, authenticator: bound.authenticator };
    let ceremony = world.app.ask_removal(removal).await.unwrap();
    assert!(synced.key.get(&ceremony.options, CONSOLE).is_err());

    // The better one does both.
    world.match_by(&mut bound, &since).await;
    world.enroll(&since, SoftAuthenticator::new(901)).await;
    let removal = AskRemoval { person: synced.id, authenticator: synced.authenticator };
    let ceremony = world.app.ask_removal(removal).await.unwrap();
    let remove = RemoveAuthenticator {
        person: synced.id,
        assertion: press(&mut bound.key, &ceremony, CONSOLE),
        ticket: ceremony.ticket,
    };
    world.app.run(&remove).await.unwrap();
}

async fn where_policy_takes_synced_passkeys_they_sign_everything<S: Whole>(world: Arc<World<S>>) {
    let demo = Activate { host: HOST_USER.into(), text: DEMO.to_owned() };
    world.app.run(&demo).await.unwrap();
    let mut admin = world.admin_with(SoftAuthenticator::synced(1)).await;
    let mut colleague = with_synced_passkey(&world, &mut admin).await;
    world.set_role(&mut admin, colleague.id, Role::Administrator, true).await.unwrap();

    let browser = begun(&world, &admin).await;
    let person = applicant(&world, &browser).await;
    world.set_role(&mut colleague, person, Role::Officer, true).await.unwrap();
    world.match_by(&mut admin, &browser).await;
    world.match_by(&mut colleague, &browser).await;
    world.enroll(&browser, SoftAuthenticator::synced(901)).await;
}
