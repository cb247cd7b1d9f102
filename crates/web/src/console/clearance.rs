//! `POST /clearance`: the console's word, for the page on the join origin, that no operator is signed
//! in in this browser (rule 3). The one address that another origin may ask.

use axum::{
    extract::State,
    http::{
        HeaderMap, HeaderValue, StatusCode,
        header::{
            ACCESS_CONTROL_ALLOW_CREDENTIALS, ACCESS_CONTROL_ALLOW_HEADERS,
            ACCESS_CONTROL_ALLOW_METHODS, ACCESS_CONTROL_ALLOW_ORIGIN, ACCESS_CONTROL_MAX_AGE,
            ORIGIN, VARY,
        },
    },
    response::{IntoResponse, Response},
};
use firstkey_app::{Backend, enrolling::ClearFault, signing_in::Session};
use firstkey_proof::Thumbprint;
use serde::{Deserialize, Serialize};

use super::cookie::session_token;
use crate::{
    Web,
    edge::{Json, Origin},
    fault::{failure, problem},
    problem::{Kind, Problem},
};

/// What the join page asks.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Ask {
    /// The browser key that is about to begin.
    key: Thumbprint,
    /// The link that it would begin with.
    locator: String,
}

#[derive(Serialize)]
struct Cleared {
    clearance: String,
}

/// Answers the browser's question whether the join page may ask at all.
pub(crate) async fn options<S: Backend>(State(web): State<Web<S>>, headers: HeaderMap) -> Response {
    if !is_from(&web.join, &headers) {
        return Problem::new(Kind::CrossSite).into_response();
    }
    let allowed = [
        (ACCESS_CONTROL_ALLOW_METHODS, HeaderValue::from_static("POST")),
        (ACCESS_CONTROL_ALLOW_HEADERS, HeaderValue::from_static("content-type")),
        (ACCESS_CONTROL_MAX_AGE, HeaderValue::from_static("600")),
    ];
    readable(&web.join, (StatusCode::NO_CONTENT, allowed).into_response())
}

/// Speaks for the browser, or says that somebody is signed in; who, is not told across origins.
pub(crate) async fn post<S: Backend>(
    State(web): State<Web<S>>,
    headers: HeaderMap,
    body: Result<Json<Ask>, Problem>,
) -> Response {
    if !is_from(&web.join, &headers) {
        return Problem::new(Kind::CrossSite).into_response();
    }
    let answer = match body {
        Ok(Json(ask)) => answer(&web, &headers, &ask).await,
        Err(problem) => Err(problem),
    };
    let answer = answer.map(|clearance| axum::Json(Cleared { clearance }));
    readable(&web.join, answer.into_response())
}

async fn answer<S: Backend>(
    web: &Web<S>,
    headers: &HeaderMap,
    ask: &Ask,
) -> Result<String, Problem> {
    let session: Option<Session> = match session_token(headers) {
        Some(token) => web.app.session(&token).await.map_err(failure)?,
        None => None,
    };
    web.app.clear(ask.key, &ask.locator, session.as_ref()).await.map_err(|fault| {
        problem(fault, |ClearFault::SignedInHere| Problem::new(Kind::OperatorSignedIn))
    })
}

fn is_from(join: &Origin, headers: &HeaderMap) -> bool {
    headers.get(ORIGIN).is_some_and(|origin| origin.as_bytes() == join.as_str().as_bytes())
}

/// Lets the join page, and nobody else, read an answer.
fn readable(join: &Origin, mut response: Response) -> Response {
    let headers = response.headers_mut();
    // An origin is ASCII without control characters, so this always is a header value.
    if let Ok(origin) = HeaderValue::from_str(join.as_str()) {
        headers.insert(ACCESS_CONTROL_ALLOW_ORIGIN, origin);
    }
    headers.insert(ACCESS_CONTROL_ALLOW_CREDENTIALS, HeaderValue::from_static("true"));
    headers.append(VARY, HeaderValue::from_static("origin"));
    response
}
