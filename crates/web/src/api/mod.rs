//! The JSON API, for programs: each request is signed by a machine key (rule 7), and carries no cookie, no
//! password and no token.
//!
//! `endpoints` is the list of everything, each with what the OpenAPI document says of it. `call` reads and
//! verifies a request, `allowed` asks policy, `answer` writes answers; each file below a folder is one
//! endpoint.

mod acts;
mod allowed;
mod answer;
mod call;
mod cursor;
mod doc;
mod endpoints;
mod enrollments;
mod etag;
mod figures;
#[cfg(any(fuzzing, test))]
pub(crate) mod fuzzing;
mod joiners;
mod log;
mod open;
mod outbox;
mod people;
mod policy;

use axum::{
    Json, Router,
    middleware::{from_fn, from_fn_with_state},
    routing::get,
};
use firstkey_app::Backend;

use crate::{Web, nonce};

pub use doc::openapi;
pub use endpoints::ENDPOINTS;

/// Where the document is, for anybody: it says how to ask, and nothing about anybody.
const DOCUMENT: &str = "/api/v1/openapi.json";

/// Routes of the API.
pub(crate) fn routes<S: Backend>(web: &Web<S>) -> Router {
    endpoints::routes(web)
        .layer(from_fn_with_state(web.clone(), nonce::add::<S>))
        .route(DOCUMENT, get(async || Json(openapi())))
        .layer(from_fn(etag::tag))
}
