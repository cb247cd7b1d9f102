//! Somebody who is signed in and looks at a page.

use axum::{
    extract::FromRequestParts,
    http::{HeaderMap, Method, request::Parts},
    response::{IntoResponse, Redirect, Response},
};
use firstkey_app::{Backend, signing_in::Session};

use crate::{
    Web,
    console::{cookie::session_token, wish::Wish},
    fault::failure,
    problem::{Kind, Problem},
};

/// Somebody who is signed in and looks at a page. Whoever is not is sent to sign in first.
#[derive(Debug)]
pub(in crate::console) struct SignedIn(pub(in crate::console) Session);

impl<S: Backend> FromRequestParts<Web<S>> for SignedIn {
    type Rejection = Response;

    async fn from_request_parts(parts: &mut Parts, web: &Web<S>) -> Result<Self, Response> {
        match session_of(web, &parts.headers).await {
            Ok(Some(session)) => {
                // Open pages ask by HEAD whether they are still fresh; nobody need sit before them.
                // So do pages that keep themselves up to date, by GET.
                let is_by_itself = parts.headers.contains_key("firstkey-live");
                if parts.method != Method::HEAD && !is_by_itself {
                    web.app.used(&session).await;
                }
                Ok(Self(session))
            }
            Ok(None) => Err(Redirect::to(&Wish::of(&parts.uri).sign_in()).into_response()),
            Err(problem) => Err(problem.into_response()),
        }
    }
}

/// Somebody whose page asks for something by itself. That is no use of the session: it would keep the
/// session of an empty chair alive (SP 800-63B-4 §2.2.3).
#[derive(Debug)]
pub(in crate::console) struct Watching(pub(in crate::console) Session);

impl<S: Backend> FromRequestParts<Web<S>> for Watching {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, web: &Web<S>) -> Result<Self, Problem> {
        let session = session_of(web, &parts.headers).await?;
        session.map(Self).ok_or_else(|| Problem::new(Kind::SignedOut))
    }
}

/// The session that a request's cookie opens, if it holds.
pub(in crate::console) async fn session_of<S: Backend>(
    web: &Web<S>,
    headers: &HeaderMap,
) -> Result<Option<Session>, Problem> {
    match session_token(headers) {
        Some(token) => web.app.session(&token).await.map_err(failure),
        None => Ok(None),
    }
}
