//! Whom a page speaks to.

use std::convert::Infallible;

use axum::{
    extract::{FromRequestParts, Request},
    http::{HeaderMap, Uri, header::ACCEPT_LANGUAGE, request::Parts},
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
    /// The reader in the language that they chose on a page (`?lang=de`), or else in the one that
    /// their browser asks for.
    pub fn of(uri: &Uri, headers: &HeaderMap) -> Self {
        let accept = headers.get(ACCEPT_LANGUAGE).and_then(|value| value.to_str().ok());
        let texts = chosen(uri).unwrap_or_else(|| Texts::for_language(accept.unwrap_or_default()));
        Self { texts }
    }

    /// Whoever sent a request, in their own language where it is one of ours.
    pub(crate) fn of_request(request: &Request) -> Self {
        Self::of(request.uri(), request.headers())
    }

    /// Whoever is told things in English, whatever their browser asks for.
    pub fn in_english() -> Self {
        Self { texts: Texts::english() }
    }

    /// A message, for `{{ reader.get("join-begin") }}`.
    pub fn get(&self, id: &str) -> String {
        self.texts.get(id)
    }

    /// A message about somebody or something, for `{{ reader.with("join-title", "name", sponsor) }}`.
    pub fn with(&self, id: &str, name: &str, value: impl AsRef<str>) -> String {
        self.texts.with(id, [(name, value.as_ref())])
    }

    /// For `dir` attributes.
    pub fn direction(&self) -> &'static str {
        self.texts.direction().as_str()
    }

    /// The address of an asset, for `{{ reader.asset("firstkey.css") }}`.
    pub fn asset(&self, name: &str) -> String {
        assets::address(name)
    }
}

/// The language that the address names. It only says how to speak, so that it need not be kept, and a
/// value that is none of ours is as good as none.
fn chosen(uri: &Uri) -> Option<&'static Texts> {
    let mut pairs = uri.query()?.split('&');
    pairs.find_map(|pair| pair.strip_prefix("lang=")).and_then(Texts::chosen)
}

/// The reader whom the origin's layers have found, so that a page and what goes wrong on its way speak
/// one language.
impl<S: Send + Sync> FromRequestParts<S> for Reader {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Infallible> {
        let found = parts.extensions.get::<Self>().copied();
        Ok(found.unwrap_or_else(|| Self::of(&parts.uri, &parts.headers)))
    }
}
