//! From the link to the passkey, as a browser does it.

use axum::http::StatusCode;
use firstkey_app::audit::verify_json;
use firstkey_ports::{Outbox, OutboxState};
use serde_json::json;

use crate::world::{Attempt, Browser, World};

#[tokio::test]
async fn a_joiner_comes_from_the_link_to_a_passkey() {
    let world = World::new().await;
    let locator = world.locator(world.ben).await;
    let mut browser = Browser::new(1);

    let begun = browser.press_begin(&world, &locator, &json!({})).await;
    assert_eq!(begun.status, StatusCode::CREATED, "{begun:?}");
    let attempt = Attempt::of(&begun);
    assert_eq!(attempt.progress["stage"], "waiting");
    assert_eq!(attempt.progress["steps"][0]["state"], "now");

    let early = browser.post(&world, &attempt.at("/pass"), &json!({})).await;
    assert_eq!((early.status, early.problem()), (StatusCode::CONFLICT, "steps-missing".into()));

    world.vouch(world.ben, attempt.digits()).await;
    let ready = browser.get(&world, &attempt.path).await.json();
    assert_eq!((&ready["stage"], &ready["code"]), (&json!("ready"), &json!(null)));

    let asked = browser.register(&world, &attempt).await;
    assert_eq!(browser.get(&world, &attempt.path).await.json()["stage"], "verified");
    assert_eq!(world.passkeys(world.ben).await, 0, "one press is not enough");

    let press = browser.second_press(&asked);
    let bound = browser.post(&world, &attempt.at("/bind"), &press).await;
    assert_eq!(bound.json()["stage"], "bound");
    assert_eq!(world.passkeys(world.ben).await, 1);

    let pending = browser.get(&world, &attempt.at("/receipt")).await;
    assert_eq!(pending.problem(), "receipt-pending");
    assert_eq!(pending.headers["retry-after"], "1");
    world.app.sequence_once().await.unwrap();
    let receipt = browser.get(&world, &attempt.at("/receipt")).await;
    let verified = verify_json(receipt.text.as_bytes(), &world.app.keys().log().verifier());
    assert!(verified.is_ok(), "{verified:?}");

    let again = browser.post(&world, &attempt.at("/bind"), &press).await;
    assert_eq!((again.status, again.text), (bound.status, bound.text), "rule 24");
    assert_eq!(world.passkeys(world.ben).await, 1);
}

#[tokio::test]
async fn the_administrator_comes_through_the_same_door_with_the_links_secret() {
    let world = World::new().await;
    let (locator, secret) = world.setup_link(world.ana).await;
    let mut browser = Browser::new(1);

    for wrong in [json!({}), json!({ "secret": "guessed" })] {
        let refused = browser.press_begin(&world, &locator, &wrong).await;
        assert_eq!(refused.problem(), "setup-link");
    }
    let begun = browser.press_begin(&world, &locator, &json!({ "secret": secret })).await;
    let attempt = Attempt::of(&begun);
    world.vouch(world.ana, attempt.digits()).await;
    let asked = browser.register(&world, &attempt).await;
    let press = browser.second_press(&asked);
    let bound = browser.post(&world, &attempt.at("/bind"), &press).await;
    assert_eq!(bound.json()["stage"], "bound");

    let mut other = Browser::new(2);
    let used = other.press_begin(&world, &locator, &json!({ "secret": secret })).await;
    assert_eq!(used.problem(), "link-inactive");
}

#[tokio::test]
async fn when_the_answer_to_begin_is_lost_the_same_key_asks_again() {
    let world = World::new().await;
    let locator = world.locator(world.ben).await;
    let mut browser = Browser::new(1);
    let first = browser.press_begin(&world, &locator, &json!({})).await;
    let second = browser.press_begin(&world, &locator, &json!({})).await;
    assert_eq!(second.status, StatusCode::OK, "{second:?}");
    assert_eq!(first.json()["attempt"], second.json()["attempt"]);
    assert_eq!(second.json()["contested"], false);
}

#[tokio::test]
async fn a_cancelled_press_is_repeated_without_harm() {
    let world = World::new().await;
    let locator = world.locator(world.ben).await;
    let mut browser = Browser::new(1);
    let attempt = browser.begin(&world, &locator).await;
    world.vouch(world.ben, attempt.digits()).await;

    browser.post(&world, &attempt.at("/pass"), &json!({})).await;
    let asked = browser.register(&world, &attempt).await;
    let made = browser.post(&world, &attempt.at("/pass"), &json!({})).await;
    assert_eq!(made.json(), json!({ "made": true }), "there is nothing more to make");

    let again = browser.post(&world, &attempt.at("/confirm"), &json!({})).await.json();
    assert_ne!(again["ticket"], asked["ticket"]);
    let press = browser.second_press(&again);
    let bound = browser.post(&world, &attempt.at("/bind"), &press).await;
    assert_eq!(bound.json()["stage"], "bound");
}

#[tokio::test]
async fn another_device_takes_over_and_the_first_is_told() {
    let world = World::new().await;
    let locator = world.locator(world.ben).await;
    let mut phone = Browser::new(1);
    let first = phone.begin(&world, &locator).await;

    let address = phone.post(&world, &first.at("/move"), &json!({})).await.json();
    let (link, token) = address["url"].as_str().unwrap().split_once("#move=").unwrap();
    assert!(link.ends_with(&locator));
    assert!(address["qr"]["path"].as_str().unwrap().starts_with('M'));

    let waiting = world.store.messages(OutboxState::Waiting, 100).await.unwrap().len();
    let mut laptop = Browser::new(2);
    let moved = laptop.press_begin(&world, &locator, &json!({ "move": token })).await;
    assert_eq!(moved.json()["contested"], false, "the first made room");
    let after = world.store.messages(OutboxState::Waiting, 100).await.unwrap().len();
    assert_eq!(after, waiting, "moving to and fro fills nobody's mailbox");
    let told = phone.get(&world, &first.path).await.json();
    assert_eq!(told["ended"], json!({ "reason": "moved", "can_begin_again": false }));

    let mut third = Browser::new(3);
    let twice = third.press_begin(&world, &locator, &json!({ "move": token })).await;
    assert_eq!(twice.problem(), "cannot-move", "the token works once");
}

#[tokio::test]
async fn two_browsers_are_both_told_of_each_other() {
    let world = World::new().await;
    let locator = world.locator(world.ben).await;
    let (mut one, mut other) = (Browser::new(1), Browser::new(2));
    let first = one.begin(&world, &locator).await;
    let second = other.begin(&world, &locator).await;
    assert_eq!(second.progress["contested"], true);
    assert_eq!(one.get(&world, &first.path).await.json()["contested"], true);
}
