//! The OpenAPI document (3.1), made of the endpoints' own types, so that it cannot say anything else than
//! what they take and give.

use std::collections::BTreeMap;

use firstkey_domain::machine_key::Scope;
use serde_json::{Map, Value, json};
use utoipa::ToSchema;

use super::endpoints::DOCUMENTED;
use crate::problem::Kind;

/// What the document says of an endpoint, beside its address.
pub(super) struct Doc {
    /// One sentence.
    pub(super) summary: &'static str,
    /// The scope that policy asks for as it ships.
    pub(super) scope: Scope,
    /// What may stand behind the question mark.
    pub(super) query: &'static [Param],
    /// The body that it takes.
    pub(super) takes: Option<fn() -> Shape>,
    /// What it gives.
    pub(super) gives: fn() -> Shape,
    /// Why it may refuse, beside what every endpoint may answer.
    pub(super) problems: &'static [Kind],
}

/// Something that may stand behind the question mark.
pub(super) struct Param {
    pub(super) name: &'static str,
    pub(super) description: &'static str,
    pub(super) schema: fn() -> Value,
}

/// A page's cursor.
pub(super) const AFTER: Param = Param {
    name: "after",
    description: "The cursor of the page before, as `next` gave it.",
    schema: || json!({ "type": "string", "maxLength": 64 }),
};

/// A page's size.
pub(super) const LIMIT: Param = Param {
    name: "limit",
    description: "How many rows a page has.",
    schema: || json!({ "type": "integer", "minimum": 1, "maximum": 200, "default": 50 }),
};

/// A type as the document shows it, with the types that it is made of.
pub(super) struct Shape {
    schema: Value,
    named: BTreeMap<String, Value>,
}

impl Shape {
    pub(super) fn of<T: ToSchema>() -> Self {
        let mut parts = vec![(T::name().into_owned(), T::schema())];
        T::schemas(&mut parts);
        let named = parts
            .into_iter()
            .map(|(name, schema)| (name, serde_json::to_value(schema).unwrap_or_default()));
        let schema = json!({ "$ref": format!("#/components/schemas/{}", T::name()) });
        Self { schema, named: named.collect() }
    }
}

/// A problem document (RFC 9457).
#[derive(ToSchema)]
#[expect(dead_code, reason = "only its shape is shown")]
struct Problem {
    /// What went wrong, as an address.
    r#type: String,
    /// The same in a few words.
    title: String,
    /// The status again.
    status: u16,
    /// What to do about it.
    detail: String,
    /// Why a proof was refused.
    reason: Option<String>,
    /// The line at which JSON could not be read.
    line: Option<u32>,
    /// The column at which it could not be read.
    column: Option<u32>,
    /// What is wrong with which joiner.
    rows: Option<Vec<super::joiners::RowProblem>>,
}

/// What every endpoint may answer instead.
const ALWAYS: &[Kind] = &[
    Kind::Proof,
    Kind::UseNonce,
    Kind::MachineKey,
    Kind::OutOfScope,
    Kind::Malformed,
    Kind::Spent,
    Kind::NotFound,
    Kind::NotCurrent,
    Kind::MediaType,
    Kind::TooLarge,
    Kind::Throttled,
    Kind::Busy,
    Kind::Timeout,
    Kind::Internal,
];

/// The document.
pub fn openapi() -> Value {
    let mut schemas = BTreeMap::new();
    let problem = Shape::of::<Problem>();
    schemas.extend(problem.named);
    let mut paths: BTreeMap<&str, Map<String, Value>> = BTreeMap::new();
    for (method, path, doc) in DOCUMENTED {
        let operation = operation(method, path, doc, &mut schemas);
        paths.entry(path).or_default().insert((*method).to_owned(), operation);
    }
    json!({
        "openapi": "3.1.0",
        "info": {
            "title": "Firstkey",
            "version": "1",
            "summary": "People, enrollments and invitations, for programs.",
            "description": ABOUT,
            "license": { "name": "Apache-2.0", "identifier": "Apache-2.0" },
        },
        "security": [{ "machine_key": [] }],
        "paths": paths,
        "components": {
            "schemas": schemas,
            "securitySchemes": {
                "machine_key": {
                    "type": "apiKey",
                    "in": "header",
                    "name": "Firstkey-Proof",
                    "description": PROOF,
                },
            },
        },
    })
}

const ABOUT: &str = "Every request is signed by a machine key that somebody registered in the console. What a \
    key may do follows from its scopes and policy, and is never more than its owner may. Answers to GET carry \
    an entity tag. A POST may carry an Idempotency-Key: the same request under the same key is done once, and \
    answered alike for a day.";

const PROOF: &str = "A JWS of type firstkey-proof+jwt over method, address, SHA-256 of the body, a nonce of this \
    server (Firstkey-Nonce, on every answer) and an identifier that is used once. `firstkey api call` makes it.";

fn operation(method: &str, path: &str, doc: &Doc, schemas: &mut BTreeMap<String, Value>) -> Value {
    let in_path = path.split('/').filter_map(|part| part.strip_prefix('{')?.strip_suffix('}'));
    let in_path = in_path.map(|name| {
        let schema = json!({ "type": "string", "format": "uuid" });
        json!({ "name": name, "in": "path", "required": true, "schema": schema })
    });
    let in_query = doc.query.iter().map(|param| {
        let schema = (param.schema)();
        json!({ "name": param.name, "in": "query", "description": param.description, "schema": schema })
    });
    let mut parameters: Vec<Value> = in_path.chain(in_query).collect();
    let is_read = method == "get";
    let (header, what, schema) = if is_read {
        ("If-None-Match", "An entity tag of before.", json!({ "type": "string" }))
    } else {
        let schema = json!({ "type": "string", "pattern": "^[!-~]{1,64}$" });
        ("Idempotency-Key", "Chosen by the program, for this request.", schema)
    };
    parameters
        .push(json!({ "name": header, "in": "header", "description": what, "schema": schema }));
    if doc.problems.contains(&Kind::NotCurrent) {
        let what = "The entity tag that the enrollment must still have.";
        let schema = json!({ "type": "string" });
        parameters.push(
            json!({ "name": "If-Match", "in": "header", "description": what, "schema": schema }),
        );
    }
    let mut operation = json!({
        "operationId": operation_id(method, path),
        "summary": doc.summary,
        "description": format!("Scope: `{}`.", doc.scope.name()),
        "parameters": parameters,
        "responses": responses(is_read, doc, schemas),
    });
    if let Some(takes) = doc.takes {
        let Shape { schema, named } = takes();
        schemas.extend(named);
        operation["requestBody"] =
            json!({ "required": true, "content": { "application/json": { "schema": schema } } });
    }
    operation
}

fn responses(is_read: bool, doc: &Doc, schemas: &mut BTreeMap<String, Value>) -> Value {
    let Shape { schema, named } = (doc.gives)();
    schemas.extend(named);
    let mut responses = BTreeMap::new();
    let content = json!({ "application/json": { "schema": schema } });
    responses.insert(200, json!({ "description": "Done.", "content": content }));
    if is_read {
        responses.insert(304, json!({ "description": "It is as the entity tag says." }));
    }
    for kind in ALWAYS.iter().chain(doc.problems) {
        let schema = json!({ "$ref": "#/components/schemas/Problem" });
        let content = json!({ "application/problem+json": { "schema": schema } });
        let said = responses
            .entry(kind.status().as_u16())
            .or_insert_with(|| json!({ "description": "", "content": content }));
        let uri = kind.uri();
        let so_far = said["description"].as_str().unwrap_or_default();
        if so_far.split(", ").any(|said| said == uri) {
            continue;
        }
        let comma = if so_far.is_empty() { "" } else { ", " };
        said["description"] = format!("{so_far}{comma}{uri}").into();
    }
    let responses = responses.into_iter().map(|(status, said)| (status.to_string(), said));
    Value::Object(responses.collect())
}

/// `get /api/v1/people/{id}/story` is `get_people_id_story`.
fn operation_id(method: &str, path: &str) -> String {
    let path = path.trim_start_matches("/api/v1/");
    let words = path.split('/').map(|part| part.trim_matches(['{', '}']));
    std::iter::once(method).chain(words).collect::<Vec<_>>().join("_")
}
