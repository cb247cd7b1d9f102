//! One line for each request, without personal data: the route as it is written in the code, never
//! the address as it was asked for, which holds locators, ids and search words.

use std::time::Instant;

use axum::{
    extract::{MatchedPath, Request},
    http::{Method, StatusCode},
};

/// A request, from its beginning until its answer begins.
pub(super) struct Line {
    origin: &'static str,
    method: Method,
    route: Option<MatchedPath>,
    began: Instant,
}

impl Line {
    /// A request has come.
    pub(super) fn begin(origin: &'static str, request: &Request) -> Self {
        let route = request.extensions().get::<MatchedPath>().cloned();
        // Measured, never decided upon.
        Self { origin, method: request.method().clone(), route, began: Instant::now() }
    }

    /// Its answer begins: logs it.
    pub(super) fn end(self, status: StatusCode) {
        let Self { origin, method, route, began } = self;
        tracing::info!(
            event = "request",
            origin,
            %method,
            route = route.as_ref().map_or("unknown", MatchedPath::as_str),
            status = status.as_u16(),
            micros = u64::try_from(began.elapsed().as_micros()).unwrap_or(u64::MAX),
        );
    }
}
