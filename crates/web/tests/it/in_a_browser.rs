//! The joiner's pages in a real browser, at the width of a small phone.

use std::{net::SocketAddr, path::Path, time::Duration};

use firstkey_testkit::browser::{AuthenticatorKind, Browser, ColorScheme, Page, Profile, Viewport};
use firstkey_web::{Limits, Listener, edge::TrustedProxies};
use tokio::{net::TcpListener, task::JoinHandle};

use crate::world::World;

pub(crate) const PATIENCE: Duration = Duration::from_secs(10);

/// The narrowest phone that counts (WCAG 2.2 §1.4.10).
pub(crate) const SMALL: Viewport = Viewport { width: 320, height: 640, density: 2.0, mobile: true };

/// When colours have stopped changing.
const SETTLED: &str = "Promise.allSettled(document.getAnimations()
    .filter(({ effect }) => effect.getTiming().iterations !== Infinity)
    .map(({ finished }) => finished)).then(() => null)";

pub(crate) struct Stage {
    pub(crate) world: World,
    pub(crate) origin: String,
    address: SocketAddr,
    server: JoinHandle<()>,
    pub(crate) browser: Browser,
}

impl Stage {
    pub(crate) async fn new() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let world = World::on_this_machine(address.port()).await;
        let server = serve(listener, &world);
        Self {
            address,
            origin: world.app.site().join_origin.clone(),
            world,
            server,
            browser: Browser::launch().await.unwrap(),
        }
    }

    /// The server goes away, as in the middle of an upgrade.
    pub(crate) async fn stop_server(&mut self) {
        self.server.abort();
        // It ends when its task is dropped, and its connections with it.
        assert!((&mut self.server).await.unwrap_err().is_cancelled());
    }

    /// It is there again.
    pub(crate) async fn start_server(&mut self) {
        let listener = TcpListener::bind(self.address).await.unwrap();
        self.server = serve(listener, &self.world);
    }

    /// Ben's link, in a window of a small phone.
    pub(crate) async fn open(&self, profile: &Profile) -> Page {
        let locator = self.world.locator(self.world.ben).await;
        let page = profile.open(&format!("{}/i/{locator}", self.origin)).await.unwrap();
        page.set_viewport(SMALL).await.unwrap();
        page
    }

    /// The digits on the page, as they are read aloud.
    pub(crate) async fn digits(&self, page: &Page) -> String {
        page.wait_for("[data-code] span", PATIENCE).await.unwrap();
        page.eval("document.querySelector('[data-code-spoken]').textContent").await.unwrap()
    }
}

fn serve(socket: TcpListener, world: &World) -> JoinHandle<()> {
    let limits = Limits::for_files(1024);
    let listeners = vec![Listener { socket, tls: None, router: world.router.clone() }];
    let never = std::future::pending();
    tokio::spawn(firstkey_web::serve(listeners, limits, TrustedProxies::default(), never))
}

impl Drop for Stage {
    fn drop(&mut self) {
        self.server.abort();
    }
}

/// Everybody can use this page as it is now, in the light and in the dark, and it is not too wide.
pub(crate) async fn is_for_everybody(page: &Page, name: &str) {
    for scheme in [ColorScheme::Light, ColorScheme::Dark] {
        page.set_color_scheme(scheme).await.unwrap();
        page.eval::<Option<bool>>(SETTLED).await.unwrap();
        let violations = page.accessibility_violations().await.unwrap();
        let told: Vec<String> = violations.iter().map(ToString::to_string).collect();
        assert!(told.is_empty(), "{name} {scheme:?}: {}", told.join("\n"));
        if let Some(folder) = std::env::var_os("FIRSTKEY_SHOTS") {
            let shot = Path::new(&folder).join(format!("{name}-{scheme:?}.png"));
            page.screenshot(&shot, SMALL).await.unwrap();
        }
    }
    let width: u32 = page.eval("document.documentElement.scrollWidth").await.unwrap();
    assert!(width <= SMALL.width, "{name} is {width} wide");
}

#[tokio::test(flavor = "multi_thread")]
async fn ben_makes_his_passkey_on_a_small_phone() {
    let stage = Stage::new().await;
    let profile = stage.browser.profile().await.unwrap();
    let page = stage.open(&profile).await;
    let phone = page.virtual_authenticator(AuthenticatorKind::SyncedPasskey).await.unwrap();
    page.reload().await.unwrap();
    page.wait_for_text("Ana is expecting you").await.unwrap();
    page.wait_for("text=Begin", PATIENCE).await.unwrap();
    is_for_everybody(&page, "start").await;

    page.click("text=Begin").await.unwrap();
    page.wait_for_text("Show these digits to Ana").await.unwrap();
    let digits = stage.digits(&page).await;
    is_for_everybody(&page, "match").await;

    // Closing the tab and coming back on the same browser goes on.
    page.reload().await.unwrap();
    assert_eq!(stage.digits(&page).await, digits);

    stage.world.vouch(stage.world.ben, &digits).await;
    page.wait_for_text("Now make your passkey").await.unwrap();
    is_for_everybody(&page, "make").await;
    page.click("text=Make my passkey").await.unwrap();
    page.wait_for_text("Try it once").await.unwrap();
    is_for_everybody(&page, "confirm").await;
    page.click("text=Use my passkey").await.unwrap();
    page.wait_for_text("Your passkey works").await.unwrap();
    stage.world.app.sequence_once().await.unwrap();
    page.wait_for("text=Save the receipt", PATIENCE).await.unwrap();
    is_for_everybody(&page, "done").await;

    assert_eq!(stage.world.passkeys(stage.world.ben).await, 1);
    assert_eq!(phone.credential_ids().await.unwrap().len(), 1);
    page.assert_no_complaints().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_second_browser_stops_both() {
    let stage = Stage::new().await;
    let (mine, theirs) =
        (stage.browser.profile().await.unwrap(), stage.browser.profile().await.unwrap());
    let first = stage.open(&mine).await;
    first.virtual_authenticator(AuthenticatorKind::SyncedPasskey).await.unwrap();
    first.reload().await.unwrap();
    first.click("text=Begin").await.unwrap();
    stage.digits(&first).await;

    let second = stage.open(&theirs).await;
    second.virtual_authenticator(AuthenticatorKind::SyncedPasskey).await.unwrap();
    second.reload().await.unwrap();
    second.click("text=Begin").await.unwrap();
    for page in [&first, &second] {
        page.wait_for_text("Two browsers have opened your invitation").await.unwrap();
    }
    is_for_everybody(&first, "contested").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn going_on_with_another_device_is_one_link_away() {
    let stage = Stage::new().await;
    let (phone, laptop) =
        (stage.browser.profile().await.unwrap(), stage.browser.profile().await.unwrap());
    let first = stage.open(&phone).await;
    first.virtual_authenticator(AuthenticatorKind::SyncedPasskey).await.unwrap();
    first.reload().await.unwrap();
    first.click("text=Begin").await.unwrap();
    stage.digits(&first).await;
    first.click("text=Continue on another device").await.unwrap();
    first.wait_for("svg.qr", PATIENCE).await.unwrap();
    is_for_everybody(&first, "move").await;

    let link: String = first.eval("document.querySelector('[data-link]').value").await.unwrap();
    let second = laptop.open("about:blank").await.unwrap();
    second.virtual_authenticator(AuthenticatorKind::SyncedPasskey).await.unwrap();
    second.goto(&link).await.unwrap();
    second.click("text=Begin").await.unwrap();
    stage.digits(&second).await;
    assert!(!second.url().await.unwrap().contains('#'), "the token left the address bar");
    first.wait_for_text("You went on with another device").await.unwrap();
    is_for_everybody(&first, "moved").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_browser_that_cannot_is_told_what_to_do() {
    let stage = Stage::new().await;
    let profile = stage.browser.profile().await.unwrap();
    // Nothing here can make a passkey, as in the browser inside a mail app.
    let page = stage.open(&profile).await;
    page.wait_for_text("Let us use another browser").await.unwrap();
    is_for_everybody(&page, "browser").await;
    page.click("text=I have a security key").await.unwrap();
    page.wait_for("text=Begin", PATIENCE).await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_link_that_leads_nowhere_is_a_calm_page() {
    let stage = Stage::new().await;
    let profile = stage.browser.profile().await.unwrap();
    let page = profile.open(&format!("{}/i/nothing", stage.origin)).await.unwrap();
    page.set_viewport(SMALL).await.unwrap();
    page.wait_for_text("This link is not active any more").await.unwrap();
    is_for_everybody(&page, "inactive").await;
}
