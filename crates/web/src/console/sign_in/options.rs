//! `POST /sign-in/options`: what the browser is to ask a passkey for. It names nobody.

use axum::{Json, extract::State, http::HeaderMap};
use firstkey_app::Backend;
use serde::Serialize;

use crate::{
    Web,
    console::{
        door::{OurPage, session_of},
        press::Asked,
    },
    problem::Problem,
};

#[derive(Serialize)]
pub(in crate::console) struct Answer {
    #[serde(flatten)]
    asked: Asked,
    /// Somebody is signed in already. A page that was reached from another site, such as webmail,
    /// cannot know: the cookie is not sent along with that first request (`SameSite=Strict`).
    is_signed_in: bool,
}

/// Begins a sign-in. Writes nothing.
pub(in crate::console) async fn options<S: Backend>(
    State(web): State<Web<S>>,
    _: OurPage,
    headers: HeaderMap,
) -> Result<Json<Answer>, Problem> {
    let is_signed_in = session_of(&web, &headers).await?.is_some();
    Ok(Json(Answer { asked: web.app.begin_sign_in().into(), is_signed_in }))
}
