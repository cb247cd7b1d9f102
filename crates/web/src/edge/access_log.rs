//! One line for each request, without personal data: the route as it is written in the code, never
//! the address as it was asked for, which holds locators, ids and search words.

use std::time::Instant;

use axum::{
    extract::{MatchedPath, Request},
    middleware::Next,
    response::Response,
};

/// Logs a request when its answer begins.
pub(crate) async fn log(origin: &'static str, request: Request, next: Next) -> Response {
    let route = request.extensions().get::<MatchedPath>().cloned();
    let method = request.method().clone();
    // Measured, never decided upon.
    let began = Instant::now();
    let response = next.run(request).await;
    tracing::info!(
        event = "request",
        origin,
        %method,
        route = route.as_ref().map_or("unknown", MatchedPath::as_str),
        status = response.status().as_u16(),
        micros = u64::try_from(began.elapsed().as_micros()).unwrap_or(u64::MAX),
    );
    response
}
