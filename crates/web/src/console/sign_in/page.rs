//! `GET /sign-in?to=`: the page on which a passkey says who somebody is.

use askama::Template;
use axum::{
    extract::State,
    http::HeaderMap,
    response::{IntoResponse, Redirect, Response},
};
use firstkey_app::Backend;
use serde::Deserialize;

use crate::{
    Web,
    console::{
        door::{InAddress, session_of},
        wish::Wish,
    },
    page::{Reader, show},
    problem::Problem,
};

#[derive(Debug, Default, Deserialize)]
pub(in crate::console) struct Address {
    #[serde(default)]
    to: String,
}

#[derive(Template)]
#[template(path = "console/sign-in.html")]
struct SignInPage<'a> {
    reader: Reader,
    organisation: &'a str,
    to: &'a str,
}

/// Shows the page; whoever is signed in goes on.
pub(in crate::console) async fn page<S: Backend>(
    State(web): State<Web<S>>,
    reader: Reader,
    headers: HeaderMap,
    InAddress(address): InAddress<Address>,
) -> Result<Response, Problem> {
    let wish = Wish::from_text(&address.to);
    if session_of(&web, &headers).await?.is_some() {
        return Ok(Redirect::to(wish.as_str()).into_response());
    }
    let organisation = &web.app.site().organisation;
    Ok(show(&SignInPage { reader, organisation, to: wish.as_str() }))
}
