//! Somebody at the console: a browser with a session and a passkey.

use axum::{
    body::Body,
    http::{Method, Request, header, request::Builder},
};
use firstkey_domain::{PersonId, person::Person};
use firstkey_testkit::authenticator::SoftAuthenticator;
use serde_json::{Value, json};

use super::{Answer, Browser, CONSOLE, World};

pub(crate) struct Desk {
    pub(crate) person: PersonId,
    pub(crate) device: SoftAuthenticator,
    /// The cookie's name and value, as the browser sends it.
    pub(crate) cookie: Option<String>,
    /// What the pages' forms carry.
    pub(crate) token: String,
}

impl Desk {
    /// Somebody who comes to a passkey, the terminal vouching for them, and signs in with it.
    pub(crate) async fn of(world: &World, person: PersonId, seed: u64) -> Self {
        let mut desk = Self::enrolled(world, person, seed).await;
        desk.sign_in(world).await;
        desk
    }

    /// Somebody who comes to a passkey and is not signed in.
    pub(crate) async fn enrolled(world: &World, person: PersonId, seed: u64) -> Self {
        Self::enrolled_with(world, person, Browser::new(seed)).await
    }

    /// The same, in this browser with its device.
    pub(crate) async fn enrolled_with(
        world: &World,
        person: PersonId,
        mut browser: Browser,
    ) -> Self {
        let locator = world.locator(person).await;
        let attempt = browser.begin(world, &locator).await;
        world.vouch(person, attempt.digits()).await;
        let asked = browser.register(world, &attempt).await;
        let press = browser.second_press(&asked);
        let bound = browser.post(world, &attempt.at("/bind"), &press).await;
        assert_eq!(bound.json()["stage"], "bound");
        Self { person, device: browser.device, cookie: None, token: String::new() }
    }

    /// The administrator, whom the terminal invites.
    pub(crate) async fn administrator(world: &World, person: PersonId, seed: u64) -> Self {
        let (locator, secret) = world.setup_link(person).await;
        let mut browser = Browser::new(seed);
        let begun = browser.press_begin(world, &locator, &json!({ "secret": secret })).await;
        let attempt = super::Attempt::of(&begun);
        world.vouch(person, attempt.digits()).await;
        let asked = browser.register(world, &attempt).await;
        let press = browser.second_press(&asked);
        browser.post(world, &attempt.at("/bind"), &press).await;
        let mut desk = Self { person, device: browser.device, cookie: None, token: String::new() };
        desk.sign_in(world).await;
        desk
    }

    /// Nobody in particular.
    pub(crate) fn nobody() -> Self {
        let person = PersonId::from_uuid(uuid::Uuid::nil());
        Self { person, device: SoftAuthenticator::new(99), cookie: None, token: String::new() }
    }

    /// Presses the passkey on the sign-in page.
    pub(crate) async fn sign_in(&mut self, world: &World) -> Answer {
        self.cookie = None;
        let asked = self.script(world, "/sign-in/options", &json!({})).await.json();
        let credential = self.device.get(&asked["options"], CONSOLE).unwrap();
        let body = json!({ "ticket": asked["ticket"], "credential": credential, "to": "/me" });
        let answer = self.script(world, "/sign-in", &body).await;
        if let Some(cookie) = answer.headers.get(header::SET_COOKIE) {
            let cookie = cookie.to_str().unwrap().split(';').next().unwrap();
            self.cookie = Some(cookie.to_owned());
            let page = self.get(world, "/me").await;
            self.token = page.between("data-token=\"", "\"");
        }
        answer
    }

    /// Asks for a page.
    pub(crate) async fn get(&self, world: &World, path: &str) -> Answer {
        let request = self.request(&Method::GET, path).header(header::ACCEPT, "text/html");
        world.send(request.body(Body::empty()).unwrap()).await
    }

    /// Sends a form of one of our pages.
    pub(crate) async fn form(&self, world: &World, path: &str, fields: &[(&str, &str)]) -> Answer {
        let fields = [&[("token", self.token.as_str())], fields].concat();
        let body: Vec<_> =
            fields.iter().map(|(name, value)| format!("{name}={}", encoded(value))).collect();
        let request = self
            .request(&Method::POST, path)
            .header(header::ORIGIN, CONSOLE)
            .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded");
        world.send(request.body(Body::from(body.join("&"))).unwrap()).await
    }

    /// Sends what a script of our pages sends.
    pub(crate) async fn script(&self, world: &World, path: &str, body: &Value) -> Answer {
        let request = self
            .request(&Method::POST, path)
            .header(header::ORIGIN, CONSOLE)
            .header("firstkey-token", &self.token)
            .header(header::CONTENT_TYPE, "application/json");
        world.send(request.body(Body::from(body.to_string())).unwrap()).await
    }

    /// Signs what a script was answered with.
    pub(crate) fn press(&mut self, asked: &Answer) -> Value {
        let asked = asked.json();
        let credential = self.device.get(&asked["options"], CONSOLE).unwrap();
        json!({ "ticket": asked["ticket"], "credential": credential })
    }

    /// A request with this browser's cookie.
    pub(crate) fn request(&self, method: &Method, path: &str) -> Builder {
        let host = CONSOLE.strip_prefix("https://").unwrap();
        let request = Request::builder().method(method).uri(path).header(header::HOST, host);
        match &self.cookie {
            Some(cookie) => request.header(header::COOKIE, cookie),
            None => request,
        }
    }

    /// Grants somebody a role, pressing the passkey.
    pub(crate) async fn grant(&mut self, world: &World, person: PersonId, role: &str) -> Answer {
        let path = format!("/people/{person}/roles");
        let ask = json!({ "role": role, "held": "grant" });
        let asked = self.script(world, &format!("{path}/options"), &ask).await;
        let press = self.press(&asked);
        self.script(world, &path, &press).await
    }

    /// The ids of this person's passkeys, oldest first.
    pub(crate) async fn passkeys(&self, world: &World) -> Vec<String> {
        let person = world.app.peek::<Person>(self.person).await.unwrap().unwrap();
        person.authenticators.iter().map(|each| each.id.to_string()).collect()
    }
}

impl Answer {
    /// What stands between two texts.
    pub(crate) fn between(&self, before: &str, after: &str) -> String {
        let rest = self.text.split_once(before).unwrap_or_else(|| panic!("{before} in {self:?}")).1;
        rest.split_once(after).unwrap().0.to_owned()
    }

    /// Where it sends the browser.
    pub(crate) fn location(&self) -> &str {
        self.headers[header::LOCATION].to_str().unwrap()
    }
}

fn encoded(value: &str) -> String {
    value.bytes().fold(String::new(), |text, byte| {
        if byte.is_ascii_alphanumeric() {
            text + &char::from(byte).to_string()
        } else {
            text + &format!("%{byte:02X}")
        }
    })
}
