//! A small organisation: Ana, who expects Ben; and nobody else.

mod browser;
mod desk;
mod program;
mod time;

use std::sync::Arc;

use axum::{
    Router,
    body::{Body, Bytes, to_bytes},
    http::{Request, Response, StatusCode, header},
};
use firstkey_app::{
    App, Keys, Locator, RootSecret, Settings, Site,
    inviting::Setup,
    metadata::ImportMetadata,
    people::{ImportJoiner, Imported},
    policy::Activate,
    vouching::TerminalVouch,
};
use firstkey_domain::{
    Actor, EnrollmentId, PersonId, StreamId, enrollment::Enrollment, person::Person,
};
use firstkey_log::note::{KeyName, NoteSigner};
use firstkey_ports::{
    Append, Commit, MetadataFile, ReferenceClock, Store, UnverifiedJoiner,
    memory::{MemoryReference, MemoryStore},
};
use firstkey_testkit::authenticator::{Algorithm, TestAuthority};
use firstkey_web::{Readiness, Web, edge::TrustedProxies, router};
use firstkey_webauthn::{TrustAnchor, metadata::FIDO_SIGNER};
use serde_json::{Value, json};
use tower::ServiceExt;

pub(crate) use browser::{Attempt, Browser};
pub(crate) use desk::Desk;
pub(crate) use program::{Program, SCOPES, Sent};
use time::{CountingEntropy, HandClock, WallClock};

pub(crate) const JOIN: &str = "https://join.example.org";
pub(crate) const CONSOLE: &str = "https://console.example.org";

pub(crate) struct World {
    pub(crate) app: Arc<App<MemoryStore>>,
    pub(crate) clock: Arc<HandClock>,
    pub(crate) store: MemoryStore,
    pub(crate) router: Router,
    pub(crate) ana: PersonId,
    pub(crate) ben: PersonId,
}

impl World {
    pub(crate) async fn new() -> Self {
        Self::with_site(Site::new("example.org", JOIN, CONSOLE, "Example").unwrap()).await
    }

    /// An organisation whose sign-in may be pressed elsewhere, too.
    pub(crate) async fn with_site(site: Site) -> Self {
        let clock = Arc::new(HandClock::default());
        let time = Arc::new(MemoryReference::new(clock.clone()));
        // Boxed: the site is large, and stories would grow by it.
        Box::pin(Self::at(site, time, clock)).await
    }

    /// For browsers: under names that this machine has, and by its clock.
    pub(crate) async fn on_this_machine(port: u16) -> Self {
        let [join, console] =
            ["join", "console"].map(|name| format!("http://{name}.firstkey.localhost:{port}"));
        let site = Site::new("firstkey.localhost", &join, &console, "Example").unwrap();
        Self::at(site, Arc::new(MemoryReference::new(WallClock)), Arc::default()).await
    }

    async fn at(site: Site, time: Arc<dyn ReferenceClock>, clock: Arc<HandClock>) -> Self {
        let store = MemoryStore::default();
        let entropy = Arc::new(CountingEntropy::default());
        let name: KeyName = "example.org/lifecycle".parse().unwrap();
        let log = NoteSigner::from_seed(name, &[3; 32]).unwrap();
        let app = App::new(
            store.clone(),
            time,
            entropy,
            Keys::new(&RootSecret::new([7; 32]), log).unwrap(),
            site,
            Settings { metadata_roots: [metadata_root()].into(), ..Settings::default() },
        )
        .await
        .unwrap();
        let app = Arc::new(app);
        let text = firstkey_policy::DEMO.to_owned();
        app.run(&Activate { host: "root".into(), text }).await.unwrap();
        let web = Web::new(Arc::clone(&app)).unwrap();
        let router = router(&web, &TrustedProxies::default(), Readiness::default());
        let ana = joined(&app, "1", "Ana", None).await;
        let ben = joined(&app, "2", "Ben", Some(ana)).await;
        Self { app, clock, store, router, ana, ben }
    }

    /// Imports metadata without entries.
    pub(crate) async fn import_metadata(&self, number: u64, next_update: &str) {
        self.import_metadata_about(number, next_update, &[]).await;
    }

    /// The same, with entries.
    pub(crate) async fn import_metadata_about(
        &self,
        number: u64,
        next_update: &str,
        entries: &[Value],
    ) {
        let payload = json!({ "no": number, "nextUpdate": next_update, "entries": entries });
        let signer = metadata_authority().metadata_signer(FIDO_SIGNER, Algorithm::Es256);
        let file = MetadataFile::new(signer.sign(&payload).into_bytes());
        self.app.run(&ImportMetadata { host: "root".into(), file }).await.unwrap();
    }

    /// Somebody else joins.
    pub(crate) async fn join(
        &self,
        external_id: &str,
        given_name: &str,
        sponsor: Option<PersonId>,
    ) -> PersonId {
        joined(&self.app, external_id, given_name, sponsor).await
    }

    /// The newest enrollment of a person.
    pub(crate) async fn enrollment(&self, person: PersonId) -> EnrollmentId {
        self.app.peek::<Person>(person).await.unwrap().unwrap().enrollment.unwrap()
    }

    /// The locator that was mailed to a person.
    pub(crate) async fn locator(&self, person: PersonId) -> String {
        let enrollment = self.enrollment(person).await;
        let state = self.app.peek::<Enrollment>(enrollment).await.unwrap().unwrap();
        let generation = state.running(self.app.now()).unwrap().invitation.generation;
        Locator { enrollment, generation }.to_text(self.app.keys())
    }

    /// The terminal's link for a person, without its origin.
    pub(crate) async fn setup_link(&self, person: PersonId) -> (String, String) {
        let setup = Setup { host: "root".into(), person };
        let link = self.app.run(&setup).await.unwrap();
        let (locator, secret) = link.expose().rsplit_once('/').unwrap().1.split_once('#').unwrap();
        (locator.to_owned(), secret.strip_prefix("setup=").unwrap().to_owned())
    }

    /// Somebody with a shell types the code that the page shows.
    pub(crate) async fn vouch(&self, person: PersonId, digits: &str) {
        let enrollment = self.enrollment(person).await;
        let typed = digits.parse().unwrap();
        let vouch = TerminalVouch { host: "root".into(), enrollment, typed };
        assert_eq!(self.app.run(&vouch).await.unwrap(), None, "the code is right");
    }

    /// How many passkeys a person holds.
    pub(crate) async fn passkeys(&self, person: PersonId) -> usize {
        self.app.peek::<Person>(person).await.unwrap().unwrap().authenticators.len()
    }

    /// The id of a person's passkey, the oldest first, as browsers write it.
    pub(crate) async fn credential(&self, person: PersonId, index: usize) -> Value {
        let person = self.app.peek::<Person>(person).await.unwrap().unwrap();
        serde_json::to_value(&person.authenticators[index].credential.id).unwrap()
    }

    pub(crate) async fn send(&self, request: Request<Body>) -> Answer {
        Answer::read(self.router.clone().oneshot(request).await.unwrap()).await
    }

    /// The head of an answer that may never end.
    pub(crate) async fn head_of(&self, request: Request<Body>) -> Answer {
        let response = self.router.clone().oneshot(request).await.unwrap();
        let (status, headers) = (response.status(), response.headers().clone());
        Answer { status, headers, text: String::new() }
    }

    /// The same site after a restart: what was remembered in memory is forgotten.
    pub(crate) fn restarted(&self) -> Self {
        let web = Web::new(Arc::clone(&self.app)).unwrap();
        Self {
            app: Arc::clone(&self.app),
            clock: Arc::clone(&self.clock),
            store: self.store.clone(),
            router: router(&web, &TrustedProxies::default(), Readiness::default()),
            ana: self.ana,
            ben: self.ben,
        }
    }

    /// Somebody with the database edits a state.
    pub(crate) async fn edit_state(&self, stream: StreamId, from: &str, to: &str) {
        let stored = self.store.load(&[stream]).await.unwrap().remove(0);
        let state = String::from_utf8(stored.state).unwrap().replace(from, to).into_bytes();
        let append = Append { stream, expected: stored.version, entries: Vec::new(), state };
        let commit = Commit { appends: vec![append], ..Commit::default() };
        self.store.commit(commit).await.unwrap();
    }

    /// A page as a browser asks for it.
    pub(crate) async fn page(&self, origin: &str, path: &str) -> Answer {
        let host = origin.split("://").nth(1).unwrap();
        let request = Request::get(path)
            .header(header::HOST, host)
            .header(header::ACCEPT, "text/html,application/xhtml+xml,*/*;q=0.8");
        self.send(request.body(Body::empty()).unwrap()).await
    }
}

/// Who stands above the signer of metadata.
fn metadata_authority() -> TestAuthority {
    TestAuthority::new(300)
}

fn metadata_root() -> TrustAnchor {
    TrustAnchor::from_der(metadata_authority().certificate()).unwrap()
}

async fn joined(
    app: &App<MemoryStore>,
    external_id: &str,
    given_name: &str,
    sponsor: Option<PersonId>,
) -> PersonId {
    let joiner = UnverifiedJoiner {
        external_id: external_id.into(),
        given_name: given_name.into(),
        family_name: "Ferreira".into(),
        personal_email: format!("{given_name}@example.net"),
        start_date: "2026-01-05".into(),
        time_zone: "Europe/Lisbon".into(),
        worker_type: "employee".into(),
        ..UnverifiedJoiner::default()
    };
    let row = ImportJoiner {
        by: Actor::Host("root".into()),
        joiner: joiner.verify().unwrap(),
        known: None,
        sponsor,
        name_try: 0,
        bulk: false,
        invite: true,
    };
    match app.import_joiner(row).await.unwrap() {
        Imported::Joined(id) => id,
        other => panic!("{other:?}"),
    }
}

/// An answer, read to its end.
#[derive(Debug)]
pub(crate) struct Answer {
    pub(crate) status: StatusCode,
    pub(crate) headers: axum::http::HeaderMap,
    pub(crate) text: String,
}

impl Answer {
    async fn read(response: Response<Body>) -> Self {
        let (parts, body) = response.into_parts();
        // One that goes on is read by those who wait for what it says.
        let goes_on = parts.headers.get(header::CONTENT_TYPE);
        let goes_on = goes_on.is_some_and(|it| it == "text/event-stream");
        let bytes = if goes_on { Bytes::new() } else { to_bytes(body, 1 << 20).await.unwrap() };
        // Pictures are no text.
        let text = String::from_utf8_lossy(&bytes).into_owned();
        Self { status: parts.status, headers: parts.headers, text }
    }

    pub(crate) fn json(&self) -> Value {
        serde_json::from_str(&self.text).unwrap_or_else(|_| panic!("no JSON: {self:?}"))
    }

    /// The last part of a problem's type.
    pub(crate) fn problem(&self) -> String {
        assert_eq!(self.headers[header::CONTENT_TYPE], "application/problem+json", "{self:?}");
        self.json()["type"].as_str().unwrap().strip_prefix("/problems/").unwrap().to_owned()
    }
}
