//! Whom a page speaks to.

use std::convert::Infallible;

use axum::{
    extract::FromRequestParts,
    http::{HeaderMap, header::ACCEPT_LANGUAGE, request::Parts},
};
use firstkey_texts::Texts;

use crate::assets;

/// Whoever reads a page. Every template has one as `reader`.
#[derive(Debug, Clone, Copy)]
pub struct Reader {
    /// What they are told things in.
    pub texts: &'static Texts,
}

impl Reader {
    /// The reader whose browser sent these headers.
    pub fn from_headers(headers: &HeaderMap) -> Self {
        let accept = headers.get(ACCEPT_LANGUAGE).and_then(|value| value.to_str().ok());
        Self { texts: Texts::for_language(accept.unwrap_or_default()) }
    }

    /// A message, for `{{ reader.get("join-begin") }}`.
    pub fn get(&self, id: &str) -> String {
        self.texts.get(id)
    }

    /// A message about somebody or something, for `{{ reader.with("join-title", "name", sponsor) }}`.
    pub fn with(&self, id: &str, name: &str, value: impl AsRef<str>) -> String {
        self.texts.with(id, [(name, value.as_ref())])
    }

    /// The address of an asset, for `{{ reader.asset("firstkey.css") }}`.
    pub fn asset(&self, name: &str) -> String {
        assets::address(name)
    }
}

impl<S: Send + Sync> FromRequestParts<S> for Reader {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Infallible> {
        Ok(Self::from_headers(&parts.headers))
    }
}
