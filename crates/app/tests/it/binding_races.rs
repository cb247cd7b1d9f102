//! Everybody presses at once: one enrollment binds one authenticator.

use std::{collections::BTreeSet, sync::Arc};

use firstkey_app::{
    Fault,
    enrolling::{Bind, Bound, Confirm},
    people::MarkLeft,
};
use firstkey_domain::AuthenticatorId;
use firstkey_testkit::authenticator::SoftAuthenticator;
use serde_json::Value;
use tokio::task::JoinSet;

use crate::{
    invariants::{Whole, over_both_stores},
    world::{Browser, JOIN, World, read},
};

over_both_stores!(
    one_press_sent_64_times_binds_once,
    presses_of_64_ceremonies_bind_once,
    somebody_who_leaves_meanwhile_is_bound_before_or_never,
);

const RACERS: usize = 64;

/// A joiner whose passkey waits for its second press.
async fn verified<S: Whole>(
    world: &World<S>,
) -> (Browser, SoftAuthenticator, crate::world::Member) {
    let mut admin = world.admin().await;
    let joiner = world.import(Some(admin.id)).await;
    let browser = world.begin(world.enrollment_of(joiner).await, None).await;
    world.match_by(&mut admin, &browser).await;
    let mut key = SoftAuthenticator::new(500);
    world.register(&browser, &mut key).await;
    (browser, key, admin)
}

/// All at once; answers with the authenticators that were answered, and how many were not.
async fn race<S: Whole>(
    world: &Arc<World<S>>,
    presses: Vec<Bind>,
) -> (Vec<AuthenticatorId>, usize) {
    let mut racing = JoinSet::new();
    for press in presses {
        let world = world.clone();
        racing.spawn(async move {
            match world.app.run(&press).await {
                Ok(Bound::Bound(authenticator)) => Some(authenticator),
                Ok(other) => panic!("nothing moved: {other:?}"),
                // A proof or challenge that another racer used, or the person left.
                Err(Fault::Spent(_) | Fault::Refused(_) | Fault::Busy) => None,
                Err(fault) => panic!("{fault}"),
            }
        });
    }
    let answers = racing.join_all().await;
    let failed = answers.iter().filter(|answer| answer.is_none()).count();
    (answers.into_iter().flatten().collect(), failed)
}

async fn bound_events<S: Whole>(world: &World<S>, browser: &Browser) -> usize {
    let entries = world.app.store().entries(browser.enrollment.into()).await.unwrap();
    let is_bound = |open: &[u8]| {
        let event: Value = serde_json::from_slice(open).unwrap();
        event["event"]["kind"] == "enrollment.bound/1"
    };
    entries.iter().filter(|entry| is_bound(&entry.open)).count()
}

async fn one_press_sent_64_times_binds_once<S: Whole>(world: Arc<World<S>>) {
    let (browser, mut key, _) = verified(&world).await;
    let second = world.second_press(&browser).await;
    let asserted = key.get(&second.options, JOIN).unwrap();
    // A browser that repeats the request signs a new proof; what the passkey signed is the same.
    let presses = (0..RACERS).map(|_| Bind {
        request: world.proven(browser.key),
        enrollment: browser.enrollment,
        attempt: browser.attempt,
        ticket: second.ticket.clone(),
        assertion: read(asserted.clone()),
    });
    let presses = presses.collect();
    let (answers, _) = race(&world, presses).await;
    assert_eq!(BTreeSet::from_iter(&answers).len(), 1, "everybody is told the same");
    assert_eq!(bound_events(&world, &browser).await, 1);

    // Rule 24: and whoever repeats it later too.
    let repeated = Bind {
        request: world.proven(browser.key),
        enrollment: browser.enrollment,
        attempt: browser.attempt,
        ticket: second.ticket.clone(),
        assertion: read(asserted.clone()),
    };
    let Bound::Bound(same) = world.app.run(&repeated).await.unwrap() else { panic!() };
    assert_eq!(answers[0], same);

    // To another key there is no such attempt.
    let stolen = Bind { request: world.proven(world.browser_key()), ..repeated };
    assert!(matches!(world.app.run(&stolen).await, Err(Fault::Refused(_))));
}

async fn presses_of_64_ceremonies_bind_once<S: Whole>(world: Arc<World<S>>) {
    let (browser, mut key, _) = verified(&world).await;
    let mut presses = Vec::new();
    for _ in 0..RACERS {
        let second = world.second_press(&browser).await;
        presses.push(world.binding(&browser, &second, &mut key));
    }
    let (answers, failed) = race(&world, presses).await;
    assert_eq!(BTreeSet::from_iter(&answers).len(), 1);
    assert_eq!(failed, 0, "the losers repeat, and are told what the winner was");
    assert_eq!(bound_events(&world, &browser).await, 1);
}

async fn somebody_who_leaves_meanwhile_is_bound_before_or_never<S: Whole>(world: Arc<World<S>>) {
    let (browser, mut key, admin) = verified(&world).await;
    let person = world.enrollment(browser.enrollment).await.person;
    let mut presses = Vec::new();
    for _ in 0..8 {
        let second = world.second_press(&browser).await;
        presses.push(world.binding(&browser, &second, &mut key));
    }
    let leaving = {
        let world = world.clone();
        let leave = MarkLeft { operator: admin.id, person };
        tokio::spawn(async move { world.app.run(&leave).await.unwrap() })
    };
    let (answers, _) = race(&world, presses).await;
    leaving.await.unwrap();

    let held = world.person(person).await.authenticators;
    assert_eq!(BTreeSet::from_iter(&answers).len(), held.len());
    let entries = world.app.store().entries(person.into()).await.unwrap();
    let last: Value = serde_json::from_slice(&entries.last().unwrap().open).unwrap();
    assert_eq!(last["event"]["kind"], "person.left/1", "nothing was bound after they had left");
    let second = Confirm { request: world.proven(browser.key), ..world.confirm(&browser) };
    let second = world.app.run(&second).await;
    assert!(matches!(second, Err(Fault::Refused(_))), "and there is nothing left to confirm");
}
