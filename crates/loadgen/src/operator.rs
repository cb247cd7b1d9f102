//! The administrator, who sponsors everybody.

use std::{cell::RefCell, fs};

use firstkey_testkit::authenticator::{RequestOptions, SoftAuthenticator};
use serde::Deserialize;
use serde_json::json;

use crate::{
    Fallible,
    joiner::{Attempt, Joiner, Pressed},
    server::Program,
    sign_in::sign_in,
    site::Site,
    wire::{Connection, Request},
};

/// The administrator's address, by which files name the sponsor.
pub const ADDRESS: &str = "sponsor@bench.example";

/// The administrator, signed in.
#[derive(Debug)]
pub struct Operator {
    device: RefCell<SoftAuthenticator>,
    cookie: String,
    token: String,
}

#[derive(Deserialize)]
struct Asked<'a> {
    #[serde(borrow)]
    options: RequestOptions<'a>,
    ticket: &'a str,
}

impl Operator {
    /// Sets the server up from the terminal, through the same door as everybody, and signs in.
    pub async fn set_up(program: &Program) -> Fallible<Self> {
        let site = &program.site;
        let who = ["--given-name", "Ana", "--family-name", "Ferreira", "--email", ADDRESS];
        program.run(&[&["setup"][..], &who].concat())?;
        let link = fs::read_to_string(program.data().join("setup-link"))?;
        let (link, secret) = link.trim().split_once("#setup=").ok_or("a link with a secret")?;
        let locator = link.rsplit_once('/').ok_or("a link with a locator")?.1;

        // A security key: administrators need one. It does not count, because 64 screens use it.
        let mut device = SoftAuthenticator::new(0);
        device.counts = false;
        let mut joiner = Joiner::new(locator.to_owned(), device)?;
        let mut connection = Connection::open(site.address).await?;
        let attempt = joiner.begin(&mut connection, site, Some(secret)).await?;
        program.run(&["setup", "--code", &attempt.digits])?;
        let device = RefCell::new(joiner.finish(&mut connection, site, &attempt).await?);

        let cookie = sign_in(&mut connection, site, &device).await?;
        let page = Request {
            method: "GET",
            host: &site.console_host,
            path: "/",
            fields: &[("cookie", &cookie), ("accept", "text/html")],
            body: b"",
        };
        let page = connection.ask(&page).await?;
        page.succeeded()?;
        let token = form_token(page.text()).ok_or("the start page has no form token")?.to_owned();
        Ok(Self { device, cookie, token })
    }

    /// Types the code that the applicant shows, and signs.
    pub async fn vouch(
        &self,
        connection: &mut Connection,
        site: &Site,
        attempt: &Attempt,
    ) -> Fallible<()> {
        let body = json!({
            "code": attempt.digits,
            "started_by_me": true,
            "known_channel": true,
            "recognised": true,
            "acquaintance": "by_sight",
        });
        let path = format!("/waiting/{}/code", attempt.enrollment);
        let text = self.post(connection, site, &path, &body.to_string()).await?;
        let asked: Asked<'_> = serde_json::from_str(&text)?;
        let credential = self.device.borrow_mut().get_typed(&asked.options, &site.console);
        let credential = credential.map_err(|error| error.to_string())?;
        let body = serde_json::to_string(&Pressed { ticket: asked.ticket, credential })?;
        let path = format!("/waiting/{}/approve", attempt.enrollment);
        self.post(connection, site, &path, &body).await?;
        Ok(())
    }

    async fn post(
        &self,
        connection: &mut Connection,
        site: &Site,
        path: &str,
        body: &str,
    ) -> Fallible<String> {
        let fields = [
            ("origin", site.console.as_str()),
            ("cookie", &self.cookie),
            ("firstkey-token", &self.token),
        ];
        let request = Request {
            method: "POST",
            host: &site.console_host,
            path,
            fields: &fields,
            body: body.as_bytes(),
        };
        let answer = connection.ask(&request).await?;
        answer.succeeded().map_err(|error| format!("POST {path}: {error}"))?;
        Ok(answer.text().to_owned())
    }
}

/// The token that a page gives its scripts.
fn form_token(page: &str) -> Option<&str> {
    let rest = page.split_once(r#"data-token=""#)?.1;
    Some(rest.split_once('"')?.0)
}
