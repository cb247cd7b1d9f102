//! Requests that a browser key signed (rule 7).

use axum::extract::{FromRequest, Request};
use firstkey_app::{Backend, ProvenRequest};
use serde::de::DeserializeOwned;

use crate::{Web, edge::read, problem::Problem, proven::Signed};

/// A request that its key signed. Requests without a body carry `()`.
#[derive(Debug)]
pub(crate) struct Proven<T> {
    pub(crate) request: ProvenRequest,
    pub(crate) body: T,
}

impl<S: Backend, T: DeserializeOwned> FromRequest<Web<S>> for Proven<T> {
    type Rejection = Problem;

    async fn from_request(request: Request, web: &Web<S>) -> Result<Self, Problem> {
        let Signed { request, body } =
            Signed::read(web, (&web.join, &web.join_proofs), request).await?;
        let body = read(if body.is_empty() { b"null" } else { &body })?;
        Ok(Self { request, body })
    }
}

/// The body of requests that say nothing but that they are meant: `{}`.
#[derive(Debug, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Nothing {}
