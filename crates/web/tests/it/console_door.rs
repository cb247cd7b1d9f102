//! Who gets in, and whose pages may speak for them.

use axum::{
    body::Body,
    http::{Method, StatusCode, header},
};
use firstkey_app::own::SuspendToken;
use firstkey_web::CONSOLE_ENDPOINTS;
use serde_json::json;

use crate::world::{CONSOLE, Desk, JOIN, World};

#[tokio::test]
async fn a_passkey_signs_in_and_signing_out_ends_it() {
    let world = World::new().await;
    let mut ana = Desk::enrolled(&world, world.ana, 1).await;

    let asked = ana.get(&world, "/people?search=b").await;
    assert_eq!(asked.status, StatusCode::SEE_OTHER);
    assert_eq!(asked.location(), "/sign-in?to=/people%3Fsearch%3Db");

    let answer = ana.sign_in(&world).await;
    assert_eq!((answer.status, &answer.json()["to"]), (StatusCode::OK, &json!("/me")));
    let cookie = answer.headers[header::SET_COOKIE].to_str().unwrap();
    let attributes = cookie.split_once("; ").unwrap().1;
    assert_eq!(attributes, "Path=/; Secure; HttpOnly; SameSite=Strict");
    assert!(cookie.starts_with("__Host-firstkey="));
    assert_eq!(ana.get(&world, "/me").await.status, StatusCode::OK);
    assert_eq!(ana.get(&world, "/sign-in?to=/waiting").await.location(), "/waiting");

    let out = ana.form(&world, "/sign-out", &[]).await;
    assert_eq!(out.location(), "/sign-in");
    assert!(out.headers[header::SET_COOKIE].to_str().unwrap().contains("Max-Age=0"));
    // The cookie that somebody kept opens nothing any more.
    assert_eq!(ana.get(&world, "/me").await.status, StatusCode::SEE_OTHER);
}

#[tokio::test]
async fn signing_out_everywhere_ends_the_other_browser_too() {
    let world = World::new().await;
    let mut ana = Desk::of(&world, world.ana, 1).await;
    let elsewhere = ana.cookie.clone();
    ana.sign_in(&world).await;
    let here = ana.cookie.clone();
    assert_ne!(elsewhere, here);

    ana.form(&world, "/sign-out-everywhere", &[]).await;
    for cookie in [elsewhere, here] {
        ana.cookie = cookie;
        assert_eq!(ana.get(&world, "/me").await.status, StatusCode::SEE_OTHER);
    }
}

#[tokio::test]
async fn after_signing_in_nobody_is_sent_to_another_site() {
    let world = World::new().await;
    let mut ana = Desk::enrolled(&world, world.ana, 1).await;
    for (wish, to) in
        [("//evil.example", "/"), ("https://evil.example", "/"), ("/people", "/people")]
    {
        let asked = ana.script(&world, "/sign-in/options", &json!({})).await;
        let mut body = ana.press(&asked);
        body["to"] = json!(wish);
        assert_eq!(ana.script(&world, "/sign-in", &body).await.json()["to"], to);
    }
}

#[tokio::test]
async fn a_passkeys_answer_counts_once_and_a_strangers_never() {
    let world = World::new().await;
    let mut ana = Desk::enrolled(&world, world.ana, 1).await;
    let asked = ana.script(&world, "/sign-in/options", &json!({})).await;
    let body = ana.press(&asked);
    assert_eq!(ana.script(&world, "/sign-in", &body).await.status, StatusCode::OK);
    assert_eq!(ana.script(&world, "/sign-in", &body).await.problem(), "spent");

    let elsewhere = World::new().await;
    let mut stranger = Desk::enrolled(&elsewhere, elsewhere.ana, 2).await;
    let asked = stranger.script(&world, "/sign-in/options", &json!({})).await;
    let body = stranger.press(&asked);
    let refused = stranger.script(&world, "/sign-in", &body).await;
    assert_eq!(
        (refused.status, refused.problem()),
        (StatusCode::UNAUTHORIZED, "unknown-passkey".into())
    );
    assert!(!refused.headers.contains_key(header::SET_COOKIE));
}

#[tokio::test]
async fn no_post_counts_unless_our_own_page_made_it() {
    let world = World::new().await;
    let ana = Desk::of(&world, world.ana, 1).await;
    let nil = uuid::Uuid::nil().to_string();
    let mut asked = 0;
    for (method, path) in CONSOLE_ENDPOINTS {
        // Signing in needs no token, and another origin may ask for a clearance.
        let is_exempt = ["/sign-in", "/sign-in/options", "/clearance", "/notice/{token}"];
        if *method != "post" {
            continue;
        }
        let address = address(path, &nil);
        for origin in [None, Some(JOIN), Some("null"), Some("https://console.example.org.evil")] {
            if *path == "/clearance" && origin == Some(JOIN) {
                continue;
            }
            let request = ana
                .request(&Method::POST, &address)
                .header("firstkey-token", &ana.token)
                .header(header::CONTENT_TYPE, "application/json");
            let request = match origin {
                Some(origin) => request.header(header::ORIGIN, origin),
                None => request,
            };
            let answer = world.send(request.body(Body::from("{}")).unwrap()).await;
            assert_eq!(answer.problem(), "cross-site", "{path} from {origin:?}");
        }
        if is_exempt.contains(path) {
            continue;
        }
        for token in ["", "0000"] {
            let script = ana
                .request(&Method::POST, &address)
                .header(header::ORIGIN, CONSOLE)
                .header("firstkey-token", token)
                .header(header::CONTENT_TYPE, "application/json");
            let answer = world.send(script.body(Body::from("{}")).unwrap()).await;
            assert_eq!(answer.problem(), "cross-site", "{path} with {token:?}");
            let form = ana
                .request(&Method::POST, &address)
                .header(header::ORIGIN, CONSOLE)
                .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded");
            let body = Body::from(format!("token={token}"));
            let answer = world.send(form.body(body).unwrap()).await;
            assert_eq!(answer.problem(), "cross-site", "{path} with {token:?}");
        }
        asked += 1;
    }
    assert!(asked > 10);
}

/// An address with ids in it.
pub(crate) fn address(path: &str, id: &str) -> String {
    let parts = path.split('/').map(|part| if part.starts_with('{') { id } else { part });
    parts.collect::<Vec<_>>().join("/")
}

#[tokio::test]
async fn this_was_not_me_shows_first_and_stops_the_passkey_when_posted() {
    let world = World::new().await;
    let ana = Desk::of(&world, world.ana, 1).await;
    let authenticator = ana.passkeys(&world).await[0].parse().unwrap();
    let token = SuspendToken { person: world.ana, authenticator }.to_text(world.app.keys());
    let address = format!("/notice/{token}");

    let nobody = Desk::nobody();
    for _ in 0..100 {
        assert_eq!(nobody.get(&world, &address).await.status, StatusCode::OK);
    }
    assert_eq!(ana.get(&world, "/me").await.status, StatusCode::OK, "looking changes nothing");

    let stopped = nobody.form(&world, &address, &[]).await;
    assert_eq!(stopped.status, StatusCode::OK);
    assert_eq!(ana.get(&world, "/me").await.status, StatusCode::SEE_OTHER);
    let mut ana = ana;
    assert_eq!(ana.sign_in(&world).await.problem(), "unknown-passkey");

    let wrong = format!("{}A", &address[..address.len() - 1]);
    assert_eq!(nobody.get(&world, &wrong).await.status, StatusCode::NOT_FOUND);
}
