//! A pass is good once, for its browser, for ten minutes, while everything it rests on holds.

use std::sync::Arc;

use firstkey_app::{
    Fault,
    enrolling::{
        AskPass, AskPassFault, Bind, BindFault, Bound, Confirm, ConfirmFault, Register,
        RegisterFault,
    },
    inviting::Withdraw,
    people::MarkLeft,
};
use firstkey_domain::enrollment::{BindRefusal, RegisterRefusal};
use firstkey_ports::Tally;
use firstkey_testkit::authenticator::{
    AikHash, Algorithm, Attestation, SoftAuthenticator, TestAuthority,
};
use jiff::SignedDuration;
use serde_json::Value;
use tokio::task::JoinSet;

use crate::{
    invariants::{Whole, over_both_stores},
    world::{Browser, Member, World},
};

over_both_stores!(
    nothing_is_registered_with_a_pass_whose_minutes_are_over,
    nothing_is_bound_with_a_pass_whose_minutes_are_over,
    nothing_is_registered_after_the_withdrawal,
    nothing_is_made_for_somebody_who_left,
    another_browser_cannot_use_it,
    sixty_four_requests_mint_one,
    a_pc_whose_tpm_still_signs_with_sha1_gets_its_passkey,
);

/// As Windows Hello has many. Nothing is believed of what it says of itself, so nothing is lost.
async fn a_pc_whose_tpm_still_signs_with_sha1_gets_its_passkey<S: Whole>(world: Arc<World<S>>) {
    let (browser, _) = ready(&world).await;
    let model = [8; 16];
    let aik = TestAuthority::new(1).aik(model, Algorithm::Rs256);
    let pc = SoftAuthenticator::new(900)
        .with_algorithm(Algorithm::Rs256)
        .with_attestation(model, Attestation::Tpm(aik, AikHash::Sha1));
    world.app.run(&world.ask_pass(&browser)).await.unwrap();
    let member = world.enroll(&browser, pc).await;
    let person = world.person(member.id).await;
    assert_eq!(person.authenticators.len(), 1);
}

/// A joiner's browser in which a passkey may be made.
async fn ready<S: Whole>(world: &World<S>) -> (Browser, Member) {
    let mut admin = world.admin().await;
    let joiner = world.import(Some(admin.id)).await;
    let browser = world.begin(world.enrollment_of(joiner).await, None).await;
    world.match_by(&mut admin, &browser).await;
    (browser, admin)
}

async fn open_passes<S: Whole>(world: &World<S>) -> i64 {
    let tallies = world.app.store().tallies().await.unwrap();
    tallies.into_iter().find(|(tally, _)| *tally == Tally::OpenPasses).map_or(0, |(_, count)| count)
}

async fn nothing_is_registered_with_a_pass_whose_minutes_are_over<S: Whole>(world: Arc<World<S>>) {
    let (browser, _) = ready(&world).await;
    world.app.run(&world.ask_pass(&browser)).await.unwrap();
    world.live(SignedDuration::from_mins(6)).await;
    // A new ceremony with the same pass, begun within its time and answered after it.
    let first = world.app.run(&world.ask_pass(&browser)).await.unwrap();
    assert_eq!(open_passes(&world).await, 1);
    world.clock.pass(SignedDuration::from_mins(4));
    let late = world.registration(&browser, &first, &mut SoftAuthenticator::new(900));
    let refused = world.app.run(&late).await.map(drop);
    let no_pass = RegisterFault::Refused(RegisterRefusal::NoPass);
    assert!(matches!(refused, Err(Fault::Refused(fault)) if fault == no_pass));
}

async fn nothing_is_bound_with_a_pass_whose_minutes_are_over<S: Whole>(world: Arc<World<S>>) {
    let (browser, _) = ready(&world).await;
    world.app.run(&world.ask_pass(&browser)).await.unwrap();
    world.live(SignedDuration::from_mins(6)).await;
    let mut key = SoftAuthenticator::new(900);
    let second = world.register(&browser, &mut key).await;
    world.clock.pass(SignedDuration::from_mins(4));
    let late = world.binding(&browser, &second, &mut key);
    let refused = world.app.run(&late).await.map(drop);
    let no_pass = BindFault::Refused(BindRefusal::NoPass);
    assert!(matches!(refused, Err(Fault::Refused(fault)) if fault == no_pass));
    let refused = world.app.run(&world.confirm(&browser)).await.map(drop);
    let no_pass = ConfirmFault::Refused(BindRefusal::NoPass);
    assert!(matches!(refused, Err(Fault::Refused(fault)) if fault == no_pass));

    // The passkey that was made is still there: a new pass, and no new create().
    let again = world.app.run(&world.ask_pass(&browser)).await.unwrap();
    assert_eq!(again.options, Value::Null);
    let second = world.second_press(&browser).await;
    let bind = world.binding(&browser, &second, &mut key);
    assert!(matches!(world.app.run(&bind).await.unwrap(), Bound::Bound(_)));
}

async fn nothing_is_registered_after_the_withdrawal<S: Whole>(world: Arc<World<S>>) {
    let (browser, admin) = ready(&world).await;
    let first = world.app.run(&world.ask_pass(&browser)).await.unwrap();
    let withdraw = Withdraw { operator: admin.id.into(), enrollment: browser.enrollment };
    world.app.run(&withdraw).await.unwrap();
    assert_eq!(open_passes(&world).await, 0);
    let late = world.registration(&browser, &first, &mut SoftAuthenticator::new(900));
    let refused = world.app.run(&late).await.map(drop);
    assert!(matches!(refused, Err(Fault::Refused(RegisterFault::Unknown))));
    let refused = world.app.run(&world.ask_pass(&browser)).await.map(drop);
    assert!(matches!(refused, Err(Fault::Refused(AskPassFault::Unknown))));
}

async fn nothing_is_made_for_somebody_who_left<S: Whole>(world: Arc<World<S>>) {
    let (holder, admin) = ready(&world).await;
    let first = world.app.run(&world.ask_pass(&holder)).await.unwrap();
    let person = world.enrollment(holder.enrollment).await.person;
    // Nothing waits for the cascade: the courier has not closed anything yet.
    world.app.run(&MarkLeft { operator: admin.id, person }).await.unwrap();
    let late = world.registration(&holder, &first, &mut SoftAuthenticator::new(900));
    assert!(matches!(world.app.run(&late).await, Err(Fault::Refused(_))), "the first press");
    let ask = world.app.run(&world.ask_pass(&holder)).await.map(drop);
    assert!(matches!(ask, Err(Fault::Refused(_))), "another pass");
    assert!(world.person(person).await.authenticators.is_empty());
}

async fn another_browser_cannot_use_it<S: Whole>(world: Arc<World<S>>) {
    let (browser, _) = ready(&world).await;
    let first = world.app.run(&world.ask_pass(&browser)).await.unwrap();
    let thief = world.proven(world.browser_key());
    let ask = AskPass { request: thief, ..world.ask_pass(&browser) };
    let refused = world.app.run(&ask).await.map(drop);
    assert!(matches!(refused, Err(Fault::Refused(AskPassFault::Unknown))));
    let mut key = SoftAuthenticator::new(900);
    let register = Register { request: thief, ..world.registration(&browser, &first, &mut key) };
    let refused = world.app.run(&register).await.map(drop);
    assert!(matches!(refused, Err(Fault::Refused(RegisterFault::Unknown))));

    let second = world.register(&browser, &mut key).await;
    let confirm = Confirm { request: thief, ..world.confirm(&browser) };
    let refused = world.app.run(&confirm).await.map(drop);
    assert!(matches!(refused, Err(Fault::Refused(ConfirmFault::Unknown))));
    let bind = Bind { request: thief, ..world.binding(&browser, &second, &mut key) };
    let refused = world.app.run(&bind).await.map(drop);
    assert!(matches!(refused, Err(Fault::Refused(BindFault::Unknown))));
    assert_eq!(
        world.app.progress(browser.enrollment, browser.attempt, thief.key).await.unwrap().map(drop),
        None
    );
}

async fn sixty_four_requests_mint_one<S: Whole>(world: Arc<World<S>>) {
    let (browser, _) = ready(&world).await;
    let mut racing = JoinSet::new();
    for _ in 0..64 {
        let (world, ask) = (world.clone(), world.ask_pass(&browser));
        racing.spawn(async move { world.app.run(&ask).await.map(drop) });
    }
    for answer in racing.join_all().await {
        answer.unwrap();
    }
    assert_eq!(open_passes(&world).await, 1);
    let entries = world.app.store().entries(browser.enrollment.into()).await.unwrap();
    let minted = entries.iter().filter(|entry| {
        let event: Value = serde_json::from_slice(&entry.open).unwrap();
        event["event"]["kind"] == "enrollment.pass_minted/1"
    });
    assert_eq!(minted.count(), 1);
}
