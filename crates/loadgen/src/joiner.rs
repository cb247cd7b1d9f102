//! Somebody who joins: the browser with its own key, and the device that makes the passkey.

use firstkey_proof::signing::{self, ProofSigner};
use firstkey_testkit::authenticator::{CreationOptions, RequestOptions, SoftAuthenticator};
use serde::{Deserialize, Serialize};
use serde_json::json;

use crate::{
    Fallible,
    operator::Operator,
    site::Site,
    wire::{Connection, Request},
};

/// Somebody who holds an invitation. Their browser's key is made before any clock runs.
#[derive(Debug)]
pub struct Joiner {
    locator: String,
    browser: Browser,
    device: SoftAuthenticator,
}

/// An attempt that has begun.
#[derive(Debug)]
pub struct Attempt {
    path: String,
    /// The enrollment, by which the voucher finds it.
    pub enrollment: String,
    /// What the screen shows.
    pub digits: String,
}

#[derive(Debug)]
struct Browser {
    signer: ProofSigner,
    nonce: Option<String>,
    proofs: u128,
}

#[derive(Deserialize)]
struct Progress<'a> {
    attempt: &'a str,
    stage: &'a str,
    code: Option<Code<'a>>,
}

#[derive(Deserialize)]
struct Code<'a> {
    digits: &'a str,
}

#[derive(Deserialize)]
struct Make<'a> {
    #[serde(borrow)]
    options: CreationOptions<'a>,
    ticket: &'a str,
}

#[derive(Deserialize)]
struct SecondPress<'a> {
    #[serde(borrow)]
    confirm: RequestOptions<'a>,
    ticket: &'a str,
}

/// The body that answers a ceremony.
#[derive(Serialize)]
pub struct Pressed<'a, C> {
    /// What came with the options.
    pub ticket: &'a str,
    /// What the device said.
    pub credential: C,
}

impl Joiner {
    /// Somebody with this locator and this device.
    pub fn new(locator: String, device: SoftAuthenticator) -> Fallible<Self> {
        let browser = Browser { signer: ProofSigner::generate()?, nonce: None, proofs: 0 };
        Ok(Self { locator, browser, device })
    }

    /// The whole way, from opening the link to the bound passkey, with the voucher's part: eleven
    /// requests. Gives the device, which now holds the passkey.
    pub async fn enroll(
        mut self,
        connection: &mut Connection,
        site: &Site,
        operator: &Operator,
    ) -> Fallible<SoftAuthenticator> {
        let path = format!("/i/{}", self.locator);
        let page =
            Request { method: "GET", host: &site.join_host, path: &path, fields: &[], body: b"" };
        connection.ask(&page).await?.succeeded()?;
        let attempt = self.begin(connection, site, None).await?;
        operator.vouch(connection, site, &attempt).await?;
        self.look(connection, site, &attempt, "ready").await?;
        self.finish(connection, site, &attempt).await
    }

    /// Presses Begin.
    pub async fn begin(
        &mut self,
        connection: &mut Connection,
        site: &Site,
        secret: Option<&str>,
    ) -> Fallible<Attempt> {
        let clearance = self.clearance(connection, site).await?;
        let mut body = json!({ "locator": self.locator, "clearance": clearance });
        if let Some(secret) = secret {
            body["secret"] = secret.into();
        }
        let text =
            self.browser.post(connection, site, "/api/join/begin", &body.to_string()).await?;
        let progress: Progress<'_> = serde_json::from_str(&text)?;
        let (enrollment, _) = progress.attempt.split_once('.').ok_or("an attempt of two parts")?;
        Ok(Attempt {
            path: format!("/api/join/attempts/{}", progress.attempt),
            enrollment: enrollment.to_owned(),
            digits: progress.code.ok_or("no code is shown")?.digits.to_owned(),
        })
    }

    /// Makes the passkey, proves that it works, and is bound.
    pub async fn finish(
        mut self,
        connection: &mut Connection,
        site: &Site,
        attempt: &Attempt,
    ) -> Fallible<SoftAuthenticator> {
        let path = &attempt.path;
        let text = self.browser.post(connection, site, &format!("{path}/pass"), "{}").await?;
        let make: Make<'_> = serde_json::from_str(&text)?;
        let credential = self
            .device
            .create_typed(&make.options, &site.join)
            .map_err(|error| error.to_string())?;
        let body = serde_json::to_string(&Pressed { ticket: make.ticket, credential })?;
        let text =
            self.browser.post(connection, site, &format!("{path}/registration"), &body).await?;
        let press: SecondPress<'_> = serde_json::from_str(&text)?;
        let credential =
            self.device.get_typed(&press.confirm, &site.join).map_err(|error| error.to_string())?;
        let body = serde_json::to_string(&Pressed { ticket: press.ticket, credential })?;
        let text = self.browser.post(connection, site, &format!("{path}/bind"), &body).await?;
        expect_stage(&text, "bound")?;
        Ok(self.device)
    }

    async fn look(
        &mut self,
        connection: &mut Connection,
        site: &Site,
        attempt: &Attempt,
        stage: &str,
    ) -> Fallible<()> {
        let text = self.browser.signed(connection, site, "GET", &attempt.path, "").await?;
        expect_stage(&text, stage)
    }

    async fn clearance(&self, connection: &mut Connection, site: &Site) -> Fallible<String> {
        #[derive(Deserialize)]
        struct Cleared {
            clearance: String,
        }
        let key = self.browser.signer.public_key().thumbprint();
        let body = json!({ "key": key, "locator": self.locator }).to_string();
        let request = Request {
            method: "POST",
            host: &site.console_host,
            path: "/clearance",
            fields: &[("origin", &site.join)],
            body: body.as_bytes(),
        };
        Ok(connection.ask(&request).await?.json::<Cleared>()?.clearance)
    }
}

fn expect_stage(text: &str, stage: &str) -> Fallible<()> {
    let progress: Progress<'_> = serde_json::from_str(text)?;
    if progress.stage == stage {
        return Ok(());
    }
    Err(format!("the stage is {} rather than {stage}", progress.stage).into())
}

impl Browser {
    async fn post(
        &mut self,
        connection: &mut Connection,
        site: &Site,
        path: &str,
        body: &str,
    ) -> Fallible<String> {
        self.signed(connection, site, "POST", path, body).await
    }

    /// A signed request; repeated once when a nonce is asked for, as the page does.
    async fn signed(
        &mut self,
        connection: &mut Connection,
        site: &Site,
        method: &str,
        path: &str,
        body: &str,
    ) -> Fallible<String> {
        let url = format!("{}{path}", site.join);
        for is_last in [false, true] {
            self.proofs += 1;
            let nonce = self.nonce.as_deref();
            let request = signing::Request { method, url: &url, body: body.as_bytes(), nonce };
            let proof = self.signer.prove(&request, self.proofs.to_be_bytes())?;
            let request = Request {
                method,
                host: &site.join_host,
                path,
                fields: &[("firstkey-proof", &proof), ("user-agent", "load")],
                body: body.as_bytes(),
            };
            let answer = connection.ask(&request).await?;
            self.nonce = answer.field("firstkey-nonce").map(ToOwned::to_owned);
            if answer.status == 401 && !is_last {
                continue;
            }
            answer.succeeded().map_err(|error| format!("{method} {path}: {error}"))?;
            return Ok(answer.text().to_owned());
        }
        Err("the nonce of the answer was not taken".into())
    }
}
