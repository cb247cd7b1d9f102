//! Using a page as a person would, and being told well when that fails.

use std::time::Duration;

use firstkey_testkit::browser::{Browser, ColorScheme, ComplaintKind, Page, Viewport};

use super::site::Site;

async fn open(site: &Site, path: &str) -> (Browser, Page) {
    let browser = Browser::launch().await.unwrap();
    let page = browser.profile().await.unwrap().open(&site.join(path)).await.unwrap();
    (browser, page)
}

#[tokio::test(flavor = "multi_thread")]
async fn a_form_is_filled_and_sent_with_real_input() {
    let site = Site::start().await;
    let (_browser, page) = open(&site, "/form").await;
    let folder = tempfile::tempdir().unwrap();
    let list = folder.path().join("people.csv");
    std::fs::write(&list, "name\n").unwrap();

    page.fill("[name=name]", "Ada \"the\" first").await.unwrap();
    page.fill("[name=start]", "2026-12-01").await.unwrap();
    page.fill("[name=role]", "b").await.unwrap();
    page.attach("[name=list]", &list).await.unwrap();
    // The button is disabled at first; a click waits for it.
    page.click("text=Send").await.unwrap();
    page.wait_for_text("people.csv").await.unwrap();
    let sent = page.text("output").await.unwrap();
    assert_eq!(sent, r#"[true,"Ada \"the\" first","2026-12-01","b","people.csv"]"#);
    page.assert_no_complaints().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_keyboard_alone_reaches_and_presses_a_button() {
    let site = Site::start().await;
    let (_browser, page) = open(&site, "/form").await;
    page.wait_until("!document.querySelector('#send').disabled").await.unwrap();
    page.eval::<()>("document.querySelector('[name=list]').focus()").await.unwrap();
    page.press("Tab").await.unwrap();
    page.press("Enter").await.unwrap();
    page.wait_for_text("[true,\"old\"").await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_step_that_cannot_be_done_says_what_where_and_what_was_there_instead() {
    let site = Site::start().await;
    let (_browser, page) = open(&site, "/form").await;
    let soon = Duration::from_millis(300);
    let page = page.with_patience(soon);

    let missing = page.wait_for("#gone", soon).await.unwrap_err().to_string();
    assert!(missing.contains("wait for #gone on http://join.firstkey.localhost"), "{missing}");
    assert!(missing.contains("nothing matches"), "{missing}");
    assert!(missing.contains("visible there:\nForm"), "{missing}");
    assert!(!missing.contains("Hidden words"), "{missing}");

    let hidden = page.wait_for("#secret", soon).await.unwrap_err().to_string();
    assert!(hidden.contains("what matches is hidden"), "{hidden}");
    assert!(!page.shows("#secret").await.unwrap());

    let covered = page.click("#under").await.unwrap_err().to_string();
    assert!(covered.contains("covered by <div id=\"cover\""), "{covered}");

    let thrown = page.eval::<()>("missing.function()").await.unwrap_err().to_string();
    assert!(thrown.contains("missing is not defined"), "{thrown}");
}

#[tokio::test(flavor = "multi_thread")]
async fn complaints_of_the_browser_are_heard() {
    let site = Site::start().await;
    let (_browser, page) = open(&site, "/strict").await;
    page.eval::<()>("console.error('said', { so: 1 })").await.unwrap();
    page.eval::<()>("void setTimeout(() => { throw new Error('thrown'); })").await.unwrap();
    page.eval::<()>("void fetch('/absent').catch(() => 0)").await.unwrap();
    page.eval::<()>(
        "void document.head.append(Object.assign(document.createElement('script'),
            { src: 'http://elsewhere.localhost/a.js' }))",
    )
    .await
    .unwrap_err();
    page.wait_until("new Promise((done) => setTimeout(() => done(true), 200))").await.unwrap();

    let complaints = page.complaints().await.unwrap();
    let heard = |kind, words: &str| {
        complaints.iter().any(|complaint| complaint.kind == kind && complaint.text.contains(words))
    };
    assert!(heard(ComplaintKind::Console, "said"), "{complaints:#?}");
    assert!(heard(ComplaintKind::Exception, "thrown"), "{complaints:#?}");
    assert!(heard(ComplaintKind::SecurityPolicy, "TrustedScriptURL"), "{complaints:#?}");
    assert!(heard(ComplaintKind::SecurityPolicy, "connect-src"), "{complaints:#?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn accessibility_is_checked_also_under_a_strict_policy_and_offends_nobody() {
    let site = Site::start().await;
    let (_browser, page) = open(&site, "/strict").await;
    let violations = page.accessibility_violations().await.unwrap();
    let broken: Vec<&str> = violations.iter().map(|violation| violation.id.as_str()).collect();
    assert!(broken.contains(&"html-has-lang"), "{broken:?}");
    assert!(page.eval::<bool>("typeof axe === 'undefined'").await.unwrap());
    page.assert_no_complaints().await;

    page.goto(&site.join("/form")).await.unwrap();
    let violations = page.accessibility_violations().await.unwrap();
    assert!(violations.is_empty(), "{violations:#?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_page_is_seen_as_on_a_phone_in_the_dark() {
    let site = Site::start().await;
    let (_browser, page) = open(&site, "/form").await;
    let folder = tempfile::tempdir().unwrap();
    let picture = folder.path().join("pictures/form.png");

    page.set_color_scheme(ColorScheme::Dark).await.unwrap();
    page.screenshot(&picture, Viewport::PHONE).await.unwrap();

    let dark: bool = page.eval("matchMedia('(prefers-color-scheme: dark)').matches").await.unwrap();
    assert!(dark);
    assert_eq!(page.eval::<f64>("devicePixelRatio").await.unwrap().to_string(), "3");
    let png = std::fs::read(&picture).unwrap();
    assert!(png.starts_with(b"\x89PNG"));
    let width = u32::from_be_bytes(png[16..20].try_into().unwrap());
    assert_eq!(width, 3 * 980, "the whole page, in device pixels");
    // Without a `viewport` element a phone lays the page out 980 pixels wide.
    assert_eq!(page.eval::<u32>("screen.width").await.unwrap(), 390);
}
