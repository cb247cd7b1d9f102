//! Pages that keep up: what the stream says, and that it ends with the session.

use std::time::Duration;

use axum::{
    body::Body,
    http::{Method, StatusCode, header},
};
use futures_util::StreamExt;
use tokio::time::timeout;
use tower::ServiceExt;

use crate::world::{Browser, Desk, World};

const PATIENCE: Duration = Duration::from_secs(15);

async fn administrator(world: &World) -> Desk {
    let ada = world.join("A", "Ada", None).await;
    Desk::administrator(world, ada, 40).await
}

/// An open stream, read event by event.
struct Listener(axum::body::BodyDataStream);

impl Listener {
    async fn open(world: &World, desk: &Desk) -> Self {
        let request = desk.request(&Method::GET, "/live").body(Body::empty()).unwrap();
        let response = world.router.clone().oneshot(request).await.unwrap();
        assert_eq!(response.status(), StatusCode::OK);
        assert_eq!(response.headers()[header::CONTENT_TYPE], "text/event-stream");
        assert_eq!(response.headers()[header::CACHE_CONTROL], "no-store");
        let mut listener = Self(response.into_body().into_data_stream());
        assert_eq!(listener.line().await.as_deref(), Some("retry: 3000\n\n"));
        listener
    }

    async fn line(&mut self) -> Option<String> {
        let line = timeout(PATIENCE, self.0.next()).await.expect("something is said in time")?;
        Some(String::from_utf8(line.unwrap().to_vec()).unwrap())
    }

    /// The next that is more than a sign of life.
    async fn event(&mut self) -> Option<String> {
        loop {
            let line = self.line().await?;
            if line != ":\n\n" {
                let event = line.strip_prefix("event: ").unwrap();
                return Some(event.split_once('\n').unwrap().0.to_owned());
            }
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_moves_is_announced_and_nothing_about_it() {
    let world = World::new().await;
    let ada = administrator(&world).await;
    let mut listener = Listener::open(&world, &ada).await;
    Browser::new(2).begin(&world, &world.locator(world.ben).await).await;
    assert_eq!(listener.line().await.as_deref(), Some("event: moved\ndata:\n\n"));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_stream_ends_with_its_session() {
    let world = World::new().await;
    let ada = administrator(&world).await;
    let mut listener = Listener::open(&world, &ada).await;
    ada.form(&world, "/sign-out", &[]).await;
    assert_eq!(listener.event().await.as_deref(), Some("over"));
    assert_eq!(listener.line().await, None);
    let request = ada.request(&Method::GET, "/live").body(Body::empty()).unwrap();
    assert_eq!(world.send(request).await.problem(), "signed-out");
}

/// An empty chair before an open page keeps no session alive, neither by listening nor by what the page
/// asks for by itself.
#[tokio::test(flavor = "multi_thread")]
async fn to_listen_is_no_use_of_a_session() {
    let world = World::new().await;
    let ada = administrator(&world).await;
    let mut listener = Listener::open(&world, &ada).await;
    for _ in 0..3 {
        world.clock.pass(25 * 60);
        let request = ada.request(&Method::GET, "/overview").header("firstkey-live", "1");
        world.send(request.body(Body::empty()).unwrap()).await;
    }
    assert_eq!(listener.event().await.as_deref(), Some("over"));
    assert_eq!(ada.get(&world, "/overview").await.status, StatusCode::SEE_OTHER);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_session_holds_three_streams_and_the_oldest_is_told_to_stop() {
    let world = World::new().await;
    let ada = administrator(&world).await;
    let mut first = Listener::open(&world, &ada).await;
    let mut others = Vec::new();
    for _ in 0..3 {
        others.push(Listener::open(&world, &ada).await);
    }
    assert_eq!(first.event().await.as_deref(), Some("enough"));
    assert_eq!(first.line().await, None);
    Browser::new(2).begin(&world, &world.locator(world.ben).await).await;
    for other in &mut others {
        assert_eq!(other.event().await.as_deref(), Some("moved"));
    }
}
