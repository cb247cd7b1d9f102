//! A program with a machine key.

use std::sync::{
    Arc, Mutex,
    atomic::{AtomicU64, Ordering},
};

use axum::{
    body::Body,
    http::{Method, Request, StatusCode, header},
};
use firstkey_domain::KeyThumbprint;
use firstkey_proof::signing::{self, ProofSigner};
use serde_json::{Value, json};

use super::{Answer, CONSOLE, Desk, World};

pub(crate) const SCOPES: [&str; 6] =
    ["read", "joiners", "invitations", "outbox", "policy", "prepare"];

#[derive(Clone)]
pub(crate) struct Program {
    pub(crate) signer: Arc<ProofSigner>,
    nonce: Arc<Mutex<Option<String>>>,
    proofs: Arc<AtomicU64>,
}

/// What a program sends.
#[derive(Clone)]
pub(crate) struct Sent {
    pub(crate) method: Method,
    pub(crate) path: String,
    pub(crate) body: String,
    pub(crate) headers: Vec<(&'static str, String)>,
}

impl Program {
    /// A key that nobody registered.
    pub(crate) fn stranger() -> Self {
        let signer = Arc::new(ProofSigner::generate().unwrap());
        Self { signer, nonce: Arc::default(), proofs: Arc::default() }
    }

    /// A key that somebody registers with a press in the console.
    pub(crate) async fn registered(world: &World, owner: &mut Desk, scopes: &[&str]) -> Self {
        let program = Self::stranger();
        let answer = program.register(world, owner, scopes).await;
        assert_eq!(answer.status, StatusCode::OK, "{answer:?}");
        program
    }

    pub(crate) async fn register(
        &self,
        world: &World,
        owner: &mut Desk,
        scopes: &[&str],
    ) -> Answer {
        let form = self.form(scopes);
        let asked = owner.script(world, "/machine-keys/options", &form).await;
        if asked.status != StatusCode::OK {
            return asked;
        }
        let press = owner.press(&asked);
        owner.script(world, "/machine-keys", &press).await
    }

    /// What the form on the page holds.
    pub(crate) fn form(&self, scopes: &[&str]) -> Value {
        let public_key = self.signer.public_key().to_json();
        let mut form = json!({ "public_key": public_key, "name": "HR feed", "days": "90" });
        for scope in SCOPES {
            form[scope] = scopes.contains(&scope).into();
        }
        form
    }

    pub(crate) fn key(&self) -> KeyThumbprint {
        KeyThumbprint::from_bytes(*self.signer.public_key().thumbprint().as_bytes())
    }

    pub(crate) async fn end(&self, world: &World, desk: &mut Desk) -> Answer {
        let ask = json!({ "key": self.key() });
        let asked = desk.script(world, "/machine-keys/end/options", &ask).await;
        let press = desk.press(&asked);
        desk.script(world, "/machine-keys/end", &press).await
    }

    pub(crate) async fn get(&self, world: &World, path: &str) -> Answer {
        self.call(world, &Sent::get(path)).await
    }

    pub(crate) async fn post(&self, world: &World, path: &str, body: &Value) -> Answer {
        self.call(world, &Sent::post(path, body)).await
    }

    /// A signed call; repeated once when a nonce is asked for.
    pub(crate) async fn call(&self, world: &World, sent: &Sent) -> Answer {
        for _ in 0..2 {
            let proof =
                self.prove(sent.method.as_str(), &format!("{CONSOLE}{}", sent.path), &sent.body);
            let answer = world.send(sent.request(Some(&proof))).await;
            if let Some(nonce) = answer.headers.get("firstkey-nonce") {
                *self.nonce.lock().unwrap() = Some(nonce.to_str().unwrap().to_owned());
            }
            if answer.status != StatusCode::UNAUTHORIZED || answer.problem() != "use-nonce" {
                return answer;
            }
        }
        panic!("the nonce of the answer was not taken");
    }

    pub(crate) fn prove(&self, method: &str, url: &str, body: &str) -> String {
        let nonce = self.nonce.lock().unwrap().clone();
        let nonce = nonce.as_deref();
        let request = signing::Request { method, url, body: body.as_bytes(), nonce };
        let mut random = [0; 16];
        let count = self.proofs.fetch_add(1, Ordering::SeqCst);
        random[..8].copy_from_slice(&count.to_be_bytes());
        self.signer.prove(&request, random).unwrap()
    }
}

impl Sent {
    pub(crate) fn get(path: &str) -> Self {
        let (path, body) = (path.to_owned(), String::new());
        Self { method: Method::GET, path, body, headers: Vec::new() }
    }

    pub(crate) fn post(path: &str, body: &Value) -> Self {
        let (path, body) = (path.to_owned(), body.to_string());
        Self { method: Method::POST, path, body, headers: Vec::new() }
    }

    pub(crate) fn with(mut self, name: &'static str, value: impl Into<String>) -> Self {
        self.headers.push((name, value.into()));
        self
    }

    pub(crate) fn request(&self, proof: Option<&str>) -> Request<Body> {
        let host = CONSOLE.strip_prefix("https://").unwrap();
        let mut request =
            Request::builder().method(&self.method).uri(&self.path).header(header::HOST, host);
        if !self.body.is_empty() {
            request = request.header(header::CONTENT_TYPE, "application/json");
        }
        for (name, value) in &self.headers {
            request = request.header(*name, value);
        }
        if let Some(proof) = proof {
            request = request.header("firstkey-proof", proof);
        }
        request.body(Body::from(self.body.clone())).unwrap()
    }
}
