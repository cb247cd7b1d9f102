//! `/clearance`: what the console tells the join origin, and nobody else (rule 3).

use axum::{
    body::Body,
    http::{Method, Request, StatusCode, header, request::Builder},
};
use serde_json::json;

use crate::world::{Answer, Browser, Desk, JOIN, World};

fn asked(origin: &str) -> Builder {
    Request::post("/clearance")
        .header(header::HOST, "console.example.org")
        .header(header::ORIGIN, origin)
        .header(header::CONTENT_TYPE, "application/json")
}

async fn ask(world: &World, origin: &str) -> Answer {
    let locator = world.locator(world.ben).await;
    let body = json!({ "key": "A".repeat(43), "locator": locator }).to_string();
    world.send(asked(origin).body(Body::from(body)).unwrap()).await
}

#[tokio::test]
async fn only_the_join_origin_may_ask() {
    let world = World::new().await;
    let answer = ask(&world, JOIN).await;
    assert_eq!(answer.status, StatusCode::OK);
    assert_eq!(answer.headers[header::ACCESS_CONTROL_ALLOW_ORIGIN], JOIN);
    assert_eq!(answer.headers[header::ACCESS_CONTROL_ALLOW_CREDENTIALS], "true");
    for origin in ["https://evil.example", "null", "https://join.example.org.evil.example"] {
        let answer = ask(&world, origin).await;
        assert_eq!(answer.problem(), "cross-site", "{origin}");
        assert!(!answer.headers.contains_key(header::ACCESS_CONTROL_ALLOW_ORIGIN));
    }
}

#[tokio::test]
async fn browsers_are_told_beforehand_that_the_join_origin_may_post_json() {
    let world = World::new().await;
    let preflight = |origin: &str| {
        let request = Request::options("/clearance")
            .header(header::HOST, "console.example.org")
            .header(header::ORIGIN, origin);
        request.body(Body::empty()).unwrap()
    };
    let answer = world.send(preflight(JOIN)).await;
    assert_eq!(answer.status, StatusCode::NO_CONTENT);
    assert_eq!(answer.headers[header::ACCESS_CONTROL_ALLOW_ORIGIN], JOIN);
    assert_eq!(answer.headers[header::ACCESS_CONTROL_ALLOW_HEADERS], "content-type");
    let answer = world.send(preflight("https://evil.example")).await;
    assert_eq!(answer.status, StatusCode::FORBIDDEN);
}

#[tokio::test]
async fn a_clearance_is_for_one_key_and_a_short_time() {
    let world = World::new().await;
    let locator = world.locator(world.ben).await;
    let (one, mut other) = (Browser::new(1), Browser::new(2));
    let theirs = one.clearance(&world, &locator).await;
    let body = json!({ "locator": locator, "clearance": theirs });
    assert_eq!(other.post(&world, "/api/join/begin", &body).await.problem(), "not-cleared");

    let own = other.clearance(&world, &locator).await;
    world.clock.pass(301);
    let body = json!({ "locator": locator, "clearance": own });
    assert_eq!(other.post(&world, "/api/join/begin", &body).await.problem(), "not-cleared");
}

#[tokio::test]
async fn rule_03_a_clearance_for_one_enrollment_does_not_serve_another() {
    let world = World::new().await;
    let (bens, anas) = (world.locator(world.ben).await, world.locator(world.ana).await);
    let mut browser = Browser::new(1);
    let for_ana = browser.clearance(&world, &anas).await;
    let body = json!({ "locator": bens, "clearance": for_ana });
    assert_eq!(browser.post(&world, "/api/join/begin", &body).await.problem(), "not-cleared");

    let guessed = json!({ "key": "A".repeat(43), "locator": "guessed" }).to_string();
    let request = asked(JOIN).body(Body::from(guessed)).unwrap();
    assert_eq!(
        world.send(request).await.status,
        StatusCode::OK,
        "whether a link was ours is not told"
    );
}

#[tokio::test]
async fn where_the_sponsor_is_signed_in_nobody_begins_for_somebody_else() {
    let world = World::new().await;
    let bens = world.locator(world.ben).await;
    let mut ana = Desk::enrolled(&world, world.ana, 1).await;
    let ask = async |ana: &Desk| {
        let body = json!({ "key": "A".repeat(43), "locator": bens }).to_string();
        let request = ana.request(&Method::POST, "/clearance").header(header::ORIGIN, JOIN);
        let request = request.header(header::CONTENT_TYPE, "application/json");
        world.send(request.body(Body::from(body)).unwrap()).await
    };
    assert_eq!(ask(&ana).await.status, StatusCode::OK);
    ana.sign_in(&world).await;
    let answer = ask(&ana).await;
    assert_eq!(answer.problem(), "operator-signed-in");
    assert!(!answer.text.contains("Ana"), "who it is, is not told across origins");
    // The join page must be able to read the refusal.
    assert_eq!(answer.headers[header::ACCESS_CONTROL_ALLOW_ORIGIN], JOIN);
}
