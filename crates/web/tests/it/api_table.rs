//! Every endpoint of the API, asked with every kind of key there is.

use std::collections::BTreeSet;

use axum::http::Method;
use firstkey_web::API_ENDPOINTS;
use serde_json::{Value, json};

use crate::{
    api_keys::administrator,
    world::{Desk, Program, SCOPES, Sent, World},
};

/// Who asks, in the order of the table's columns: nobody; a key that nobody registered; keys of an
/// administrator, each with one scope; one with all scopes whose owner lost the role; one that ended.
const CALLERS: [&str; 10] = [
    "nobody",
    "stranger",
    "read",
    "joiners",
    "invitations",
    "outbox",
    "policy",
    "prepare",
    "owner without a right",
    "ended",
];

#[rustfmt::skip]
const TABLE: &[(&str, &str, [u16; 10])] = &[
    ("get", "/api/v1/people", [401, 401, 200, 403, 403, 403, 403, 403, 404, 401]),
    ("get", "/api/v1/people/{id}", [401, 401, 200, 403, 403, 403, 403, 403, 404, 401]),
    ("get", "/api/v1/people/{id}/story", [401, 401, 200, 403, 403, 403, 403, 403, 404, 401]),
    // Their enrollment is open already.
    ("post", "/api/v1/people/{id}/enrollments", [401, 401, 403, 403, 409, 403, 403, 403, 404, 401]),
    ("post", "/api/v1/joiners", [401, 401, 403, 200, 403, 403, 403, 403, 403, 401]),
    ("get", "/api/v1/enrollments", [401, 401, 200, 403, 403, 403, 403, 403, 404, 401]),
    ("get", "/api/v1/enrollments/{id}", [401, 401, 200, 403, 403, 403, 403, 403, 404, 401]),
    ("post", "/api/v1/enrollments/{id}/invitation", [401, 401, 403, 403, 200, 403, 403, 403, 404, 401]),
    ("get", "/api/v1/open", [401, 401, 200, 403, 403, 403, 403, 403, 404, 401]),
    ("get", "/api/v1/figures", [401, 401, 200, 403, 403, 403, 403, 403, 404, 401]),
    ("get", "/api/v1/outbox", [401, 401, 403, 403, 403, 200, 403, 403, 404, 401]),
    ("post", "/api/v1/outbox/{id}/retry", [401, 401, 403, 403, 403, 200, 403, 403, 403, 401]),
    ("get", "/api/v1/policy", [401, 401, 403, 403, 403, 403, 200, 403, 404, 401]),
    ("get", "/api/v1/log/checkpoint", [401, 401, 200, 403, 403, 403, 403, 403, 404, 401]),
    ("post", "/api/v1/acts", [401, 401, 403, 403, 403, 403, 403, 200, 404, 401]),
    ("post", "/api/v1/enrollments/{id}/withdrawal", [401, 401, 403, 403, 200, 403, 403, 403, 404, 401]),
];

fn body(path: &str, person: &str) -> Value {
    match path {
        "/api/v1/joiners" => json!({ "joiners": [crate::api::joiner("99")] }),
        "/api/v1/people/{id}/enrollments" => json!({ "reason": "T-1" }),
        "/api/v1/acts" => json!({ "act": "grant_role", "person": person, "role": "auditor" }),
        _ => json!({}),
    }
}

#[test]
fn the_table_has_a_row_for_every_endpoint() {
    let served: BTreeSet<_> = API_ENDPOINTS.iter().copied().collect();
    let tabled: BTreeSet<_> = TABLE.iter().map(|(method, path, _)| (*method, *path)).collect();
    assert_eq!(served, tabled);
    assert_eq!(TABLE.len(), API_ENDPOINTS.len());
}

async fn callers(world: &World) -> Vec<Option<Program>> {
    let mut ana = administrator(world).await;
    let mut callers = vec![None, Some(Program::stranger())];
    for scope in SCOPES {
        callers.push(Some(Program::registered(world, &mut ana, &[scope]).await));
    }
    let olga = world.join("3", "Olga", None).await;
    let mut olga = Desk::of(world, olga, 2).await;
    ana.grant(world, olga.person, "administrator").await;
    olga.sign_in(world).await;
    callers.push(Some(Program::registered(world, &mut olga, &SCOPES).await));
    let path = format!("/people/{}/roles", olga.person);
    let ask = json!({ "role": "administrator", "held": "revoke" });
    let asked = ana.script(world, &format!("{path}/options"), &ask).await;
    let press = ana.press(&asked);
    ana.script(world, &path, &press).await;
    let ended = Program::registered(world, &mut ana, &SCOPES).await;
    ended.end(world, &mut ana).await;
    callers.push(Some(ended));
    world.app.sequence_once().await.unwrap();
    callers
}

#[tokio::test]
async fn every_key_gets_what_its_scopes_and_its_owner_give_it_and_nothing_else() {
    let world = World::new().await;
    let mut wrong = Vec::new();
    for (column, caller) in callers(&world).await.into_iter().enumerate() {
        // Somebody new for each, so that what one does changes nothing for the next.
        let person = world.join(&format!("J{column}"), "Joiner", Some(world.ana)).await;
        let enrollment = world.enrollment(person).await.to_string();
        let person = person.to_string();
        for (method, path, expected) in TABLE {
            let id = if path.contains("/people/") { &person } else { &enrollment };
            let method: Method = method.to_uppercase().parse().unwrap();
            let address = path.replace("{id}", id);
            let sent = match method {
                Method::GET => Sent::get(&address),
                _ => Sent::post(&address, &body(path, &person)),
            };
            let answer = match &caller {
                Some(program) => program.call(&world, &sent).await,
                None => world.send(sent.request(None)).await,
            };
            if answer.status.as_u16() != expected[column] {
                let who = CALLERS[column];
                wrong.push(format!("{who}: {method} {path}: {} {}", answer.status, answer.text));
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}
