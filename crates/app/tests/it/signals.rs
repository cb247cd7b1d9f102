//! What devices are told of the passkeys that they hold: they drop what is nobody's, and nothing else.

use std::sync::Arc;

use firstkey_app::{
    Fault, Signals,
    inviting::Withdraw,
    own::{AddAuthenticator, SuspendAuthenticator, SuspendToken},
    signing_in::SignInFault,
};
use firstkey_domain::{PersonId, enrollment::Enrollment};
use firstkey_testkit::authenticator::SoftAuthenticator;
use jiff::SignedDuration;
use rusqlite::{Connection, params};

use crate::{
    invariants::{Whole, over_both_stores},
    names::removal,
    world::{Browser, JOIN, Member, World},
};

over_both_stores!(
    a_device_drops_a_passkey_that_was_removed_and_keeps_one_that_was_stopped,
    a_device_keeps_the_passkey_of_somebody_who_left_until_they_are_erased,
    a_device_keeps_a_passkey_that_waits_for_its_second_press,
    a_device_keeps_a_passkey_of_which_we_have_not_heard_yet,
    rule_11_the_device_of_an_attempt_that_lost_may_drop_what_it_made,
    accepted_is_what_may_come_to_be_used_again,
);

/// Whether the device learns, from a sign-in that is refused, that the passkey is nobody's.
async fn drops<S: Whole>(world: &World<S>, member: &mut Member) -> bool {
    match world.sign_in(member).await {
        Err(Fault::Refused(SignInFault::Nobodys(_))) => true,
        Err(Fault::Refused(SignInFault::Unknown | SignInFault::BrokenSeal)) => false,
        other => panic!("it is refused: {other:?}"),
    }
}

async fn stop<S: Whole>(world: &World<S>, member: &Member) {
    let token = SuspendToken { person: member.id, authenticator: member.authenticator };
    let token = token.to_text(world.app.keys());
    world.app.run(&SuspendAuthenticator { token }).await.unwrap();
}

async fn a_device_drops_a_passkey_that_was_removed_and_keeps_one_that_was_stopped<S: Whole>(
    world: Arc<World<S>>,
) {
    let mut admin = world.admin().await;
    let mut removed = world.add_key(&mut admin, SoftAuthenticator::new(901)).await;
    let mut stopped = world.add_key(&mut admin, SoftAuthenticator::new(902)).await;
    stop(&world, &stopped).await;
    removal(&world, &mut admin, removed.authenticator).await.unwrap();
    assert!(drops(&world, &mut removed).await);
    assert!(!drops(&world, &mut stopped).await, "it may be released again");
}

async fn a_device_keeps_the_passkey_of_somebody_who_left_until_they_are_erased<S: Whole>(
    world: Arc<World<S>>,
) {
    let mut admin = world.admin().await;
    let mut joiner = world.joiner(&mut admin).await;
    world.leaves(&admin, joiner.id).await;
    assert!(!drops(&world, &mut joiner).await, "HR may be wrong");
    world.erase(joiner.id).await.unwrap();
    assert!(drops(&world, &mut joiner).await);
}

/// A second browser of somebody who adds a passkey.
async fn adding<S: Whole>(world: &World<S>, member: &mut Member) -> Browser {
    let (enrollment, _) = world.app.run(&AddAuthenticator { person: member.id }).await.unwrap();
    let browser = world.begin(enrollment, None).await;
    world.match_by(member, &browser).await;
    browser
}

/// Somebody with a passkey that is not bound.
fn holding(member: &Member, key: SoftAuthenticator) -> Member {
    Member { key, ..*member }
}

async fn a_device_keeps_a_passkey_that_waits_for_its_second_press<S: Whole>(world: Arc<World<S>>) {
    let mut admin = world.admin().await;
    let browser = adding(&world, &mut admin).await;
    let mut key = SoftAuthenticator::new(903);
    world.register(&browser, &mut key).await;
    let mut waiting = holding(&admin, key);
    assert!(!drops(&world, &mut waiting).await);
    let withdraw = Withdraw { operator: admin.id.into(), enrollment: browser.enrollment };
    world.app.run(&withdraw).await.unwrap();
    assert!(drops(&world, &mut waiting).await, "it will never be bound");
}

async fn a_device_keeps_a_passkey_of_which_we_have_not_heard_yet<S: Whole>(world: Arc<World<S>>) {
    let mut admin = world.admin().await;
    let browser = adding(&world, &mut admin).await;
    let first = world.app.run(&world.ask_pass(&browser)).await.unwrap();
    let mut key = SoftAuthenticator::new(904);
    key.create(&first.options, JOIN).unwrap();
    let mut unheard = holding(&admin, key);
    assert!(!drops(&world, &mut unheard).await);
    assert!(accepted(&told(&world, admin.id).await).is_none(), "it would be missing in the list");
    world.live(SignedDuration::from_mins(10)).await;
    assert!(drops(&world, &mut unheard).await, "its pass is over");
    assert_eq!(accepted(&told(&world, admin.id).await).unwrap().len(), 1);
}

async fn rule_11_the_device_of_an_attempt_that_lost_may_drop_what_it_made<S: Whole>(
    world: Arc<World<S>>,
) {
    let mut admin = world.admin().await;
    let browser = adding(&world, &mut admin).await;
    world.register(&browser, &mut SoftAuthenticator::new(905)).await;
    let made = world.enrollment(browser.enrollment).await;
    let made = unbound(&made, world.app.now());
    let Browser { enrollment, attempt, key } = browser;
    let lost =
        async || world.app.progress(enrollment, attempt, key).await.unwrap().unwrap().unbound;
    assert_eq!(lost().await, None, "it can still be bound");
    // Its minutes are over, whether anybody wrote that down or not (rule 22).
    world.live(SignedDuration::from_mins(29)).await;
    world.pass(SignedDuration::from_mins(1));
    assert_eq!(lost().await.as_ref(), Some(&made));
    world.live(SignedDuration::from_mins(1)).await;
    assert_eq!(lost().await.as_ref(), Some(&made));
}

fn unbound(enrollment: &Enrollment, now: jiff::Timestamp) -> firstkey_domain::CredentialId {
    enrollment.running(now).unwrap().attempts[0].verified.as_ref().unwrap().id.clone()
}

async fn told<S: Whole>(world: &World<S>, person: PersonId) -> Signals {
    world.app.signals(&world.person(person).await).await.unwrap()
}

/// The ids in the list that a device may hold on to.
fn accepted(signals: &Signals) -> Option<Vec<String>> {
    let ids = &signals.all_accepted_credentials.as_ref()?["allAcceptedCredentialIds"];
    Some(serde_json::from_value(ids.clone()).unwrap())
}

async fn accepted_is_what_may_come_to_be_used_again<S: Whole>(world: Arc<World<S>>) {
    let mut admin = world.admin().await;
    let stopped = world.add_key(&mut admin, SoftAuthenticator::new(906)).await;
    stop(&world, &stopped).await;
    let browser = adding(&world, &mut admin).await;
    world.register(&browser, &mut SoftAuthenticator::new(907)).await;

    let person = world.person(admin.id).await;
    let bound = person.authenticators.iter().map(|each| each.credential.id.clone());
    let enrollment = world.enrollment(browser.enrollment).await;
    let ids: Vec<_> = bound.chain([unbound(&enrollment, world.app.now())]).collect();
    let signals = told(&world, admin.id).await;
    assert_eq!(
        accepted(&signals).unwrap(),
        serde_json::from_value::<Vec<String>>(serde_json::to_value(ids).unwrap()).unwrap()
    );
    let details = signals.current_user_details.unwrap();
    let record = person.record.expose().unwrap();
    assert_eq!(details["name"], record.user_name);
    assert_eq!(details["displayName"], format!("{} {}", record.given_name, record.family_name));
}

#[tokio::test]
async fn a_device_keeps_a_passkey_of_an_account_that_is_not_known_here() {
    let elsewhere = World::in_memory().await;
    elsewhere.pass(SignedDuration::from_secs(1));
    let mut stranger = elsewhere.admin_with(SoftAuthenticator::new(908)).await;
    let world = World::in_memory().await;
    world.admin().await;
    assert!(!drops(&world, &mut stranger).await, "another service may know it");
}

/// Whoever deletes rows makes no device drop a passkey that its owner holds according to the log.
#[tokio::test]
async fn a_device_keeps_a_passkey_whose_row_was_lost() {
    let world = World::on_disk().await;
    let mut admin = world.admin().await;
    let database = Connection::open(world.path()).unwrap();
    let id = admin.authenticator.uuid();
    let lost = database
        .execute("DELETE FROM authenticators WHERE id = ?1", params![id.as_bytes().as_slice()]);
    assert_eq!(lost.unwrap(), 1);
    assert!(!drops(&world, &mut admin).await);
}
