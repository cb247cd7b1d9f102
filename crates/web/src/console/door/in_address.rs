//! What stands behind the question mark.

use std::convert::Infallible;

use axum::{
    extract::{FromRequestParts, Query},
    http::request::Parts,
};
use serde::de::DeserializeOwned;

/// The query of an address. What cannot be read is as good as not there: it only says what to show.
#[derive(Debug)]
pub(in crate::console) struct InAddress<T>(pub(in crate::console) T);

impl<S: Send + Sync, T: DeserializeOwned + Default> FromRequestParts<S> for InAddress<T> {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Infallible> {
        let read = Query::try_from_uri(&parts.uri);
        Ok(Self(read.map(|Query(query)| query).unwrap_or_default()))
    }
}
