//! Signing in with a passkey: both requests.

use std::cell::RefCell;

use firstkey_testkit::authenticator::{RequestOptions, SoftAuthenticator};
use serde::Deserialize;

use crate::{
    Fallible,
    joiner::Pressed,
    site::Site,
    wire::{Connection, Request},
};

#[derive(Deserialize)]
struct Asked<'a> {
    #[serde(borrow)]
    options: RequestOptions<'a>,
    ticket: &'a str,
}

/// Signs in; gives the session's cookie.
pub async fn sign_in(
    connection: &mut Connection,
    site: &Site,
    device: &RefCell<SoftAuthenticator>,
) -> Fallible<String> {
    let post =
        |path| Request { method: "POST", host: &site.console_host, path, fields: &[], body: b"" };
    let fields = [("origin", site.console.as_str()), ("user-agent", "load")];
    let answer = connection.ask(&Request { fields: &fields, ..post("/sign-in/options") }).await?;
    let asked: Asked<'_> = answer.json()?;
    let credential = device.borrow_mut().get_typed(&asked.options, &site.console);
    let credential = credential.map_err(|error| error.to_string())?;
    let body = serde_json::to_vec(&Pressed { ticket: asked.ticket, credential })?;
    let answer =
        connection.ask(&Request { fields: &fields, body: &body, ..post("/sign-in") }).await?;
    answer.succeeded()?;
    let cookie = answer.field("set-cookie").and_then(|cookie| cookie.split(';').next());
    Ok(cookie.ok_or("signed in without a cookie")?.to_owned())
}
