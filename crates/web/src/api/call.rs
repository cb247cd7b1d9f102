//! A program's request, verified.

use std::fmt;

use axum::{
    extract::{FromRequest, Query, Request},
    http::{HeaderMap, Method, header::IF_MATCH},
};
use firstkey_app::{
    Backend,
    machines::{Asked, Machine},
};
use serde::de::DeserializeOwned;

use super::etag;
use crate::{
    Web,
    edge::read,
    fault::failure,
    problem::{Kind, Problem},
    proven::Signed,
};

/// The header that carries an idempotency key.
pub(super) const IDEMPOTENCY_KEY: &str = "idempotency-key";

/// The longest idempotency key, in bytes.
const LONGEST: usize = 64;

/// A request that a good machine key signed, with its body and its query. Requests without a body carry
/// `()`, and requests without a query [`NoQuery`].
#[derive(Debug)]
pub(super) struct Call<T = (), Q = NoQuery> {
    pub(super) machine: Machine,
    pub(super) body: T,
    pub(super) query: Q,
    /// Under which key a change is asked for, if any.
    pub(super) asked: Option<Asked>,
    /// The version that `If-Match` asks for.
    pub(super) version: Option<u64>,
}

/// No query at all.
#[derive(Debug, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct NoQuery {}

/// The body of requests that say nothing but that they are meant: `{}`.
#[derive(Debug, serde::Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct Nothing {}

impl<S, T, Q> FromRequest<Web<S>> for Call<T, Q>
where
    S: Backend,
    T: DeserializeOwned + fmt::Debug,
    Q: DeserializeOwned + fmt::Debug,
{
    type Rejection = Problem;

    async fn from_request(request: Request, web: &Web<S>) -> Result<Self, Problem> {
        let (method, uri) = (request.method().clone(), request.uri().clone());
        let headers = request.headers().clone();
        let Signed { request, body } =
            Signed::read(web, (&web.console, &web.program_proofs), request).await?;
        let machine = web.app.machine(request).await.map_err(failure)?;
        let machine = machine.ok_or_else(|| Problem::new(Kind::MachineKey))?;
        if !web.programs.take(machine.key(), web.since_epoch()) {
            return Err(Problem::new(Kind::Throttled).retry_after(1));
        }
        let asked = idempotency_key(&headers)?.filter(|_| method == Method::POST).map(|key| {
            let address = web.console.address(&uri);
            let parts = [method.as_str().as_bytes(), address.as_bytes(), &body];
            Asked::new(machine.key(), key, parts)
        });
        let Query(query) = Query::try_from_uri(&uri).map_err(|_| Problem::new(Kind::Malformed))?;
        Ok(Self {
            machine,
            body: read(if body.is_empty() { b"null" } else { &body })?,
            query,
            asked,
            version: version(&headers)?,
        })
    }
}

/// Two are none.
fn idempotency_key(headers: &HeaderMap) -> Result<Option<&str>, Problem> {
    let mut keys = headers.get_all(IDEMPOTENCY_KEY).iter();
    let wrong = || Problem::new(Kind::IdempotencyKey);
    match (keys.next(), keys.next()) {
        (None, _) => Ok(None),
        (Some(key), None) => {
            let key = key.to_str().map_err(|_| wrong())?;
            let is_key = (1..=LONGEST).contains(&key.len())
                && key.bytes().all(|byte| byte.is_ascii_graphic());
            if is_key { Ok(Some(key)) } else { Err(wrong()) }
        }
        _ => Err(wrong()),
    }
}

/// The version in `If-Match`. What was never given as an entity tag matches nothing.
fn version(headers: &HeaderMap) -> Result<Option<u64>, Problem> {
    let Some(tag) = headers.get(IF_MATCH) else { return Ok(None) };
    let tag = tag.to_str().unwrap_or_default();
    // Whatever version there is (RFC 9110 §13.1.1).
    if tag == "*" {
        return Ok(None);
    }
    let version = etag::version_of(tag);
    version.map(Some).ok_or_else(|| Problem::new(Kind::NotCurrent))
}
