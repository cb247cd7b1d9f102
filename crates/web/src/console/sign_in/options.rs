//! `POST /sign-in/options`: what the browser is to ask a passkey for. It names nobody.

use axum::{
    Json,
    extract::State,
    http::HeaderMap,
    response::{IntoResponse, Response},
};
use firstkey_app::{Backend, signing_in::SignInBegun};
use firstkey_webauthn::authentication::Options;
use serde::Serialize;

use crate::{
    Web,
    console::door::{OurPage, session_of},
    problem::Problem,
};

#[derive(Serialize)]
struct Answer<'a> {
    options: Options<'a>,
    ticket: String,
    /// Somebody is signed in already. A page that was reached from another site, such as webmail,
    /// cannot know: the cookie is not sent along with that first request (`SameSite=Strict`).
    is_signed_in: bool,
}

/// Begins a sign-in. Writes nothing.
pub(in crate::console) async fn options<S: Backend>(
    State(web): State<Web<S>>,
    _: OurPage,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    let is_signed_in = session_of(&web, &headers).await?.is_some();
    let SignInBegun { options, ticket } = web.app.begin_sign_in();
    Ok(Json(Answer { options, ticket, is_signed_in }).into_response())
}
