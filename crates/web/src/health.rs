//! `GET /healthz` and `GET /readyz`, under any name: those who ask come by address.

use std::sync::{
    Arc,
    atomic::{AtomicBool, Ordering},
};

use axum::{Router, http::StatusCode, routing::get};

/// Whether requests should be sent here. False before the start is complete and while it shuts down.
#[derive(Debug, Clone, Default)]
pub struct Readiness(Arc<AtomicBool>);

impl Readiness {
    /// Says whether requests should be sent here.
    pub fn set(&self, ready: bool) {
        self.0.store(ready, Ordering::Release);
    }

    fn status(&self) -> StatusCode {
        let ready = self.0.load(Ordering::Acquire);
        if ready { StatusCode::OK } else { StatusCode::SERVICE_UNAVAILABLE }
    }
}

/// Alive: the process answers. Ready: requests should be sent here.
pub(crate) fn routes(readiness: Readiness) -> Router {
    Router::new()
        .route("/healthz", get(async || StatusCode::OK))
        .route("/readyz", get(async move || readiness.status()))
}
