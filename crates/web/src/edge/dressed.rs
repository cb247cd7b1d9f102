//! What all routes of an origin wear.

use std::sync::Arc;

use axum::{
    Router,
    extract::{DefaultBodyLimit, Request},
    http::HeaderMap,
    middleware::{from_fn, from_fn_with_state},
    response::IntoResponse,
    routing::get,
};
use tower::ServiceBuilder;

use super::{MAX_BODY, TrustedProxies, access_log, client, headers, timeout};
use crate::{
    assets,
    page::Reader,
    problem::{Kind, Problem, rendered},
};

/// Dresses an origin's routes: assets, answers for what is not there, limits, headers, logs. `reads`
/// says in which language an answer is.
pub(crate) fn dressed(
    origin: &'static str,
    reads: fn(&Request) -> Reader,
    routes: Router,
    sent: HeaderMap,
    proxies: TrustedProxies,
) -> Router {
    let sent = Arc::new(sent);
    // In one stack: a router boxes, and for each request copies, every layer that it is given by itself.
    let layers = ServiceBuilder::new()
        .layer(from_fn_with_state(proxies, client::find_client))
        .layer(from_fn(move |request, next| access_log::log(origin, request, next)))
        .layer(from_fn(move |request, next| headers::add_missing(sent.clone(), request, next)))
        // Up to here every answer passes, refusals of the layers below included.
        .layer(from_fn(move |request, next| rendered(reads, request, next)))
        .layer(from_fn(timeout::limit))
        .layer(DefaultBodyLimit::max(MAX_BODY));
    routes
        .route("/assets/{digest}/{*name}", get(assets::serve))
        .fallback(async || Problem::new(Kind::NotFound).into_response())
        .method_not_allowed_fallback(async || Problem::new(Kind::Method).into_response())
        .layer(layers)
}
