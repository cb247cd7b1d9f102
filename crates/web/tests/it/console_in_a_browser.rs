//! The console in a real browser, at the width of a small phone, with a passkey to press.

use firstkey_testkit::browser::{AuthenticatorKind, Page};

use crate::in_a_browser::{PATIENCE, SMALL, Stage, is_for_everybody};

/// Ana comes to a passkey as the administrator, and stands before the sign-in page.
pub(crate) async fn administrator(stage: &Stage) -> Page {
    let profile = stage.browser.profile().await.unwrap();
    let (locator, secret) = stage.world.setup_link(stage.world.ana).await;
    let page = profile.open("about:blank").await.unwrap();
    page.set_viewport(SMALL).await.unwrap();
    page.virtual_authenticator(AuthenticatorKind::SyncedPasskey).await.unwrap();
    page.goto(&format!("{}/i/{locator}#setup={secret}", stage.origin)).await.unwrap();
    page.click("text=Begin").await.unwrap();
    let digits = stage.digits(&page).await;
    stage.world.vouch(stage.world.ana, &digits).await;
    page.click("text=Make my passkey").await.unwrap();
    page.click("text=Use my passkey").await.unwrap();
    page.wait_for_text("Your passkey works").await.unwrap();
    page
}

fn console(stage: &Stage) -> &str {
    &stage.world.app.site().console_origin
}

/// The sign-in page comes first; its offer beside the field is taken at once, for a virtual
/// authenticator is always asked to go ahead.
async fn sign_in(stage: &Stage, page: &Page, wish: &str) {
    page.goto(&format!("{}{wish}", console(stage))).await.unwrap();
    page.wait_for_url(&format!("{}{wish}", console(stage))).await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_sponsor_confirms_a_joiner_on_a_small_phone() {
    let stage = Stage::new().await;
    let ana = administrator(&stage).await;
    sign_in(&stage, &ana, "/waiting").await;
    ana.wait_for_text("Has not begun").await.unwrap();
    is_for_everybody(&ana, "console-waiting").await;

    let profile = stage.browser.profile().await.unwrap();
    let ben = stage.open(&profile).await;
    ben.virtual_authenticator(AuthenticatorKind::SyncedPasskey).await.unwrap();
    ben.reload().await.unwrap();
    ben.click("text=Begin").await.unwrap();
    let digits = stage.digits(&ben).await;

    // The list notices by itself.
    ana.wait_for_text("Waits for you to meet them").await.unwrap();
    ana.click("text=Ben Ferreira").await.unwrap();
    ana.wait_for_text("Did somebody ring you with this code?").await.unwrap();
    is_for_everybody(&ana, "console-voucher").await;

    for line in ["started_by_me", "known_channel", "recognised"] {
        ana.click(&format!("[name={line}]")).await.unwrap();
    }
    ana.fill("#code", "000000").await.unwrap();
    ana.click("text=Confirm with my passkey").await.unwrap();
    ana.wait_for_text("That is not the code on their screen").await.unwrap();
    ana.wait_for_text("Tries left: 2").await.unwrap();
    is_for_everybody(&ana, "console-wrong-code").await;
    ana.fill("#code", &digits).await.unwrap();
    ana.click("text=Confirm with my passkey").await.unwrap();
    ana.wait_for_text("Nothing is left for you to do").await.unwrap();
    is_for_everybody(&ana, "console-vouched").await;
    ben.wait_for_text("Now make your passkey").await.unwrap();
    ana.assert_no_complaints().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_holds_no_passkey_is_told_what_to_do() {
    let stage = Stage::new().await;
    let profile = stage.browser.profile().await.unwrap();
    let page = profile.open(&format!("{}/people", console(&stage))).await.unwrap();
    page.set_viewport(SMALL).await.unwrap();
    page.wait_for_text("Use your passkey").await.unwrap();
    page.click("text=I cannot sign in").await.unwrap();
    page.wait_for_text("Nobody can send you a code").await.unwrap();
    is_for_everybody(&page, "console-sign-in").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn every_page_of_the_console_is_for_everybody() {
    let stage = Stage::new().await;
    let ana = administrator(&stage).await;
    sign_in(&stage, &ana, "/me").await;
    is_for_everybody(&ana, "console-me").await;

    ana.click("text=Add a passkey").await.unwrap();
    ana.wait_for("svg.qr", PATIENCE).await.unwrap();
    is_for_everybody(&ana, "console-adding").await;

    let ben = stage.world.ben;
    let enrollment = stage.world.enrollment(ben).await;
    for (name, path) in [
        ("start", "/".to_owned()),
        ("people", "/people".to_owned()),
        ("person", format!("/people/{ben}")),
        ("new-joiner", "/people/new".to_owned()),
        ("enrollments", "/enrollments?stage=all".to_owned()),
        ("enrollment", format!("/enrollments/{enrollment}")),
        ("nobody-waiting", format!("/waiting/{enrollment}")),
        ("overview", "/overview".to_owned()),
        ("open", "/open".to_owned()),
        ("outbox", "/outbox".to_owned()),
    ] {
        ana.goto(&format!("{}{path}", console(&stage))).await.unwrap();
        is_for_everybody(&ana, &format!("console-{name}")).await;
    }
    ana.assert_no_complaints().await;
}

/// Her own, which is the only one that these pages hold: it is gone with the press.
#[tokio::test(flavor = "multi_thread")]
async fn a_passkey_is_stopped_with_a_press() {
    let stage = Stage::new().await;
    let ana = administrator(&stage).await;
    sign_in(&stage, &ana, &format!("/people/{}", stage.world.ana)).await;
    ana.click("text=Stop this passkey").await.unwrap();
    is_for_everybody(&ana, "console-person-stop").await;
    ana.click("text=Stop it with my passkey").await.unwrap();
    ana.wait_for_text("Sign in").await.unwrap();
    ana.assert_no_complaints().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_joiner_is_looked_over_and_added_with_a_press() {
    let stage = Stage::new().await;
    let ana = administrator(&stage).await;
    sign_in(&stage, &ana, "/people/new").await;
    for (field, text) in [
        ("given_name", "Dora"),
        ("family_name", "O'Neil"),
        ("personal_email", "dora@example.net"),
        ("start_date", "2026-02-02"),
        ("time_zone", "Europe/Lisbon"),
        ("external_id", "D-1"),
        ("worker_type", "employee"),
        ("reason", "TICKET-7"),
    ] {
        ana.fill(&format!("#{field}"), text).await.unwrap();
    }
    ana.click("text=Look it over").await.unwrap();
    ana.wait_for_text("You sign for what stands here").await.unwrap();
    is_for_everybody(&ana, "console-review-joiner").await;
    ana.click("text=Change something").await.unwrap();
    ana.wait_for("#given_name", PATIENCE).await.unwrap();
    ana.click("text=Look it over").await.unwrap();
    ana.click("text=Add them with my passkey").await.unwrap();
    ana.wait_for_text("opened the first enrollment for Dora O'Neil").await.unwrap();
    ana.assert_no_complaints().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_record_is_corrected_with_a_press_on_a_small_phone() {
    let stage = Stage::new().await;
    let ana = administrator(&stage).await;
    let page = format!("/people/{}", stage.world.ben);
    sign_in(&stage, &ana, &page).await;
    ana.click("text=Correct this record").await.unwrap();
    ana.wait_for_text("Put right what HR got wrong").await.unwrap();
    is_for_everybody(&ana, "console-correct").await;
    ana.fill("#personal_email", "benedict@example.net").await.unwrap();
    ana.fill("#reason", "TICKET-9").await.unwrap();
    ana.click("text=Look it over").await.unwrap();
    ana.wait_for_text("You sign for what stands here").await.unwrap();
    is_for_everybody(&ana, "console-correct-review").await;
    ana.click("text=Correct it with my passkey").await.unwrap();
    ana.wait_for_text("Corrected, and told to whom it concerns").await.unwrap();
    ana.wait_for_text("TICKET-9").await.unwrap();
    is_for_everybody(&ana, "console-corrected").await;
    ana.assert_no_complaints().await;
}
