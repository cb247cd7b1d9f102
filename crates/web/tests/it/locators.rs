//! Links: what opening them does, which is nothing, and what those that lead nowhere tell.

use axum::http::StatusCode;
use firstkey_app::people::MarkLeft;
use firstkey_domain::StreamId;
use firstkey_ports::Store;
use serde_json::json;

use crate::world::{Browser, Desk, JOIN, World};

#[tokio::test]
async fn opening_a_link_a_hundred_times_changes_nothing() {
    let world = World::new().await;
    let locator = world.locator(world.ben).await;
    let stream = StreamId::from(world.enrollment(world.ben).await);
    let before = world.store.load(&[stream]).await.unwrap().pop().unwrap().version;
    for _ in 0..100 {
        let page = world.page(JOIN, &format!("/i/{locator}")).await;
        assert_eq!(page.status, StatusCode::OK);
        assert!(page.text.contains("<h1>Ana is expecting you</h1>"));
    }
    let after = world.store.load(&[stream]).await.unwrap().pop().unwrap().version;
    assert_eq!(before, after);
    // And it still works.
    Browser::new(1).begin(&world, &locator).await;
}

#[tokio::test]
async fn a_link_has_a_picture_and_what_is_no_link_of_ours_has_none() {
    let world = World::new().await;
    let locator = world.locator(world.ben).await;
    let picture = world.page(JOIN, &format!("/i/{locator}/picture.svg")).await;
    assert_eq!(picture.status, StatusCode::OK);
    assert_eq!(picture.headers["content-type"], "image/svg+xml");
    assert_eq!(picture.headers["cache-control"], "no-store");
    assert!(picture.text.starts_with("<svg xmlns=") && picture.text.len() > 2_000);
    let page = world.page(JOIN, &format!("/i/{locator}")).await;
    assert!(page.text.contains(&format!(r#"src="/i/{locator}/picture.svg""#)));
    assert!(!page.text.contains("<path d="), "few readers need it");

    let forged = format!("{}AAAA", &locator[..44]);
    for link in [forged.as_str(), "nonsense", "%3Csvg%3E"] {
        let none = world.page(JOIN, &format!("/i/{link}/picture.svg")).await;
        assert_eq!(none.status, StatusCode::NOT_FOUND, "{link}");
        assert!(!none.text.contains("<path d="), "{link}");
    }
}

#[tokio::test]
async fn links_that_lead_nowhere_are_one_calm_page() {
    let world = World::new().await;
    let locator = world.locator(world.ben).await;
    let used = {
        let mut browser = Browser::new(1);
        let attempt = browser.begin(&world, &locator).await;
        world.vouch(world.ben, attempt.digits()).await;
        let asked = browser.register(&world, &attempt).await;
        let press = browser.second_press(&asked);
        browser.post(&world, &attempt.at("/bind"), &press).await;
        locator
    };
    let replaced = {
        let old = world.locator(world.ana).await;
        world.setup_link(world.ana).await;
        old
    };
    let forged = format!("{}AAAA", &used[..44]);
    let mut pages = Vec::new();
    for link in [used, replaced, forged, "nonsense".into()] {
        let page = world.page(JOIN, &format!("/i/{link}")).await;
        assert_eq!(page.status, StatusCode::NOT_FOUND);
        assert!(page.text.contains("<h1>This link is not active any more</h1>"));
        pages.push(page.text.replace(&link, "LINK"));
    }
    pages.dedup();
    assert_eq!(pages.len(), 1);
}

#[tokio::test]
async fn begin_on_a_link_that_opens_nothing_tells_nobody_why() {
    let world = World::new().await;
    let mut links = Vec::new();
    let ben = world.locator(world.ben).await;
    links.push(("unknown", format!("{}AAAA", &ben[..44])));
    links.push(("no locator at all", "nonsense".into()));

    links.push(("replaced", world.locator(world.ana).await));
    Desk::administrator(&world, world.ana, 2).await;

    let used = world.join("3", "Used", Some(world.ana)).await;
    links.push(("used", world.locator(used).await));
    Desk::enrolled(&world, used, 3).await;

    let gone = world.join("4", "Gone", Some(world.ana)).await;
    links.push(("of somebody who left", world.locator(gone).await));
    world.app.run(&MarkLeft { operator: world.ana, person: gone }).await.unwrap();

    links.push(("too old", ben));
    world.clock.pass(15 * 24 * 60 * 60);

    let mut told = Vec::new();
    for (what, link) in &links {
        // With the console's word and without it: that is not what the answer is about.
        for cleared in [true, false] {
            let mut browser = Browser::new(9);
            let mut answer = if cleared {
                browser.press_begin(&world, link, &json!({})).await
            } else {
                let body = json!({ "locator": link, "clearance": "none" });
                browser.post(&world, "/api/join/begin", &body).await
            };
            // Differs for each request, whatever it asks.
            assert!(answer.headers.remove("firstkey-nonce").is_some());
            told.push((what, answer.status, answer.headers, answer.text));
        }
    }
    let (_, status, headers, text) = told[0].clone();
    assert_eq!(status, StatusCode::NOT_FOUND);
    assert!(text.contains("/problems/link-inactive"), "{text}");
    for (what, its_status, its_headers, its_text) in &told {
        assert_eq!((its_status, its_text), (&status, &text), "{what}");
        assert_eq!(its_headers, &headers, "{what}");
    }
}

#[tokio::test]
async fn whoever_guesses_links_is_slowed_and_nobody_who_has_one_is() {
    let world = World::new().await;
    let locator = world.locator(world.ben).await;
    for _ in 0..30 {
        let page = world.page(JOIN, &format!("/i/{locator}")).await;
        assert_eq!(page.status, StatusCode::OK);
    }
    for _ in 0..20 {
        assert_eq!(world.page(JOIN, "/i/guess").await.status, StatusCode::NOT_FOUND);
    }
    let slowed = world.page(JOIN, "/i/guess").await;
    assert_eq!(slowed.status, StatusCode::TOO_MANY_REQUESTS);
    assert!(slowed.text.contains("Too many tries"));
    // Beside somebody who guesses, whoever has a link opens it and begins.
    assert_eq!(world.page(JOIN, &format!("/i/{locator}")).await.status, StatusCode::OK);
    Browser::new(1).begin(&world, &locator).await;
    world.clock.pass(60);
    assert_eq!(world.page(JOIN, "/i/guess").await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn begin_is_slowed_for_each_enrollment() {
    let world = World::new().await;
    let locator = world.locator(world.ben).await;
    let mut browser = Browser::new(1);
    for _ in 0..10 {
        let body = json!({ "locator": locator, "clearance": "none" });
        let refused = browser.post(&world, "/api/join/begin", &body).await;
        assert_eq!(refused.problem(), "not-cleared");
    }
    let slowed = browser.press_begin(&world, &locator, &json!({})).await;
    assert_eq!(slowed.problem(), "throttled");
    let ana = world.locator(world.ana).await;
    browser.begin(&world, &ana).await;
}
