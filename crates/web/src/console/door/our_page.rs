//! Requests that our own pages made.

use axum::{
    extract::FromRequestParts,
    http::{HeaderMap, header::ORIGIN, request::Parts},
};
use firstkey_app::Backend;

use crate::{
    Web,
    edge::Origin,
    problem::{Kind, Problem},
};

/// The browser says that one of the console's own pages made this request. Browsers send `Origin`
/// with every POST (Fetch §3.2), and pages cannot set it.
#[derive(Debug)]
pub(in crate::console) struct OurPage;

impl<S: Backend> FromRequestParts<Web<S>> for OurPage {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, web: &Web<S>) -> Result<Self, Problem> {
        Self::check(&web.console, &parts.headers)
    }
}

impl OurPage {
    pub(super) fn check(console: &Origin, headers: &HeaderMap) -> Result<Self, Problem> {
        let mut origins = headers.get_all(ORIGIN).iter();
        match (origins.next(), origins.next()) {
            (Some(origin), None) if origin.as_bytes() == console.as_str().as_bytes() => Ok(Self),
            _ => Err(Problem::new(Kind::CrossSite)),
        }
    }
}
