//! A joiner's browser and passkey. It repeats every request until it is answered, as the page does,
//! and finds out where it stands when an answer was lost.

use std::{
    io, thread,
    time::{Duration, Instant},
};

use firstkey_proof::signing::{ProofSigner, Request};
use firstkey_testkit::authenticator::SoftAuthenticator;
use serde_json::{Value, json};

use super::{
    desk::Desk,
    http::{Answer, Call},
    place::Place,
};

/// How long somebody goes on trying.
const PATIENCE: Duration = Duration::from_secs(60);

/// Sends until there is an answer that is not "try again later".
pub fn patiently(mut send: impl FnMut() -> io::Result<Answer>) -> Answer {
    let ends = Instant::now() + PATIENCE;
    loop {
        match send() {
            Ok(answer) if answer.status != 503 => return answer,
            other => assert!(Instant::now() < ends, "{other:?}"),
        }
        thread::sleep(Duration::from_millis(20));
    }
}

/// A joiner's browser and passkey.
pub struct Joiner {
    pub key: SoftAuthenticator,
    locator: String,
    signer: ProofSigner,
    nonce: Option<String>,
    proofs: u128,
    /// `/api/join/attempts/…`, once begun.
    attempt: String,
}

impl Joiner {
    pub fn new(locator: String, seed: u64) -> Self {
        Self {
            key: SoftAuthenticator::synced(seed),
            locator,
            signer: ProofSigner::generate().unwrap(),
            nonce: None,
            proofs: 0,
            attempt: String::new(),
        }
    }

    /// From the invitation to the passkey.
    pub fn enroll(&mut self, place: &Place, desk: &Desk) {
        let digits = self.begin(place, None);
        desk.vouch(place, self.enrollment(), &digits);
        self.make(place);
    }

    /// Asks for the pass.
    pub fn ask_pass(&mut self, place: &Place) -> Answer {
        self.post(place, "/pass", &json!({}))
    }

    /// The enrollment's id.
    pub fn enrollment(&self) -> &str {
        self.attempt.rsplit('/').next().unwrap().split('.').next().unwrap()
    }

    /// Presses Begin; answers with the digits on the screen.
    pub fn begin(&mut self, place: &Place, secret: Option<&str>) -> String {
        let begun = patiently(|| self.try_begin(place, secret));
        assert!(matches!(begun.status, 200 | 201), "{begun:?}");
        let progress = begun.json();
        self.attempt = format!("/api/join/attempts/{}", progress["attempt"].as_str().unwrap());
        progress["code"]["digits"].as_str().unwrap().to_owned()
    }

    /// Presses Begin once.
    pub fn try_begin(&mut self, place: &Place, secret: Option<&str>) -> io::Result<Answer> {
        let thumbprint = self.signer.public_key().thumbprint();
        let ask = json!({ "key": thumbprint, "locator": self.locator });
        let cleared = Call::post(&place.console(), "/clearance", &ask)
            .with("origin", &place.join())
            .send(place)?;
        let mut body = json!({
            "locator": self.locator, "clearance": cleared.json()["clearance"]
        });
        if let Some(secret) = secret {
            body["secret"] = secret.into();
        }
        self.call(place, "POST", "/api/join/begin", &body.to_string())
    }

    /// Makes a passkey and presses it once more, until that is acknowledged.
    pub fn make(&mut self, place: &Place) {
        loop {
            let pass = self.post(place, "/pass", &json!({}));
            assert_eq!(pass.status, 200, "{pass:?}");
            let asked = pass.json();
            if asked["made"] != true {
                let credential = self.key.create(&asked["options"], &place.join()).unwrap();
                let body = json!({ "ticket": asked["ticket"], "credential": credential });
                let kept = self.post(place, "/registration", &body);
                // When the answer to an earlier try was lost, the passkey is there already.
                if kept.status != 200 && kept.problem() != "already-made" {
                    continue;
                }
            }
            let asked = self.post(place, "/confirm", &json!({}));
            if asked.status != 200 {
                continue;
            }
            let asked = asked.json();
            let credential = self.key.get(&asked["confirm"], &place.join()).unwrap();
            let body = json!({ "ticket": asked["ticket"], "credential": credential });
            let bound = self.post(place, "/bind", &body);
            if bound.status == 200 {
                assert_eq!(bound.json()["stage"], "bound", "{bound:?}");
                return;
            }
            assert!(matches!(bound.status, 409), "{bound:?}");
        }
    }

    /// Where the attempt stands.
    pub fn stage(&mut self, place: &Place) -> String {
        let path = self.attempt.clone();
        let progress = patiently(|| self.call(place, "GET", &path, ""));
        assert_eq!(progress.status, 200, "{progress:?}");
        progress.json()["stage"].as_str().unwrap().to_owned()
    }

    /// The receipt, as soon as the log has it.
    pub fn receipt(&mut self, place: &Place) -> String {
        let path = format!("{}/receipt", self.attempt);
        let receipt = patiently(|| self.call(place, "GET", &path, ""));
        assert_eq!(receipt.status, 200, "{receipt:?}");
        receipt.body
    }

    fn post(&mut self, place: &Place, step: &str, body: &Value) -> Answer {
        let (path, body) = (format!("{}{step}", self.attempt), body.to_string());
        patiently(|| self.call(place, "POST", &path, &body))
    }

    /// A signed call; repeated once when a nonce is asked for.
    fn call(&mut self, place: &Place, method: &str, path: &str, body: &str) -> io::Result<Answer> {
        let url = format!("{}{path}", place.join());
        for is_last in [false, true] {
            self.proofs += 1;
            let nonce = self.nonce.as_deref();
            let request = Request { method, url: &url, body: body.as_bytes(), nonce };
            let proof = self.signer.prove(&request, self.proofs.to_be_bytes()).unwrap();
            let call = Call::new(method, &place.join(), path, body).with("firstkey-proof", &proof);
            let answer = call.send(place)?;
            self.nonce = answer.header("firstkey-nonce").map(str::to_owned);
            if is_last || answer.status != 401 || answer.problem() != "use-nonce" {
                return Ok(answer);
            }
        }
        unreachable!("the last answer is returned")
    }
}
