//! The OpenAPI document, and whether the API does what it says.

mod schema;

use firstkey_web::{API_ENDPOINTS, openapi};
use proptest::{
    strategy::{Strategy, ValueTree},
    test_runner::{Config, RngSeed, TestRunner},
};
use serde_json::{Value, json};

use self::schema::Schemas;
use crate::{
    api_keys::administrator,
    world::{Answer, Program, SCOPES, Sent, World},
};

#[test]
fn the_document_is_as_it_was_read() {
    insta::assert_snapshot!("openapi", serde_json::to_string_pretty(&openapi()).unwrap());
}

#[tokio::test]
async fn the_document_names_every_endpoint_and_is_there_for_anybody() {
    let document = openapi();
    let named: usize = document["paths"]
        .as_object()
        .unwrap()
        .values()
        .map(|it| it.as_object().unwrap().len())
        .sum();
    assert_eq!(named, API_ENDPOINTS.len());
    let world = World::new().await;
    let served = world.send(Sent::get("/api/v1/openapi.json").request(None)).await;
    assert_eq!(served.json(), document);
}

/// How many requests each operation is asked, half of them as its schema has it and half of them not.
const REQUESTS: u32 = 40;

#[tokio::test]
async fn whatever_is_asked_every_answer_is_one_that_the_document_has() {
    let world = World::new().await;
    let mut ana = administrator(&world).await;
    let program = Program::registered(&world, &mut ana, &SCOPES).await;
    world.app.sequence_once().await.unwrap();
    let document = openapi();
    let schemas = Schemas::of(&document);
    let mut runner = TestRunner::new(Config { rng_seed: RngSeed::Fixed(7), ..Config::default() });
    let known = [world.ana.to_string(), world.enrollment(world.ben).await.to_string()];
    let mut seen = std::collections::BTreeSet::new();
    for (method, path) in API_ENDPOINTS {
        let operation = &document["paths"][path][method];
        for round in 0..REQUESTS {
            let sent = request(&mut runner, &schemas, (method, path), operation, &known, round);
            let answer = program.call(&world, &sent).await;
            seen.insert((*path, answer.status.as_u16()));
            declared(&schemas, operation, &sent, &answer);
        }
    }
    // Both kinds of request came through.
    for (path, status) in
        [("/api/v1/joiners", 200), ("/api/v1/joiners", 422), ("/api/v1/people", 400)]
    {
        assert!(seen.contains(&(path, status)), "{path} {status}: {seen:?}");
    }
}

fn declared(schemas: &Schemas<'_>, operation: &Value, sent: &Sent, answer: &Answer) {
    let status = answer.status.as_u16();
    let shown = format!("{} {} {}: {status} {}", sent.method, sent.path, sent.body, answer.text);
    assert!(status < 500, "{shown}");
    let response = &operation["responses"][status.to_string()];
    assert!(response.is_object(), "undeclared: {shown}");
    if status == 304 {
        assert!(answer.text.is_empty());
        return;
    }
    let media_type = answer.headers["content-type"].to_str().unwrap();
    let content = &response["content"][media_type];
    assert!(content.is_object(), "undeclared {media_type}: {shown}");
    if let Err(fault) = schemas.check(&content["schema"], &answer.json()) {
        panic!("{fault}: {shown}");
    }
}

fn request(
    runner: &mut TestRunner,
    schemas: &Schemas<'_>,
    (method, path): (&str, &str),
    operation: &Value,
    known: &[String],
    round: u32,
) -> Sent {
    let mut draw = |schema: &Value, valid: bool| {
        let strategy = if valid { schemas.valid(schema) } else { schemas.invalid(schema) };
        strategy.new_tree(runner).unwrap().current()
    };
    let is_valid = round.is_multiple_of(2);
    let id = known.get(round as usize % 4).cloned();
    let id = id.unwrap_or_else(|| {
        draw(&json!({ "type": "string", "format": "uuid" }), true).as_str().unwrap().to_owned()
    });
    let mut query = Vec::new();
    let mut headers = Vec::new();
    for (at, parameter) in operation["parameters"].as_array().unwrap().iter().enumerate() {
        if (round as usize >> (at % 5)) % 2 == 1 {
            continue;
        }
        let value = draw(&parameter["schema"], is_valid);
        let value = value.as_str().map_or_else(|| value.to_string(), str::to_owned);
        match parameter["in"].as_str().unwrap() {
            "query" => {
                query.push(format!("{}={}", parameter["name"].as_str().unwrap(), encoded(&value)));
            }
            "header" if value.bytes().all(|byte| (0x20..0x7f).contains(&byte)) => {
                let name = parameter["name"].as_str().unwrap();
                let known = ["If-None-Match", "If-Match", "Idempotency-Key"];
                let name = known.into_iter().find(|known| *known == name).unwrap();
                headers.push((name, value));
            }
            _ => {}
        }
    }
    let path = format!("{}?{}", path.replace("{id}", &id), query.join("&"));
    let path = path.trim_end_matches('?');
    let mut sent = if method == "get" {
        Sent::get(path)
    } else {
        let schema = &operation["requestBody"]["content"]["application/json"]["schema"];
        Sent::post(path, &draw(schema, is_valid))
    };
    for (name, value) in headers {
        sent = sent.with(name, value);
    }
    sent
}

fn encoded(value: &str) -> String {
    value.bytes().fold(String::new(), |text, byte| format!("{text}%{byte:02X}"))
}
