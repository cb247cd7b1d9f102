//! Passkeys that lead nowhere: the device that holds one is told, and offers it no more (rule 11).

use std::time::Duration;

use firstkey_app::{
    inviting::Withdraw,
    people::{ErasePerson, MarkLeft},
};
use firstkey_domain::Actor;
use firstkey_testkit::{
    authenticator::SoftAuthenticator,
    browser::{AuthenticatorKind, Page, VirtualAuthenticator},
};
use serde_json::{Value, json};

use crate::{
    console_in_a_browser::administrator,
    in_a_browser::Stage,
    world::{Browser, World},
};

#[tokio::test]
async fn what_is_not_taken_at_the_registration_is_told() {
    let world = World::new().await;
    let locator = world.locator(world.ben).await;
    let mut browser = Browser::new(7);
    let attempt = browser.begin(&world, &locator).await;
    world.vouch(world.ben, attempt.digits()).await;
    let pass = browser.post(&world, &attempt.at("/pass"), &json!({})).await.json();
    let elsewhere = "https://elsewhere.example.org";
    let credential = SoftAuthenticator::new(8).create(&pass["options"], elsewhere).unwrap();
    let body = json!({ "ticket": pass["ticket"], "credential": credential });
    let refused = browser.post(&world, &attempt.at("/registration"), &body).await;
    assert_eq!(refused.problem(), "ceremony");
    let unknown = json!({ "rpId": "example.org", "credentialId": credential["id"] });
    assert_eq!(refused.json()["unknown_credential"], unknown);
}

#[tokio::test]
async fn what_an_attempt_had_made_when_it_lost_is_told() {
    let world = World::new().await;
    let locator = world.locator(world.ben).await;
    let mut browser = Browser::new(7);
    let attempt = browser.begin(&world, &locator).await;
    world.vouch(world.ben, attempt.digits()).await;
    let asked = browser.register(&world, &attempt).await;
    let press = browser.second_press(&asked);
    let (made, path) = (&press["credential"]["id"], attempt.at(""));
    assert_eq!(browser.get(&world, &path).await.json()["ended"], Value::Null);
    withdraw(&world).await;
    let ended = browser.get(&world, &path).await.json()["ended"].clone();
    let unknown = json!({ "rpId": "example.org", "credentialId": made });
    assert_eq!(ended["unknown_credential"], unknown, "{ended}");

    // Whoever had made none is told of none.
    let (world, mut browser) = (World::new().await, Browser::new(7));
    let attempt = browser.begin(&world, &world.locator(world.ben).await).await;
    withdraw(&world).await;
    let ended = browser.get(&world, &attempt.at("")).await.json()["ended"].clone();
    assert_eq!(ended["unknown_credential"], Value::Null, "{ended}");
}

/// Ben's sponsor takes the invitation back.
async fn withdraw(world: &World) {
    let enrollment = world.enrollment(world.ben).await;
    world.app.run(&Withdraw { operator: world.ana.into(), enrollment }).await.unwrap();
}

/// Writes down what the page tells its device, and tells it.
const LISTEN: &str = "for (const name of ['Unknown', 'AllAccepted', 'CurrentUser']) {
  const method = { Unknown: 'signalUnknownCredential', AllAccepted: 'signalAllAcceptedCredentials',
    CurrentUser: 'signalCurrentUserDetails' }[name];
  const tell = PublicKeyCredential[method];
  PublicKeyCredential[method] = function (argument) {
    const told = JSON.parse(sessionStorage.told ?? '[]');
    sessionStorage.told = JSON.stringify([...told, [method, argument]]);
    return tell?.call(this, argument) ?? Promise.resolve();
  };
}";

/// What this page and those before it told the device, by method.
async fn told(page: &Page, method: &str) -> Vec<Value> {
    let told: Vec<(String, Value)> =
        page.eval("JSON.parse(sessionStorage.told ?? '[]')").await.unwrap();
    told.into_iter().filter(|(name, _)| name == method).map(|(_, argument)| argument).collect()
}

/// Ben's phone, up to the page that asks for the second press.
async fn ben_makes_one(stage: &Stage, page: &Page) {
    page.before_scripts(LISTEN).await.unwrap();
    page.reload().await.unwrap();
    page.click("text=Begin").await.unwrap();
    let digits = stage.digits(page).await;
    stage.world.vouch(stage.world.ben, &digits).await;
    page.click("text=Make my passkey").await.unwrap();
    page.wait_for_text("Try it once").await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn rule_11_the_page_of_an_attempt_that_lost_tells_its_device() {
    let stage = Stage::new().await;
    let profile = stage.browser.profile().await.unwrap();
    let page = stage.open(&profile).await;
    let phone = page.virtual_authenticator(AuthenticatorKind::SyncedPasskey).await.unwrap();
    ben_makes_one(&stage, &page).await;
    assert_eq!(phone.credential_ids().await.unwrap().len(), 1);
    assert!(told(&page, "signalUnknownCredential").await.is_empty());

    withdraw(&stage.world).await;
    page.wait_until("'told' in sessionStorage").await.unwrap();
    let [unknown] = told(&page, "signalUnknownCredential").await.try_into().unwrap();
    assert_eq!(unknown["rpId"], "firstkey.localhost");
    assert!(unknown["credentialId"].is_string());
    drops(&phone).await;
    page.assert_no_complaints().await;
}

/// The device drops the one passkey that it holds: Chromium's do what they are told.
pub(crate) async fn drops(device: &VirtualAuthenticator<'_>) {
    for _ in 0..100 {
        if device.credential_ids().await.unwrap().is_empty() {
            return;
        }
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    panic!("the device still offers it");
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_signed_in_has_their_device_told_what_is_accepted_or_that_nothing_is() {
    let stage = Stage::new().await;
    let (world, ben) = (&stage.world, stage.world.ben);
    administrator(&stage).await;
    let profile = stage.browser.profile().await.unwrap();
    let page = stage.open(&profile).await;
    let phone = page.virtual_authenticator(AuthenticatorKind::SyncedPasskey).await.unwrap();
    ben_makes_one(&stage, &page).await;
    page.click("text=Use my passkey").await.unwrap();
    page.wait_for_text("Your passkey works").await.unwrap();

    // The offer beside the field is taken at once.
    let console = &world.app.site().console_origin;
    page.goto(&format!("{console}/waiting")).await.unwrap();
    page.wait_for_url(&format!("{console}/waiting")).await.unwrap();
    page.goto(&format!("{console}/")).await.unwrap();
    page.wait_until("sessionStorage.told?.includes('signalCurrentUserDetails')").await.unwrap();
    let credential = world.credential(ben, 0).await;
    let [accepted] = told(&page, "signalAllAcceptedCredentials").await.try_into().unwrap();
    assert_eq!(accepted["allAcceptedCredentialIds"], json!([credential]));
    let [details] = told(&page, "signalCurrentUserDetails").await.try_into().unwrap();
    assert_eq!(details["displayName"], "Ben Ferreira");
    assert_eq!(phone.credential_ids().await.unwrap().len(), 1);

    world.app.run(&MarkLeft { operator: world.ana, person: ben }).await.unwrap();
    page.goto(&format!("{console}/sign-in")).await.unwrap();
    page.wait_for_text("This passkey").await.unwrap();
    assert!(told(&page, "signalUnknownCredential").await.is_empty(), "HR may be wrong");
    assert_eq!(phone.credential_ids().await.unwrap().len(), 1);
    let by = Actor::Host("root".into());
    world.app.run(&ErasePerson { person: ben, reason: "#1".into(), by }).await.unwrap();
    page.reload().await.unwrap();
    page.wait_until("sessionStorage.told.includes('Unknown')").await.unwrap();
    let [unknown] = told(&page, "signalUnknownCredential").await.try_into().unwrap();
    assert_eq!(unknown, json!({ "rpId": "firstkey.localhost", "credentialId": credential }));
    drops(&phone).await;
}
