//! What all routes of an origin wear.

use std::sync::Arc;

use axum::{
    Router,
    extract::{DefaultBodyLimit, Request, State},
    http::HeaderMap,
    middleware::{Next, from_fn_with_state},
    response::{IntoResponse, Response},
    routing::get,
};
use tower::ServiceBuilder;

use super::{
    MAX_BODY, TrustedProxies, access_log::Line, client::find_client, headers::add_missing,
    timeout::limited,
};
use crate::{
    assets,
    page::Reader,
    problem::{Audience, Kind, Problem},
};

/// What an origin's dress is made of.
struct Dress {
    origin: &'static str,
    reads: fn(&Request) -> Reader,
    sent: HeaderMap,
    proxies: TrustedProxies,
}

/// Dresses an origin's routes: assets, answers for what is not there, limits, headers, logs. `reads`
/// says in which language an answer is.
pub(crate) fn dressed(
    origin: &'static str,
    reads: fn(&Request) -> Reader,
    routes: Router,
    sent: HeaderMap,
    proxies: TrustedProxies,
) -> Router {
    let dress = Arc::new(Dress { origin, reads, sent, proxies });
    let layers = ServiceBuilder::new()
        .layer(from_fn_with_state(dress, wear))
        .layer(DefaultBodyLimit::max(MAX_BODY));
    routes
        .route("/assets/{digest}/{*name}", get(assets::serve))
        .fallback(async || Problem::new(Kind::NotFound).into_response())
        .method_not_allowed_fallback(async || Problem::new(Kind::Method).into_response())
        .layer(layers)
}

/// All that a request meets and its answer gets. One layer: each more would box its answer, and copy all
/// the layers below it, for every request.
async fn wear(State(dress): State<Arc<Dress>>, mut request: Request, next: Next) -> Response {
    find_client(&dress.proxies, &mut request);
    let line = Line::begin(dress.origin, &request);
    let reader = (dress.reads)(&request);
    request.extensions_mut().insert(reader);
    let audience = Audience::of(request.headers(), reader);
    // From here on every answer passes, a refusal for taking too long included.
    let mut response = audience.shown(limited(next.run(request)).await);
    add_missing(&dress.sent, response.headers_mut());
    line.end(response.status());
    response
}
