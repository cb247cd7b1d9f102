//! Somebody who is signed in and does something on one of our own pages.

use axum::{
    Form,
    body::{Body, Bytes},
    extract::{FromRequest, Request},
    http::{HeaderMap, Method, header::CONTENT_TYPE},
};
use firstkey_app::{Backend, signing_in::Session};
use firstkey_domain::Digest;
use serde::{Deserialize, de::DeserializeOwned};

use super::{OurPage, session_of};
use crate::{
    Web,
    edge::{bytes, is_json, read},
    problem::{Kind, Problem},
};

/// The header in which scripts send the form token.
const TOKEN_HEADER: &str = "firstkey-token";

/// Somebody who is signed in and does something on one of our own pages, with what they sent: a form,
/// or JSON from a script. Every POST of the console but signing in and notices takes one, and it is
/// made only when the request comes from our origin and carries the session's form token.
#[derive(Debug)]
pub(in crate::console) struct Acting<T> {
    /// Who.
    pub(in crate::console) session: Session,
    /// What they sent.
    pub(in crate::console) input: T,
}

/// Acts whose address says everything.
#[derive(Debug, Deserialize)]
pub(in crate::console) struct Nothing {}

#[derive(Deserialize)]
struct Token {
    token: String,
}

impl<S: Backend, T: DeserializeOwned> FromRequest<Web<S>> for Acting<T> {
    type Rejection = Problem;

    async fn from_request(request: Request, web: &Web<S>) -> Result<Self, Problem> {
        OurPage::check(&web.console, request.headers())?;
        let session = session_of(web, request.headers()).await?;
        let session = session.ok_or_else(|| Problem::new(Kind::SignedOut))?;
        web.app.used(&session).await;
        let is_json = is_json(&request);
        let sent = header_token(request.headers());
        let body = bytes(request, web).await?;
        let sent = if is_json { sent } else { form::<Token>(&body).await.ok().map(|it| it.token) };
        if !sent.is_some_and(|sent| is_same(&sent, &session.form_token)) {
            return Err(Problem::new(Kind::CrossSite));
        }
        let input = if is_json { read(&body)? } else { form(&body).await? };
        Ok(Self { session, input })
    }
}

fn header_token(headers: &HeaderMap) -> Option<String> {
    Some(headers.get(TOKEN_HEADER)?.to_str().ok()?.to_owned())
}

/// Compares digests, so that time tells nothing of how much of a guess was right.
fn is_same(sent: &str, expected: &str) -> bool {
    let digest = |token: &str| Digest::of_parts("form token comparison", &[token.as_bytes()]);
    digest(sent) == digest(expected)
}

async fn form<T: DeserializeOwned>(body: &Bytes) -> Result<T, Problem> {
    let malformed = || Problem::new(Kind::Malformed);
    let request = Request::builder()
        .method(Method::POST)
        .header(CONTENT_TYPE, "application/x-www-form-urlencoded")
        .body(Body::from(body.clone()))
        .map_err(|_| malformed())?;
    let Form(input) = Form::from_request(request, &()).await.map_err(|_| malformed())?;
    Ok(input)
}
