//! Every endpoint of the join origin, asked without a proof, by a browser that began nothing, by a program
//! with every scope, and by the browser that began.

use std::collections::BTreeSet;

use axum::{
    body::Body,
    http::{Method, Request, header},
};
use firstkey_web::JOIN_ENDPOINTS;
use serde_json::{Value, json};

use crate::{
    api_keys::administrator,
    world::{Answer, Browser, JOIN, Program, SCOPES, World},
};

/// Nobody's proof; the proof of another browser; a machine key's; the browser's that began.
#[rustfmt::skip]
const TABLE: &[(&str, &str, [u16; 4])] = &[
    ("get", "/i/{locator}", [200; 4]),
    ("get", "/i/{locator}/picture.svg", [200; 4]),
    ("get", "/handover", [200; 4]),
    ("get", "/api/join/attempts/{attempt}", [401, 404, 404, 200]),
    ("get", "/api/join/attempts/{attempt}/live", [401, 404, 404, 200]),
    ("post", "/api/join/attempts/{attempt}/handover", [401, 400, 400, 400]),
    ("post", "/api/join/attempts/{attempt}/pass", [401, 404, 404, 409]),
    ("post", "/api/join/attempts/{attempt}/registration", [401, 400, 400, 400]),
    ("post", "/api/join/attempts/{attempt}/confirm", [401, 404, 404, 409]),
    ("post", "/api/join/attempts/{attempt}/bind", [401, 400, 400, 400]),
    ("get", "/api/join/attempts/{attempt}/receipt", [401, 404, 404, 404]),
    ("post", "/api/join/attempts/{attempt}/move", [401, 404, 404, 200]),
    ("post", "/api/join/begin", [401, 400, 400, 400]),
    // Unsigned: whoever did not expect the invitation has no key.
    ("post", "/api/join/unexpected", [400; 4]),
];

#[test]
fn the_table_has_a_row_for_every_endpoint() {
    let served: BTreeSet<_> = JOIN_ENDPOINTS.iter().copied().collect();
    let tabled: BTreeSet<_> = TABLE.iter().map(|(method, path, _)| (*method, *path)).collect();
    assert_eq!(served, tabled);
    assert_eq!(TABLE.len(), JOIN_ENDPOINTS.len());
}

async fn unsigned(world: &World, method: &Method, path: &str, body: &Value) -> Answer {
    let request = Request::builder()
        .method(method)
        .uri(path)
        .header(header::HOST, JOIN.strip_prefix("https://").unwrap())
        .header(header::CONTENT_TYPE, "application/json");
    let body = if *method == Method::GET { String::new() } else { body.to_string() };
    world.head_of(request.body(Body::from(body)).unwrap()).await
}

#[tokio::test]
async fn the_door_listens_to_the_browser_that_began_and_to_nobody_else() {
    let world = World::new().await;
    let mut ana = administrator(&world).await;
    let program = Program::registered(&world, &mut ana, &SCOPES).await;
    let locator = world.locator(world.ben).await;
    let mut ben = Browser::new(5);
    let attempt = ben.begin(&world, &locator).await;
    let attempt = attempt.path.rsplit_once('/').unwrap().1.to_owned();
    let mut wrong = Vec::new();
    for (column, mut browser) in
        [None, Some(Browser::new(6)), Some(Browser::of(&program)), Some(ben)]
            .into_iter()
            .enumerate()
    {
        for (method, path, expected) in TABLE {
            let address = path.replace("{locator}", &locator).replace("{attempt}", &attempt);
            let method: Method = method.to_uppercase().parse().unwrap();
            let body = json!({});
            let answer = match &mut browser {
                None => unsigned(&world, &method, &address, &body).await,
                Some(browser) => browser.head_of(&world, &method, &address, &body).await,
            };
            if answer.status.as_u16() != expected[column] {
                wrong.push(format!("{column}: {method} {path}: {} {}", answer.status, answer.text));
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}
