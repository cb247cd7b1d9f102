//! The administrator's desk: set up from the terminal, signed in, vouching for whoever waits.

use std::sync::Mutex;

use firstkey_testkit::authenticator::SoftAuthenticator;
use serde_json::{Value, json};

use super::{
    http::{Answer, Call},
    joiner::{Joiner, patiently},
    place::Place,
};

/// The administrator, who sponsors everybody.
pub const SPONSOR: &str = "admin@mail.example";

/// A browser at the console, and the passkey beside it. Many vouch at it at once.
pub struct Desk(Mutex<Signed>);

struct Signed {
    key: SoftAuthenticator,
    cookie: String,
    token: String,
}

impl Desk {
    /// Sets up the first administrator, without a terminal.
    pub fn set_up(place: &Place) -> Self {
        Self::set_up_for(place, SPONSOR, 1)
    }

    /// Sets up an administrator of this address and with this authenticator.
    pub fn set_up_for(place: &Place, email: &str, seed: u64) -> Self {
        place.say(&["setup", "--given-name", "Ada", "--family-name", "Admin", "--email", email]);
        let link = std::fs::read_to_string(place.data().join("setup-link")).unwrap();
        let (locator, secret) = link.trim().split_once("#setup=").unwrap();
        let mut admin = Joiner::new(locator.rsplit('/').next().unwrap().to_owned(), seed);
        admin.key = SoftAuthenticator::new(seed);
        let digits = admin.begin(place, Some(secret));
        place.say(&["setup", "--code", &digits]);
        admin.make(place);
        let mut signed = Signed { key: admin.key, cookie: String::new(), token: String::new() };
        signed.sign_in(place);
        Self(Mutex::new(signed))
    }

    /// Types the code of whoever waits in this enrollment and signs, until it counts.
    pub fn vouch(&self, place: &Place, enrollment: &str, digits: &str) {
        let typed = json!({
            "code": digits, "started_by_me": true, "known_channel": true, "recognised": true, "acquaintance": "by_sight"
        });
        loop {
            let asked = self.act(place, &format!("/waiting/{enrollment}/code"), &typed);
            match (asked.status, asked.status != 200 && asked.problem() == "vouched-twice") {
                (200, _) => {}
                (_, true) => return,
                _ => panic!("{asked:?}"),
            }
            let asked = asked.json();
            let credential = {
                let mut signed = self.0.lock().unwrap();
                signed.key.get(&asked["options"], &place.console()).unwrap()
            };
            let pressed = json!({ "ticket": asked["ticket"], "credential": credential });
            let signed = self.act(place, &format!("/waiting/{enrollment}/approve"), &pressed);
            if signed.status == 200 {
                return;
            }
            // It counted, and the answer was lost; or the challenge is too old by now.
            assert!(["vouched-twice", "step-over", "spent"].contains(&&*signed.problem()));
        }
    }

    /// Signs in once more, as after a restart of the browser.
    pub fn sign_in_again(&self, place: &Place) {
        self.0.lock().unwrap().sign_in(place);
    }

    /// The value of the session's cookie.
    pub fn cookie(&self) -> String {
        let signed = self.0.lock().unwrap();
        signed.cookie.split_once('=').unwrap().1.to_owned()
    }

    /// Whether the session still holds.
    pub fn is_signed_in(&self, place: &Place) -> bool {
        let cookie = self.0.lock().unwrap().cookie.clone();
        let page = Call::get(&place.console(), "/me").with("cookie", &cookie);
        page.send(place).unwrap().status == 200
    }

    /// What a browser posts to sign in, not yet sent.
    pub fn pressed(&self, place: &Place) -> Value {
        press(place, &mut self.0.lock().unwrap().key)
    }

    /// The id of whoever a search finds first.
    pub fn find(&self, place: &Place, search: &str) -> String {
        let cookie = self.0.lock().unwrap().cookie.clone();
        let page = Call::get(&place.console(), &format!("/people?search={search}"));
        let page = page.with("cookie", &cookie).send(place).unwrap().body;
        let (_, rest) = page.split_once("href=\"/people/0").unwrap_or_else(|| panic!("{page}"));
        format!("0{}", rest.split('"').next().unwrap())
    }

    /// Records that somebody left.
    pub fn leaves(&self, place: &Place, person: &str) {
        let (cookie, token) = {
            let signed = self.0.lock().unwrap();
            (signed.cookie.clone(), signed.token.clone())
        };
        let path = format!("/people/{person}/leave");
        let form = Call::form(&place.console(), &path, &format!("token={token}"));
        let form = form.with("origin", &place.console()).with("cookie", &cookie);
        let answer = form.send(place).unwrap();
        assert_eq!(answer.status, 303, "{answer:?}");
    }

    /// Registers a program's public key for these scopes.
    pub fn register(&self, place: &Place, public: &str, scopes: &[&str]) {
        let mut form = json!({ "public_key": public, "name": "HR feed", "days": "30" });
        for scope in ["read", "joiners", "invitations", "outbox", "policy", "prepare"] {
            form[scope] = scopes.contains(&scope).into();
        }
        let asked = self.act(place, "/machine-keys/options", &form);
        assert_eq!(asked.status, 200, "{asked:?}");
        let asked = asked.json();
        let credential = {
            let mut signed = self.0.lock().unwrap();
            signed.key.get(&asked["options"], &place.console()).unwrap()
        };
        let pressed = json!({ "ticket": asked["ticket"], "credential": credential });
        let registered = self.act(place, "/machine-keys", &pressed);
        assert_eq!(registered.status, 200, "{registered:?}");
    }

    fn act(&self, place: &Place, path: &str, body: &Value) -> Answer {
        let (cookie, token) = {
            let signed = self.0.lock().unwrap();
            (signed.cookie.clone(), signed.token.clone())
        };
        patiently(|| {
            Call::post(&place.console(), path, body)
                .with("origin", &place.console())
                .with("cookie", &cookie)
                .with("firstkey-token", &token)
                .send(place)
        })
    }
}

/// What somebody posts who signs in with this passkey.
pub fn press(place: &Place, key: &mut SoftAuthenticator) -> Value {
    let asked = post(place, "/sign-in/options", &json!({})).json();
    let credential = key.get(&asked["options"], &place.console()).unwrap();
    json!({ "ticket": asked["ticket"], "credential": credential, "to": "/me" })
}

/// Posts it.
pub fn sign_in(place: &Place, pressed: &Value) -> Answer {
    post(place, "/sign-in", pressed)
}

fn post(place: &Place, path: &str, body: &Value) -> Answer {
    let console = place.console();
    Call::post(&console, path, body).with("origin", &console).send(place).unwrap()
}

impl Signed {
    fn sign_in(&mut self, place: &Place) {
        let console = place.console();
        let pressed = press(place, &mut self.key);
        let answer = sign_in(place, &pressed);
        let cookie = answer.header("set-cookie").unwrap_or_else(|| panic!("{answer:?}"));
        cookie.split(';').next().unwrap().clone_into(&mut self.cookie);
        let page = Call::get(&console, "/me").with("cookie", &self.cookie);
        let page = page.send(place).unwrap().body;
        let (_, rest) = page.split_once("data-token=\"").unwrap();
        rest.split('"').next().unwrap().clone_into(&mut self.token);
    }
}
