//! Handover over HTTP: what the voucher's screen shows, and what a browser does with it.

use axum::{
    body::Body,
    http::{Method, StatusCode, header},
};
use firstkey_app::policy::Activate;
use serde_json::json;

use crate::world::{Answer, Attempt, Browser, CONSOLE, Desk, JOIN, World};

/// Ana, whose joiner has begun, under the policy that ships; and the address on her screen.
async fn meeting(world: &World) -> (Desk, Browser, Attempt, String) {
    let ana = Desk::of(world, world.ana, 1).await;
    let text = firstkey_policy::DEFAULT.to_owned();
    world.app.run(&Activate { host: "root".into(), text }).await.unwrap();
    let mut browser = Browser::new(2);
    let attempt = browser.begin(world, &world.locator(world.ben).await).await;
    let page = format!("/waiting/{}", world.enrollment(world.ben).await);
    (ana, browser, attempt, page)
}

/// What a script of Ana's page is answered.
async fn address(world: &World, ana: &Desk, page: &str) -> Answer {
    let request = ana.request(&Method::GET, &format!("{page}/handover/address"));
    world.send(request.body(Body::empty()).unwrap()).await
}

async fn secret(world: &World, ana: &Desk, page: &str) -> String {
    let shown = address(world, ana, page).await.json();
    shown["url"].as_str().unwrap().split_once('#').unwrap().1.to_owned()
}

#[tokio::test]
async fn rule_05_the_voucher_shows_the_page_and_the_joiners_browser_takes_it() {
    let world = World::new().await;
    let (mut ana, mut browser, attempt, page) = meeting(&world).await;
    assert_eq!(attempt.progress["steps"][0]["kind"], "match_by_sight");

    // The meeting asks whether they know each other, and leads to the page.
    let shown = ana.get(&world, &page).await;
    assert!(shown.text.contains("I knew Ben Ferreira by sight before today"), "{shown:?}");
    assert!(shown.text.contains(&format!("{page}/handover")));
    let shown = ana.get(&world, &format!("{page}/handover")).await;
    assert_eq!(shown.headers[header::CACHE_CONTROL], "no-store");
    let next = address(&world, &ana, &page).await;
    assert_eq!(next.headers[header::CACHE_CONTROL], "no-store");
    let next = next.json();
    let url = next["url"].as_str().unwrap();
    assert!(url.starts_with(&format!("{JOIN}/handover#")), "the secret is behind the #: {url}");
    assert!(next["lasts"].as_u64().unwrap() <= 60_000);
    assert!(shown.text.contains(url), "picture and link say the same");
    assert!(shown.text.contains(next["qr"]["path"].as_str().unwrap()));

    // Looking at the page behind it, in whatever browser, changes nothing.
    let state = ana.get(&world, &page).await.headers["firstkey-state"].clone();
    for _ in 0..3 {
        let page = world.page(JOIN, "/handover").await;
        assert_eq!(page.status, StatusCode::OK);
        assert!(page.text.contains("Not in this browser"), "it says what to do");
    }
    assert_eq!(ana.get(&world, &page).await.headers["firstkey-state"], state);

    let body = json!({ "secret": secret(&world, &ana, &page).await });
    let taken = browser.post(&world, &attempt.at("/handover"), &body).await;
    assert_eq!(taken.status, StatusCode::OK, "{taken:?}");
    assert_ne!(ana.get(&world, &page).await.headers["firstkey-state"], state, "her page moves on");
    assert_eq!(browser.get(&world, &attempt.path).await.json()["handed_over"], true);
    let again = browser.post(&world, &attempt.at("/handover"), &body).await;
    assert_eq!(again.problem(), "handover-done");

    // Nothing is shown any more; the digits are asked for, and not whether they know each other.
    let gone = ana.get(&world, &format!("{page}/handover")).await;
    assert_eq!((gone.status, gone.location()), (StatusCode::SEE_OTHER, page.as_str()));
    let gone = address(&world, &ana, &page).await;
    assert_eq!(gone.problem(), "handover-done");
    let shown = ana.get(&world, &page).await;
    assert!(shown.text.contains("It is their browser"));
    assert!(!shown.text.contains("by sight before today"));
    let typed = json!({
        "code": attempt.digits(), "started_by_me": true, "known_channel": true, "recognised": true,
    });
    let asked = ana.script(&world, &format!("{page}/code"), &typed).await;
    let press = ana.press(&asked);
    ana.script(&world, &format!("{page}/approve"), &press).await;
    assert_eq!(browser.get(&world, &attempt.path).await.json()["stage"], "ready");
    let story = ana.get(&world, &format!("/people/{}", world.ben)).await;
    assert!(story.text.contains("took the page from the screen of Ana Ferreira"), "{story:?}");
    assert!(story.text.contains("handed the page over from their own screen"));
}

#[tokio::test]
async fn rule_05_each_browser_is_told_what_a_secret_is_to_it() {
    let world = World::new().await;
    let (ana, mut browser, attempt, page) = meeting(&world).await;
    let shown = secret(&world, &ana, &page).await;
    let at = attempt.at("/handover");
    let said = browser.post(&world, &at, &json!({ "secret": "AAAA" })).await;
    assert_eq!(said.problem(), "handover-elsewhere");
    let said = browser.post(&world, &at, &json!({ "secret": shown, "more": 1 })).await;
    assert_eq!(said.status, StatusCode::BAD_REQUEST);
    // The attempt of somebody else does not exist.
    let mut thief = Browser::new(9);
    let said = thief.post(&world, &at, &json!({ "secret": shown })).await;
    assert_eq!(said.status, StatusCode::NOT_FOUND);
    // Without a proof nothing is even read.
    let bare = axum::http::Request::post(&at)
        .header(header::HOST, JOIN.strip_prefix("https://").unwrap())
        .header(header::CONTENT_TYPE, "application/json");
    let body = json!({ "secret": shown }).to_string();
    let said = world.send(bare.body(body.into()).unwrap()).await;
    assert_eq!(said.status, StatusCode::UNAUTHORIZED);
    // Two minutes later, and after whoever showed it signed out.
    world.clock.pass(120);
    let said = browser.post(&world, &at, &json!({ "secret": shown })).await;
    assert_eq!(said.problem(), "handover-over");
    let shown = secret(&world, &ana, &page).await;
    ana.form(&world, "/sign-out", &[]).await;
    let said = browser.post(&world, &at, &json!({ "secret": shown })).await;
    assert_eq!(said.problem(), "handover-withdrawn");
    assert_eq!(browser.get(&world, &attempt.path).await.json()["handed_over"], false);
}

#[tokio::test]
async fn a_screen_that_shows_a_handover_keeps_no_session_of_an_empty_chair_alive() {
    let world = World::new().await;
    let (ana, _browser, _attempt, page) = meeting(&world).await;
    for _ in 0..6 {
        assert_eq!(address(&world, &ana, &page).await.status, StatusCode::OK);
        world.clock.pass(600);
    }
    let over = address(&world, &ana, &page).await;
    assert_eq!(over.problem(), "signed-out");
    let page = ana.get(&world, &format!("{page}/handover")).await;
    assert!(page.location().starts_with("/sign-in"), "{page:?}");
    assert!(CONSOLE.starts_with("https://"));
}
