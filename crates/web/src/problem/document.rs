//! One thing that went wrong.

use axum::{
    http::{HeaderValue, header::RETRY_AFTER},
    response::{IntoResponse, Response},
};
use firstkey_texts::Texts;
use serde_json::{Map, Value};

use super::Kind;

/// One thing that went wrong. As a response it carries its status and itself; [`super::Audience`]
/// writes the body, for it knows who reads it and in which language.
#[derive(Debug, Clone)]
pub struct Problem {
    kind: Kind,
    members: Map<String, Value>,
    retry_after: Option<u32>,
}

impl Problem {
    /// A problem of this kind.
    pub fn new(kind: Kind) -> Self {
        Self { kind, members: Map::new(), retry_after: None }
    }

    /// Adds an extension member (RFC 9457 §3.2).
    #[must_use]
    pub fn with(mut self, name: &str, value: impl Into<Value>) -> Self {
        self.members.insert(name.to_owned(), value.into());
        self
    }

    /// Tells the browser that a passkey which it used or made leads nowhere: the argument of
    /// `signalUnknownCredential()`.
    #[must_use]
    pub fn telling(self, unknown: Option<Value>) -> Self {
        match unknown {
            Some(unknown) => self.with("unknown_credential", unknown),
            None => self,
        }
    }

    /// Says after how many seconds to try again.
    #[must_use]
    pub const fn retry_after(mut self, seconds: u32) -> Self {
        self.retry_after = Some(seconds);
        self
    }

    /// What kind it is.
    pub const fn kind(&self) -> Kind {
        self.kind
    }

    /// The problem document.
    pub fn to_json(&self, texts: &Texts) -> Value {
        let mut document = Map::new();
        document.insert("type".into(), self.kind.uri().into());
        document.insert("title".into(), texts.get(self.kind.message()).into());
        document.insert("status".into(), self.kind.status().as_u16().into());
        document.insert("detail".into(), self.detail(texts).into());
        document.extend(self.members.clone());
        document.into()
    }

    /// What to do about it.
    pub fn detail(&self, texts: &Texts) -> String {
        texts.get(&format!("{}.detail", self.kind.message()))
    }
}

impl From<Kind> for Problem {
    fn from(kind: Kind) -> Self {
        Self::new(kind)
    }
}

impl IntoResponse for Problem {
    fn into_response(self) -> Response {
        let mut response = self.kind.status().into_response();
        if let Some(seconds) = self.retry_after {
            response.headers_mut().insert(RETRY_AFTER, HeaderValue::from(seconds));
        }
        response.extensions_mut().insert(self);
        response
    }
}
