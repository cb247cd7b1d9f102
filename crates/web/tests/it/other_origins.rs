//! Other origins and Android apps that may use our passkeys, as the configuration says.

use axum::{
    body::Body,
    http::{Method, Request, StatusCode, header},
};
use firstkey_app::Site;
use firstkey_testkit::authenticator::Sabotage;
use serde_json::json;

use crate::world::{Answer, CONSOLE, Desk, JOIN, World};

const APP: &str = "android:apk-key-hash:47DEQpj8HBSa-_TImW-5JCeuQeRkm5NMpJWZG3hSuFU";
const RELATED: &str = "https://example.net";

fn site(rp_id: &str) -> Site {
    Site::new(rp_id, JOIN, CONSOLE, "Example").unwrap()
}

async fn ask(world: &World, method: Method, host: &str, path: &str) -> Answer {
    let request = Request::builder().method(method).uri(path).header(header::HOST, host);
    world.send(request.body(Body::empty()).unwrap()).await
}

const DOCUMENT: &str = "/.well-known/webauthn";

#[tokio::test]
async fn the_rp_ids_host_says_which_other_origins_may_use_its_passkeys() {
    let world = World::with_site(site("example.org").with_related_origin(RELATED).unwrap()).await;
    for host in ["example.org", "EXAMPLE.org", "example.org:443"] {
        let answer = ask(&world, Method::GET, host, DOCUMENT).await;
        assert_eq!(answer.status, StatusCode::OK, "{host}");
        assert_eq!(answer.headers[header::CONTENT_TYPE], "application/json");
        assert_eq!(answer.json(), json!({ "origins": [RELATED] }));
        assert_eq!(answer.headers[header::X_CONTENT_TYPE_OPTIONS], "nosniff");
    }
    let posted = ask(&world, Method::POST, "example.org", DOCUMENT).await;
    assert_eq!(posted.status, StatusCode::METHOD_NOT_ALLOWED);
    // That name has nothing else, and no other name has the document.
    for (host, path, status) in [
        ("example.org", "/", StatusCode::MISDIRECTED_REQUEST),
        ("example.org", "/.well-known/webauthn/", StatusCode::MISDIRECTED_REQUEST),
        ("join.example.org", DOCUMENT, StatusCode::NOT_FOUND),
        ("console.example.org", DOCUMENT, StatusCode::NOT_FOUND),
        ("example.org.evil.net", DOCUMENT, StatusCode::MISDIRECTED_REQUEST),
    ] {
        assert_eq!(ask(&world, Method::GET, host, path).await.status, status, "{host}{path}");
    }
}

#[tokio::test]
async fn without_other_origins_there_is_no_document() {
    let world = World::new().await;
    let answer = ask(&world, Method::GET, "example.org", DOCUMENT).await;
    assert_eq!(answer.status, StatusCode::NOT_FOUND);
    assert_eq!(answer.problem(), "not-found");
}

#[tokio::test]
async fn an_origin_that_has_the_rp_ids_name_serves_the_document_too() {
    let join = "https://join.console.example.org";
    let site = Site::new("console.example.org", join, CONSOLE, "Example").unwrap();
    let world = World::with_site(site.with_related_origin(RELATED).unwrap()).await;
    let answer = ask(&world, Method::GET, "console.example.org", DOCUMENT).await;
    assert_eq!(answer.json(), json!({ "origins": [RELATED] }));
    let page = ask(&world, Method::GET, "console.example.org", "/sign-in").await;
    assert_eq!(page.status, StatusCode::OK);
}

/// Signs in by a press that a client on this origin obtained.
async fn sign_in_from(world: &World, desk: &mut Desk, origin: &str) -> Answer {
    let asked = desk.script(world, "/sign-in/options", &json!({})).await.json();
    // What browsers and Android allow there, the software's client does not know of.
    desk.device.sabotage = Some(Sabotage::Origin(origin.to_owned()));
    let credential = desk.device.get(&asked["options"], CONSOLE).unwrap();
    let body = json!({ "ticket": asked["ticket"], "credential": credential });
    desk.script(world, "/sign-in", &body).await
}

#[tokio::test]
async fn who_presses_in_a_configured_app_or_on_a_configured_origin_signs_in() {
    let configured = site("example.org").with_android_app(APP).unwrap();
    let world = World::with_site(configured.with_related_origin(RELATED).unwrap()).await;
    let mut ana = Desk::enrolled(&world, world.ana, 1).await;
    for origin in [APP, RELATED, CONSOLE] {
        let answer = sign_in_from(&world, &mut ana, origin).await;
        assert_eq!(answer.status, StatusCode::OK, "{origin} {answer:?}");
    }
    for origin in [JOIN, "https://other.example.net"] {
        let answer = sign_in_from(&world, &mut ana, origin).await;
        assert_eq!(answer.problem(), "unknown-passkey", "{origin}");
    }
    let strict = World::new().await;
    let mut ana = Desk::enrolled(&strict, strict.ana, 1).await;
    for origin in [APP, RELATED] {
        let answer = sign_in_from(&strict, &mut ana, origin).await;
        assert_eq!(answer.problem(), "unknown-passkey", "{origin} is not configured");
    }
}
