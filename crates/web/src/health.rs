//! `GET /healthz` and `GET /readyz`, under any name: those who ask come by address.

use std::sync::{
    Arc, PoisonError, RwLock,
    atomic::{AtomicBool, Ordering},
};

use axum::{Router, http::StatusCode, routing::get};

/// Whether requests should be sent here, and what whoever watches this server should look at. Not ready
/// before the start is complete and while it shuts down.
#[derive(Debug, Clone, Default)]
pub struct Readiness(Arc<State>);

#[derive(Debug, Default)]
struct State {
    ready: AtomicBool,
    remark: RwLock<Option<String>>,
}

impl Readiness {
    /// Says whether requests should be sent here.
    pub fn set(&self, ready: bool) {
        self.0.ready.store(ready, Ordering::Release);
    }

    /// Says what should be looked at while everything still works, or that nothing should. Everybody can
    /// read it.
    pub fn remark(&self, remark: Option<String>) {
        *self.0.remark.write().unwrap_or_else(PoisonError::into_inner) = remark;
    }

    fn status(&self) -> StatusCode {
        let ready = self.0.ready.load(Ordering::Acquire);
        if ready { StatusCode::OK } else { StatusCode::SERVICE_UNAVAILABLE }
    }

    /// The remark, as a line of its own.
    fn body(&self) -> String {
        let remark = self.0.remark.read().unwrap_or_else(PoisonError::into_inner);
        remark.as_ref().map(|remark| format!("{remark}\n")).unwrap_or_default()
    }
}

/// Alive: the process answers. Ready: requests should be sent here. Both carry the remark, if there is one.
pub(crate) fn routes(readiness: Readiness) -> Router {
    let alive = readiness.clone();
    Router::new()
        .route("/healthz", get(async move || alive.body()))
        .route("/readyz", get(async move || (readiness.status(), readiness.body())))
}
