//! The joiner's page in a real browser when something is missing, breaks, or goes away for a while.

use std::time::Duration;

use firstkey_app::policy::Activate;
use firstkey_testkit::browser::{AuthenticatorKind, Page, Profile};

use crate::in_a_browser::{Stage, is_for_everybody};

/// Longer than it takes to give up on a stream, and to look again after a pause.
const LONG: Duration = Duration::from_secs(30);

const WITHOUT_JSON_FORMS: &str = "
    delete PublicKeyCredential.parseCreationOptionsFromJSON;
    delete PublicKeyCredential.parseRequestOptionsFromJSON;
    delete PublicKeyCredential.prototype.toJSON;";

/// As where a filter cuts answers that do not end.
const STREAMS_FAIL: &str = "{
    const real = window.fetch;
    window.fetch = (url, init) => String(url).endsWith('/live')
        ? Promise.reject(new TypeError('Failed to fetch')) : real(url, init); }";

/// As where a proxy keeps an answer back until it is whole.
const STREAMS_ARE_KEPT_BACK: &str = "{
    const real = window.fetch;
    window.fetch = (url, init) => String(url).endsWith('/live')
        ? new Promise((_, reject) => init.signal.addEventListener('abort', () => reject(init.signal.reason)))
        : real(url, init); }";

/// What the page says to everybody just now.
const SAID: &str = "document.getElementById('status').textContent";

impl Stage {
    /// Ben's page on a phone, in whose documents this script ran first.
    async fn with_script(&self, profile: &Profile, script: &str) -> Page {
        let page = profile.open("about:blank").await.unwrap().with_patience(LONG);
        page.set_viewport(crate::in_a_browser::SMALL).await.unwrap();
        page.virtual_authenticator(AuthenticatorKind::SyncedPasskey).await.unwrap();
        page.before_scripts(script).await.unwrap();
        let locator = self.world.locator(self.world.ben).await;
        page.goto(&format!("{}/i/{locator}", self.origin)).await.unwrap();
        page
    }

    /// The same, up to the digits.
    async fn begun(&self, profile: &Profile, script: &str) -> (Page, String) {
        let page = self.with_script(profile, script).await;
        page.click("text=Begin").await.unwrap();
        let digits = self.digits(&page).await;
        (page, digits)
    }

    async fn vouch(&self, digits: &str) {
        self.world.vouch(self.world.ben, digits).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_browser_without_passkeys_shows_the_link_to_another_device() {
    let stage = Stage::new().await;
    let profile = stage.browser.profile().await.unwrap();
    let page = stage.with_script(&profile, "delete window.PublicKeyCredential;").await;
    page.wait_for("img.qr", LONG).await.unwrap();
    let drawn = "document.querySelector('img.qr').decode().then(() => true, String)";
    assert_eq!(page.eval::<serde_json::Value>(drawn).await.unwrap(), true);
    is_for_everybody(&page, "no passkeys").await;
    page.assert_no_complaints().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_passkey_that_is_refused_says_what_to_try_next() {
    let stage = Stage::new().await;
    let rule = r#"
        @id("stays") @reason("A test.") forbid (principal, action == Action::"bind", resource)
        unless { context.authenticator.device_bound };
    "#;
    let text = format!("{}{rule}", firstkey_policy::DEMO);
    stage.world.app.run(&Activate { host: "test".into(), text }).await.unwrap();
    let profile = stage.browser.profile().await.unwrap();
    let page = stage.open(&profile).await;
    let phone = page.virtual_authenticator(AuthenticatorKind::SyncedPasskey).await.unwrap();
    page.click("text=Begin").await.unwrap();
    let digits = stage.digits(&page).await;
    stage.vouch(&digits).await;
    page.click("text=Make my passkey").await.unwrap();
    page.wait_for_text("can be copied to other devices").await.unwrap();
    is_for_everybody(&page, "refused").await;

    phone.remove().await.unwrap();
    page.virtual_authenticator(AuthenticatorKind::SecurityKey).await.unwrap();
    page.click("text=Make my passkey").await.unwrap();
    page.click("text=Use my passkey").await.unwrap();
    page.wait_for_text("Your passkey works").await.unwrap();
    assert_eq!(stage.world.passkeys(stage.world.ben).await, 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_browser_without_the_json_forms_makes_a_passkey_all_the_same() {
    let stage = Stage::new().await;
    let profile = stage.browser.profile().await.unwrap();
    let (page, digits) = stage.begun(&profile, WITHOUT_JSON_FORMS).await;
    let lacks: bool = page
        .eval(
            "!PublicKeyCredential.parseCreationOptionsFromJSON
                && !PublicKeyCredential.parseRequestOptionsFromJSON
                && !PublicKeyCredential.prototype.toJSON",
        )
        .await
        .unwrap();
    assert!(lacks);
    stage.vouch(&digits).await;
    page.click("text=Make my passkey").await.unwrap();
    page.click("text=Use my passkey").await.unwrap();
    page.wait_for_text("Your passkey works").await.unwrap();
    assert_eq!(stage.world.passkeys(stage.world.ben).await, 1);
    page.assert_no_complaints().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn where_streams_do_not_get_through_the_page_moves_on_by_asking() {
    for script in [STREAMS_FAIL, STREAMS_ARE_KEPT_BACK] {
        let stage = Stage::new().await;
        let profile = stage.browser.profile().await.unwrap();
        let (page, digits) = stage.begun(&profile, script).await;
        stage.vouch(&digits).await;
        page.wait_for_text("Now make your passkey").await.unwrap();
        let said: String = page.eval(SAID).await.unwrap();
        assert_eq!(said, "", "there is nothing to worry anybody about");
        page.assert_no_complaints().await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_device_that_is_offline_for_a_while_says_so_and_goes_on() {
    let stage = Stage::new().await;
    let profile = stage.browser.profile().await.unwrap();
    let (page, digits) = stage.begun(&profile, "").await;
    page.set_offline(true).await.unwrap();
    page.wait_for_text("You seem to be offline").await.unwrap();
    is_for_everybody(&page, "offline").await;
    assert_eq!(stage.digits(&page).await, digits, "the digits stay where they are");
    tokio::time::sleep(Duration::from_secs(5)).await;
    assert!(page.eval::<String>(SAID).await.unwrap().starts_with("You seem to be offline"));

    page.set_offline(false).await.unwrap();
    page.wait_for_text("We are back").await.unwrap();
    is_for_everybody(&page, "online again").await;
    stage.vouch(&digits).await;
    page.wait_for_text("Now make your passkey").await.unwrap();
    page.wait_until(&format!("{SAID} === ''")).await.unwrap();
    page.assert_no_complaints().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_server_that_restarts_is_waited_for() {
    let mut stage = Stage::new().await;
    let profile = stage.browser.profile().await.unwrap();
    let (page, digits) = stage.begun(&profile, "").await;
    stage.stop_server().await;
    page.wait_for_text("We cannot reach the service").await.unwrap();
    is_for_everybody(&page, "server away").await;
    assert_eq!(stage.digits(&page).await, digits);

    stage.start_server().await;
    page.wait_for_text("We are back").await.unwrap();
    stage.vouch(&digits).await;
    page.wait_for_text("Now make your passkey").await.unwrap();
    page.wait_until(&format!("{SAID} === ''")).await.unwrap();

    // Also in the middle of a press: it is sent when the server is there.
    stage.stop_server().await;
    page.click("text=Make my passkey").await.unwrap();
    page.wait_for_text("We cannot reach the service").await.unwrap();
    page.wait_for("text=One moment…", LONG).await.unwrap();
    is_for_everybody(&page, "server away while making").await;
    stage.start_server().await;
    page.wait_for_text("Try it once").await.unwrap();
    page.click("text=Use my passkey").await.unwrap();
    page.wait_for_text("Your passkey works").await.unwrap();
    assert_eq!(stage.world.passkeys(stage.world.ben).await, 1);
    page.assert_no_complaints().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_server_that_is_away_when_the_page_comes_back_is_waited_for_longer_than_a_retry() {
    let stage = Stage::new().await;
    let profile = stage.browser.profile().await.unwrap();
    let (page, digits) = stage.begun(&profile, UNREACHABLE_AT_FIRST).await;
    page.reload().await.unwrap();
    page.wait_for_text("We cannot reach the service").await.unwrap();
    // Every pause between two tries is over at once here, and so all of them soon.
    page.wait_until("window.refused > 12").await.unwrap();
    page.eval::<Option<()>>("window.away = false; dispatchEvent(new Event('online')); null")
        .await
        .unwrap();
    assert_eq!(stage.digits(&page).await, digits);
    stage.vouch(&digits).await;
    page.wait_for_text("Now make your passkey").await.unwrap();
    page.assert_no_complaints().await;
}

/// After a reload the server cannot be reached until `away` is taken back.
const UNREACHABLE_AT_FIRST: &str = "{
    const real = window.fetch;
    window.away = sessionStorage.getItem('again') === 'yes';
    window.refused = 0;
    sessionStorage.setItem('again', 'yes');
    window.fetch = (url, init) => {
        if (!window.away) return real(url, init);
        window.refused += 1;
        setTimeout(() => { if (window.away) dispatchEvent(new Event('online')); }, 50);
        return Promise.reject(new TypeError('Failed to fetch'));
    }; }";

#[tokio::test(flavor = "multi_thread")]
async fn a_press_that_was_cancelled_is_tried_again_when_they_like() {
    let stage = Stage::new().await;
    let profile = stage.browser.profile().await.unwrap();
    let page = stage.open(&profile).await;
    let phone = page.virtual_authenticator(AuthenticatorKind::SyncedPasskey).await.unwrap();
    page.reload().await.unwrap();
    page.click("text=Begin").await.unwrap();
    let digits = stage.digits(&page).await;
    stage.vouch(&digits).await;

    // The face is not recognised, or the question is closed: browsers do not say which.
    phone.set_user_verified(false).await.unwrap();
    page.click("text=Make my passkey").await.unwrap();
    page.wait_for_text("Nothing was made.").await.unwrap();
    page.wait_for("[data-action=make][aria-disabled=false]", LONG).await.unwrap();
    is_for_everybody(&page, "cancelled").await;
    phone.set_user_verified(true).await.unwrap();
    page.click("text=Make my passkey").await.unwrap();
    page.wait_for_text("Try it once").await.unwrap();

    phone.set_user_verified(false).await.unwrap();
    page.click("text=Use my passkey").await.unwrap();
    page.wait_for_text("It was not used.").await.unwrap();
    page.wait_for("[data-action=confirm][aria-disabled=false]", LONG).await.unwrap();
    is_for_everybody(&page, "cancelled at the second press").await;
    phone.set_user_verified(true).await.unwrap();
    page.click("text=Use my passkey").await.unwrap();
    page.wait_for_text("Your passkey works").await.unwrap();
    assert_eq!(stage.world.passkeys(stage.world.ben).await, 1);
    page.assert_no_complaints().await;
}

/// What some devices answer when their own software stumbles.
const DEVICES_STUMBLE_ONCE: &str = "for (const act of ['create', 'get']) {
    const real = navigator.credentials[act].bind(navigator.credentials);
    let stumbled = false;
    navigator.credentials[act] = (options) => {
        if (stumbled) return real(options);
        stumbled = true;
        return Promise.reject(new DOMException('An unknown error occurred', 'UnknownError'));
    }; }";

#[tokio::test(flavor = "multi_thread")]
async fn a_device_that_stumbles_is_not_called_offline() {
    let stage = Stage::new().await;
    let profile = stage.browser.profile().await.unwrap();
    let (page, digits) = stage.begun(&profile, DEVICES_STUMBLE_ONCE).await;
    stage.vouch(&digits).await;
    for button in ["Make my passkey", "Use my passkey"] {
        page.click(&format!("text={button}")).await.unwrap();
        page.wait_for_text("That did not work. Please try again.").await.unwrap();
        assert_eq!(page.eval::<String>(SAID).await.unwrap(), "");
        page.click(&format!("text={button}")).await.unwrap();
    }
    page.wait_for_text("Your passkey works").await.unwrap();
    page.assert_no_complaints().await;
}
