//! Requests that are not what the browser's key signed, or not signed by it (rule 7).

use axum::http::{Method, StatusCode};
use serde_json::json;

use crate::world::{Browser, JOIN, World};

#[tokio::test]
async fn a_replayed_proof_is_refused() {
    let world = World::new().await;
    let locator = world.locator(world.ben).await;
    let mut browser = Browser::new(1);
    let attempt = browser.begin(&world, &locator).await;

    for (method, path, body) in
        [(Method::GET, attempt.path.clone(), ""), (Method::POST, attempt.at("/move"), "{}")]
    {
        let proof = browser.prove(method.as_str(), &format!("{JOIN}{path}"), body);
        let first = world.send(Browser::request(&method, &path, body, &proof)).await;
        assert_eq!(first.status, StatusCode::OK);
        let replayed = world.send(Browser::request(&method, &path, body, &proof)).await;
        assert_eq!(replayed.problem(), "spent", "{method}");
    }
}

#[tokio::test]
async fn a_proof_for_another_request_is_refused() {
    let world = World::new().await;
    let locator = world.locator(world.ben).await;
    let mut browser = Browser::new(1);
    let attempt = browser.begin(&world, &locator).await;
    let path = attempt.at("/move");
    let url = format!("{JOIN}{path}");

    for (method, url, body) in [
        ("POST", format!("{JOIN}{}", attempt.at("/pass")), "{}"),
        ("POST", format!("{url}?more=1"), "{}"),
        ("POST", url.replace("https:", "http:"), "{}"),
        ("POST", url.replace("join", "evil"), "{}"),
        ("POST", url.clone(), "{ }"),
        ("POST", url.clone(), ""),
        ("GET", url.clone(), "{}"),
    ] {
        let proof = browser.prove(method, &url, body);
        let answer = world.send(Browser::request(&Method::POST, &path, "{}", &proof)).await;
        assert_eq!(answer.problem(), "proof", "{method} {url} {body:?}");
    }
    let proof = browser.prove("POST", &url, "{}");
    let more = format!("{path}?more=1");
    let answer = world.send(Browser::request(&Method::POST, &more, "{}", &proof)).await;
    assert_eq!(answer.problem(), "proof", "the query counts");
    for proof in ["", "a.b.c", &"x".repeat(5000)] {
        let answer = world.send(Browser::request(&Method::POST, &path, "{}", proof)).await;
        assert_eq!(answer.problem(), "proof", "{proof:.10}");
    }
}

#[tokio::test]
async fn a_stale_nonce_is_replaced_by_the_answer() {
    let world = World::new().await;
    let locator = world.locator(world.ben).await;
    let mut browser = Browser::new(1);
    let attempt = browser.begin(&world, &locator).await;
    world.clock.pass(301);
    let proof = browser.prove("GET", &format!("{JOIN}{}", attempt.path), "");
    let stale = world.send(Browser::request(&Method::GET, &attempt.path, "", &proof)).await;
    assert_eq!((stale.status, stale.problem()), (StatusCode::UNAUTHORIZED, "use-nonce".into()));
    assert_eq!(browser.get(&world, &attempt.path).await.status, StatusCode::OK);
}

#[tokio::test]
async fn what_is_not_ones_own_does_not_exist() {
    let world = World::new().await;
    let locator = world.locator(world.ben).await;
    let (mut owner, mut stranger) = (Browser::new(1), Browser::new(2));
    let attempt = owner.begin(&world, &locator).await;
    let zero = "00000000-0000-7000-8000-000000000000";
    let (enrollment, id) = attempt.path.rsplit_once('/').unwrap().1.split_once('.').unwrap();

    let id_of_key = "A".repeat(22);
    let body = json!({ "ticket": "x", "credential": {
        "id": id_of_key, "rawId": id_of_key, "type": "public-key",
        "response": { "clientDataJSON": "AA", "authenticatorData": "AA", "signature": "AA" } } });
    for (step, body) in
        [("/move", json!({})), ("/pass", json!({})), ("/confirm", json!({})), ("/bind", body)]
    {
        let mut answers = Vec::new();
        for id in [
            format!("{enrollment}.{id}"),
            format!("{enrollment}.{zero}"),
            format!("{zero}.{id}"),
            "nonsense".to_owned(),
        ] {
            let path = format!("/api/join/attempts/{id}{step}");
            let answer = stranger.post(&world, &path, &body).await;
            assert_eq!(answer.problem(), "not-found", "{path}");
            answers.push(answer.text);
        }
        answers.dedup();
        assert_eq!(answers.len(), 1, "one answer for all of them: {answers:?}");
    }
    for end in ["", "/live", "/receipt"] {
        let mut answers = Vec::new();
        for id in [format!("{enrollment}.{id}"), format!("{zero}.{zero}")] {
            let answer = stranger.get(&world, &format!("/api/join/attempts/{id}{end}")).await;
            assert_eq!(answer.problem(), "not-found", "{id}{end}");
            answers.push(answer.text);
        }
        assert_eq!(answers[0], answers[1]);
    }
}

#[tokio::test]
async fn a_body_that_is_not_what_it_should_be_is_refused_in_so_many_words() {
    let world = World::new().await;
    let mut browser = Browser::new(1);
    let begin = "/api/join/begin";
    for body in [json!([]), json!({ "locator": 7 }), json!({ "more": true }), json!(null)] {
        let answer = browser.post(&world, begin, &body).await;
        assert_eq!(answer.problem(), "malformed", "{body}");
    }
    let big = json!({ "locator": "x".repeat(70_000), "clearance": "" });
    let proof = browser.prove("POST", &format!("{JOIN}{begin}"), &big.to_string());
    let answer = world.send(Browser::request(&Method::POST, begin, &big.to_string(), &proof)).await;
    assert_eq!(answer.problem(), "too-large");
}
