//! The main path, walked as five minutes with the demo would walk it.

use std::process::Output;

use firstkey_testkit::browser::{AuthenticatorKind, ColorScheme, Page, Viewport};
use serde_json::Value;

use super::{
    everybody::{LAPTOP, PHONE, is_for_everybody, picture, wear},
    people::{ANA, SOON, TOMAS, begin, digits, fill_approval, make_passkey},
    stage::Stage,
};

#[tokio::test(flavor = "multi_thread")]
async fn from_an_empty_folder_to_a_joiner_who_signs_in() {
    let stage = Stage::new().await;

    // The administrator comes in by the terminal, through the same door.
    let ana = stage.at_a_desk().await;
    let desk = &ana.page;
    desk.goto(&stage.server.setup_link()).await.unwrap();
    desk.wait_for("text=Begin", SOON).await.unwrap();
    assert!(!desk.url().await.unwrap().contains('#'), "the secret left the address bar");
    is_for_everybody(desk, "the setup link").await;
    desk.click("text=Begin").await.unwrap();
    desk.wait_for_text("Type these digits into the terminal").await.unwrap();
    stage.type_into_terminal(&digits(desk).await);
    desk.click("text=Make my passkey").await.unwrap();
    desk.click("text=Use my passkey").await.unwrap();
    desk.wait_for_text("Your passkey works").await.unwrap();
    stage.sign_in(desk).await;
    is_for_everybody(desk, "the start").await;

    // The joiner opens the invitation on a phone, and begins.
    let tomas = stage.with_a_phone().await;
    let phone = &tomas.page;
    phone.goto(&stage.invitation(TOMAS).await).await.unwrap();
    phone.wait_for_text("Ana is expecting you").await.unwrap();
    phone.wait_for("text=Begin", SOON).await.unwrap();
    is_for_everybody(phone, "the invitation").await;
    picture(phone, "invitation", PHONE).await;
    wear(phone, ColorScheme::Dark).await;
    picture(phone, "invitation-dark", PHONE).await;
    wear(phone, ColorScheme::Light).await;
    phone.click("text=Begin").await.unwrap();
    phone.wait_for_text("Show these digits to Ana").await.unwrap();
    let shown = digits(phone).await;
    is_for_everybody(phone, "the digits").await;
    picture(phone, "waiting", PHONE).await;

    // The sponsor is told, and looks on her own phone as well as at her desk.
    stage.link_to(ANA, "Tomás Lindqvist is waiting for you").await;
    desk.set_viewport(Viewport::PHONE).await.unwrap();
    desk.goto(&format!("{}/waiting", stage.server.console)).await.unwrap();
    desk.wait_for_text("Waits for you to meet them").await.unwrap();
    is_for_everybody(desk, "who is waiting").await;
    picture(desk, "sponsor-waiting", PHONE).await;
    desk.click("text=Tomás Lindqvist").await.unwrap();
    desk.wait_for_text("Did somebody ring you with this code?").await.unwrap();
    is_for_everybody(desk, "approving").await;
    fill_approval(desk, &shown).await;
    picture(desk, "sponsor-approval", PHONE).await;
    desk.click("text=Confirm with my passkey").await.unwrap();
    desk.wait_for_text("Nothing is left for you to do").await.unwrap();
    is_for_everybody(desk, "approved").await;
    desk.set_viewport(Viewport::DESKTOP).await.unwrap();
    stage.link_to(ANA, "You approved Tomás Lindqvist").await;

    // The joiner's page moves on by itself.
    phone.wait_for_text("Now make your passkey").await.unwrap();
    is_for_everybody(phone, "making").await;
    picture(phone, "make-passkey", PHONE).await;
    phone.click("text=Make my passkey").await.unwrap();
    phone.wait_for_text("Try it once").await.unwrap();
    is_for_everybody(phone, "the second press").await;
    phone.click("text=Use my passkey").await.unwrap();
    phone.wait_for("text=Save the receipt", SOON).await.unwrap();
    is_for_everybody(phone, "done").await;
    picture(phone, "done", PHONE).await;
    is_proof_to_somebody_outside(&stage, &saved_receipt(phone).await);
    stage.link_to(TOMAS.mailbox, "Your new passkey").await;

    // They sign in, see their passkey, and name it.
    stage.sign_in(phone).await;
    is_for_everybody(phone, "a joiner's start").await;
    phone.goto(&format!("{}/me", stage.server.console)).await.unwrap();
    phone.wait_for_text("Synced between devices").await.unwrap();
    is_for_everybody(phone, "my passkeys").await;
    phone.click("text=Rename").await.unwrap();
    phone.fill("input[name=name]", "Pocket").await.unwrap();
    phone.click("text=Save").await.unwrap();
    phone.wait_for_text("Renamed.").await.unwrap();
    assert_eq!(phone.text(".rows strong").await.unwrap(), "Pocket");

    the_console_tells_it(&stage, desk).await;

    phone.assert_no_complaints().await;
    desk.assert_no_complaints().await;
}

/// With the binary, the log's public key and the receipt, and without the server.
fn is_proof_to_somebody_outside(stage: &Stage, receipt: &Value) {
    let verified = stage.server.verify(receipt);
    assert!(verified.status.success(), "{verified:?}");
    assert!(told(&verified).contains("typed the code"), "{verified:?}");

    let mut forged = receipt.clone();
    forged["relying_party"]["id"] = "look-alike.example".into();
    let forged = stage.server.verify(&forged);
    assert!(!forged.status.success() && told(&forged).contains("proves nothing"), "{forged:?}");

    let checked = stage.server.run(&["log", "check"]);
    assert!(checked.status.success(), "{checked:?}");
}

fn told(output: &Output) -> String {
    String::from_utf8_lossy(&output.stdout).into_owned()
}

/// What the receipt's button saves.
async fn saved_receipt(page: &Page) -> Value {
    let listen = "const make = URL.createObjectURL;
        URL.createObjectURL = (blob) => { window.saved = blob.text(); return make.call(URL, blob); }; null";
    page.eval::<Option<bool>>(listen).await.unwrap();
    page.click("text=Save the receipt").await.unwrap();
    page.eval("window.saved.then(JSON.parse)").await.unwrap()
}

/// The administrator's pages about all this.
async fn the_console_tells_it(stage: &Stage, desk: &Page) {
    for (path, words) in [
        ("overview", "Must stay zero"),
        ("people", "Łucja Nowak"),
        ("enrollments", "Has not begun"),
        ("open", "Everything that could still let somebody in"),
        ("outbox", "Everything could be delivered"),
        ("me", "Where you are signed in"),
        ("people/new", "Add a joiner"),
    ] {
        desk.goto(&format!("{}/{path}", stage.server.console)).await.unwrap();
        desk.wait_for_text(words).await.unwrap();
        is_for_everybody(desk, path).await;
        if ["overview", "people"].contains(&path) {
            picture(desk, &format!("console-{path}"), LAPTOP).await;
        }
    }
    desk.goto(&format!("{}/people?search=tomas", stage.server.console)).await.unwrap();
    desk.click(&format!("text={}", TOMAS.name)).await.unwrap();
    desk.wait_for_text("typed the code from their screen, and signed for it").await.unwrap();
    desk.wait_for_text("pressed the new passkey once more, and it was bound").await.unwrap();
    is_for_everybody(desk, "a person").await;
    picture(desk, "console-person", LAPTOP).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_passkey_of_somebody_else_does_not_sign_in() {
    let stage = Stage::new().await;
    let stranger = stage.somebody(AuthenticatorKind::SyncedPasskey, Viewport::PHONE).await;
    stranger.page.goto(&format!("{}/sign-in", stage.server.console)).await.unwrap();
    stranger.page.click("text=Use a passkey").await.unwrap();
    stranger.page.wait_for_text("Nothing was signed").await.unwrap();
    is_for_everybody(&stranger.page, "signing in without a passkey").await;
    stranger.page.goto(&format!("{}/people", stage.server.console)).await.unwrap();
    stranger.page.wait_for_url("/sign-in").await.unwrap();
    stranger.page.assert_no_complaints().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_passes_over_the_browsers_offer_presses_the_button() {
    let stage = Stage::new().await;
    let page = stage.browser.profile().await.unwrap().page().await.unwrap();
    let device = page.virtual_authenticator(AuthenticatorKind::DevicePasskey).await.unwrap();
    let shown = begin(&page, &stage.server.setup_link()).await;
    stage.type_into_terminal(&shown);
    make_passkey(&page).await;

    // The browser's own offer comes to nothing.
    device.set_user_verified(false).await.unwrap();
    page.goto(&format!("{}/sign-in", stage.server.console)).await.unwrap();
    page.wait_for("text=Use a passkey", SOON).await.unwrap();
    is_for_everybody(&page, "signing in").await;
    device.set_user_verified(true).await.unwrap();
    page.click("text=Use a passkey").await.unwrap();
    page.wait_for_text("Sign out").await.unwrap();
    page.click("text=Sign out").await.unwrap();
    page.wait_for_url("/sign-in").await.unwrap();
    page.assert_no_complaints().await;
}
