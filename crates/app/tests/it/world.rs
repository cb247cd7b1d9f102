//! A small organisation: its store, its clock, its people, and the whole way through the door.
//!
//! Everything goes through the use cases, and every press is a real signature. Only the request
//! proofs are made here rather than verified: that is the web's work.

#![allow(dead_code, reason = "each story uses a part of the world")]

use std::{
    path::PathBuf,
    sync::{
        Arc, Mutex, OnceLock,
        atomic::{AtomicU64, Ordering},
    },
    time::Duration,
};

use firstkey_app::{
    App, Backend, Fault, Keys, Locator, ProvenRequest, RootSecret, Settings, Site,
    enrolling::{
        AskPass, Begin, Bind, Bound, Ceremony, Confirm, Confirmed, Register, Registered,
        SetupLinkSecret,
    },
    inviting::Setup,
    own::AddAuthenticator,
    people::{AskRole, GrantRole, GrantRoleFault, ImportJoiner, Imported},
    policy::Activate,
    signing_in::{SignIn, SignInBegun, SignInFault, SignedIn},
    vouching::{Approve, CodeAnswer, TerminalVouch, TryCode},
};
use firstkey_domain::{
    Actor, AttemptId, AuthenticatorId, Digest, EnrollmentId, KeyThumbprint, PersonId, Private,
    Role,
    enrollment::{Checklist, Device, Enrollment, MatchCode},
    person::Person,
};
use firstkey_log::note::NoteSigner;
use firstkey_ports::{
    Clock, Entropy, Reading, UnverifiedJoiner,
    memory::{MemoryReference, MemoryStore},
};
use firstkey_proof::Thumbprint;
use firstkey_store_sqlite::{Options, SqliteStore};
use firstkey_testkit::authenticator::{SoftAuthenticator, TestAuthority};
use firstkey_webauthn::TrustAnchor;
use jiff::{SignedDuration, Timestamp};
use serde::de::DeserializeOwned;
use serde_json::Value;
use tempfile::TempDir;

pub const JOIN: &str = "https://join.example.org";
pub const CONSOLE: &str = "https://console.example.org";
pub const RP_ID: &str = "example.org";
pub const HOST_USER: &str = "root";

/// A clock that moves when a story says so.
#[derive(Debug)]
pub struct TestClock {
    now: Mutex<Timestamp>,
    since_boot: Mutex<Duration>,
}

impl TestClock {
    fn new() -> Self {
        let start = "2026-03-02T09:00:00Z".parse().unwrap();
        Self { now: Mutex::new(start), since_boot: Mutex::new(Duration::from_secs(600)) }
    }

    /// Time passes.
    pub fn pass(&self, time: SignedDuration) {
        *self.now.lock().unwrap() += time;
        *self.since_boot.lock().unwrap() += time.unsigned_abs();
    }

    /// Somebody moves the clock: wall time changes, and time since boot does not.
    pub fn move_wall(&self, by: SignedDuration) {
        *self.now.lock().unwrap() += by;
    }
}

impl Clock for TestClock {
    fn read(&self) -> Reading {
        Reading { wall: *self.now.lock().unwrap(), since_boot: *self.since_boot.lock().unwrap() }
    }
}

/// Bytes that look random and are the same in every run.
#[derive(Debug, Default)]
pub struct TestEntropy(AtomicU64);

impl Entropy for TestEntropy {
    fn fill(&self, buffer: &mut [u8]) {
        for chunk in buffer.chunks_mut(32) {
            let count = self.0.fetch_add(1, Ordering::Relaxed);
            let block = Digest::of_parts("test entropy", &[&count.to_be_bytes()]);
            chunk.copy_from_slice(&block.as_bytes()[..chunk.len()]);
        }
    }
}

/// The organisation.
pub struct World<S> {
    pub app: App<S>,
    pub clock: Arc<TestClock>,
    reference: Arc<MemoryReference<Arc<TestClock>>>,
    entropy: Arc<TestEntropy>,
    count: AtomicU64,
    folder: OnceLock<TempDir>,
}

/// Somebody with a passkey.
#[derive(Debug)]
pub struct Member {
    pub id: PersonId,
    pub enrollment: EnrollmentId,
    pub attempt: AttemptId,
    pub authenticator: AuthenticatorId,
    pub key: SoftAuthenticator,
}

/// An applicant's browser, which has begun.
#[derive(Debug, Clone, Copy)]
pub struct Browser {
    pub enrollment: EnrollmentId,
    pub attempt: AttemptId,
    pub key: KeyThumbprint,
}

pub fn keys() -> Keys {
    Keys::new(&root(), signer(7)).unwrap()
}

fn root() -> RootSecret {
    RootSecret::new([9; 32])
}

/// A key of the log; seven signs.
pub fn signer(seed: u8) -> NoteSigner {
    NoteSigner::from_seed("console.example.org/log".parse().unwrap(), &[seed; 32]).unwrap()
}

/// The authority above whoever signs metadata in these stories.
pub fn metadata_root() -> TestAuthority {
    TestAuthority::new(300)
}

pub fn settings() -> Settings {
    let root = TrustAnchor::from_der(metadata_root().certificate()).unwrap();
    Settings { metadata_roots: [root].into(), ..Settings::default() }
}

pub fn site() -> Site {
    Site::new(RP_ID, JOIN, CONSOLE, "Example").unwrap()
}

impl World<MemoryStore> {
    pub async fn in_memory() -> Self {
        Self::new(MemoryStore::default()).await
    }
}

impl World<SqliteStore> {
    pub async fn on_disk() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let store = SqliteStore::open(folder.path().join("firstkey.db"), Options::default());
        let world = Self::new(store.unwrap()).await;
        world.folder.set(folder).unwrap();
        world
    }

    /// The database file.
    pub fn path(&self) -> PathBuf {
        self.folder.get().unwrap().path().join("firstkey.db")
    }

    /// The server stops and starts again.
    pub async fn restarted(self) -> Self {
        self.app.store().close().await;
        let store = SqliteStore::open(self.path(), Options::default()).unwrap();
        self.restarted_on(store).await
    }
}

impl<S: Backend> World<S> {
    /// An organisation under the default policy, with nobody in it.
    pub async fn new(store: S) -> Self {
        Self::with_policy(store, firstkey_policy::DEFAULT).await
    }

    pub async fn with_policy(store: S, policy: &str) -> Self {
        let clock = Arc::new(TestClock::new());
        let entropy = Arc::new(TestEntropy::default());
        let reference = Arc::new(MemoryReference::new(clock.clone()));
        let (time, bytes) = (reference.clone(), entropy.clone());
        let app = App::new(store, time, bytes, keys(), site(), settings()).await.unwrap();
        let activate = Activate { host: HOST_USER.into(), text: policy.to_owned() };
        app.run(&activate).await.unwrap();
        let (count, folder) = (AtomicU64::new(0), OnceLock::new());
        Self { app, clock, reference, entropy, count, folder }
    }

    /// The same organisation after its server stopped and started again on what it had stored.
    pub async fn restarted_on<T: Backend>(self, store: T) -> World<T> {
        self.restarted_with(store, settings()).await
    }

    /// The same, after somebody changed its configuration.
    pub async fn restarted_with<T: Backend>(self, store: T, settings: Settings) -> World<T> {
        self.restarted_as(store, settings, keys()).await
    }

    /// The same on a restored database: what lasts for minutes has another secret.
    pub async fn restored_on<T: Backend>(self, store: T) -> World<T> {
        let keys = Keys::with_ceremonies(&root(), &RootSecret::new([10; 32]), signer(7));
        self.restarted_as(store, settings(), keys.unwrap()).await
    }

    async fn restarted_as<T: Backend>(self, store: T, settings: Settings, keys: Keys) -> World<T> {
        let Self { clock, reference, entropy, count, folder, .. } = self;
        let (time, bytes) = (reference.clone(), entropy.clone());
        let app = App::new(store, time, bytes, keys, site(), settings).await.unwrap();
        World { app, clock, reference, entropy, count, folder }
    }

    /// Time passes.
    pub fn pass(&self, time: SignedDuration) {
        self.clock.pass(time);
    }

    /// A number never used before.
    pub fn number(&self) -> u64 {
        self.count.fetch_add(1, Ordering::Relaxed) + 1
    }

    /// The first administrator: invited, met and confirmed by the terminal.
    pub async fn admin(&self) -> Member {
        self.admin_with(SoftAuthenticator::new(self.number())).await
    }

    pub async fn admin_with(&self, key: SoftAuthenticator) -> Member {
        let row = ImportJoiner { invite: false, ..self.row(None) };
        let person = self.import_row(row).await;
        let setup = Setup { host: HOST_USER.into(), person };
        let link = self.app.run(&setup).await.unwrap();
        let secret = link.expose().split_once("#setup=").unwrap().1.to_owned();
        let browser = self.begin(link.enrollment, Some(SetupLinkSecret(secret))).await;
        let typed = self.shown_code(&browser).await;
        let vouch = TerminalVouch { host: HOST_USER.into(), enrollment: link.enrollment, typed };
        assert_eq!(self.app.run(&vouch).await.unwrap(), None, "the code is right");
        self.enroll(&browser, key).await
    }

    /// Somebody whom the administrator sponsors, and who will sponsor others.
    pub async fn sponsor(&self, admin: &mut Member) -> Member {
        self.joiner(admin).await
    }

    /// A joiner, from import to bound: the sponsor meets them and signs.
    pub async fn joiner(&self, sponsor: &mut Member) -> Member {
        self.joiner_of(sponsor.id, sponsor).await
    }

    /// A joiner whom somebody else than their sponsor meets.
    pub async fn joiner_of(&self, sponsor: PersonId, voucher: &mut Member) -> Member {
        let person = self.import(Some(sponsor)).await;
        let browser = self.begin(self.enrollment_of(person).await, None).await;
        self.match_by(voucher, &browser).await;
        self.enroll(&browser, SoftAuthenticator::new(1000 + self.number())).await
    }

    /// Brings in a new person, whose invitation goes out at once.
    pub async fn import(&self, sponsor: Option<PersonId>) -> PersonId {
        self.import_row(self.row(sponsor)).await
    }

    pub async fn import_row(&self, row: ImportJoiner) -> PersonId {
        let imported = self.app.import_joiner(row).await.unwrap();
        let Imported::Joined(person) = imported else { panic!("a new person joins") };
        person
    }

    /// A row for somebody new.
    pub fn row(&self, sponsor: Option<PersonId>) -> ImportJoiner {
        let number = self.number();
        let joiner = UnverifiedJoiner {
            external_id: format!("E{number}"),
            given_name: format!("Given{number}"),
            family_name: format!("Family{number}"),
            personal_email: format!("joiner{number}@mail.example"),
            start_date: "2026-03-02".into(),
            time_zone: "UTC".into(),
            worker_type: "employee".into(),
            ..UnverifiedJoiner::default()
        };
        ImportJoiner {
            by: Actor::Host(HOST_USER.into()),
            joiner: joiner.verify().unwrap(),
            known: None,
            sponsor,
            invite: true,
            name_try: 0,
            bulk: false,
        }
    }

    pub async fn person(&self, id: PersonId) -> Person {
        self.app.peek::<Person>(id).await.unwrap().unwrap().state
    }

    pub async fn enrollment(&self, id: EnrollmentId) -> Enrollment {
        self.app.peek::<Enrollment>(id).await.unwrap().unwrap().state
    }

    /// A person's newest enrollment.
    pub async fn enrollment_of(&self, person: PersonId) -> EnrollmentId {
        self.person(person).await.enrollment.unwrap()
    }

    /// The newest locator of an enrollment, as mail would carry it.
    pub async fn locator(&self, enrollment: EnrollmentId) -> String {
        let state = self.enrollment(enrollment).await;
        let generation = state.running(self.app.now()).unwrap().invitation.generation;
        Locator { enrollment, generation }.to_text(self.app.keys())
    }

    /// A browser key that nobody had before.
    pub fn browser_key(&self) -> KeyThumbprint {
        let number = self.number().to_be_bytes();
        KeyThumbprint::from_bytes(*Digest::of_parts("browser key", &[&number]).as_bytes())
    }

    /// A request that this key signed.
    pub fn proven(&self, key: KeyThumbprint) -> ProvenRequest {
        let proof = Digest::of_parts("proof", &[&self.number().to_be_bytes()]);
        ProvenRequest { key, proof, ends: self.app.now() + SignedDuration::from_mins(5) }
    }

    /// What a browser sends when somebody presses Begin.
    pub async fn begin_with(
        &self,
        locator: String,
        key: KeyThumbprint,
        secret: Option<SetupLinkSecret>,
    ) -> Begin {
        let thumbprint = Thumbprint::from_bytes(*key.as_bytes());
        let clearance = self.app.clear(thumbprint, &locator, None).await.unwrap();
        let device = Device { browser: "Firefox on Linux".into(), network: "192.0.2.7".into() };
        Begin {
            request: self.proven(key),
            locator,
            secret,
            clearance,
            moved: None,
            device: Private::held(device),
        }
    }

    /// Somebody opens the newest locator in a fresh browser and presses Begin.
    pub async fn begin(
        &self,
        enrollment: EnrollmentId,
        secret: Option<SetupLinkSecret>,
    ) -> Browser {
        let key = self.browser_key();
        let begin = self.begin_with(self.locator(enrollment).await, key, secret).await;
        let attempt = self.app.run(&begin).await.unwrap();
        Browser { enrollment, attempt, key }
    }

    /// The code on the applicant's screen.
    pub async fn shown_code(&self, browser: &Browser) -> MatchCode {
        let progress =
            self.app.progress(browser.enrollment, browser.attempt, browser.key).await.unwrap();
        progress.unwrap().code.unwrap().code
    }

    /// The voucher types the code and signs.
    pub async fn match_by(&self, voucher: &mut Member, browser: &Browser) {
        let approve = self.approval(voucher, browser).await;
        self.app.run(&approve).await.unwrap();
    }

    /// A signed approval, not yet sent.
    pub async fn approval(&self, voucher: &mut Member, browser: &Browser) -> Approve {
        let try_code = TryCode {
            operator: voucher.id,
            enrollment: browser.enrollment,
            typed: self.shown_code(browser).await,
            checklist: Checklist::ACQUAINTED,
        };
        let CodeAnswer::Right(ceremony) = self.app.run(&try_code).await.unwrap() else {
            panic!("the code is right")
        };
        Approve {
            operator: voucher.id,
            enrollment: browser.enrollment,
            assertion: press(&mut voucher.key, &ceremony, CONSOLE),
            ticket: ceremony.ticket,
        }
    }

    /// The applicant makes a passkey and presses it once more.
    pub async fn enroll(&self, browser: &Browser, mut key: SoftAuthenticator) -> Member {
        let second = self.register(browser, &mut key).await;
        let bind = self.binding(browser, &second, &mut key);
        let Bound::Bound(authenticator) = self.app.run(&bind).await.unwrap() else {
            panic!("policy is satisfied")
        };
        let id = self.enrollment(browser.enrollment).await.person;
        let Browser { enrollment, attempt, .. } = *browser;
        Member { id, enrollment, attempt, authenticator, key }
    }

    /// Asking for the pass, not yet sent.
    pub fn ask_pass(&self, browser: &Browser) -> AskPass {
        let Browser { enrollment, attempt, key } = *browser;
        AskPass { request: self.proven(key), enrollment, attempt }
    }

    /// Asking for the second press, not yet sent.
    pub fn confirm(&self, browser: &Browser) -> Confirm {
        let Browser { enrollment, attempt, key } = *browser;
        Confirm { request: self.proven(key), enrollment, attempt }
    }

    /// The second press is asked for, and policy takes the passkey.
    pub async fn second_press(&self, browser: &Browser) -> Ceremony {
        match self.app.run(&self.confirm(browser)).await.unwrap() {
            Confirmed::Asked(second) => second,
            other => panic!("the passkey is suitable: {other:?}"),
        }
    }

    /// The first press, not yet sent.
    pub fn registration(
        &self,
        browser: &Browser,
        first: &Ceremony,
        key: &mut SoftAuthenticator,
    ) -> Register {
        Register {
            request: self.proven(browser.key),
            enrollment: browser.enrollment,
            attempt: browser.attempt,
            ticket: first.ticket.clone(),
            registration: read(key.create(&first.options, JOIN).unwrap()),
        }
    }

    /// The pass and the first press; answers with the second one's ceremony.
    pub async fn register(&self, browser: &Browser, key: &mut SoftAuthenticator) -> Ceremony {
        let first = self.app.run(&self.ask_pass(browser)).await.unwrap();
        let register = self.registration(browser, &first, key);
        match self.app.run(&register).await.unwrap() {
            Registered::Kept(second) => second,
            other => panic!("the passkey is suitable: {other:?}"),
        }
    }

    /// The second press, not yet sent.
    pub fn binding(
        &self,
        browser: &Browser,
        second: &Ceremony,
        key: &mut SoftAuthenticator,
    ) -> Bind {
        Bind {
            request: self.proven(browser.key),
            enrollment: browser.enrollment,
            attempt: browser.attempt,
            ticket: second.ticket.clone(),
            assertion: press(key, second, JOIN),
        }
    }

    /// An administrator grants or revokes a role with a press.
    pub async fn set_role(
        &self,
        admin: &mut Member,
        person: PersonId,
        role: Role,
        held: bool,
    ) -> Result<(), Fault<GrantRoleFault>> {
        let ask = AskRole { operator: admin.id, person, role, held };
        let ceremony = self.app.ask_role(ask).await?;
        let assertion = press(&mut admin.key, &ceremony, CONSOLE);
        self.app.run(&GrantRole { operator: admin.id, assertion, ticket: ceremony.ticket }).await
    }

    /// Somebody adds another passkey, signing for it with the one that they hold.
    pub async fn add_key(&self, member: &mut Member, key: SoftAuthenticator) -> Member {
        let add = AddAuthenticator { person: member.id };
        let (enrollment, _) = self.app.run(&add).await.unwrap();
        let browser = self.begin(enrollment, None).await;
        self.match_by(member, &browser).await;
        self.enroll(&browser, key).await
    }

    /// What a browser is told when somebody wants to sign in.
    pub fn begin_sign_in(&self) -> Ceremony {
        let SignInBegun { options, ticket } = self.app.begin_sign_in();
        Ceremony { options: serde_json::to_value(options).unwrap(), ticket }
    }

    /// Somebody signs in to the console.
    pub async fn sign_in(&self, member: &mut Member) -> Result<SignedIn, Fault<SignInFault>> {
        let ceremony = self.begin_sign_in();
        let sign_in = SignIn {
            assertion: press(&mut member.key, &ceremony, CONSOLE),
            ticket: ceremony.ticket,
            browser: "Firefox on Linux".into(),
        };
        self.app.run(&sign_in).await
    }
}

/// Presses a passkey: `navigator.credentials.get()`.
pub fn press<T: DeserializeOwned>(
    key: &mut SoftAuthenticator,
    ceremony: &Ceremony,
    origin: &str,
) -> T {
    read(key.get(&ceremony.options, origin).unwrap())
}

/// Reads what a page posts.
pub fn read<T: DeserializeOwned>(posted: Value) -> T {
    serde_json::from_value(posted).unwrap()
}
