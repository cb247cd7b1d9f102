//! JSON bodies, refused in our own words.

use axum::{
    body::Bytes,
    extract::{FromRequest, Request},
    http::header::CONTENT_TYPE,
};
use serde::de::DeserializeOwned;

use crate::problem::{Kind, Problem};

/// A JSON body of at most [`super::MAX_BODY`] bytes, sent as `application/json`.
///
/// The type is demanded because other sites can send anything else without asking first.
#[derive(Debug)]
pub struct Json<T>(pub T);

impl<S: Send + Sync, T: DeserializeOwned> FromRequest<S> for Json<T> {
    type Rejection = Problem;

    async fn from_request(request: Request, state: &S) -> Result<Self, Problem> {
        let is_json = is_json(&request);
        let body = bytes(request, state).await?;
        if !is_json {
            return Err(Problem::new(Kind::MediaType));
        }
        read(&body).map(Self)
    }
}

pub(crate) fn is_json(request: &Request) -> bool {
    let value = request.headers().get(CONTENT_TYPE).and_then(|value| value.to_str().ok());
    let essence = value.and_then(|value| value.split(';').next()).unwrap_or_default();
    essence.trim().eq_ignore_ascii_case("application/json")
}

pub(crate) async fn bytes<S: Send + Sync>(request: Request, state: &S) -> Result<Bytes, Problem> {
    Bytes::from_request(request, state).await.map_err(|rejection| {
        let is_too_large = rejection.status() == axum::http::StatusCode::PAYLOAD_TOO_LARGE;
        Problem::new(if is_too_large { Kind::TooLarge } else { Kind::Malformed })
    })
}

pub(crate) fn read<T: DeserializeOwned>(body: &[u8]) -> Result<T, Problem> {
    // What serde says of the place is of use to whoever wrote the client, and names no value.
    serde_json::from_slice(body).map_err(|error| {
        Problem::new(Kind::Malformed).with("line", error.line()).with("column", error.column())
    })
}
