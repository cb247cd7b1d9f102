//! Handover in real browsers: the voucher at a small screen, the joiner with a small phone.

use firstkey_app::policy::Activate;
use firstkey_testkit::browser::{AuthenticatorKind, Page, Profile, Viewport};

use crate::{
    console_in_a_browser::administrator,
    in_a_browser::{PATIENCE, SMALL, Stage, is_for_everybody},
};

const LINK: &str = "document.querySelector('[data-link]').value";

/// Ana is signed in under the policy that ships, and Ben has begun on his phone.
async fn meeting(stage: &Stage) -> (Page, Page, Profile) {
    let ana = administrator(stage).await;
    let text = firstkey_policy::DEFAULT.to_owned();
    stage.world.app.run(&Activate { host: "root".into(), text }).await.unwrap();
    let console = stage.world.app.site().console_origin.clone();
    let enrollment = stage.world.enrollment(stage.world.ben).await;
    ana.goto(&format!("{console}/waiting/{enrollment}")).await.unwrap();
    ana.wait_for_text("Nobody is waiting yet").await.unwrap();
    let profile = stage.browser.profile().await.unwrap();
    let ben = stage.open(&profile).await;
    ben.virtual_authenticator(AuthenticatorKind::SyncedPasskey).await.unwrap();
    ben.reload().await.unwrap();
    ben.click("text=Begin").await.unwrap();
    stage.digits(&ben).await;
    ben.wait_for_text("Have you two never met?").await.unwrap();
    is_for_everybody(&ben, "handover-joiner-before").await;
    // Ana's page notices by itself.
    ana.wait_for_text("Do you know Ben Ferreira?").await.unwrap();
    is_for_everybody(&ana, "handover-voucher-question").await;
    (ana, ben, profile)
}

/// Ana types the digits of Ben's screen and signs.
async fn sign(ana: &Page, digits: &str) {
    for line in ["started_by_me", "known_channel", "recognised"] {
        ana.click(&format!("[name={line}]")).await.unwrap();
    }
    ana.fill("#code", digits).await.unwrap();
    ana.click("text=Confirm with my passkey").await.unwrap();
}

/// The same at the width of a desk.
async fn at_a_desk(page: &Page, name: &str) {
    page.set_viewport(Viewport::DESKTOP).await.unwrap();
    let violations = page.accessibility_violations().await.unwrap();
    let told: Vec<String> = violations.iter().map(ToString::to_string).collect();
    assert!(told.is_empty(), "{name}: {}", told.join("\n"));
    if let Some(folder) = std::env::var_os("FIRSTKEY_SHOTS") {
        let shot = std::path::Path::new(&folder).join(format!("{name}-desk.png"));
        page.screenshot(&shot, Viewport::DESKTOP).await.unwrap();
    }
    page.set_viewport(SMALL).await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn rule_05_a_joiner_takes_the_page_from_the_sponsors_screen() {
    let stage = Stage::new().await;
    let (ana, ben, profile) = meeting(&stage).await;
    ana.click("text=Show the page to scan").await.unwrap();
    ana.wait_for("svg.qr", PATIENCE).await.unwrap();
    is_for_everybody(&ana, "handover-voucher").await;
    at_a_desk(&ana, "handover-voucher").await;
    let link: String = ana.eval(LINK).await.unwrap();

    // Somebody photographs it: in their browser it opens a page that says what to do, and nothing moves.
    let thief = stage.browser.profile().await.unwrap();
    let thief = thief.open(&link).await.unwrap();
    thief.set_viewport(SMALL).await.unwrap();
    thief.wait_for_text("Not in this browser").await.unwrap();
    assert!(!thief.url().await.unwrap().contains('#'), "the secret left the address bar");
    thief.wait_for_text("A second person can confirm you instead").await.unwrap();
    is_for_everybody(&thief, "handover-elsewhere").await;
    assert!(ana.shows("svg.qr").await.unwrap());

    // The phone's camera opens another tab of the browser that has begun; it goes on there, and the
    // first tab does as well.
    let tab = profile.open(&link).await.unwrap();
    tab.set_viewport(SMALL).await.unwrap();
    tab.virtual_authenticator(AuthenticatorKind::SyncedPasskey).await.unwrap();
    tab.wait_for_text("You took the page from their screen").await.unwrap();
    is_for_everybody(&tab, "handover-joiner-after").await;
    ben.wait_for_text("You took the page from their screen").await.unwrap();
    let digits = stage.digits(&tab).await;

    // Ana's screen goes on by itself, and asks for the digits only.
    ana.wait_for_text("It is their browser").await.unwrap();
    assert!(!ana.shows("[name=acquaintance]").await.unwrap());
    is_for_everybody(&ana, "handover-voucher-digits").await;
    sign(&ana, &digits).await;
    ana.wait_for_text("Nothing is left for you to do").await.unwrap();
    tab.wait_for_text("Now make your passkey").await.unwrap();
    tab.assert_no_complaints().await;
    thief.assert_no_complaints().await;
    ana.assert_no_complaints().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn rule_05_a_joiner_without_a_camera_is_sent_the_link() {
    let stage = Stage::new().await;
    let (ana, ben, _profile) = meeting(&stage).await;

    // By keyboard alone: to the page, to the link, to the button that copies it.
    let console = stage.world.app.site().console_origin.clone();
    let enrollment = stage.world.enrollment(stage.world.ben).await;
    ana.goto(&format!("{console}/waiting/{enrollment}/handover")).await.unwrap();
    ana.wait_for("[data-copy]", PATIENCE).await.unwrap();
    let mut passed = Vec::new();
    loop {
        ana.press("Tab").await.unwrap();
        let on: String = ana
            .eval("(document.activeElement.innerText || document.activeElement.ariaLabel || '').trim()")
            .await
            .unwrap();
        passed.push(on.clone());
        if on == "Copy the link" {
            break;
        }
        assert!(passed.len() < 20, "Tab does not reach the button: {passed:?}");
    }
    assert!(passed.iter().any(|each| each == "The link for their browser"), "{passed:?}");
    ana.press("Enter").await.unwrap();
    let told = "[...document.querySelectorAll('[data-copied]')].some((each) => !each.hidden)";
    ana.wait_until(told).await.unwrap();
    let link: String = ana.eval(LINK).await.unwrap();

    // Ben pastes it over the page that he has open.
    ben.goto(&link).await.unwrap();
    ben.wait_for_text("You took the page from their screen").await.unwrap();
    let digits = stage.digits(&ben).await;
    ana.wait_for_text("It is their browser").await.unwrap();
    sign(&ana, &digits).await;
    ben.wait_for_text("Now make your passkey").await.unwrap();
    ben.assert_no_complaints().await;
    ana.assert_no_complaints().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_first_meeting_without_a_handover_asks_for_a_second_person() {
    let stage = Stage::new().await;
    let (ana, ben, _profile) = meeting(&stage).await;
    let digits = stage.digits(&ben).await;
    ana.click("[value=first_meeting]").await.unwrap();
    sign(&ana, &digits).await;
    ana.wait_for_text("a second person must meet Ben Ferreira as well").await.unwrap();
    ana.wait_for_text("Or let them take the page from your screen").await.unwrap();
    is_for_everybody(&ana, "handover-second-needed").await;
    ben.wait_for_text("Take the link from the screen of Ana").await.unwrap();
    is_for_everybody(&ben, "handover-joiner-asked").await;
    ben.click("text=I cannot scan or open it").await.unwrap();
    ben.wait_for_text("A second person will have to confirm you too").await.unwrap();
    assert!(ben.shows("[data-code] span").await.unwrap());
    is_for_everybody(&ben, "handover-joiner-second").await;

    // An address that has changed meanwhile is said to have, and nothing happens.
    ben.goto(&format!("{}/handover#{}", stage.origin, "A".repeat(48))).await.unwrap();
    ben.wait_for_text("This is not shown any more").await.unwrap();
    is_for_everybody(&ben, "handover-withdrawn").await;
    ana.assert_no_complaints().await;
}
