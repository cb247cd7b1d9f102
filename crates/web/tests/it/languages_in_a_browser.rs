//! The joiner's pages in each language, in a real browser at the width of a small phone.

use firstkey_testkit::browser::{AuthenticatorKind, Page};
use firstkey_texts::Texts;

use crate::in_a_browser::{PATIENCE, SMALL, Stage, is_for_everybody};

/// Whether every part of the view starts and ends within the window, and none hides what it says.
const INSIDE: &str = "[...document.querySelectorAll('#stage *:not(.visually-hidden)')]
    .filter((element) => element.getClientRects().length && element.closest('svg') !== element.parentElement)
    .filter((element) => {
        const { left, right } = element.getBoundingClientRect();
        return left < -0.5 || right > document.documentElement.clientWidth + 0.5
            || (element.tagName !== 'INPUT' && element.scrollWidth > element.clientWidth + 1 && element.clientWidth > 0
                && getComputedStyle(element).display !== 'inline');
    }).map((element) => element.outerHTML.slice(0, 120))";

async fn fits(page: &Page, name: &str) {
    is_for_everybody(page, name).await;
    let outside: Vec<String> = page.eval(INSIDE).await.unwrap();
    assert!(outside.is_empty(), "{name}: {outside:#?}");
}

/// The words on a button, as the page shows them.
fn button(texts: &Texts, id: &str) -> String {
    format!("text={}", texts.get(id))
}

#[tokio::test(flavor = "multi_thread")]
async fn an_invitation_fits_a_small_phone_in_every_language() {
    let stage = Stage::new().await;
    for texts in Texts::all() {
        let profile = stage.browser.profile().await.unwrap();
        let page = stage.open(&profile).await;
        page.virtual_authenticator(AuthenticatorKind::SyncedPasskey).await.unwrap();
        page.set_languages(texts.tag()).await.unwrap();
        page.reload().await.unwrap();
        page.wait_for(&button(texts, "join-begin"), PATIENCE).await.unwrap();
        let told: [String; 2] = page
            .eval("[document.documentElement.lang, document.documentElement.dir]")
            .await
            .unwrap();
        assert_eq!(told, [texts.tag(), texts.direction().as_str()]);
        fits(&page, &format!("start-{}", texts.tag())).await;
        page.assert_no_complaints().await;
        page.close().await.unwrap();
    }
}

/// What the digits look like: their groups in the order in which they are read, and whether the page's
/// status keeps them in it.
const DIGITS: &str = "(() => {
    const [first, second] = [...document.querySelectorAll('[data-code] span')];
    const box = (element) => element.getBoundingClientRect();
    const isBefore = box(first).top < box(second).top - 1 || box(first).right <= box(second).left + 1;
    return [isBefore, `${first.textContent}${second.textContent}`];
})()";

#[tokio::test(flavor = "multi_thread")]
async fn ben_makes_his_passkey_in_arabic() {
    let arabic = Texts::chosen("ar").unwrap();
    let stage = Stage::new().await;
    let profile = stage.browser.profile().await.unwrap();
    // The browser asks for English, and Ben chooses.
    let page = stage.open(&profile).await;
    page.virtual_authenticator(AuthenticatorKind::SyncedPasskey).await.unwrap();
    page.reload().await.unwrap();
    page.wait_for("text=Begin", PATIENCE).await.unwrap();
    page.click("text=العربية").await.unwrap();
    page.wait_for(&button(arabic, "join-begin"), PATIENCE).await.unwrap();
    fits(&page, "ar-start").await;

    page.click(&button(arabic, "join-begin")).await.unwrap();
    let digits = stage.digits(&page).await;
    let (is_before, shown): (bool, String) = page.eval(DIGITS).await.unwrap();
    assert!(is_before, "the digits are read from left to right");
    assert_eq!(shown, digits.replace(' ', ""));
    assert!(shown.bytes().all(|byte| byte.is_ascii_digit()), "{shown}");
    let clock: String =
        page.eval("document.querySelector('[data-code-ends]').textContent").await.unwrap();
    assert!(clock.contains(':') && clock.chars().any(|c| c.is_ascii_digit()), "{clock}");
    fits(&page, "ar-match").await;

    // Coming back goes on, in the language that was chosen.
    page.reload().await.unwrap();
    assert_eq!(stage.digits(&page).await, digits);
    assert_eq!(page.eval::<String>("document.documentElement.dir").await.unwrap(), "rtl");

    page.click(&button(arabic, "join-move")).await.unwrap();
    page.wait_for("svg.qr", PATIENCE).await.unwrap();
    let link: String = page
        .eval("getComputedStyle(document.querySelector('[data-link]')).direction")
        .await
        .unwrap();
    assert_eq!(link, "ltr", "an address is read from left to right");
    fits(&page, "ar-move").await;
    page.click(&button(arabic, "join-move-back")).await.unwrap();
    stage.digits(&page).await;

    stage.world.vouch(stage.world.ben, &digits).await;
    page.wait_for(&button(arabic, "join-make-button"), PATIENCE).await.unwrap();
    fits(&page, "ar-make").await;
    page.click(&button(arabic, "join-make-button")).await.unwrap();
    page.wait_for(&button(arabic, "join-confirm-button"), PATIENCE).await.unwrap();
    fits(&page, "ar-confirm").await;
    page.click(&button(arabic, "join-confirm-button")).await.unwrap();
    page.wait_for_text(&arabic.get("join-done-lead")).await.unwrap();
    stage.world.app.sequence_once().await.unwrap();
    page.wait_for(&button(arabic, "join-receipt-button"), PATIENCE).await.unwrap();
    fits(&page, "ar-done").await;
    assert_eq!(stage.world.passkeys(stage.world.ben).await, 1);
    page.assert_no_complaints().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_comes_with_a_secret_in_the_link_is_offered_no_language_that_would_lose_it() {
    let stage = Stage::new().await;
    let profile = stage.browser.profile().await.unwrap();
    let (locator, secret) = stage.world.setup_link(stage.world.ana).await;
    let page = profile.open("about:blank").await.unwrap();
    page.set_viewport(SMALL).await.unwrap();
    page.virtual_authenticator(AuthenticatorKind::SyncedPasskey).await.unwrap();
    let link = format!("{}/i/{locator}?lang=de#setup={secret}", stage.origin);
    page.goto(&link).await.unwrap();
    page.wait_for("text=Beginnen", PATIENCE).await.unwrap();
    assert!(!page.shows("text=Français").await.unwrap());
    let address = page.url().await.unwrap();
    assert!(
        address.ends_with("?lang=de"),
        "the secret left the address, the choice stayed: {address}"
    );
    page.click("text=Beginnen").await.unwrap();
    page.wait_for_text("Tippen Sie diese Ziffern ins Terminal").await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn what_the_server_answers_a_script_is_in_the_language_that_was_chosen() {
    let stage = Stage::new().await;
    let profile = stage.browser.profile().await.unwrap();
    let (locator, secret) = stage.world.setup_link(stage.world.ana).await;
    let wrong: String = secret.chars().rev().collect();
    let page = profile.open("about:blank").await.unwrap();
    page.virtual_authenticator(AuthenticatorKind::SyncedPasskey).await.unwrap();
    // The browser asks for English.
    let link = format!("{}/i/{locator}?lang=de#setup={wrong}", stage.origin);
    page.goto(&link).await.unwrap();
    page.click("text=Beginnen").await.unwrap();
    page.wait_for_text("Erstellen Sie im Terminal einen neuen.").await.unwrap();
}
