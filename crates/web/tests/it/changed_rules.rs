//! The joiner's page when policy moves between the two presses.

use firstkey_app::policy::Activate;
use firstkey_policy::DEMO;
use firstkey_testkit::browser::{AuthenticatorKind, Page};
use serde_json::json;

use crate::{
    in_a_browser::{Stage, is_for_everybody},
    lost_passkeys::drops,
    world::{Browser, World},
};

/// Takes no synced passkeys from anybody.
const STAYS: &str = r#"
    @id("stays") @reason("A test.") forbid (principal, action == Action::"bind", resource)
    unless { context.authenticator.device_bound };
"#;

async fn activate(world: &World, text: String) {
    world.app.run(&Activate { host: "test".into(), text }).await.unwrap();
}

#[tokio::test]
async fn a_passkey_that_policy_takes_no_longer_is_told_with_what_to_try() {
    for is_pressed in [false, true] {
        let world = World::new().await;
        let locator = world.locator(world.ben).await;
        let mut browser = Browser::new(7);
        let attempt = browser.begin(&world, &locator).await;
        world.vouch(world.ben, attempt.digits()).await;
        let asked = browser.register(&world, &attempt).await;
        let press = browser.second_press(&asked);
        activate(&world, format!("{DEMO}{STAYS}")).await;
        let refused = if is_pressed {
            browser.post(&world, &attempt.at("/bind"), &press).await
        } else {
            browser.post(&world, &attempt.at("/confirm"), &json!({})).await
        };
        assert_eq!(refused.problem(), "model-copyable");
        let made = &press["credential"]["id"];
        let unknown = json!({ "rpId": "example.org", "credentialId": made });
        assert_eq!(refused.json()["unknown_credential"], unknown);
        let progress = browser.get(&world, &attempt.at("")).await.json();
        assert_eq!(progress["stage"], "ready", "{progress}");
        let pass = browser.post(&world, &attempt.at("/pass"), &json!({})).await.json();
        assert!(pass["options"]["challenge"].is_string(), "{pass}");
    }
}

/// Ben's phone, with a passkey that waits for its second press.
async fn waiting(stage: &Stage, page: &Page) {
    page.reload().await.unwrap();
    page.click("text=Begin").await.unwrap();
    let digits = stage.digits(page).await;
    stage.world.vouch(stage.world.ben, &digits).await;
    page.click("text=Make my passkey").await.unwrap();
    page.wait_for_text("Try it once").await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_page_whose_passkey_is_refused_meanwhile_asks_for_another_one() {
    let stage = Stage::new().await;
    let profile = stage.browser.profile().await.unwrap();
    let page = stage.open(&profile).await;
    let phone = page.virtual_authenticator(AuthenticatorKind::SyncedPasskey).await.unwrap();
    waiting(&stage, &page).await;
    activate(&stage.world, format!("{DEMO}{STAYS}")).await;
    page.click("text=Use my passkey").await.unwrap();
    page.wait_for_text("The rules of your organisation changed").await.unwrap();
    page.wait_for_text("can be copied to other devices").await.unwrap();
    drops(&phone).await;
    is_for_everybody(&page, "dropped").await;

    phone.remove().await.unwrap();
    page.virtual_authenticator(AuthenticatorKind::SecurityKey).await.unwrap();
    page.click("text=Make my passkey").await.unwrap();
    page.click("text=Use my passkey").await.unwrap();
    page.wait_for_text("Your passkey works").await.unwrap();
    assert_eq!(stage.world.passkeys(stage.world.ben).await, 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_passkey_that_waits_is_confirmed_with_a_new_pass() {
    let stage = Stage::new().await;
    let profile = stage.browser.profile().await.unwrap();
    let page = stage.open(&profile).await;
    page.virtual_authenticator(AuthenticatorKind::SyncedPasskey).await.unwrap();
    waiting(&stage, &page).await;
    // It asks for nothing more, and is another policy all the same: the pass is void.
    activate(&stage.world, format!("// Reviewed.\n{DEMO}")).await;
    page.click("text=Use my passkey").await.unwrap();
    page.wait_for_text("Something changed meanwhile").await.unwrap();
    is_for_everybody(&page, "moved").await;
    page.click("text=Use my passkey").await.unwrap();
    page.wait_for_text("Your passkey works").await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_can_be_helped_by_nobody_is_told_so_and_reads_out_no_digits() {
    let stage = Stage::new().await;
    let profile = stage.browser.profile().await.unwrap();
    let page = stage.open(&profile).await;
    page.virtual_authenticator(AuthenticatorKind::SyncedPasskey).await.unwrap();
    page.reload().await.unwrap();
    page.click("text=Begin").await.unwrap();
    stage.digits(&page).await;
    let closed = r#"
        @id("closed") @reason("A test.")
        forbid (principal, action in [Action::"mint", Action::"bind"], resource);
    "#;
    activate(&stage.world, format!("{DEMO}{closed}")).await;
    page.reload().await.unwrap();
    page.wait_for_text("Somebody has to look at this first").await.unwrap();
    is_for_everybody(&page, "blocked").await;
    activate(&stage.world, DEMO.to_owned()).await;
    page.reload().await.unwrap();
    stage.digits(&page).await;
}
