//! "I did not expect this."

use axum::{
    body::Body,
    http::{Request, StatusCode, header},
};
use firstkey_ports::{Message, NoticeKind, Outbox, OutboxState};
use serde_json::json;

use crate::world::{Answer, Browser, World};

async fn say(world: &World, locator: &str) -> Answer {
    let request = Request::post("/api/join/unexpected")
        .header(header::HOST, "join.example.org")
        .header(header::CONTENT_TYPE, "application/json")
        .body(Body::from(json!({ "locator": locator }).to_string()));
    world.send(request.unwrap()).await
}

async fn told(world: &World) -> usize {
    let waiting = world.store.messages(OutboxState::Waiting, 100).await.unwrap();
    let is_told = |message: &Message| match message {
        Message::Notice { notice, to, .. } => *notice == NoticeKind::Unexpected && *to == world.ana,
        _ => false,
    };
    waiting.iter().filter(|claimed| is_told(&claimed.message)).count()
}

#[tokio::test]
async fn whoever_did_not_expect_the_invitation_says_so_and_the_sponsor_is_told_once() {
    let world = World::new().await;
    let locator = world.locator(world.ben).await;
    for _ in 0..3 {
        assert_eq!(say(&world, &locator).await.status, StatusCode::NO_CONTENT);
    }
    assert_eq!(told(&world).await, 1);
    // Somebody else who saw the link cannot close it that way.
    Browser::new(1).begin(&world, &locator).await;
}

#[tokio::test]
async fn of_a_link_that_is_not_active_it_is_answered_alike_and_nobody_is_told() {
    let world = World::new().await;
    let answer = say(&world, "nonsense").await;
    assert_eq!((answer.status, answer.text.as_str()), (StatusCode::NO_CONTENT, ""));
    assert_eq!(told(&world).await, 0);
}
