//! A browser with its own key and authenticator, as the page's scripts make it.

use std::sync::Arc;

use axum::{
    body::Body,
    http::{Method, Request, StatusCode, header},
};
use firstkey_proof::signing::{self, ProofSigner};
use firstkey_testkit::authenticator::SoftAuthenticator;
use serde_json::{Value, json};

use super::{Answer, CONSOLE, JOIN, World};

pub(crate) struct Browser {
    signer: Arc<ProofSigner>,
    pub(crate) device: SoftAuthenticator,
    nonce: Option<String>,
    proofs: u8,
}

/// An attempt that a browser has begun.
pub(crate) struct Attempt {
    /// `/api/join/attempts/…`
    pub(crate) path: String,
    pub(crate) progress: Value,
}

impl Browser {
    pub(crate) fn new(seed: u64) -> Self {
        let signer = Arc::new(ProofSigner::generate().unwrap());
        Self { signer, device: SoftAuthenticator::synced(seed), nonce: None, proofs: 0 }
    }

    /// A program that behaves like a browser.
    pub(crate) fn of(program: &super::Program) -> Self {
        let signer = Arc::clone(&program.signer);
        Self { signer, device: SoftAuthenticator::new(0), nonce: None, proofs: 0 }
    }

    /// Another tab of the same browser; tabs are numbered so that no two make the same proof.
    pub(crate) fn tab_of(other: &Self, number: u8) -> Self {
        let (signer, nonce) = (Arc::clone(&other.signer), other.nonce.clone());
        Self { signer, device: SoftAuthenticator::new(0), nonce, proofs: 100 + 10 * number }
    }

    /// A proof by this browser's key, for whatever request.
    pub(crate) fn prove(&mut self, method: &str, url: &str, body: &str) -> String {
        self.proofs += 1;
        let request =
            signing::Request { method, url, body: body.as_bytes(), nonce: self.nonce.as_deref() };
        self.signer.prove(&request, [self.proofs; 16]).unwrap()
    }

    /// One request with this proof.
    pub(crate) fn request(method: &Method, path: &str, body: &str, proof: &str) -> Request<Body> {
        Request::builder()
            .method(method)
            .uri(path)
            .header(header::HOST, "join.example.org")
            .header(header::CONTENT_TYPE, "application/json")
            .header("firstkey-proof", proof)
            .body(Body::from(body.to_owned()))
            .unwrap()
    }

    pub(crate) async fn get(&mut self, world: &World, path: &str) -> Answer {
        self.call(world, &Method::GET, path, "").await
    }

    pub(crate) async fn post(&mut self, world: &World, path: &str, body: &Value) -> Answer {
        self.call(world, &Method::POST, path, &body.to_string()).await
    }

    /// The head of an answer that may never end.
    pub(crate) async fn head_of(
        &mut self,
        world: &World,
        method: &Method,
        path: &str,
        body: &Value,
    ) -> Answer {
        let body = if *method == Method::GET { String::new() } else { body.to_string() };
        loop {
            let proof = self.prove(method.as_str(), &format!("{JOIN}{path}"), &body);
            let answer = world.head_of(Self::request(method, path, &body, &proof)).await;
            let is_known = self.nonce.is_some();
            if let Some(nonce) = answer.headers.get("firstkey-nonce") {
                self.nonce = Some(nonce.to_str().unwrap().to_owned());
            }
            if answer.status != StatusCode::UNAUTHORIZED || is_known {
                return answer;
            }
        }
    }

    /// A signed call; repeated once when a nonce is asked for, as the page does.
    async fn call(&mut self, world: &World, method: &Method, path: &str, body: &str) -> Answer {
        for _ in 0..2 {
            let proof = self.prove(method.as_str(), &format!("{JOIN}{path}"), body);
            let answer = world.send(Self::request(method, path, body, &proof)).await;
            let nonce = answer.headers["firstkey-nonce"].to_str().unwrap().to_owned();
            self.nonce = Some(nonce);
            if answer.status != StatusCode::UNAUTHORIZED || answer.problem() != "use-nonce" {
                return answer;
            }
        }
        panic!("the nonce of the answer was not taken");
    }

    /// The console's word for this browser's key.
    pub(crate) async fn clearance(&self, world: &World, locator: &str) -> String {
        let ask = json!({ "key": self.signer.public_key().thumbprint(), "locator": locator });
        let request = Request::post("/clearance")
            .header(header::HOST, CONSOLE.strip_prefix("https://").unwrap())
            .header(header::ORIGIN, JOIN)
            .header(header::CONTENT_TYPE, "application/json")
            .body(Body::from(ask.to_string()))
            .unwrap();
        let answer = world.send(request).await;
        answer.json()["clearance"].as_str().unwrap().to_owned()
    }

    /// Presses Begin.
    pub(crate) async fn press_begin(
        &mut self,
        world: &World,
        locator: &str,
        more: &Value,
    ) -> Answer {
        let clearance = self.clearance(world, locator).await;
        let mut body = json!({ "locator": locator, "clearance": clearance });
        for (name, value) in more.as_object().unwrap() {
            body[name] = value.clone();
        }
        self.post(world, "/api/join/begin", &body).await
    }

    /// Presses Begin on a link that works.
    pub(crate) async fn begin(&mut self, world: &World, locator: &str) -> Attempt {
        Attempt::of(&self.press_begin(world, locator, &json!({})).await)
    }

    /// Makes the passkey and keeps it, up to the second press.
    pub(crate) async fn register(&mut self, world: &World, attempt: &Attempt) -> Value {
        let pass = self.post(world, &attempt.at("/pass"), &json!({})).await.json();
        let credential = self.device.create(&pass["options"], JOIN).unwrap();
        let body = json!({ "ticket": pass["ticket"], "credential": credential });
        let answer = self.post(world, &attempt.at("/registration"), &body).await;
        assert_eq!(answer.status, StatusCode::OK, "{answer:?}");
        answer.json()
    }

    /// The body with which the second press is answered.
    pub(crate) fn second_press(&mut self, asked: &Value) -> Value {
        let credential = self.device.get(&asked["confirm"], JOIN).unwrap();
        json!({ "ticket": asked["ticket"], "credential": credential })
    }
}

impl Attempt {
    pub(crate) fn of(begun: &Answer) -> Self {
        let progress = begun.json();
        let id = progress["attempt"].as_str().unwrap_or_else(|| panic!("{begun:?}"));
        Self { path: format!("/api/join/attempts/{id}"), progress }
    }

    pub(crate) fn at(&self, step: &str) -> String {
        format!("{}{step}", self.path)
    }

    pub(crate) fn digits(&self) -> &str {
        self.progress["code"]["digits"].as_str().unwrap()
    }
}
