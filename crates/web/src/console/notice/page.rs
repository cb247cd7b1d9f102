//! `GET /notice/{token}`: says what suspending means. Mail scanners open links, so it changes nothing.

use askama::Template;
use axum::{
    extract::{Path, State},
    response::Response,
};
use firstkey_app::Backend;
use firstkey_domain::person::Person;

use crate::{
    Web,
    console::{allowed::nothing_here, me::PasskeyLine, models::Models},
    fault::failure,
    page::{Reader, show},
    problem::Problem,
};

#[derive(Template)]
#[template(path = "console/notice.html")]
struct NoticePage {
    reader: Reader,
    token: String,
    passkey: PasskeyLine,
}

/// Shows which passkey it is about to whoever holds the address.
pub(in crate::console) async fn page<S: Backend>(
    State(web): State<Web<S>>,
    Path(token): Path<String>,
    reader: Reader,
) -> Result<Response, Problem> {
    let about = web.app.suspendable(&token).await.map_err(failure)?.ok_or_else(nothing_here)?;
    let person = web.app.peek::<Person>(about.person).await.map_err(failure)?;
    let person = person.ok_or_else(nothing_here)?;
    let held = person.authenticators.iter().find(|each| each.id == about.authenticator);
    let passkey = PasskeyLine::of(reader, &Models::UNKNOWN, held.ok_or_else(nothing_here)?, &[]);
    Ok(show(&NoticePage { reader, token, passkey }))
}
