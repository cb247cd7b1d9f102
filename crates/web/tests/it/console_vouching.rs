//! The voucher's side of the door, from the list to the signature.

use axum::http::StatusCode;
use serde_json::{Value, json};

use crate::world::{Browser, Desk, World};

fn typed(digits: &str) -> Value {
    json!({ "code": digits, "started_by_me": true, "known_channel": true, "recognised": true, "acquaintance": "by_sight" })
}

/// Digits that are on nobody's screen.
fn wrong(digits: &str) -> String {
    let number: u32 = digits.parse().unwrap();
    format!("{:06}", (number + 1) % 1_000_000)
}

#[tokio::test]
async fn a_sponsor_types_the_code_and_signs_and_the_joiner_goes_on() {
    let world = World::new().await;
    let mut ana = Desk::of(&world, world.ana, 1).await;
    let page = format!("/waiting/{}", world.enrollment(world.ben).await);

    let before = ana.get(&world, &page).await;
    assert!(before.text.contains("Nobody is waiting yet"), "{before:?}");

    let locator = world.locator(world.ben).await;
    let mut browser = Browser::new(2);
    let attempt = browser.begin(&world, &locator).await;
    let list = ana.get(&world, "/waiting").await;
    assert!(list.text.contains("Ben Ferreira") && list.text.contains("Waiting"));
    let shown = ana.get(&world, &page).await;
    assert!(shown.text.contains("Did somebody ring you with this code?"));
    assert!(!shown.text.contains(attempt.digits()), "the code is nowhere but on Ben's screen");
    assert_ne!(shown.headers["firstkey-state"], before.headers["firstkey-state"]);

    let mut unconfirmed = typed(attempt.digits());
    unconfirmed["recognised"] = json!(false);
    let refused = ana.script(&world, &format!("{page}/code"), &unconfirmed).await;
    assert_eq!(refused.problem(), "incomplete");
    let refused = ana.script(&world, &format!("{page}/code"), &typed("12345")).await;
    assert_eq!(refused.problem(), "not-a-code");

    let asked = ana.script(&world, &format!("{page}/code"), &typed(attempt.digits())).await;
    assert_eq!(asked.status, StatusCode::OK, "{asked:?}");
    let press = ana.press(&asked);
    let approved = ana.script(&world, &format!("{page}/approve"), &press).await;
    assert_eq!(approved.json()["to"], format!("{page}?done=vouched"));
    assert_eq!(browser.get(&world, &attempt.path).await.json()["stage"], "ready");
    let after = ana.get(&world, &page).await;
    assert!(after.text.contains("Nothing is left for you to do"));

    let again = ana.script(&world, &format!("{page}/approve"), &press).await;
    assert_eq!(again.status, StatusCode::CONFLICT, "a signature counts once");

    let asked = browser.register(&world, &attempt).await;
    let press = browser.second_press(&asked);
    browser.post(&world, &attempt.at("/bind"), &press).await;
    let over = ana.get(&world, &page).await;
    assert!(over.text.contains("This has ended") && over.text.contains("Done"));
}

#[tokio::test]
async fn three_wrong_codes_close_what_was_begun_and_the_page_says_so() {
    let world = World::new().await;
    let ana = Desk::of(&world, world.ana, 1).await;
    let page = format!("/waiting/{}", world.enrollment(world.ben).await);
    let locator = world.locator(world.ben).await;
    let attempt = Browser::new(2).begin(&world, &locator).await;
    let wrong = typed(&wrong(attempt.digits()));

    let first = ana.script(&world, &format!("{page}/code"), &wrong).await;
    assert_eq!((first.problem(), &first.json()["left"]), ("wrong-code".into(), &json!(2)));
    assert!(ana.get(&world, &page).await.text.contains("Tries left: 2"));
    ana.script(&world, &format!("{page}/code"), &wrong).await;
    let last = ana.script(&world, &format!("{page}/code"), &wrong).await;
    assert_eq!((last.status, last.problem()), (StatusCode::GONE, "codes-used-up".into()));
    assert!(ana.get(&world, &page).await.text.contains("Three codes were wrong"));
}

#[tokio::test]
async fn two_browsers_stop_everybody_until_the_invitation_is_sent_again() {
    let world = World::new().await;
    let ana = Desk::of(&world, world.ana, 1).await;
    let cleo = world.join("3", "Cleo", None).await;
    let cleo = Desk::administrator(&world, cleo, 4).await;
    let enrollment = world.enrollment(world.ben).await;
    let page = format!("/waiting/{enrollment}");
    let locator = world.locator(world.ben).await;
    let attempt = Browser::new(2).begin(&world, &locator).await;
    Browser::new(3).begin(&world, &locator).await;

    let shown = ana.get(&world, &page).await;
    assert!(shown.text.contains("More than one browser has begun"));
    assert!(!shown.text.contains("name=\"code\""), "there is nothing to type");
    let refused = ana.script(&world, &format!("{page}/code"), &typed(attempt.digits())).await;
    assert_eq!(refused.problem(), "browsers-contested");

    // Whoever may send it again finds the button on the same page; the sponsor may not.
    assert!(!shown.text.contains("Send the invitation again</button>"));
    let offered = cleo.get(&world, &page).await;
    assert!(offered.text.contains("Send the invitation again</button>"));
    let sent = cleo.form(&world, &format!("/enrollments/{enrollment}/reinvite"), &[]).await;
    assert_eq!(sent.location(), format!("/enrollments/{enrollment}?done=reinvited"));
    assert!(ana.get(&world, &page).await.text.contains("Nobody is waiting yet"));
    Browser::new(5).begin(&world, &world.locator(world.ben).await).await;
    assert!(ana.get(&world, &page).await.text.contains("name=\"code\""));
}

#[tokio::test]
async fn refusing_asks_once_and_closes_every_browser() {
    let world = World::new().await;
    let ana = Desk::of(&world, world.ana, 1).await;
    let enrollment = world.enrollment(world.ben).await;
    let locator = world.locator(world.ben).await;
    let mut browser = Browser::new(2);
    let attempt = browser.begin(&world, &locator).await;

    let asked = ana.get(&world, &format!("/waiting/{enrollment}/refuse")).await;
    assert!(asked.text.contains("Nobody is to blame"));
    let stage = browser.get(&world, &attempt.path).await.json()["stage"].clone();
    assert_eq!(stage, "waiting", "asking changes nothing");

    let refused = ana.form(&world, &format!("/waiting/{enrollment}/refuse"), &[]).await;
    assert_eq!(refused.location(), "/waiting?done=refused");
    assert_eq!(browser.get(&world, &attempt.path).await.json()["stage"], "ended");
    let list = ana.get(&world, "/waiting").await;
    assert!(list.text.contains("No link works"));
}

#[tokio::test]
async fn nobody_vouches_for_whom_they_do_not_sponsor() {
    let world = World::new().await;
    let eve = world.join("3", "Eve", None).await;
    let eve = Desk::of(&world, eve, 3).await;
    let enrollment = world.enrollment(world.ben).await;
    let attempt = Browser::new(2).begin(&world, &world.locator(world.ben).await).await;

    let path = format!("/waiting/{enrollment}/code");
    let hidden = eve.script(&world, &path, &typed(attempt.digits())).await;
    let unknown = format!("/waiting/{}/code", uuid::Uuid::nil());
    let unknown = eve.script(&world, &unknown, &typed(attempt.digits())).await;
    assert_eq!(hidden.status, StatusCode::NOT_FOUND);
    assert_eq!(hidden.text, unknown.text, "what is not theirs looks like what is not there");
}
